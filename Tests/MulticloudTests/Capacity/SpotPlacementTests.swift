import Multicloud
import Testing

/// The SpotHedge placement, on histories made by hand.
@Suite struct SpotPlacementTests {
  private static func placement(
    prices: [Int64] = [30, 10, 20], base: Int = 0, extra: Int = 0, dynamic: Bool = false
  ) -> SpotPlacement {
    SpotPlacement(
      settings: SpotSettings(
        zones: Array(prices.indices), fallback: 9, baseOnDemand: base, overProvision: extra,
        isDynamic: dynamic),
      zonePrices: prices)
  }

  @Test func `replicas spread over the cheapest zones first, then go to the cheapest`() {
    let placement = Self.placement()
    #expect(placement.zoneForNext(held: [0, 0, 0]) == 1)
    #expect(placement.zoneForNext(held: [0, 1, 0]) == 2)
    #expect(placement.zoneForNext(held: [0, 1, 1]) == 0)
    #expect(placement.zoneForNext(held: [1, 1, 1]) == 1)
    #expect(placement.zoneForNext(held: [1, 4, 1]) == 1)
  }

  @Test func `a zone that failed or took a machine back is left out until it gives one`() {
    var placement = Self.placement()
    placement.notePreempted(1)
    #expect(placement.activeZones == [0, 2])
    #expect(placement.zoneForNext(held: [0, 0, 0]) == 2)
    #expect(placement.zoneForNext(held: [0, 0, 1]) == 0)
    #expect(placement.zoneForNext(held: [1, 0, 1]) == 2)
    placement.noteReady(1)
    #expect(placement.activeZones == [0, 1, 2])
    placement.noteFailed(0)
    #expect(placement.activeZones == [1, 2])
  }

  @Test func `fewer than two active zones make all of them active`() {
    var placement = Self.placement()
    placement.noteFailed(1)
    placement.notePreempted(2)
    #expect(placement.activeZones == [0, 1, 2])
    #expect(placement.zoneForNext(held: [0, 0, 0]) == 1)
    var single = Self.placement(prices: [5])
    single.notePreempted(0)
    #expect(single.zoneForNext(held: [0]) == 0)
    var two = Self.placement(prices: [5, 6])
    two.notePreempted(0)
    #expect(two.activeZones == [0, 1])
  }

  @Test func `a zone that has just refused is not asked again before the others were`() {
    var placement = Self.placement()
    placement.noteFailed(1)
    placement.noteFailed(2)
    #expect(placement.activeZones == [0, 1, 2])
    #expect(placement.zoneForNext(held: [0, 0, 0], refused: [1, 2]) == 0)
    #expect(placement.zoneForNext(held: [0, 0, 0], refused: [0, 1, 2]) == nil)
  }

  @Test func `of equal prices the first zone is taken`() {
    #expect(Self.placement(prices: [7, 7, 7]).zoneForNext(held: [1, 0, 0]) == 1)
  }

  @Test func `spot and on-demand targets`() {
    let fixed = Self.placement(base: 2, extra: 3)
    #expect(fixed.spotTarget(target: 10) == 11)
    #expect(fixed.onDemandTarget(target: 10, readySpot: 0) == 2)
    #expect(fixed.spotTarget(target: 1) == 3 && fixed.onDemandTarget(target: 1, readySpot: 0) == 1)
    let hedged = Self.placement(base: 2, extra: 3, dynamic: true)
    // Eight are needed on spot: what of them is not ready stands by on demand, those to spare do not.
    #expect(hedged.onDemandTarget(target: 10, readySpot: 0) == 10)
    #expect(hedged.onDemandTarget(target: 10, readySpot: 5) == 5)
    #expect(hedged.onDemandTarget(target: 10, readySpot: 8) == 2)
    #expect(hedged.onDemandTarget(target: 10, readySpot: 11) == 2)
    #expect(hedged.onDemandTarget(target: 0, readySpot: 4) == 0)
  }
}
