import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Replicas that come and go, by hand-made histories.
@Suite struct ElasticPoolTests {
  /// Twice as many replicas from 30 s on, half of them gone from 90 s on.
  private static let upAndDown: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: "scheduled")
    settings.lookAhead = .zero
    settings.interval = .seconds(10)
    settings.schedule = [
      .init(from: .zero, replicas: 2), .init(from: .seconds(30), replicas: 4),
      .init(from: .seconds(90), replicas: 1),
    ]
    return settings
  }()

  @Test func replicasComeAfterTheirLeadTime() throws {
    var worlds = ElasticWorlds()
    worlds.settings = Self.upAndDown
    worlds.elastic.life = ReplicaLife(
      provisioning: .constant(20), loading: .constant(7), warming: .constant(3))
    let (result, keeper) = try worlds.run()
    #expect(keeper.times(.scaleUp) == [30, 30])
    #expect(keeper.times(.ready) == [60, 60])
    #expect(keeper.times(.scaleDown) == [90, 90, 90])
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.scaleUps == 2 && capacity.starts == 2)
    #expect(capacity.leadTime == 2 * 30_000_000_000)
    // Two short from 30 s to 60 s.
    #expect(capacity.gapTime == 60_000_000_000)
    #expect(result.pools[0].arrived == result.pools[0].completed + result.workloads[0].inFlight)
  }

  @Test func aDrainLosesNothing() throws {
    var worlds = ElasticWorlds()
    worlds.small.arrivals = .poisson(rate: 60)
    worlds.settings = Self.upAndDown
    let (result, keeper) = try worlds.run()
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.lostRequests == 0)
    #expect(result.workloads[0].lostTotal == 0)
    // Those that were told to go went later, when they were empty.
    #expect(keeper.times(.gone).count == 3)
    #expect(keeper.times(.gone).allSatisfy { $0 >= 90 && $0 < 95 })
  }

  @Test func aReplicaThatDrainsStaysWhenItIsWantedAgain() throws {
    var worlds = ElasticWorlds()
    worlds.small.arrivals = .poisson(rate: 60)
    worlds.small.shape = .fixed(prompt: 64, output: 900)
    var settings = AutoscalerSettings(policy: "scheduled")
    settings.lookAhead = .zero
    settings.interval = .seconds(1)
    settings.schedule = [
      .init(from: .zero, replicas: 2), .init(from: .seconds(60), replicas: 1),
      .init(from: .seconds(62), replicas: 2),
    ]
    worlds.settings = settings
    worlds.elastic.life = ReplicaLife(provisioning: .constant(1000))
    let (_, keeper) = try worlds.run()
    #expect(keeper.times(.scaleDown) == [60])
    #expect(keeper.times(.revived) == [62])
    #expect(keeper.times(.scaleUp).isEmpty)
  }

  @Test func aDrainLimitBreaksOffWhatIsLeft() throws {
    var worlds = ElasticWorlds()
    worlds.small.shape = .fixed(prompt: 64, output: 2000)
    worlds.small.arrivals = .poisson(rate: 1)
    worlds.settings = Self.upAndDown
    worlds.elastic.life.drainLimit = .seconds(5)
    let (result, keeper) = try worlds.run()
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.lostRequests > 0)
    #expect(result.workloads[0].failedTotal == capacity.lostRequests)
    #expect(keeper.times(.gone).contains(95))
  }

  @Test func requestsAreHeldUntilTheFirstReplicaIsReady() throws {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(region: 0, replicas: 0)]
    worlds.elastic.minimum = 0
    worlds.elastic.whenEmpty = .hold
    worlds.elastic.life.provisioning = .constant(25)
    worlds.settings = AutoscalerSettings(policy: "target-rate", target: 10)
    worlds.settings?.interval = .seconds(5)
    worlds.settings?.scrapeInterval = .seconds(5)
    let (result, keeper) = try worlds.run()
    #expect(result.workloads[0].lostTotal == 0)
    let early = keeper.requests.filter { $0.arrival < 30_000_000_000 && $0.status == .completed }
    #expect(!early.isEmpty)
    #expect(early.allSatisfy { $0.started >= 30_000_000_000 })
    #expect(keeper.times(.ready).first == 30)
  }

  @Test func heldRequestsMayBeGivenUp() throws {
    for isControlled in [false, true] {
      var worlds = ElasticWorlds()
      worlds.isControlled = isControlled
      worlds.retry = RetryPolicy(attempts: 2)
      worlds.small.pools = [(region: 0, replicas: 0)]
      worlds.small.patience = .seconds(3)
      worlds.elastic.minimum = 0
      worlds.elastic.whenEmpty = .hold
      worlds.elastic.life.provisioning = .constant(25)
      worlds.settings = AutoscalerSettings(policy: "target-rate", target: 10)
      let (result, keeper) = try worlds.run()
      #expect(result.workloads[0].cancelled > 100)
      let early = keeper.requests.filter { $0.arrival < 30_000_000_000 }
      #expect(
        early.allSatisfy { $0.status == .cancelled && $0.ended - $0.arrival == 3_000_000_000 })
    }
  }

  /// Those that gave up stand before them in the line.
  @Test func thoseThatStillWaitAreServedAtOnce() throws {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(region: 0, replicas: 0)]
    worlds.small.patience = .seconds(3)
    worlds.elastic.minimum = 0
    worlds.elastic.whenEmpty = .hold
    worlds.elastic.life.provisioning = .constant(25)
    worlds.settings = AutoscalerSettings(policy: "target-rate", target: 10)
    worlds.settings?.interval = .seconds(5)
    worlds.settings?.scrapeInterval = .seconds(5)
    let (_, keeper) = try worlds.run()
    #expect(keeper.times(.ready).first == 30)
    let waiting = keeper.requests.filter { 27_100_000_000...29_900_000_000 ~= $0.arrival }
    #expect(waiting.count > 30)
    // What is ready is filled at that instant.
    #expect(waiting.count { $0.started == 30_000_000_000 } >= 5)
    #expect(waiting.count { $0.status == .completed } >= 5)
  }

  @Test func anEmptyPoolRefuses() throws {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(region: 0, replicas: 0)]
    worlds.elastic.minimum = 0
    let (result, _) = try worlds.run()
    let reason = Int(RequestRecord.Reason.capacity.rawValue)
    #expect(result.workloads[0].lost[reason] == result.workloads[0].arrived)
  }

  // MARK: Markets

  @Test func aScaleUpFailsWhereTheMarketIsEmpty() throws {
    var worlds = ElasticWorlds()
    worlds.settings = Self.upAndDown
    worlds.elastic.markets = [0]
    worlds.elastic.retry = .seconds(7)
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 3), (50, 8)])]
    let (result, keeper) = try worlds.run()
    // One of two is to be had; the other is asked for every decision and retry until there is more.
    #expect(keeper.times(.scaleUp) == [30, 50])
    let failed = keeper.events.filter { $0.kind == .scaleUpFailed }
    #expect(failed.first?.cause == .supply)
    #expect(failed.map { Double($0.time) / 1e9 } == [30, 37, 40, 44, 50].filter { $0 < 50 })
    #expect(result.pools[0].capacity?.failedScaleUps == Int64(failed.count))
  }

  @Test func aQuotaStopsAScaleUp() throws {
    var worlds = ElasticWorlds()
    worlds.settings = Self.upAndDown
    worlds.elastic.markets = [0]
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 100)], quota: 2)]
    let (_, keeper) = try worlds.run()
    #expect(keeper.times(.scaleUp).isEmpty)
    #expect(keeper.events.filter { $0.kind == .scaleUpFailed }.allSatisfy { $0.cause == .quota })
  }

  @Test(arguments: ElasticPool.InFlight.allCases, [false, true])
  func aSpotMarketTakesMachinesBack(_ inFlight: ElasticPool.InFlight, _ isControlled: Bool) throws {
    var worlds = ElasticWorlds()
    worlds.isControlled = isControlled
    worlds.small.pools = [(region: 0, replicas: 4)]
    worlds.small.arrivals = .poisson(rate: 6)
    worlds.small.shape = .fixed(prompt: 64, output: 600)
    worlds.small.seconds = 200
    worlds.elastic.inFlight = inFlight
    worlds.elastic.markets = [0]
    worlds.markets = [ElasticWorlds.market(.spot, [(0, 4), (60, 2), (120, 4)], notice: 3)]
    let (result, keeper) = try worlds.run()
    #expect(keeper.times(.spotNotice) == [60, 60])
    #expect(keeper.times(.interrupted).count == 2)
    #expect(keeper.times(.interrupted).allSatisfy { $0 <= 63 })
    // They are wanted still, and come back when the market has them.
    #expect(keeper.times(.scaleUp).allSatisfy { $0 >= 120 })
    #expect(keeper.times(.scaleUp).count == 2)
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.interruptions == 2)
    switch inFlight {
    case .drain:
      #expect(capacity.lostRequests > 0 && capacity.movedRequests == 0)
      #expect(result.workloads[0].failedTotal == capacity.lostRequests)
    case .recompute, .migrate:
      #expect(capacity.lostRequests == 0 && capacity.movedRequests > 0)
      #expect(result.workloads[0].lostTotal == 0)
    }
    // Nobody gets a token twice, or too few.
    let completed = keeper.requests.filter { $0.status == .completed }
    #expect(completed.allSatisfy { $0.deliveredTokens == 600 })
    #expect(completed.allSatisfy { $0.firstToken >= $0.started && $0.ended > $0.firstToken })
    #expect(result.workloads[0].outputTokens == Int64(600 * completed.count))
  }

  /// What a client has is not computed again; the cache of it is, where it does not move too.
  @Test(arguments: [ElasticPool.InFlight.recompute, .migrate])
  func noTokenIsComputedTwice(_ inFlight: ElasticPool.InFlight) throws {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(region: 0, replicas: 4)]
    worlds.small.arrivals = .piecewise(
      rates: [6, 0, 0, 0], binWidth: .seconds(100), repeats: false)
    worlds.small.shape = .fixed(prompt: 64, output: 600)
    worlds.small.seconds = 420
    worlds.elastic.inFlight = inFlight
    worlds.elastic.markets = [0]
    worlds.markets = [ElasticWorlds.market(.spot, [(0, 4), (60, 2), (120, 4)], notice: 3)]
    let (result, keeper) = try worlds.run()
    #expect(try #require(result.pools[0].capacity).movedRequests > 0)
    #expect(result.totals[0].completed == result.totals[0].arrived)
    #expect(
      keeper.minutes.reduce(0) { $0 + $1.outputTokens } == 600 * result.totals[0].completed)
  }

  // MARK: Faults and blocks

  @Test(arguments: [false, true]) func machinesFailAndComeBack(_ isControlled: Bool) throws {
    var worlds = ElasticWorlds()
    worlds.isControlled = isControlled
    worlds.retry = RetryPolicy(attempts: 3)
    worlds.small.pools = [(region: 0, replicas: 4)]
    worlds.small.seconds = 4000
    // A dead replica looks idle: whoever prefers the least loaded sends everything there until it is found
    // out.
    worlds.small.routing.policy = "round-robin"
    worlds.elastic = ElasticPool(minimum: 4, maximum: 4, detection: .seconds(2))
    worlds.elastic.failure = MachineFailure(
      meanTimeBetween: .seconds(400), repair: .constant(30))
    let (result, keeper) = try worlds.run()
    let capacity = try #require(result.pools[0].capacity)
    // Each of eight places fails at 1/400 s; a little over half of them are in use.
    #expect(capacity.failures > 20 && capacity.failures < 60)
    #expect(keeper.times(.detected).count == Int(capacity.failures))
    #expect(capacity.starts > 0 && capacity.lostRequests > 0)
    #expect(capacity.failedTime > 0)
    if isControlled {
      #expect(result.workloads[0].failedTotal < capacity.lostRequests)
    } else {
      // Those at the machine, and those sent to it before the balancer knew.
      #expect(result.workloads[0].failedTotal >= capacity.lostRequests)
    }
  }

  /// Whoever is lost with a machine is no longer counted as being at its pool.
  @Test(arguments: [false, true]) func lostRequestsTakeNoRoom(_ isControlled: Bool) throws {
    var worlds = ElasticWorlds()
    worlds.isControlled = isControlled
    worlds.small.pools = [(region: 0, replicas: 4)]
    worlds.small.seconds = 4000
    worlds.small.arrivals = .poisson(rate: 8)
    worlds.small.routing.policy = "round-robin"
    worlds.small.queueLimit = 0
    worlds.elastic = ElasticPool(minimum: 4, maximum: 4, detection: .seconds(2))
    worlds.elastic.failure = MachineFailure(
      meanTimeBetween: .seconds(200), repair: .constant(5))
    let (result, _) = try worlds.run()
    #expect(try #require(result.pools[0].capacity).lostRequests > 40)
    // Four times eight may be there at once; about three are.
    #expect(result.workloads[0].lost[Int(RequestRecord.Reason.queueFull.rawValue)] == 0)
  }

  @Test func aBlockComesAndGoes() throws {
    var worlds = ElasticWorlds()
    worlds.elastic.blocks = [
      CapacityBlock(start: .seconds(20), end: .seconds(80), replicas: 3, margin: .seconds(10))
    ]
    let (result, keeper) = try worlds.run()
    #expect(keeper.times(.blockBegins) == [20] && keeper.times(.blockEnds) == [70])
    #expect(keeper.times(.ready) == [20, 20, 20])
    #expect(keeper.times(.gone).allSatisfy { $0 >= 70 && $0 < 80 })
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.wantedTime == 390_000_000_000)
  }

  @Test func aBlockTakesWhatIsLeftOnItsMachines() throws {
    var worlds = ElasticWorlds()
    worlds.small.shape = .fixed(prompt: 64, output: 2000)
    worlds.small.arrivals = .poisson(rate: 1)
    worlds.elastic.blocks = [
      CapacityBlock(start: .seconds(20), end: .seconds(80), replicas: 3, margin: .seconds(3))
    ]
    let (result, keeper) = try worlds.run()
    #expect(keeper.times(.gone).allSatisfy { $0 >= 77 && $0 <= 80 })
    #expect((result.pools[0].capacity?.lostRequests ?? 0) > 0)
  }

  @Test func elasticReplicasThatNeverChangeAreAStaticPool() throws {
    var worlds = ElasticWorlds()
    worlds.elastic = ElasticPool(minimum: 2, maximum: 2)
    let (elastic, _) = try worlds.run()
    let (fixed, _) = try worlds.small.run()
    #expect(elastic.fingerprint == fixed.fingerprint)
  }
}
