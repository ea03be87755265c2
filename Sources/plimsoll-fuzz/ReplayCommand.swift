import ArgumentParser
import Foundation
import FuzzTargets

/// One input again, in this process, so that a debugger or a stack trace shows where it ends.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Try inputs again and say what comes of them.")

  @Argument(help: "The target.")
  var target: String

  @Argument(help: "Files with inputs.", completion: .file())
  var files: [String]

  @Flag(name: .shortAndLong, help: "Say nothing of inputs that break no promise.")
  var quiet = false

  func run() throws {
    let target = try PlimsollFuzz.target(target)
    var violations = 0
    for file in files {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw ValidationError("the file \(file) cannot be read")
      }
      let begin = ContinuousClock.now
      let outcome = target.run([UInt8](data))
      let milliseconds = Int((ContinuousClock.now - begin) / .milliseconds(1))
      switch outcome {
      case .accepted: if !quiet { print("\(file): accepted, \(milliseconds) ms") }
      case .refused(let message):
        if !quiet { print("\(file): refused, \(milliseconds) ms: \(message)") }
      case .violation(let reason):
        print("\(file): VIOLATION: \(reason)")
        violations += 1
      }
    }
    if violations > 0 { throw ExitCode(1) }
  }
}
