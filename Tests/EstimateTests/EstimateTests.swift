import Estimate
import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

@Suite("Estimate")
struct EstimateTests {
  @Test("a product by OpenBLAS is the product")
  func product() {
    var x = Matrix(rows: 3, columns: 3)
    x.elements = [4, 2, 0, 0, 5, 3, 6, 0, 12]
    var t = Matrix(rows: 3, columns: 2)
    t.elements = [1000, 600, 2200, 1500, 400, 150]
    #expect(x.times(t).elements == [8400, 5400, 12200, 7950, 10800, 5400])
    #expect(Matrix(rows: 0, columns: 3).times(x).rows == 0)
    #expect(x.columnSums == [10, 7, 15])
  }

  /// Steps of 10 ms and 0.2 ms a sequence, prompts of one token.
  private func world(
    rate: Double, replicas: Int, output: Int, routing: String = "random"
  ) -> World {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 10e9
    mixed.perSequence = 2e8
    let pool = Pool(
      name: "pool", region: 0, model: 0, replicas: replicas, acceleratorsPerReplica: 1,
      accelerator: "test", scheduler: SchedulerSettings(maxSequences: 1000, kvBlocks: 1 << 20),
      stepTime: StepTimeModel(
        decodeBase: [0] + (1...1000).map { 10_000_000_000 + 200_000_000 * Int64($0) },
        perKVToken: 0, mixed: mixed), routing: ReplicaRouting(policy: routing))
    let spec = WorkloadSpec(
      name: "w", arrivals: .poisson(rate: rate), shape: .fixed(prompt: 1, output: output),
      origins: [OriginShare(origin: 0, share: 1)])
    return World(
      name: "w", seed: 1, horizon: .seconds(3000), warmup: .seconds(300),
      clouds: [Cloud(name: "c")], regions: [Region(name: "r", cloud: 0)], pools: [pool],
      models: ["m"], origins: [Origin(name: "o")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [World.Demand(spec: spec, model: 0)], gateway: Gateway())
  }

  @Test("one replica follows the closed form of continuous batching")
  func closedForm() throws {
    let world = world(rate: 10, replicas: 1, output: 200)
    let estimate = try #require(try PoolEstimate.pools(of: world).first)
    #expect(abs(estimate.requestsPerSecond - 10) < 1e-9)
    #expect(abs(estimate.outputTokensPerSecond - 2000) < 1e-6)
    // λ·G·k = 0.4: batch λ·G·(t0 + k) / (1 − a) = 34, TPOT (t0 + k) / (1 − a) = 17 ms.
    #expect(abs(estimate.running / 34 - 1) < 0.02)
    #expect(abs(estimate.timePerOutputToken / 0.017 - 1) < 0.02)
  }

  @Test(
    "expected and simulated rates, batches and times agree",
    arguments: [4.0, 10, 16], ["random", "least-outstanding-requests"])
  func againstSimulation(rate: Double, routing: String) throws {
    let world = world(rate: 2 * rate, replicas: 2, output: 200, routing: routing)
    let estimate = try #require(try PoolEstimate.pools(of: world).first)
    var simulation = try Simulation(world)
    let pool = simulation.run().pools[0]
    let seconds = Double(pool.work.length) / 1e9
    #expect(abs(Double(pool.arrived) / seconds / estimate.requestsPerSecond - 1) < 0.03)
    let running =
      Double(pool.work.runningIntegral + pool.work.waitingIntegral) / Double(pool.work.length)
    #expect(abs(running / estimate.running - 1) < 0.06)
    let step = pool.latencies.timePerOutputToken
    let mean = Double(step.sum) / Double(step.count) / 1e9
    #expect(abs(estimate.timePerOutputToken / mean - 1) < 0.05)
  }

  @Test("an overloaded pool says so")
  func overload() throws {
    let world = world(rate: 40, replicas: 1, output: 200)
    let estimate = try #require(try PoolEstimate.pools(of: world).first)
    #expect(estimate.load > 1)
    let whole = try WorldEstimate(world, WorldEstimate.Settings(world))
    #expect(whole.workloads[0].timeToFirstToken.quantile(0.5) == .infinity)
  }

  @Test("placements are screened the same on any number of cores, and more replicas mean less load")
  func screening() throws {
    let world = world(rate: 20, replicas: 2, output: 200)
    let placements = (1...40).map { replicas in
      var placement = Placement(world)
      placement.replicas[0] = replicas
      return placement
    }
    let screen = try PlacementScreen(world, binWidth: .seconds(60), horizon: .seconds(3000))
    let one = try screen.run(placements, workers: 1).results
    let two = try screen.run(placements, workers: 2).results
    #expect(one == two)
    for (a, b) in zip(one, one.dropFirst()) { #expect(a.peakLoad > b.peakLoad) }
    let whole = try #require(try PoolEstimate.pools(of: world).first)
    #expect(abs(one[1].peakLoad / whole.peakLoad - 1) < 0.01)
  }

  @Test("an empty horizon and too many placements are refused")
  func refusals() throws {
    let world = world(rate: 20, replicas: 2, output: 200)
    #expect(throws: PlacementScreen.Problem.emptyHorizon) {
      try PlacementScreen(world, binWidth: .seconds(60), horizon: .zero)
    }
    let screen = try PlacementScreen(world, binWidth: .seconds(60), horizon: .seconds(60))
    let many = [Placement](repeating: Placement(world), count: PlacementScreen.mostPlacements + 1)
    #expect(throws: PlacementScreen.Problem.self) { try screen.run(many) }
  }
}
