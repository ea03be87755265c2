import SimulationKernel

/// A market while it is simulated.
struct MarketState: Sendable {
  private(set) var path: AvailabilityPath
  private(set) var price: SpotPricePath?
  /// Accelerators that pools and jobs hold.
  var held = 0
  let quota: Int

  init(_ market: Market, entity: UInt32, seed: UInt64) {
    path = AvailabilityPath(
      market.supply, stream: KeyedStream(seed: seed, entity: entity, purpose: 722))
    price = market.priceProcess.map {
      SpotPricePath(
        $0, stream: KeyedStream(seed: seed, entity: entity, purpose: SpotPricePath.purpose))
    }
    quota = market.quota ?? .max
  }

  /// Accelerators it has to give, those held included; none where the price is above what is paid.
  var level: Int { price?.isAboveLimit == true ? 0 : path.level }

  /// Accelerators that can still be had.
  var obtainable: Int { max(0, min(level, quota) - held) }

  /// When its level changes next of itself.
  var nextChange: Int64 { path.nextChange }

  /// Goes on to the next level.
  mutating func advance() { path.advance() }

  /// Goes on to the next price.
  mutating func advancePrice() { price?.advance() }
}
