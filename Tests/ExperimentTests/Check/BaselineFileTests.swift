import Experiment
import Foundation
import Testing

@Suite("Baseline files")
struct BaselineFileTests {
  private func made() throws -> Baseline {
    try CheckScenario.runs(CheckScenario.text(horizon: "3m"), replications: 3)
  }

  private func problem(_ text: String) -> String {
    do {
      _ = try Baseline(text: Array(text.utf8), path: "b.json")
      return ""
    } catch {
      return error.description
    }
  }

  @Test("what is written is read, to the byte, whatever the number of threads")
  func roundTrip() throws {
    let baseline = try made()
    let text = baseline.text
    #expect(try Baseline(text: Array(text.utf8), path: "b.json").text == text)
    let alone = try CheckScenario.runs(
      CheckScenario.text(horizon: "3m"), replications: 3, threads: 1)
    #expect(alone.text == text)
    #expect(baseline.figures.map(\.key) == baseline.figures.map(\.key).sorted())
    // Three checkpoints for each of three seeds, and JSON that others can read.
    #expect(
      baseline.checkpoints.map { $0.map(\.seconds) } == Array(repeating: [60, 120, 180], count: 3))
    for (marks, fingerprint) in zip(baseline.checkpoints, baseline.fingerprints) {
      #expect(marks.last?.fingerprint == fingerprint)
    }
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
  }

  @Test("names with quotes, line breaks and controls survive")
  func hostileNames() throws {
    var baseline = try made()
    baseline.name = "a \"name\"\n\u{1}\\ of <all> & 'sorts' ünïcode 🚢"
    baseline.figures[0].key.scope = "w\"\\\t"
    let again = try Baseline(text: Array(baseline.text.utf8), path: "b.json")
    #expect(again.name == baseline.name)
    #expect(again.figures.contains { $0.key.scope == "w\"\\\t" })
  }

  @Test("what is no baseline, of another format, damaged or does not add up is refused")
  func refused() throws {
    let text = try made().text
    func changed(_ found: String, _ written: String) -> String {
      let changed = text.replacingOccurrences(of: found, with: written)
      #expect(changed != text)
      return problem(changed)
    }
    #expect(problem("").contains("not a baseline"))
    #expect(problem("{}").contains("not a baseline"))
    #expect(problem("[1, 2]").contains("not a baseline"))
    #expect(problem(String(text.dropLast(40))).contains("not a baseline"))
    let other = changed("\"plimsoll_baseline\": 1", "\"plimsoll_baseline\": 2")
    #expect(other.contains("format 2") && other.contains("--update"))
    #expect(changed("\"program\"", "\"programme\"").contains("no key 'program'"))
    #expect(changed("\"seeds\": [1, 2, 3]", "\"seeds\": [1, 2, \"3\"]").contains("seeds.2"))
    #expect(
      changed("\"seeds\": [1, 2, 3]", "\"seeds\": [1, 2, 2]").contains("does not add up: seeds"))
    #expect(
      changed("\"seeds\": [1, 2, 3]", "\"seeds\": [1, 2]").contains("a fingerprint for every seed"))
    #expect(changed("\"at_s\": 120", "\"at_s\": 20").contains("checkpoints"))
    #expect(changed("\"seed\": 3", "\"seed\": 9").contains("checkpoints"))
  }

  @Test("the seed, assertions and tolerances are not part of what is simulated")
  func scenarioHash() throws {
    let text = CheckScenario.text(horizon: "1m")
    let plain = try CheckScenario.runs(text, replications: 1)
    let asserted = try CheckScenario.runs(
      text + "assert: [ { workload: chat, metric: ttft_p95, at-most: 1s } ]\n"
        + "check: { alpha: 5% }\n", seed: 9, replications: 1)
    let other = try CheckScenario.runs(text, ["horizon=61s"], replications: 1)
    #expect(plain.scenario == asserted.scenario && plain.scenario != other.scenario)
  }
}
