import Foundation
import Testing

/// Nothing that users build on changes by accident, and nothing without its version.
@Suite("Contract")
struct ContractTests {
  private static let path = Program.root + "/docs/contract.txt"
  private static let advice =
    "if it is meant: what is new needs the next second number of the version, what is gone the next first one "
    + "(docs/compatibility.md, Sources/plimsoll/Version.swift), other columns the table's own version; write it "
    + "into CHANGELOG.md, then PLIMSOLL_RENEW_CONTRACT=1 swift test --filter ContractTests"

  private static func present() throws -> Contract {
    let folder = try TemporaryFolder()
    func printed(_ arguments: String...) throws -> String {
      let result = try Program.run(arguments, in: folder)
      try #require(result.code == 0, "\(result.errors)")
      return result.output
    }
    return try Contract(
      version: printed("--version").trimmingCharacters(in: .whitespacesAndNewlines),
      help: printed("--experimental-dump-help"), schema: printed("schema"))
  }

  /// What the changelog says of a version: its date, or that it is not released; `nil` for no entry.
  private static func changelogEntry(_ version: String) throws -> String? {
    let text = try String(contentsOfFile: Program.root + "/CHANGELOG.md", encoding: .utf8)
    let head = "## [\(version)] - "
    return text.split(separator: "\n").first { $0.hasPrefix(head) }.map {
      String($0.dropFirst(head.count))
    }
  }

  @Test("commands, keys and tables are those that were promised")
  func isKept() throws {
    let present = try Self.present()
    #expect(present.lines.count > 800)
    let kept = try Contract(text: String(contentsOfFile: Self.path, encoding: .utf8))
    let before = try #require(kept, "\(Self.path) is no contract")
    let change = ContractChange(from: before, to: present)
    // Whoever works on a version that is not released may change it as often as need be.
    let entry = try Self.changelogEntry(present.version)
    let isOpen = before.version == present.version && entry == "not released"
    let least = change.leastVersion(after: before.version)
    let isRaised =
      least.map { present.version.compare($0, options: .numeric) != .orderedAscending } ?? true
    if ProcessInfo.processInfo.environment["PLIMSOLL_RENEW_CONTRACT"] != nil, isOpen || isRaised,
      isOpen || change.tablesOfTheSameVersion.isEmpty
    {
      try present.text.write(toFile: Self.path, atomically: true, encoding: .utf8)
      return
    }
    let shown = { (lines: [String]) in
      lines.prefix(12).joined(separator: "\n")
        + (lines.count > 12 ? "\nand \(lines.count - 12) more" : "")
    }
    #expect(change.gone.isEmpty, "gone:\n\(shown(change.gone))\n\(Self.advice)")
    #expect(change.come.isEmpty, "new:\n\(shown(change.come))\n\(Self.advice)")
    #expect(
      isOpen || change.tablesOfTheSameVersion.isEmpty,
      "\(change.tablesOfTheSameVersion) have other columns: raise the version of their schemas")
    #expect(
      isOpen || isRaised,
      "the version is \(present.version); after \(before.version) this change needs \(least ?? "") or later"
    )
  }

  @Test("the version has its entry in the changelog")
  func changelog() throws {
    let version = try Self.present().version
    let entry = try Self.changelogEntry(version)
    #expect(
      entry != nil, "CHANGELOG.md has no entry '## [\(version)] - ' with a date or 'not released'")
  }

  @Test("what kind of change needs which version")
  func leastVersions() throws {
    func contract(_ lines: String...) throws -> Contract {
      try #require(
        Contract(text: "# The contract of plimsoll 1.2.3\n" + lines.joined(separator: "\n")))
    }
    let kept = try contract(
      "key horizon, required", "table small 1: 1 a text", "table small 1: 2 b text")
    func change(_ lines: String...) throws -> ContractChange {
      let text = "# The contract of plimsoll 1.2.3\n" + lines.joined(separator: "\n")
      return ContractChange(from: kept, to: try #require(Contract(text: text)))
    }
    let same = try change(
      "key horizon, required", "table small 1: 1 a text", "table small 1: 2 b text")
    #expect(same.leastVersion(after: "1.2.3") == nil && same.tablesOfTheSameVersion == [])
    let more = try change(
      "key horizon, required", "key news", "table small 1: 1 a text", "table small 1: 2 b text")
    #expect(more.leastVersion(after: "1.2.3") == "1.3.0" && more.tablesOfTheSameVersion == [])
    let less = try change("table small 1: 1 a text", "table small 1: 2 b text")
    #expect(less.leastVersion(after: "1.2.3") == "2.0.0")
    let other = try change(
      "key horizon, default 1h", "table small 1: 1 a text", "table small 1: 2 b text")
    #expect(other.leastVersion(after: "1.2.3") == "2.0.0")
    let columns = try change("key horizon, required", "table small 1: 1 a text")
    #expect(columns.tablesOfTheSameVersion == ["table small 1"])
    let raised = try change("key horizon, required", "table small 2: 1 a text")
    #expect(raised.leastVersion(after: "1.2.3") == "1.3.0" && raised.tablesOfTheSameVersion == [])
    #expect(Contract(text: "key horizon") == nil)
  }
}
