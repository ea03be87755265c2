import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

#if canImport(Glibc)
  import Glibc
#endif

/// Worlds at random whose capacity comes, goes, fails and is taken back.
@Suite struct RandomElasticWorldTests {
  private static func number(_ name: String, _ fallback: Int) -> Int {
    getenv(name).flatMap { Int(String(cString: $0)) } ?? fallback
  }

  static let seeds = (0..<number("PLIMSOLL_ELASTIC_WORLDS", 150)).map {
    UInt64($0 + number("PLIMSOLL_ELASTIC_SEED", 0))
  }

  /// Everything that ends a run by a trap (a request lost or counted twice, more machines given back than taken, a
  /// clock that goes backwards) is watched by the simulation itself; what is left is watched here.
  @Test(arguments: seeds) func nothingIsLost(_ seed: UInt64) throws {
    let world = RandomElasticWorld(seed).world
    let keeper = CapacityKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    #expect(result.totals.allSatisfy { $0.isConserved })
    #expect(keeper.requests.count == Int(result.requests))
    for request in keeper.requests where request.status == .completed {
      #expect(request.deliveredTokens == request.outputTokens)
      #expect(request.firstToken >= request.reachedDeployment || world.gateway.retry.attempts > 1)
      #expect(request.ended >= request.firstToken)
    }
    var last: Int64 = 0
    for event in keeper.events {
      #expect(event.time >= last)
      last = event.time
    }
    for (id, pool) in world.pools.enumerated() {
      guard let elastic = pool.elastic, let capacity = result.pools[id].capacity else { continue }
      let length = Int128(world.horizon.nanoseconds)
      #expect(capacity.servingTime >= capacity.readyTime)
      #expect(capacity.readyTime <= length * Int128(pool.places))
      #expect(capacity.gapTime + capacity.readyTime >= capacity.wantedTime)
      #expect(capacity.wantedTime >= length * Int128(elastic.minimum))
      #expect(
        result.pools[id].work.busy <= capacity.servingTime,
        "only replicas that serve compute")
    }
    for (job, outcome) in zip(world.training, result.training) {
      #expect(outcome.saved <= job.work.nanoseconds)
      #expect((outcome.ended >= 0) == (outcome.saved == job.work.nanoseconds))
      // Every moment with machines is work that counts, work that was lost, overhead, or under way.
      #expect(outcome.saved + outcome.lost + outcome.overhead <= outcome.held)
    }
    var again = try Simulation(world)
    let fingerprint = again.run().fingerprint
    #expect(fingerprint == result.fingerprint, "a recorder changes nothing")
  }
}

/// A small world drawn from a seed.
struct RandomElasticWorld {
  let world: World

