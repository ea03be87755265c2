import Foundation
import Tables

/// What the program promises to its users' files and scripts, one promise a line: commands and their
/// arguments, keys of scenarios, tables and their columns. docs/compatibility.md says what may change when.
struct Contract {
  /// The version of the program for which it was taken.
  var version: String
  /// The promises, sorted.
  var lines: [String]

  private static let heading = "# The contract of plimsoll "

  /// A contract that was kept.
  init?(text: String) {
    let all = text.split(separator: "\n").map(String.init)
    guard let first = all.first, first.hasPrefix(Self.heading) else { return nil }
    version = String(first.dropFirst(Self.heading.count))
    lines = all.filter { !$0.hasPrefix("#") }
  }

  /// What the program promises now.
  ///
  /// - Parameters:
  ///   - version: What it prints for `--version`.
  ///   - help: What it prints for `--experimental-dump-help`.
  ///   - schema: What it prints for `schema`.
  init(version: String, help: String, schema: String) throws {
    func object(_ text: String) throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }
    self.version = version
    var lines: [String] = []
    if let command = try object(help)["command"] as? [String: Any] {
      Self.add(command, [], to: &lines)
    }
    Self.add(try object(schema), "", to: &lines)
    for table in TableSchema.all {
      for (place, column) in table.columns.enumerated() {
        let unit = column.unit.isEmpty ? "" : " in \(column.unit)"
        lines.append(
          "table \(table.name) \(table.version): \(place + 1) \(column.name) \(column.type)\(unit)")
      }
    }
    // By bytes, so that no locale decides; equal texts of different places in the schema are one promise.
    self.lines = Set(lines).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// The text to keep.
  var text: String {
    "\(Self.heading)\(version)\n# Renewed by: PLIMSOLL_RENEW_CONTRACT=1 swift test --filter ContractTests\n"
      + lines.joined(separator: "\n") + "\n"
  }

  private static func add(_ command: [String: Any], _ path: [String], to lines: inout [String]) {
    let name = command["commandName"] as? String ?? ""
    let path = path + [name]
    if name == "help" { return }
    lines.append("command \(path.joined(separator: " "))")
    for argument in command["arguments"] as? [[String: Any]] ?? [] {
      let kind = argument["kind"] as? String ?? ""
      let names = (argument["names"] as? [[String: Any]] ?? []).compactMap { name -> String? in
        let word = name["name"] as? String ?? ""
        return (name["kind"] as? String == "long" ? "--" : "-") + word
      }
      let value = argument["valueName"] as? String ?? ""
      let written = names.isEmpty ? ["<\(value)>"] : names
      for word in written where word != "--help" && word != "-h" {
        lines.append("command \(path.joined(separator: " ")): \(word) (\(kind))")
      }
    }
    for inner in command["subcommands"] as? [[String: Any]] ?? [] { add(inner, path, to: &lines) }
  }

  /// Keys with their defaults, and the words a key takes.
  private static func add(_ schema: [String: Any], _ path: String, to lines: inout [String]) {
    let required = Set(schema["required"] as? [String] ?? [])
    for (key, value) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      let place = path.isEmpty ? key : "\(path).\(key)"
      let fallback = (value["default"]).map { ", default \($0)" } ?? ""
      lines.append("key \(place)\(required.contains(key) ? ", required" : "")\(fallback)")
      add(value, place, to: &lines)
    }
    for word in schema["enum"] as? [Any] ?? [] { lines.append("word \(path): \(word)") }
    if let inner = schema["additionalProperties"] as? [String: Any] {
      add(inner, "\(path).*", to: &lines)
    }
    if let inner = schema["items"] as? [String: Any] { add(inner, "\(path)[]", to: &lines) }
    for group in ["anyOf", "oneOf", "allOf"] {
      for inner in schema[group] as? [[String: Any]] ?? [] { add(inner, path, to: &lines) }
    }
  }
}

/// What has changed between a contract that was kept and the present one.
struct ContractChange {
  /// Promises that are new.
  var come: [String]
  /// Promises that are no more.
  var gone: [String]
  /// Tables that have other columns under the same version.
  var tablesOfTheSameVersion: [String]

  init(from kept: Contract, to present: Contract) {
    let (before, now) = (Set(kept.lines), Set(present.lines))
    come = present.lines.filter { !before.contains($0) }
    gone = kept.lines.filter { !now.contains($0) }
    func tables(_ contract: Contract) -> [String: [String]] {
      Dictionary(
        grouping: contract.lines.filter { $0.hasPrefix("table ") },
        by: { String($0.prefix { $0 != ":" }) })
    }
    let (old, new) = (tables(kept), tables(present))
    tablesOfTheSameVersion = old.keys.filter { new[$0] != nil && new[$0] != old[$0] }.sorted()
  }

  /// The least version that may bring the change after `version`; `nil` where nothing has changed.
  func leastVersion(after version: String) -> String? {
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    // A table of another version is new to its readers, not gone: they are told what to do.
    if gone.contains(where: { !$0.hasPrefix("table ") }) { return "\(numbers[0] + 1).0.0" }
    return come.isEmpty && gone.isEmpty ? nil : "\(numbers[0]).\(numbers[1] + 1).0"
  }
}
