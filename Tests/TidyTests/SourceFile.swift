import Foundation

/// A Swift file of the package, line by line, as it is and with comments and strings blanked.
struct SourceFile: Sendable {
  /// Path from the package's root, such as `Sources/Tables/Column.swift`.
  var path: String
  /// Its lines as they are.
  var lines: [String]
  /// Its lines without what stands in comments and string literals.
  var code: [String]

  /// Name of the folder below `Sources` that it lies in: its room.
  var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// Its own name.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Whether its first lines say that a script of the package has written it.
  var isGenerated: Bool { lines.prefix(3).contains { $0.hasPrefix("// Written by Scripts/") } }

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var isInLongString = false
    code = lines.map { Self.blanked($0, &isInLongString) }
  }

  /// `path:line` of the line with this index.
  func place(_ index: Int) -> String { "\(path):\(index + 1)" }

  /// Every Swift file below `Sources`, by path.
  static func all(root: URL) -> [SourceFile] {
    let sources = root.appendingPathComponent("Sources").resolvingSymlinksInPath()
    let paths = FileManager.default.enumerator(atPath: sources.path)?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map {
      let text = try? String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8)
      return SourceFile(path: "Sources/" + $0, text: text ?? "")
    }
  }

  /// The line without comments and strings. Interpolated code counts as string; block comments are
  /// banned by the linter.
  private static func blanked(_ line: String, _ isInLongString: inout Bool) -> String {
    var result = ""
    var rest = line[...]
    var isInString = false
    while let character = rest.first {
      if rest.hasPrefix("\"\"\""), !isInString {
        isInLongString.toggle()
        rest = rest.dropFirst(3)
      } else if isInLongString {
        rest = rest.dropFirst()
      } else if isInString {
        if character == "\"" { isInString = false }
        rest = rest.dropFirst(character == "\\" ? 2 : 1)
      } else if character == "\"" {
        isInString = true
        rest = rest.dropFirst()
      } else if rest.hasPrefix("//") {
        break
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
