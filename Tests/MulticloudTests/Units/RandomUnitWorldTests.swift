import Foundation
import Multicloud
import SimulationKernel
import Testing

/// Random worlds of the gateway whose provisioned endpoints change their units.
@Suite struct RandomUnitWorldTests {
  /// More by `PLIMSOLL_UNIT_WORLDS`.
  static let count =
    ProcessInfo.processInfo.environment["PLIMSOLL_UNIT_WORLDS"].flatMap(Int.init) ?? 120

  private static func world(_ seed: UInt64) -> World {
    var dice = Dice(seed: seed)
    var worlds = dice.world()
    // Every endpoint gets a bucket, before or after its other quotas.
    for id in worlds.endpoints.indices {
      worlds.quotas.append(
        QuotaSpec(
          name: "units\(id)",
          rule: .provisionedBucket(
            ProvisionedBucket(units: 4, inputTokensPerMinutePerUnit: 5_000, outputRatio: 4))))
      worlds.endpoints[id].quotas.insert(
        worlds.quotas.count - 1, at: dice.chance(50) ? 0 : worlds.endpoints[id].quotas.count)
    }
    var world = worlds.world
    for id in 0..<(1 + dice.below(2)) {
      let steps = (0..<4).map { (Int64($0) * 20, dice.below(25)) }
      var market = ElasticWorlds.market(.onDemand, steps, quota: dice.chance(50) ? 8 : nil)
      market.name = "market\(id)"
      world.markets.append(market)
    }
    for id in world.endpoints.indices where dice.chance(80) {
      let bucket = world.endpoints[id].quotas.first {
        if case .provisionedBucket = world.quotas[$0].rule { return true }
        return false
      }!
      guard case .provisionedBucket(var rule) = world.quotas[bucket].rule else { continue }
      rule.units = 4
      world.quotas[bucket].rule = .provisionedBucket(rule)
      world.endpoints[id].units = 4
      world.endpoints[id].elastic = ElasticUnits(
        minimum: 2, maximum: 2 + 2 * dice.below(8) + 2, increment: 2,
        leadTime: dice.pick([.constant(0), .constant(7), .exponential(mean: 10)]),
        market: dice.chance(70) ? dice.below(world.markets.count) : nil)
      var settings =
        dice.chance(60)
        ? UnitWorlds.byUtilization(0.6, step: 1 + dice.below(3))
        : UnitWorlds.scheduled(
          (0..<9).map { (Int64($0) * 10, dice.below(9)) })
      settings.interval = .seconds(Int64(2 + dice.below(5)))
      settings.scrapeInterval = .seconds(Int64(1 + dice.below(5)))
      settings.scrapeDelay = .seconds(Int64(dice.below(3)))
      settings.window = .seconds(Int64(5 + dice.below(10)))
      settings.downDelay = .seconds(Int64(dice.below(20)))
      world.scaling.append(ScalingGroup(settings: settings, pools: [world.pools.count + id]))
    }
    return world
  }

  @Test func `nothing is lost, and units are those of the events`() throws {
    var seen: Set<String> = []
    for seed in UInt64(1)...UInt64(Self.count) {
      let world = Self.world(seed)
      let keeper = CapacityKeeper()
      var simulation = try Simulation(world, recorder: keeper)
      let result = simulation.run()
      #expect(result.totals.allSatisfy { $0.isConserved }, "seed \(seed)")
      #expect(keeper.requests.count == Int(result.requests), "seed \(seed)")
      var committed = world.endpoints.map(\.units)
      var arriving = world.endpoints.map { _ in 0 }
      for event in keeper.events {
        seen.insert("\(event.kind) \(event.cause)")
        let id = event.pool - world.pools.count
        let spec = try #require(world.endpoints[id].elastic)
        #expect(event.before == committed[id], "seed \(seed)")
        switch event.kind {
        case .scaleUp:
          #expect(arriving[id] == 0 && event.after > event.before, "seed \(seed)")
          arriving[id] = event.after - event.before
        case .ready:
          #expect(arriving[id] > 0 && event.after == event.before, "seed \(seed)")
          arriving[id] = 0
        case .scaleDown:
          #expect(arriving[id] == 0 && event.after < event.before, "seed \(seed)")
        case .scaleUpFailed: #expect(event.after == event.before, "seed \(seed)")
        default: Issue.record("seed \(seed): units know no \(event.kind)")
        }
        committed[id] = event.after
        #expect(committed[id] % spec.increment == 0 && committed[id] >= spec.minimum)
        #expect(committed[id] <= max(spec.maximum, world.endpoints[id].units))
        // What was taken is within the quota, but for what was there at the start.
        for (market, place) in world.markets.enumerated() where event.kind == .scaleUp {
          let held = world.endpoints.indices.reduce(0) {
            $0 + (world.endpoints[$1].elastic?.market == market ? committed[$1] : 0)
          }
          if event.market == market, let quota = place.quota { #expect(held <= quota) }
        }
      }
      for id in world.endpoints.indices {
        let units = result.deployments[world.pools.count + id].units
        #expect((units != nil) == (world.endpoints[id].elastic != nil))
        if let units { #expect(units.failedScaleUps + units.arrivals <= units.scaleUps + 1) }
      }
      var again = try Simulation(world)
      #expect(again.run().fingerprint == result.fingerprint, "a recorder changes nothing")
    }
    for kind in [
      "scaleUp wanted", "scaleDown wanted", "ready none", "scaleUpFailed supply",
      "scaleUpFailed quota", "scaleUpFailed outage",
    ] { #expect(seen.contains(kind), "\(seen.sorted())") }
  }
}
