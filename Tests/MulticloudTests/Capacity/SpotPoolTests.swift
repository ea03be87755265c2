import Multicloud
import SimulationKernel
import Testing

/// Pools that place spot machines over zones, in whole runs.
@Suite("Spot pools")
struct SpotPoolTests {
  /// Three zones with levels from times on, and a fallback that always has machines.
  private func worlds(
    _ zones: [[(Int64, Int)]], replicas: Int, spare: Int = 0
  ) -> ElasticWorlds {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(0, replicas)]
    worlds.small.seconds = 300
    worlds.markets =
      zones.map { ElasticWorlds.market(.spot, $0, notice: 3) }
      + [ElasticWorlds.market(.onDemand, [(0, 100)])]
    worlds.elastic = ElasticPool(
      minimum: replicas, maximum: replicas, markets: Array(worlds.markets.indices))
    worlds.elastic.life.provisioning = .constant(20)
    worlds.elastic.spot = SpotSettings(
      zones: Array(zones.indices), fallback: zones.count, overProvision: spare, isDynamic: true)
    return worlds
  }

  @Test("a run begins on spot wherever a zone has machines, though others are empty")
  func beginsOnSpot() throws {
    let (result, keeper) = try worlds([[(0, 0)], [(0, 0)], [(0, 4)]], replicas: 2).run()
    let capacity = try #require(result.pools[0].capacity)
    #expect(capacity.spotTime == capacity.servingTime && capacity.servingTime > 0)
    #expect(keeper.events.isEmpty)
  }

  @Test("machines to spare are asked for from the start")
  func asksForSpares() throws {
    let (_, keeper) = try worlds([[(0, 4)], [(0, 4)], [(0, 4)]], replicas: 2, spare: 1).run()
    #expect(keeper.times(.scaleUp) == [0] && keeper.times(.ready) == [20])
  }

  @Test("every zone is asked once before a wish has failed")
  func asksEveryZone() throws {
    let (_, keeper) = try worlds([[(0, 4), (60, 0)], [(0, 0)], [(0, 4)]], replicas: 1).run()
    // One on spot from the third zone, one that stands in for it until it is ready.
    #expect(keeper.times(.scaleUp) == [60, 60])
    #expect(keeper.times(.scaleUpFailed) == [60, 60])
    #expect(keeper.events.filter { $0.kind == .scaleUp }.map(\.market) == [2, 3])
    #expect(keeper.times(.scaleDown) == [80])
  }
}
