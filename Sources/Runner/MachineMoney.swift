import Money
import Multicloud

/// What the machines of an elastic pool cost after the warm-up, at the prices of their markets, before any
/// discount; the bill has what is paid.
public struct MachineMoney: Hashable, Sendable {
  /// At the markets' prices, picodollars.
  public var cost: Int128
  /// How much less that is than the list price of the same machines; negative where it is more. Picodollars.
  public var saving: Int128

  /// `nil` where nobody is billed for the pool's machines.
  public init?(_ world: World, pool: Int, _ capacity: CapacityStatistics) {
    guard let machine = world.capacity(ofDeployment: pool) else { return nil }
    let hourly = machine.unitHourly.picodollars
    // Instance-seconds, millionths: the price times nanoseconds would not fit for years of many machines.
    func money(_ time: Int128) -> Int128 { hourly * (time / 1_000_000_000) / (3600 * 1_000_000) }
    cost = money(capacity.pricedTime)
    saving = money(capacity.instanceTime * 1_000_000) - cost
  }
}
