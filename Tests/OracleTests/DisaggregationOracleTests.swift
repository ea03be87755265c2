import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Replicas that prefill, a link, and replicas that decode, each made to be the queue that matters.
struct SplitOracle {
  /// Seconds of a prompt, one at a time, and of a copy.
  var prefill = 1e-6
  var copy = 1e-9
  /// Seconds of a decode step by batch.
  var step: (Int) -> Double = { _ in 1e-6 }
  var rate: Double
  var output = LengthSpec.constant(2)
  var seconds: Double
  /// Of each kind.
  var replicas = 1

  func run(seed: UInt64) throws -> SimulationResult {
    let servers = 256
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = prefill * 1e12
    func pool(_ name: String, _ budget: Int, _ sequences: Int) -> Pool {
      var scheduler = SchedulerSettings(
        maxBatchedTokens: budget, maxSequences: sequences, kvBlocks: 1 << 26)
      scheduler.transfersCaches = true
      return Pool(
        name: name, region: 0, model: 0, replicas: replicas, acceleratorsPerReplica: 1,
        accelerator: "textbook", scheduler: scheduler,
        stepTime: StepTimeModel(
          decodeBase: [0] + (1...sequences).map { Int64((step($0) * 1e12).rounded()) },
          perKVToken: 0, mixed: mixed), routing: ReplicaRouting(policy: "random"))
    }
    // A budget of one prompt of one token makes the first a single server.
    var pools = [pool("p", 1, 1), pool("p-decode", 8192, servers)]
    pools[0].role = .prefill(
      Disaggregation(
        decodePool: 1, link: CacheLink(bytesPerSecond: 1_000_000_000),
        blockBytes: max(1, Int64((copy * 1e9).rounded()))))
    pools[1].role = .decode(of: 0)
    let workload = WorkloadSpec(
      name: "customers", arrivals: .poisson(rate: rate),
      shape: .independent(prompt: .constant(1), output: output),
      origins: [OriginShare(origin: 0, share: 1)])
    let world = World(
      name: "oracle", seed: seed, horizon: Duration(seconds: seconds), warmup: .seconds(200),
      clouds: [Cloud(name: "cloud")], regions: [Region(name: "region", cloud: 0)], pools: pools,
      models: ["model"], origins: [Origin(name: "origin")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [World.Demand(spec: workload, model: 0)], gateway: Gateway())
    var simulation = try Simulation(world)
    return simulation.run()
  }
}

@Suite("Disaggregated pools with closed forms")
struct DisaggregationOracleTests {
  private func check(_ measured: Replicated, _ theory: Double, _ what: String) {
    #expect(
      measured.agrees(with: theory, bias: 1e-4),
      "\(what): \(measured.mean) ± \(measured.halfWidth), theory \(theory)")
    #expect(
      measured.wouldNoticeTwoPercent(of: theory),
      "\(what): ± \(measured.halfWidth) would hide an error of 2 % of \(theory)")
  }

  private func mean(_ histogram: KeyPath<LatencyHistograms, LogLinearHistogram>) -> (
    SimulationResult
  ) -> Double {
    { ($0.workloads[0].latencies[keyPath: histogram].mean ?? 0) / 1e9 }
  }

  @Test("prefill as M/D/1 at load 0.7, everything else fast: time to first token, and all of it")
  func prefillStation() throws {
    let world = SplitOracle(prefill: 1, rate: 0.7, seconds: 170_000)
    let theory = 1 + 1.16666666666667
    let results = try (1...10).map { try world.run(seed: UInt64($0)) }
    check(try Replicated { mean(\.timeToFirstToken)(results[Int($0) - 1]) }, theory, "TTFT")
    check(try Replicated { mean(\.endToEnd)(results[Int($0) - 1]) }, theory, "end to end")
  }

  @Test("link as M/D/1 at load 0.7: time of a copy, and the interface's use")
  func linkStation() throws {
    let world = SplitOracle(copy: 1, rate: 0.7, seconds: 170_000)
    let results = try (1...10).map { try world.run(seed: UInt64($0)) }
    let copy = try Replicated { seed in
      (results[Int(seed) - 1].pools[0].transfers?.copying.mean ?? 0) / 1e9
    }
    check(copy, 1 + 1.16666666666667, "copy")
    let use = try Replicated { seed in
      let result = results[Int(seed) - 1]
      return Double(result.pools[0].transfers?.sending ?? 0)
        / Double((result.end - result.measuredFrom).nanoseconds)
    }
    check(use, 0.7, "use of the link")
  }

  /// Friedman, Operations Research 13 (1965): behind each other, servers of constant service make customers
  /// wait in all as long as the slowest alone would.
  @Test("prefill and a slower link behind it: constant servers in tandem")
  func tandem() throws {
    let world = SplitOracle(prefill: 0.5, copy: 1, rate: 0.7, seconds: 170_000)
    check(
      try Replicated { mean(\.endToEnd)(try world.run(seed: $0)) }, 0.5 + 1 + 1.16666666666667,
      "end to end")
  }

  @Test("decode as M/G/1 processor sharing at load 0.6, everything else fast")
  func decodeStation() throws {
    let world = SplitOracle(
      step: { 1e-6 * Double($0) }, rate: 0.6, output: .exponential(mean: 1e6), seconds: 150_000)
    check(try Replicated { mean(\.endToEnd)(try world.run(seed: $0)) }, 2.5, "end to end")
  }

  /// Served strictly in order of reservation, four interfaces of each kind in random pairs would be done at two
  /// thirds of this load: one copy that waits for its receiver would hold up all behind it. Taking the first that
  /// can begin keeps up.
  @Test("interfaces in random pairs carry a load of 0.85")
  func pairs() throws {
    let world = SplitOracle(copy: 1, rate: 4 * 0.85, seconds: 20_000, replicas: 4)
    let results = try (1...10).map { try world.run(seed: UInt64($0)) }
    let use = try Replicated { seed in
      let result = results[Int(seed) - 1]
      return Double(result.pools[0].transfers?.sending ?? 0)
        / Double((result.end - result.measuredFrom).nanoseconds) / 4
    }
    check(use, 0.85, "use of the link")
    let inFlight = results.map { $0.totals[0].inFlight }.max() ?? 0
    #expect(inFlight < 400, "a queue grows: \(inFlight) in flight")
    let copy = (results[0].pools[0].transfers?.copying.mean ?? 0) / 1e9
    #expect(copy > 1 + 0.85 / (2 * 0.15), "pairs wait longer than a single interface: \(copy)")
  }

  @Test("no contention: every time is the sum of its parts")
  func sumOfParts() throws {
    let world = SplitOracle(
      prefill: 0.25, copy: 0.5, step: { _ in 0.001 }, rate: 0.01, output: .constant(1001),
      seconds: 100_000)
    let result = try world.run(seed: 1)
    let latencies = result.workloads[0].latencies
    // Nobody is alone for ever, but half of them meet nobody: their median is exact but for the histogram's
    // cells, which are a hundredth wide.
    #expect(abs(Double(try #require(latencies.endToEnd.quantile(0.3))) / 1e9 - 1.75) < 0.02)
    // From the first token on: the copy, and a thousand steps.
    #expect(
      abs(Double(try #require(latencies.timePerOutputToken.quantile(0.3))) / 1e6 - 1.5) < 0.02)
  }
}
