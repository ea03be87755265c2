import Foundation
import Glibc

/// Another process of this program.
struct ChildProcess {
  /// How it ended.
  struct End {
    /// The signal that ended it; `nil` where it ended itself.
    var signal: Int32?
    /// Its exit code, where it ended itself.
    var status: Int32
    /// What it said last of what went wrong.
    var complaint: String
  }

  /// Runs this program with arguments until it ends.
  ///
  /// - Parameter scratch: Where its errors may be kept meanwhile.
  static func run(_ arguments: [String], scratch: String) throws -> End {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    // A trace of a trap takes longer than a hundred worlds; `hold` prints one.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    let errors = scratch + ".errors"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    defer { unlink(errors) }
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    let complaint = said.split(separator: "\n").first { $0.contains("rror") } ?? said.prefix(400)
    let isSignal = process.terminationReason == .uncaughtSignal
    return End(
      signal: isSignal ? process.terminationStatus : nil,
      status: isSignal ? 0 : process.terminationStatus, complaint: String(complaint.prefix(400)))
  }
}
