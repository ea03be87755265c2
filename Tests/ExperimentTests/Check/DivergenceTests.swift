import Experiment
import Testing

@Suite("Where runs part")
struct DivergenceTests {
  private let text = CheckScenario.text(horizon: "10m")

  private func compare(_ overrides: [String], seed: UInt64 = 1) throws -> BaselineComparison {
    BaselineComparison(
      try CheckScenario.runs(text, replications: 2),
      try CheckScenario.runs(text, overrides, seed: seed, replications: 2),
      rules: CheckScenario.rules)
  }

  @Test("the same runs do not part, whatever is asked of them")
  func same() throws {
    let comparison = try compare(["workloads.chat.slo.ttft.p95=200ms"])
    #expect(comparison.divergence == nil)
    #expect(comparison.notes.contains { $0.contains("same course") })
  }

  @Test("an incident shows in the minute in which it begins, at the deployment it befalls")
  func incident() throws {
    let divergence = try #require(
      try compare([
        "incidents=[{ deployment: azure/eastus2/chat, effect: fails, at: 380s, for: 30s }]",
        // Both have rules then; the baseline has none, and goes the same way all the same.
        "workloads.chat.timeout=1h",
      ]).divergence)
    #expect(divergence.sameUntil == 360 && divergence.differsBy == 420)
    #expect(divergence.parts == ["workload chat", "deployment azure/eastus2/chat"])
    #expect(divergence.partedSeeds == 2 && divergence.commonSeeds == 2)
    #expect(divergence.now.lost > 0 && divergence.before.lost == 0)
    #expect(divergence.now.arrived == divergence.before.arrived)
  }

  @Test(
    "a change from the first request on shows from the start; other seeds have nothing to compare")
  func start() throws {
    let slow = try #require(
      try compare(["\(CheckScenario.stepTime).base=5ms"]).divergence)
    #expect(slow.sameUntil == 0 && slow.differsBy == 60)
    #expect(try compare([], seed: 100).divergence == nil)
  }

  @Test("a longer horizon parts where the shorter ended")
  func horizon() throws {
    let longer = try #require(try compare(["horizon=12m"]).divergence)
    #expect(longer.sameUntil == 600 && longer.parts.isEmpty)
  }
}
