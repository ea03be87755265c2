import SimulationKernel

/// How often a vendor takes a single spot machine back, apart from shortages of the whole market: at a
/// constant hazard, so that a machine's life is exponential.
public struct SpotInterruption: Hashable, Sendable {
  /// Mean time until a machine is taken back, seconds.
  public var meanSeconds: Double

  /// Creates an interruption from its mean time.
  ///
  /// - Precondition: The mean is above zero and finite.
  public init(meanSeconds: Double) {
    precondition(meanSeconds > 0 && meanSeconds < .infinity)
    self.meanSeconds = meanSeconds
  }

  /// The hazard under which a machine is taken back within a month with a probability, as vendors state
  /// it: rate = −ln(1 − p) / month.
  ///
  /// - Precondition: `probability` is above 0 and below 1, the month above zero.
  public init(probability: Double, within month: Duration) {
    precondition(probability > 0 && probability < 1, "a probability of always or never has no rate")
    self.init(meanSeconds: -month.seconds / DeterministicMath.log1p(-probability))
  }

  /// Interruptions of a machine a second.
  public var ratePerSecond: Double { 1 / meanSeconds }

  /// How long a machine lives, seconds.
  public var lifetime: Distribution { .exponential(mean: meanSeconds) }
}
