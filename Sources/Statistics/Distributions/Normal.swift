import SimulationKernel

/// The standard normal law.
public enum Normal {
  /// The number that a standard normal variate stays below with probability `p`; relative error 10^-14.
  ///
  /// - Precondition: 0 < `p` < 1.
  public static func quantile(_ p: Double) -> Double { DeterministicMath.normalQuantile(p) }

  /// The probability of staying below `x`; relative error 10^-12 in either tail.
  public static func cdf(_ x: Double) -> Double { DeterministicMath.normalProbability(below: x) }

  /// What a standard normal variate stays within, either side of 0, with probability `level`.
  ///
  /// - Precondition: 0 < `level` < 1.
  public static func critical(level: Double) -> Double {
    -DeterministicMath.normalQuantile(0.5 * (1 - level))
  }
}
