import Multicloud
import Scenario
import ServingEngine
import Testing

/// Adapters of engines and of workloads.
@Suite struct AdapterScenarioTests {
  private static let key = SmallScenario.chat + ".engine"

  private func world(_ overrides: String...) throws -> World {
    try SmallScenario.load(SmallScenario.text, overrides).world
  }

  private func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(SmallScenario.text, overrides)
  }

  @Test func `an engine makes room and a workload asks`() throws {
    let plain = try world()
    let world = try world(
      "\(Self.key).adapters={ max: 8, held: 32, rank: 32 }",
      "workloads.chat.adapters={ count: 100, zipf: 1, plain: 20% }")
    let settings = world.pools[0].scheduler.adapters
    #expect(settings.resident == 8 && settings.held == 32)
    #expect(settings.loadTime > 0 && settings.fetchTime > settings.loadTime)
    #expect(world.pools[0].scheduler.kvBlocks < plain.pools[0].scheduler.kvBlocks)
    let times = world.pools[0].stepTime.adapters
    // A millisecond of launches, and tens of microseconds to read 170 MB.
    #expect(times.perStep == 1_024_000_000)
    #expect(times.perAdapter > 10_000_000 && times.perAdapter < 200_000_000)
    let use = try #require(world.workloads[0].adapters)
    #expect(use.cumulative.count == 100 && use.plainShare == 0.2 && use.first == 0)
    // Twice as popular as the second.
    #expect(abs(use.cumulative[0] / (use.cumulative[1] - use.cumulative[0]) - 2) < 1e-9)
    #expect(plain.workloads[0].adapters == nil && !plain.pools[0].scheduler.adapters.isOn)
  }

  @Test func `what is written takes the place of what is reckoned`() throws {
    let world = try world(
      "\(Self.key).adapters={ max: 2, load: 40ms, fetch: 1s, per-step: 1ms, per-adapter: 2us, "
        + "per-token: 3ns }", "workloads.chat.adapters={ weights: [3, 1] }")
    #expect(
      world.pools[0].scheduler.adapters
        == AdapterSettings(
          resident: 2, held: 2, loadTime: 40_000_000_000, fetchTime: 1_000_000_000_000))
    #expect(
      world.pools[0].stepTime.adapters
        == AdapterTimes(perStep: 1_000_000_000, perAdapter: 2_000_000, perToken: 3000))
    #expect(world.workloads[0].adapters?.cumulative == [0.75, 1])
    #expect(world.sliceProblem?.contains("asks for adapters") == true)
  }

  @Test func `what cannot be is said with what can`() {
    let engine = "\(Self.key).adapters={ max: 4 }"
    #expect(
      problems("workloads.chat.adapters={ count: 4 }").first?
        .contains("which pool 'chat' does not serve; give it engine.adapters") == true)
    #expect(
      problems("\(Self.key).adapters={ max: 4, held: 2 }").first?.contains("give 4 or more") == true
    )
    #expect(
      problems(engine, "workloads.chat.adapters={ plain: 10% }").first?
        .contains("adapters need count or weights") == true)
    #expect(
      problems(engine, "workloads.chat.adapters={ count: 3, weights: [1, 2] }").first?
        .contains("3 adapters but 2 weights") == true)
    #expect(
      problems(engine, "workloads.chat.adapters={ weights: [0, 0] }").first?
        .contains("all weights of adapters are zero") == true)
    #expect(
      problems(engine, "\(Self.key).prefill-first=true", "\(Self.key).max-model-tokens=4k tokens")
        .first?.contains("adapters cannot go with prefill-first") == true)
  }
}
