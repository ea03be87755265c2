import Foundation

/// A file in which a process notes each world before it begins it and when it is done, a line each; it is
/// still there when the process is not.
struct Journal {
  private let file: FileHandle

  /// Why there is none.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Opens a file that is there.
  ///
  /// - Throws: `Journal.Problem` where it cannot be written.
  init(path: String) throws {
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw Problem(description: "the file \(path) cannot be written")
    }
    self.file = file
  }

  /// Adds a line. It reaches the system before the call returns, so that no crash takes it back.
  func note(_ report: WorldReport) throws {
    var line = try JSONEncoder().encode(report)
    line.append(UInt8(ascii: "\n"))
    try file.write(contentsOf: line)
  }

  /// Worlds that are done, and the seed of one that was begun and is not.
  static func read(_ path: String) throws -> (done: [WorldReport], open: UInt64?) {
    let text = try Data(contentsOf: URL(fileURLWithPath: path))
    var done: [WorldReport] = []
    var open: UInt64?
    for line in text.split(separator: UInt8(ascii: "\n")) {
      // A line that was cut off belongs to the world that was open.
      guard let report = try? JSONDecoder().decode(WorldReport.self, from: line) else { break }
      if report.kind == .begun {
        open = report.seed
      } else {
        open = nil
        done.append(report)
      }
    }
    return (done, open)
  }
}
