import Foundation
import Tables

/// Chart.js, read from where it is installed and written into the page.
public struct ChartLibrary: Sendable {
  /// Where Debian's package libjs-chart.js and npm put the minified library.
  public static let usualPlaces = [
    "/usr/share/javascript/chart.js/chart.min.js",
    "/usr/share/nodejs/chart.js/dist/chart.min.js",
    "/usr/local/share/javascript/chart.js/chart.min.js",
  ]

  /// What must be installed, for messages.
  public static let package = "libjs-chart.js"

  /// The library's text, safe inside a script element.
  let source: String
  /// Its name and version, such as `Chart.js v3.9.1`.
  public let name: String

  /// Reads the library at `path`.
  ///
  /// Throws where it cannot be read, or is not Chart.js 3 or 4 in one file for browsers.
  public init(path: String) throws(TableError) {
    let bytes = try InputFile.contents(of: path, maximumBytes: 1 << 20)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Self.foreign(path)
    }
    // The licence comment at its head names the library and its version, and stays in the page.
    let head = text.prefix(300)
    guard let mark = head.range(of: "Chart.js v"), head.hasPrefix("/*!"),
      let major = head[mark.upperBound...].first, "34".contains(major)
    else { throw Self.foreign(path) }
    let version = head[mark.upperBound...].prefix { $0.isNumber || $0 == "." }
    name = "Chart.js \(version)"
    // A browser reads every line end as a line feed, and digests what it has read.
    source = text.replacingOccurrences(of: "\r\n", with: "\n")
      .replacingOccurrences(of: "\r", with: "\n")
      .replacingOccurrences(of: "</script", with: "<\\/script", options: .caseInsensitive)
  }

  /// The library from the first of the usual places that has it; `nil` where none has.
  ///
  /// Throws where it is there and cannot be used.
  public static func installed() throws(TableError) -> ChartLibrary? {
    for path in usualPlaces where FileManager.default.fileExists(atPath: path) {
      return try ChartLibrary(path: path)
    }
    return nil
  }

  private static func foreign(_ path: String) -> TableError {
    TableError(
      .malformed, path: path,
      problem: "not Chart.js 3 or 4 in one minified file for browsers (chart.min.js, chart.umd.js)",
      advice: "install Debian's \(package), name the file with --library, or use --static")
  }
}
