import Foundation

/// A record of `Scripts/mutations/planted.txt`: a bug that the tests are asked to notice.
struct PlantedBug {
  /// What the record says, by field.
  var fields: [String: String] = [:]
  /// Lines that go or stay.
  var old: [String] = []
  /// Lines that come or stay.
  var new: [String] = []

  static let keys = ["name", "room", "breaks", "tests", "file"]

  /// The records of a list. Lines that are neither a field nor part of a patch are taken for fields, so that
  /// ``problem(in:)`` finds them.
  static func records(_ list: String) -> [PlantedBug] {
    var records: [PlantedBug] = []
    var isOpen = false
    for line in list.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      guard let first = line.first, first != "#" else {
        isOpen = false
        continue
      }
      if !isOpen { records.append(PlantedBug()) }
      isOpen = true
      let last = records.count - 1
      let rest = String(line.dropFirst())
      switch first {
      case " ":
        records[last].old.append(rest)
        records[last].new.append(rest)
      case "-": records[last].old.append(rest)
      case "+": records[last].new.append(rest)
      default:
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        records[last].fields[parts[0]] = parts.count > 1 ? String(parts[1].dropFirst()) : ""
      }
    }
    return records
  }

  /// Why the bug cannot be planted in a text; `nil` where it can.
  func problem(in text: String) -> String? {
    if fields.keys.sorted() != Self.keys.sorted() {
      return "has the fields \(fields.keys.sorted()), expected \(Self.keys.sorted())"
    }
    if old.isEmpty || old == new { return "changes nothing" }
    let wanted = "\n" + old.joined(separator: "\n") + "\n"
    let count = ("\n" + text).components(separatedBy: wanted).count - 1
    return count == 1
      ? nil : "is found \(count) times, expected once; write the record anew after the sources"
  }
}
