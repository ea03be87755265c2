import Experiment
import Multicloud
import Runner
import SimulationKernel
import Testing

@Suite("Slices of a long run")
struct SlicesTests {
  private func stitched(
    _ world: World, slices: Int, overlap: Duration, threads: Int = 2
  ) throws -> SlicedStudy.Outcome {
    let plan = try SlicePlan(world, count: slices, overlap: overlap)
    return try #require(
      try SlicedStudy(world, plan: plan, pool: WorkPool(threads: threads)).run())
  }

  @Test("slices count the very requests of the uncut run, and nothing twice")
  func exactCounts() throws {
    let world = try SmallStudy.world(["horizon=12m"])
    let whole = try RunFigures(world, seed: world.seed)
    let outcome = try stitched(world, slices: 5, overlap: .seconds(60))
    #expect(outcome.mismatch == 0)
    #expect(outcome.figures.requests == whole.requests)
    for metric in ["requests_arrived", "requests_completed", "requests_in_flight"] {
      let key = SmallStudy.key(metric, unit: "requests")
      #expect(outcome.figures[key] == whole[key], "\(metric)")
    }
    for (key, value) in zip(outcome.figures.keys, outcome.figures.values)
    where key.scopeKind == "workload" && key.unit == "ms" && !key.metric.hasSuffix("_max") {
      let (own, expected) = (try #require(value), try #require(whole[key]))
      #expect(abs(own - expected) <= 0.02 * expected, "\(key.name)")
    }
  }

  @Test("one slice is the uncut run, to the last figure")
  func oneSlice() throws {
    let world = try SmallStudy.world()
    let whole = try RunFigures(world, seed: world.seed)
    let outcome = try stitched(world, slices: 1, overlap: .zero)
    #expect(outcome.figures.keys == whole.keys && outcome.figures.values == whole.values)
  }

  @Test("the same for any number of threads")
  func threads() throws {
    let world = try SmallStudy.world(["horizon=8m", "warmup=0s"])
    let one = try stitched(world, slices: 7, overlap: .seconds(60), threads: 1)
    let many = try stitched(world, slices: 7, overlap: .seconds(60), threads: 5)
    #expect(one.figures.values == many.figures.values)
    #expect(one.figures.fingerprint == many.figures.fingerprint)
  }

  @Test("a slice without an overlap begins empty, and that shows")
  func noOverlap() throws {
    let world = try SmallStudy.world(["horizon=12m"])
    #expect(try stitched(world, slices: 5, overlap: .zero).mismatch < 0)
  }

  @Test("a bill in slices of hours is the uncut bill, incidents and quotas with it")
  func billed() throws {
    let text =
      SmallStudy.text.replacing(
        "  azure:\n",
        with:
          "  azure:\n    contract: { commitments: { macc: { amount: 1M USD, term: 1y, starts: 2026-02-01 } } }\n"
      ).replacing("plimsoll: 1\n", with: "plimsoll: 1\nstarts: 2026-03-02\n")
      + "\nincidents:\n  - { region: azure/eastus2, effect: fails, at: 50m, for: 20m }\n"
    let world = try SmallStudy.world(["horizon=3h"], text: text)
    let whole = try RunFigures(world, seed: world.seed)
    let outcome = try stitched(world, slices: 3, overlap: .seconds(300))
    let cost = FigureKey(
      scopeKind: "all", scope: "", metric: "billed_cost", unit: "USD", source: "simulated")
    let (own, expected) = (try #require(outcome.figures[cost]), try #require(whole[cost]))
    #expect(expected > 0 && abs(own - expected) < 1e-4 * expected, "\(own) \(expected)")
    let failed = FigureKey(
      scopeKind: "all", scope: "", metric: "requests_failed", unit: "requests", source: "simulated")
    let (lost, truly) = (outcome.figures[failed] ?? 0, whole[failed] ?? 0)
    #expect(truly > 1000 && abs(lost - truly) <= 2, "\(lost) \(truly)")
    #expect(outcome.mismatch == 0)
  }

  @Test("what a later slice cannot know is said before anything runs")
  func problems() throws {
    func problem(_ overrides: [String], count: Int = 4, overlap: Duration = .seconds(60)) throws
      -> String
    {
      let world = try SmallStudy.world(overrides)
      let error = #expect(throws: SlicePlan.Problem.self) {
        _ = try SlicePlan(world, count: count, overlap: overlap)
      }
      return try #require(error).description
    }
    #expect(
      try problem(["workloads.chat.arrivals={ closed-loop: { clients: 5, think: 1s } }"])
        .contains("closed loop"))
    #expect(try problem([], overlap: .milliseconds(500)).contains("whole minutes"))
    #expect(try problem(["warmup=5m"]).contains("warm-up"))
  }

  @Test("slices are as many as there are whole minutes")
  func plan() throws {
    let plan = try SlicePlan(
      try SmallStudy.world(["horizon=4m", "warmup=0s"]), count: 100, overlap: .seconds(120))
    #expect(plan.count == 4)
    #expect(plan.edges.map(\.seconds) == [0, 60, 120, 180, 240])
    #expect((0..<4).map { plan.start($0).seconds } == [0, 0, 0, 60])
  }
}
