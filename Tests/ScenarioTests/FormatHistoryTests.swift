import Testing

@testable import Scenario

/// What is said of files of another version of the format, and of keys that had another name.
@Suite("Versions of the scenario format")
struct FormatHistoryTests {
  private static let history = FormatHistory(
    version: 2,
    renames: [
      FormatHistory.Rename(place: "workloads.*", old: "traffic", new: "arrivals", since: "2.0.0"),
      FormatHistory.Rename(place: "", old: "duration", new: "horizon", since: "1.4.0"),
    ])

  @Test("newer and older files are refused with what to do")
  func versions() {
    #expect(Self.history.problem(written: 2) == nil)
    #expect(
      Self.history.problem(written: 3)
        == "this file wants version 3 of the format, this program reads version 2: use plimsoll 3.0.0 or later"
    )
    #expect(
      Self.history.problem(written: 1)
        == "this file is of version 1 of the format, this program reads version 2: 'workloads.*.traffic' is "
        + "'workloads.*.arrivals' now, 'duration' is 'horizon' now; write 'plimsoll: 2' when it is changed, "
        + "or use plimsoll before 2.0.0")
    #expect(FormatHistory.present.problem(written: ScenarioShape.version) == nil)
  }

  @Test("an unknown key that had another name is told its new one, in its own place only")
  func renamedKeys() throws {
    let diagnostics = Diagnostics()
    let shape = Shape.mapping([
      Field("horizon", .text, "Length"),
      Field(
        "workloads", .table(noun: "workload", .mapping([Field("arrivals", .text, "When")])),
        "Demand"),
    ])
    let text = "duration: 1h\nworkloads:\n  chat: { traffic: 1/s, duration: 3 }\n"
    let node = try YAMLText.document(text)
    var reader = ShapeReader(diagnostics: diagnostics)
    reader.history = Self.history
    #expect(reader.read(node, as: shape, path: "") == nil)
    #expect(
      diagnostics.all.map(\.message) == [
        "unknown key 'duration': it is called 'horizon' since plimsoll 1.4.0",
        "unknown key 'traffic' in workloads.chat: it is called 'arrivals' since plimsoll 2.0.0",
        "unknown key 'duration' in workloads.chat; there is: arrivals",
      ])
  }

  @Test("the starter and the effective scenario say the version")
  func isWritten() throws {
    #expect(StarterScenario.text.contains("\nplimsoll: \(ScenarioShape.version) "))
    let document = try SmallScenario.document()
    #expect(document.effectiveYAML.hasPrefix("plimsoll: \(ScenarioShape.version)\n"))
  }

  @Test("what was renamed is known under its new name and under no other")
  func historyFitsTheShape() {
    for rename in FormatHistory.present.renames {
      let keys = Self.keys(
        ScenarioShape.root, at: rename.place.split(separator: ".").map(String.init))
      #expect(keys.contains(rename.new) && !keys.contains(rename.old), "\(rename)")
    }
    #expect(Self.keys(ScenarioShape.root, at: ["workloads", "*"]).contains("arrivals"))
  }

  private static func keys(_ shape: Shape, at place: [String]) -> [String] {
    switch shape {
    case .mapping(let fields), .shorthand(_, let fields):
      guard let first = place.first else { return fields.map(\.key) }
      return fields.first { $0.key == first }.map { keys($0.shape, at: Array(place.dropFirst())) }
        ?? []
    case .table(_, let inner): return keys(inner, at: Array(place.dropFirst()))
    case .list(let inner), .oneOrMore(let inner): return keys(inner, at: place)
    case .variant(let forms), .wordOr(_, let forms):
      return forms.flatMap { keys(.mapping($0.fields), at: place) }
    case .scalar, .value: return []
    }
  }
}
