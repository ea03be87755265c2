import Multicloud
import SimulationKernel
import Testing

/// Units of an endpoint that are bought and given back.
@Suite struct ElasticUnitsTests {
  @Test func `units come after the lead time, and what was wished meanwhile is seen to then`()
    throws
  {
    var worlds = UnitWorlds()
    worlds.elastic.leadTime = .constant(300)
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 8), (720, 2)])
    let run = try worlds.run()
    #expect(
      run.keeper.lines == [
        "scale_up 600 20 40 wanted", "ready 900 40 40", "scale_down 900 40 10 wanted",
      ])
    #expect(run.keeper.events.allSatisfy { $0.pool == 0 && $0.replica == -1 && $0.market == -1 })
    #expect(run.keeper.events.map(\.leadTime) == [-1, 300_000_000_000, -1])
    let second = Int128(1_000_000_000)
    #expect(run.statistics.unitTime == second * (900 * 20 + 900 * 10))
    #expect(run.statistics.arrivingTime == second * (300 * 20))
    #expect(run.statistics.wantedTime == second * (600 * 20 + 120 * 40 + 1080 * 10))
    #expect(run.statistics.leadTime == 300 * second && run.statistics.arrivals == 1)
    #expect(run.statistics.scaleUps == 1 && run.statistics.scaleDowns == 1)
  }

  @Test func `sums begin at the end of the warm-up`() throws {
    var worlds = UnitWorlds()
    worlds.warmup = 700
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 8), (1200, 2)])
    let statistics = try worlds.run().statistics
    #expect(statistics.scaleUps == 0 && statistics.scaleDowns == 1)
    #expect(statistics.unitTime == Int128(1_000_000_000) * (500 * 40 + 600 * 10))
  }

  @Test func `a change fails as a whole where the stock is short, and is asked for again`() throws {
    var worlds = UnitWorlds()
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 20), (650, 39), (800, 40), (1000, 5)])]
    worlds.elastic.market = 0
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 8), (1200, 2), (1500, 8)])
    let run = try worlds.run()
    #expect(
      run.keeper.lines.prefix(8) == [
        "scale_up_failed 600 20 20 supply", "scale_up_failed 660 20 20 supply",
        "scale_up_failed 720 20 20 supply", "scale_up_failed 780 20 20 supply",
        "scale_up 840 20 40 wanted", "ready 840 40 40",
        // The stock fell to 5 at 1000 s, and what was deployed stayed; once given back it is gone.
        "scale_down 1200 40 10 wanted", "scale_up_failed 1500 10 10 supply",
      ])
    #expect(run.statistics.failedScaleUps == 4 + 5)
    #expect(run.keeper.events.allSatisfy { $0.market == 0 })
  }

  @Test func `quota is not capacity`() throws {
    var worlds = UnitWorlds()
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 1000)], quota: 35)]
    worlds.elastic.market = 0
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 8), (660, 7)])
    #expect(
      try worlds.run().keeper.lines == [
        "scale_up_failed 600 20 20 quota", "scale_up 660 20 35 wanted", "ready 660 35 35",
      ])
  }

  @Test func `two endpoints of one market: what one has the other cannot get`() throws {
    var worlds = UnitWorlds()
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 60)])]
    worlds.elastic.market = 0
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 7)])
    var world = worlds.world
    world.endpoints.append(world.endpoints[0])
    world.endpoints[1].name = "other"
    world.endpoints[1].quotas = [1]
    world.quotas.append(world.quotas[0])
    world.scaling.append(
      ScalingGroup(settings: UnitWorlds.scheduled([(0, 4), (600, 6)]), pools: [1]))
    let keeper = CapacityKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    _ = simulation.run()
    #expect(keeper.events.first?.kind == .scaleUp && keeper.events.first?.after == 35)
    let other = keeper.events.filter { $0.pool == 1 }
    #expect(other.count == 20 && other.allSatisfy { $0.kind == .scaleUpFailed })
  }

  @Test func `nothing can be changed during an outage`() throws {
    var worlds = UnitWorlds()
    worlds.incidents = [
      Incident(
        target: .deployment(0), effect: .fails, start: .seconds(590), duration: .seconds(100))
    ]
    worlds.settings = UnitWorlds.scheduled([(0, 4), (600, 8)])
    #expect(
      try worlds.run().keeper.lines == [
        "scale_up_failed 600 20 20 outage", "scale_up_failed 660 20 20 outage",
        "scale_up 720 20 40 wanted", "ready 720 40 40",
      ])
  }

  @Test func `more units admit more calls`() throws {
    // 604 tokens a second; 20 units of 1200 a minute bear 400, 40 of them 800.
    var worlds = UnitWorlds()
    let few = try worlds.run().totals
    worlds.settings = UnitWorlds.scheduled([(0, 8)])
    let many = try worlds.run().totals
    let share = Double(few.completed) / Double(few.attempts)
    #expect(share > 0.65 && share < 0.70)
    #expect(many.refusedTotal < 10)
  }

  /// 4 calls a second of 151 tokens are 36,240 tokens a minute: 30.2 units, or 6.04 increments.
  ///
  /// From just below ⌈6.04 / 0.8⌉; from above ⌈6.04 / 0.72⌉, once the hour that was paid for is over. From far below
  /// the bucket is full when the units come, and full units ask for more: what that was too much goes an hour later.
  @Test(arguments: [(35, 8), (40, 8), (100, 9), (10, 9)])
  func `a steady load comes to its analytic number of increments`(_ units: Int, _ expected: Int)
    throws
  {
    var worlds = UnitWorlds()
    worlds.units = units
    worlds.seconds = 3 * 3600
    worlds.elastic.leadTime = .constant(120)
    worlds.settings = UnitWorlds.byUtilization(0.8)
    worlds.settings?.window = .seconds(120)
    let run = try worlds.run()
    #expect(run.keeper.events.last?.after ?? units == 5 * expected, "\(run.keeper.lines)")
    #expect(run.keeper.events.allSatisfy { $0.time < 2 * 3_600_000_000_000 }, "and it stays there")
    switch units {
    case 35: #expect(run.keeper.lines == ["scale_up 60 35 40 wanted", "ready 180 40 40"])
    case 40: #expect(run.keeper.lines == [])
    case 100: #expect(run.keeper.lines == ["scale_down 3600 100 45 wanted"])
    default: #expect(run.statistics.scaleUps >= 6 && run.statistics.scaleDowns <= 2)
    }
  }

  @Test func `a run with units that change cannot be cut`() {
    var world = UnitWorlds().world
    #expect(world.sliceProblem?.contains("endpoint 'units' has units that change") == true)
    world.endpoints[0].elastic = nil
    #expect(world.sliceProblem == nil)
  }

  @Test func `units that could change and do not are a run without them`() throws {
    var worlds = UnitWorlds()
    worlds.elastic.leadTime = .exponential(mean: 100)
    worlds.settings = UnitWorlds.byUtilization(1)
    worlds.rate = 1
    var elastic = try Simulation(worlds.world)
    var world = worlds.world
    world.endpoints[0].elastic = nil
    world.scaling = []
    var plain = try Simulation(world)
    #expect(elastic.run().fingerprint == plain.run().fingerprint)
  }
}
