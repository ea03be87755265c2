import Foundation

/// Real data that lies outside the repository; tests that read it skip where it is absent.
enum MeasuredData {
  static let folder =
    ProcessInfo.processInfo.environment["PLIMSOLL_DATA"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/data").path

  static func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + file)
  }

  /// Rows of a CSV file without quoted fields, by column name.
  static func rows(_ file: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }
}
