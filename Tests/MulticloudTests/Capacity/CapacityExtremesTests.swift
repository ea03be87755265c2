import Multicloud
import SimulationKernel
import Testing

/// The least, the most and the reasons, by hand-made histories.
@Suite struct CapacityExtremesTests {
  /// Two replicas, four from 30 s on, one from 90 s on.
  private static func worlds(warmup: Double = 0) -> ElasticWorlds {
    var worlds = ElasticWorlds()
    worlds.small.warmup = warmup
    var settings = AutoscalerSettings(policy: "scheduled")
    settings.lookAhead = .zero
    settings.interval = .seconds(10)
    settings.schedule = [
      .init(from: .zero, replicas: 2), .init(from: .seconds(30), replicas: 4),
      .init(from: .seconds(90), replicas: 1),
    ]
    worlds.settings = settings
    worlds.elastic.life = ReplicaLife(
      provisioning: .constant(20), loading: .constant(7), warming: .constant(3))
    return worlds
  }

  @Test func whatLastedCounts() throws {
    let capacity = try #require(try Self.worlds().run().result.pools[0].capacity)
    #expect(capacity.extremes.leastReady == 1)
    #expect(capacity.extremes.mostReady == 4)
    #expect(capacity.extremes.mostWanted == 4)
    // Machines are there from the end of provisioning on.
    #expect(capacity.extremes.mostMachines == 4)
  }

  @Test func theWarmUpIsLeftOut() throws {
    let capacity = try #require(try Self.worlds(warmup: 100).run().result.pools[0].capacity)
    #expect(capacity.extremes.mostReady == 1 && capacity.extremes.mostWanted == 1)
    #expect(capacity.extremes.leastReady == 1)
  }

  @Test func scaleUpsFailForAReason() throws {
    for (supply, quota) in [(3, nil), (100, 2)] as [(Int, Int?)] {
      var worlds = Self.worlds()
      worlds.elastic.markets = [0]
      worlds.markets = [ElasticWorlds.market(.onDemand, [(0, supply)], quota: quota)]
      let capacity = try #require(try worlds.run().result.pools[0].capacity)
      #expect(capacity.failedScaleUps > 0)
      #expect(capacity.quotaFailures == (quota == nil ? 0 : capacity.failedScaleUps))
      #expect(capacity.supplyFailures == (quota == nil ? capacity.failedScaleUps : 0))
    }
  }

  @Test func timeHasThePriceOfItsMarket() throws {
    var worlds = Self.worlds()
    worlds.elastic.markets = [0]
    var market = ElasticWorlds.market(.spot, [(0, 100)])
    market.priceMillionths = 400_000
    worlds.markets = [market]
    let capacity = try #require(try worlds.run().result.pools[0].capacity)
    // All machines are spot ones, those of the start too: 60 % of their time is not paid for.
    #expect(capacity.pricedTime > 0)
    #expect(capacity.pricedTime == capacity.instanceTime * 400_000)
  }
}
