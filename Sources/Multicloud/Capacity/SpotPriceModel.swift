import SimulationKernel

/// A spot price as a share of the list price, in steps: it wanders about a median to which it returns.
///
/// The logarithm of the price over ``median`` is an Ornstein-Uhlenbeck process from its stationary state,
/// read at the start of every step without any error of discretisation, and the price is clipped to
/// ``floor`` and the list price. Source: Uhlenbeck and Ornstein, "On the theory of the Brownian motion",
/// Physical Review 36 (1930).
public struct SpotPriceModel: Hashable, Sendable {
  /// Share of the list price that half of the prices stay below, 0 to 1.
  public var median: Double
  /// Standard deviation of the price's logarithm in the long run.
  public var deviation: Double
  /// Time in which a deviation falls to 1/e of itself.
  public var reversion: Duration
  /// Lowest share of the list price, 0 to 1.
  public var floor: Double
  /// Time between two prices.
  public var step: Duration
  /// Highest share of the list price that is paid, millionths: above it there is no supply. `nil` pays
  /// any.
  public var limitMillionths: Int64?

  /// Creates a model.
  ///
  /// - Precondition: `0 < floor <= median <= 1`, no negative deviation, times above zero.
  public init(
    median: Double, deviation: Double, reversion: Duration, floor: Double, step: Duration,
    limitMillionths: Int64? = nil
  ) {
    precondition(0 < floor && floor <= median && median <= 1, "prices are shares above the floor")
    precondition(deviation >= 0 && reversion > .zero && step > .zero)
    self.median = median
    self.deviation = deviation
    self.reversion = reversion
    self.floor = floor
    self.step = step
    self.limitMillionths = limitMillionths
  }
}