  init(_ seed: UInt64) {
    var random = KeyedStream(seed: seed, entity: 0, purpose: 99).generator()
    func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    func chance(_ percent: Int) -> Bool { below(100) < percent }
    func law() -> Distribution {
      switch below(4) {
      case 0: .constant(0)
      case 1: .constant(Double(below(40)))
      case 2: .exponential(mean: Double(1 + below(30)))
      default: .lognormal(median: Double(1 + below(30)), sigma: 0.5)
      }
    }
    var small = SmallWorlds()
    small.seed = seed
    small.seconds = 240
    small.pools = (0..<(1 + below(3))).map { _ in (region: 0, replicas: 1 + below(4)) }
    small.arrivals = .poisson(rate: Double(1 + below(40)))
    small.shape =
      chance(50) ? .fixed(prompt: 64, output: 1 + below(400)) : .fixed(prompt: 500, output: 20)
    small.kvBlocks = chance(30) ? 60 : 4000
    if chance(40) { small.patience = .seconds(Int64(1 + below(20))) }
    if chance(30) { small.queueLimit = below(20) }
    let routers = PolicyRegistry.replicaRouters.map { $0.name }
    small.routing.policy = routers[below(routers.count)]
    if chance(30) { small.routing.staleness = .milliseconds(Int64(1 + below(500))) }
    let policies = ["nearest", "least-loaded", "round-robin", "weighted", "preferred"]
    small.gateway.policy = policies[below(policies.count)]
    if chance(30) { small.gateway.staleness = .milliseconds(Int64(1 + below(500))) }
    if chance(50) { small.gateway.retry = RetryPolicy(attempts: 1 + below(3)) }
    var world = small.world

    for id in 0..<(1 + below(3)) {
      var time: Int64 = 0
      let steps = (0..<(1 + below(6))).map { _ -> (Int64, Int) in
        defer { time += Int64(1 + below(80)) }
        return (time, below(12))
      }
      var market = ElasticWorlds.market(
        chance(50) ? .spot : .onDemand, steps, quota: chance(30) ? below(8) : nil,
        notice: Int64(below(10)))
      market.name = "market\(id)"
      world.markets.append(market)
    }
    let zones = world.markets.indices.filter { world.markets[$0].kind == .spot }
    for id in world.markets.indices where world.markets[id].kind == .spot {
      if chance(40) { world.markets[id].interruption = SpotInterruption(meanSeconds: 90) }
      if chance(30) {
        world.markets[id].priceProcess = SpotPriceModel(
          median: 0.4, deviation: 0.5, reversion: .seconds(60), floor: 0.1, step: .seconds(20),
          limitMillionths: chance(50) ? 450_000 : nil)
      }
    }
    if chance(30) {
      world.incidents = [
        Incident(
          target: .deployment(0), effect: chance(50) ? .slows(2) : .fails,
          start: .seconds(Int64(below(200))), duration: .seconds(Int64(1 + below(60))))
      ]
    }
    for id in world.pools.indices where chance(85) {
      let minimum = below(2)
      let maximum = max(world.pools[id].replicas, minimum + below(8))
      var elastic = ElasticPool(
        minimum: min(minimum, world.pools[id].replicas), maximum: maximum,
        life: ReplicaLife(
          provisioning: law(), loading: law(), warming: law(),
          drainLimit: .seconds(Int64(below(30)))),
        markets: chance(60) ? [below(world.markets.count)] : [],
        retry: .seconds(Int64(1 + below(30))), whenEmpty: chance(50) ? .hold : .refuse,
        detection: .seconds(Int64(below(10))))
      elastic.inFlight = ElasticPool.InFlight.allCases[below(3)]
      if chance(50) {
        elastic.failure = MachineFailure(
          meanTimeBetween: .seconds(Int64(20 + below(600))), repair: law(),
          replicasPerNode: 1 + below(3))
      }
      if chance(30) {
        let start = Int64(below(200))
        let length = Int64(2 + below(80))
        elastic.blocks = [
          CapacityBlock(
            start: .seconds(start), end: .seconds(start + length), replicas: 1 + below(3),
            margin: .seconds(Int64(below(Int(length)))))
        ]
      }
      if !zones.isEmpty, chance(40) {
        let others = world.markets.indices.filter { !zones.contains($0) }
        let fallback = others.isEmpty ? -1 : others[below(others.count)]
        elastic.spot = SpotSettings(
          zones: zones, fallback: fallback, baseOnDemand: fallback < 0 ? 0 : below(2),
          overProvision: below(3), isDynamic: fallback >= 0 && chance(70))
        elastic.markets = zones + (fallback < 0 ? [] : [fallback])
      }
      world.pools[id].elastic = elastic
      if chance(70) {
        let policies = PolicyRegistry.autoscalers.filter { $0.name != "provisioned-units" }
        var settings = policies[below(policies.count)].usual
        let isRate = settings.policy == "target-rate" || settings.policy == "forecast"
        settings.target = isRate ? Double(1 + below(10)) : 0.1 + 0.1 * Double(below(9))
        settings.schedule = (0..<(1 + below(4))).map {
          .init(from: .seconds(Int64(60 * $0)), replicas: below(9))
        }
        settings.season = .seconds(120)
        settings.bin = .seconds(20)
        settings.planInterval = .seconds(30)
        settings.lookAhead = .seconds(Int64(below(30)))
        settings.interval = .seconds(Int64(1 + below(20)))
        settings.scrapeInterval = .seconds(Int64(1 + below(20)))
        settings.scrapeDelay = .seconds(Int64(below(20)))
        settings.locksWhileStarting = chance(30)
        settings.upDelay = .seconds(Int64(below(20)))
        settings.downDelay = .seconds(Int64(below(40)))
        world.scaling.append(ScalingGroup(settings: settings, pools: [id]))
      }
    }
    for id in 0..<below(4) {
      var job = TrainingJob(
        name: "job\(id)", market: below(world.markets.count), accelerators: 1 + below(8),
        work: .seconds(Int64(1 + below(200))))
      job.submitted = .seconds(Int64(below(100)))
      job.checkpointInterval = .seconds(Int64(below(40)))
      job.checkpointTime = .seconds(Int64(below(5)))
      job.restart = law()
      job.priority = below(2)
      job.isPreemptible = chance(70)
      if chance(40) { job.meanTimeBetweenFaults = .seconds(Int64(10 + below(500))) }
      world.training.append(job)
    }
    self.world = world
  }
}
