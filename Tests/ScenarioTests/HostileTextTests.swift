import Multicloud
import Scenario
import Testing

/// Texts that are no scenario, by accident or by intent: each ends in a message, soon.
@Suite struct HostileTextTests {
  /// A text and the first problem expected of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var problem: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "empty", text: "", problem: "1:1 is empty; try `plimsoll init` for a start"),
    Case(
      name: "only a comment", text: "# nothing\n",
      problem: "1:1 is empty; try `plimsoll init` for a start"),
    Case(
      name: "single value", text: "hello\n",
      problem: "1:1 expected keys and values, found a single value"),
    Case(
      name: "tab for indentation", text: "plimsoll: 1\nclouds:\n\tazure: 1\n",
      problem: "3:1 not YAML: found character that cannot start any token"),
    Case(
      name: "bracket left open", text: "plimsoll: 1\nname: [a\n",
      problem: "3:1 not YAML: did not find expected ',' or ']'"),
    Case(
      name: "duplicate key at the top", text: SmallScenario.text + "horizon: 31m\n",
      problem: "2:1 duplicate key 'horizon' in one mapping; this is the first"),
    Case(
      name: "duplicate key in a flow mapping",
      text: SmallScenario.text.replacing("replicas: 2", with: "replicas: 2, model: m"),
      problem: "8:42 duplicate key 'model' in one mapping; this is the first"),
    Case(
      name: "two documents", text: SmallScenario.text + "---\nplimsoll: 1\n",
      problem: "15:1 a second document begins; a scenario file holds one"),
    Case(
      name: "alias in its own anchor", text: "a: &a [*a]\n",
      problem: "1:8 an alias without its anchor before it; none may stand in its own anchor"),
    Case(
      name: "alias bomb", text: bomb(levels: 60),
      problem:
        "1:1 holds more than 100000 values, the most a file may, each alias counted as what it stands for"
    ),
    Case(
      name: "alias bomb as a key", text: bomb(levels: 60) + "? *a59\n: 1\n",
      problem: keyProblem),
    Case(
      name: "alias bomb as a short key", text: bomb(levels: 60) + "*a59 : 1\n",
      problem: keyProblem),
    Case(
      name: "alias bomb inside a list as a key", text: bomb(levels: 60) + "b: { [*a59]: 1 }\n",
      problem: keyProblem),
    Case(
      name: "alias bomb as a key without a blank", text: bomb(levels: 60) + "b: [ ?*a59 ]\n",
      problem: keyProblem),
    Case(
      name: "alias bomb in a tagged key", text: bomb(levels: 60) + "b: { ?! [*a59] }\n",
      problem: keyProblem),
    Case(
      name: "control character", text: "plimsoll: 1\nname: a\u{1}b\n",
      problem: "2:8 not YAML: control characters are not allowed"),
    Case(
      name: "deep lists", text: "a: " + deep(100),
      problem: "1:68 nested more than 64 deep"),
    Case(
      name: "lists deeper than the parser goes", text: "a: " + deep(100_000),
      problem: "1:5 nested more than 64 deep"),
    Case(
      name: "larger than any scenario", text: String(repeating: "#", count: (8 << 20) + 1),
      problem: "1:1 larger than 8 MiB, which no scenario is"),
  ]

  private static let keyProblem =
    "1:1 an alias (*name) or a list or mapping as a key beside aliases; write keys out as text"

  private static func bomb(levels: Int) -> String {
    (1..<levels).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1), *a\($1 - 1)]\n" }
  }

  private static func deep(_ levels: Int) -> String {
    String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "\n"
  }

  @Test(arguments: cases)
  func isReported(_ hostile: Case) {
    #expect(SmallScenario.problems(hostile.text) == [hostile.problem])
  }

  @Test func anchorsAndQuestionMarksOfEverydayUsePass() throws {
    let text = SmallScenario.text
      .replacing("chat: { acc", with: "chat: &pool { acc")
      .replacing(
        "workloads:", with: "          more: *pool   # the same again? yes: two of them\nworkloads:"
      )
    #expect(SmallScenario.problems(text) == [])
    #expect(try SmallScenario.load(text).world.pools.count == 2)
  }

  @Test func byteOrderMarkIsNoPartOfTheFirstKey() {
    #expect(SmallScenario.problems("\u{FEFF}" + SmallScenario.text) == [])
  }

  @Test func windowsLineEndsShowTheRightLine() {
    let text = SmallScenario.text.replacing("horizon: 30m", with: "horizon: 30")
      .replacing("\n", with: "\r\n")
    do {
      _ = try SmallScenario.document(text)
      Issue.record("a horizon without unit was accepted")
    } catch {
      #expect(
        error.description == """
          s.yaml:2:10: error: horizon: '30' has no unit: write 30ms, 30s or 30h
              horizon: 30
                       ^
          """)
    }
  }

  @Test func manyProblemsAreCutShort() {
    let text = (0..<5_000).reduce(into: SmallScenario.text) { $0 += "k\($1): 1\n" }
    let problems = SmallScenario.problems(text)
    #expect(problems.count == 101)
    #expect(problems.last?.hasSuffix("and 4900 problems more") == true)
  }
}
