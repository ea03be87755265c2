/// What the format of scenario files has been: its versions, and keys that had another name.
///
/// Version n of the format comes with version n.0.0 of the program; docs/compatibility.md says what may change
/// within one.
struct FormatHistory: Sendable {
  /// A key that is called otherwise now.
  struct Rename: Hashable, Sendable {
    /// Path of the mapping it stands in; `*` for any name, empty for the top.
    var place: String
    /// Its name before.
    var old: String
    /// Its name now.
    var new: String
    /// The version of the program since which it has it.
    var since: String
  }

  /// The version this program reads.
  var version: Int
  /// Keys that had another name, within this version of the format or before.
  var renames: [Rename]

  /// The history as it is. No key has been renamed yet.
  static let present = FormatHistory(version: ScenarioShape.version, renames: [])

  /// Why a file of another version cannot be read, and what to do; `nil` for the one that can. O(renames).
  ///
  /// - Parameter written: The version that the file says it has.
  func problem(written: Int) -> String? {
    if written == version { return nil }
    let reads = "this program reads version \(version)"
    if written > version {
      return
        "this file wants version \(written) of the format, \(reads): use plimsoll \(written).0.0 or later"
    }
    let changes = renames.map { "'\($0.full($0.old))' is '\($0.full($0.new))' now" }
    return "this file is of version \(written) of the format, \(reads): "
      + (changes.isEmpty ? "" : changes.joined(separator: ", ") + "; ")
      + "write 'plimsoll: \(version)' when it is changed, or use plimsoll before \(version).0.0"
  }

  /// What has become of an unknown key, to follow its name in a message; `nil` where nothing is known of it.
  ///
  /// - Parameter place: Path of the mapping it stands in.
  func renamed(_ key: String, at place: String) -> String? {
    renames.first { $0.old == key && Self.fits(place, $0.place) }.map {
      ": it is called '\($0.new)' since plimsoll \($0.since)"
    }
  }

  private static func fits(_ path: String, _ pattern: String) -> Bool {
    let parts = path.split(separator: ".")
    let wanted = pattern.split(separator: ".")
    return parts.count == wanted.count && zip(parts, wanted).allSatisfy { $1 == "*" || $0 == $1 }
  }
}

extension FormatHistory.Rename {
  fileprivate func full(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
