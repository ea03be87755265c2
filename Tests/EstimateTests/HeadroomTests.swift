import Estimate
import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// What is left without the worst region or provider, against sums by hand.
@Suite("Headroom")
struct HeadroomTests {
  /// Requests of 100 + 50 tokens. Endpoints have quotas in requests a minute.
  private func world(
    _ endpoints: [(region: Int, model: Int, provider: Int, quotas: [Int])], limits: [Int64],
    models: [Int] = [0]
  ) -> World {
    var world = World(
      name: "w", seed: 1, horizon: .seconds(600), warmup: .zero,
      clouds: [Cloud(name: "c")], regions: (0..<3).map { Region(name: "r\($0)", cloud: 0) },
      pools: [], models: ["m", "n"], origins: [Origin(name: "o")],
      network: Network(
        originToRegion: [.zero, .zero, .zero],
        regionToRegion: [Duration](repeating: .zero, count: 9)),
      workloads: models.map { model in
        World.Demand(
          spec: WorkloadSpec(
            name: "w\(model)", arrivals: .poisson(rate: 1), shape: .fixed(prompt: 100, output: 50),
            origins: [OriginShare(origin: 0, share: 1)]), model: model)
      }, gateway: Gateway())
    world.endpoints = endpoints.enumerated().map { id, entry in
      Endpoint(
        name: "e\(id)", region: entry.region, model: entry.model, provider: entry.provider,
        account: 0, type: "t", kind: .standard, scope: .region(entry.region),
        contextTokens: 1_000_000, quotas: entry.quotas,
        service: EndpointService(
          curve: [.init(load: 0, timeToFirstToken: .seconds(1), tokensPerSecond: 49)],
          concurrency: 200))
    }
    world.quotas = limits.enumerated().map { id, limit in
      QuotaSpec(
        name: "q\(id)",
        rule: .tokenBucket(TokenBucket(.requests, perMinute: limit)))
    }
    world.providers = ["a", "b"]
    return world
  }

  private func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } ?? false }

  @Test("capacity is the least of concurrency and quotas")
  func limits() throws {
    // Two seconds a request: 100 a second by concurrency; 30 and 20 a second by quota.
    let world = world(
      [(0, 0, 0, [0]), (1, 0, 0, [1]), (2, 0, 1, [])], limits: [1800, 1200])
    let all = try #require(Headroom(world, rates: [60]).all)
    #expect(near(all.capacity, 150) && all.demand == 60)
    // Without the third region 50 are left, without the first provider 100.
    #expect(all.withoutRegion?.id == 2 && near(all.withoutRegion?.share, 50.0 / 60 - 1))
    #expect(all.withoutProvider?.id == 1 && near(all.withoutProvider?.share, 50.0 / 60 - 1))
  }

  @Test("a quota that several share counts once")
  func shared() throws {
    let world = world([(0, 0, 0, [0]), (1, 0, 0, [0])], limits: [1800])
    let all = try #require(Headroom(world, rates: [10]).all)
    #expect(near(all.capacity, 30))
    // The other has all of it for itself.
    #expect(near(all.withoutRegion?.share, 2))
    #expect(near(all.withoutProvider?.share, -1))
  }

  @Test("by model, and what nobody asks for is no headroom")
  func models() throws {
    let world = world(
      [(0, 0, 0, [0]), (1, 0, 0, [0]), (2, 1, 1, [1])], limits: [1800, 600])
    let headroom = Headroom(world, rates: [15])
    #expect(near(headroom.models[0]?.withoutRegion?.share, 1))
    #expect(headroom.models[1] == nil)
    #expect(near(headroom.all?.capacity, 30))
    var second = world
    second.workloads[0].alternatives = [1]
    let both = Headroom(second, rates: [15])
    #expect(near(both.all?.capacity, 40))
    #expect(Headroom(second, rates: [0]).all == nil)
  }

  @Test("a pool's capacity is where its load is 1")
  func pools() throws {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 10e9
    mixed.perSequence = 2e8
    var world = world([], limits: [])
    world.pools = (0..<2).map { region in
      Pool(
        name: "p\(region)", region: region, model: 0, replicas: 1, acceleratorsPerReplica: 1,
        accelerator: "test", scheduler: SchedulerSettings(maxSequences: 100, kvBlocks: 1 << 20),
        stepTime: StepTimeModel(
          decodeBase: [0] + (1...1000).map { 10_000_000_000 + 200_000_000 * Int64($0) },
          perKVToken: 0, mixed: mixed))
    }
    let all = try #require(Headroom(world, rates: [20]).all)
    let estimate = try PoolEstimate.pools(of: world)
    let one = try #require(estimate.first)
    // The estimate's load is demand over the same capacity.
    let capacity = one.requestsPerSecond / one.load
    #expect(abs(all.capacity / (2 * capacity) - 1) < 0.01)
    #expect(near(all.withoutRegion?.share, all.capacity / 2 / 20 - 1))
    #expect(all.withoutProvider == nil)
  }
}
