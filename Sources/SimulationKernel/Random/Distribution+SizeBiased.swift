/// Laws of what is found at a moment chosen without regard to a renewal process: the spell that covers it
/// is longer than most, and what is left of it is a uniform part of that.
///
/// Source: Cox, "Renewal Theory", Methuen 1962, sections 5.2 and 5.4.
extension Distribution {
  /// The number that a size-biased variate stays below (or at) with probability `u`: each value counts in
  /// proportion to itself, as the length of the spell does that covers a moment.
  ///
  /// - Precondition: `u` is in the open interval (0, 1), and the mean is above zero and finite.
  /// - Complexity: O(n) in the values of an empirical law, else O(1).
  public func sizeBiasedQuantile(_ u: Double) -> Double {
    switch self {
    case .constant(let value): return value
    case .uniform(let lower, let upper):
      return (lower * lower + u * (upper * upper - lower * lower)).squareRoot()
    case .exponential(let mean): return mean * DeterministicMath.gammaQuantile(shape: 2, u)
    case .gamma(let shape, let scale):
      return scale * DeterministicMath.gammaQuantile(shape: shape + 1, u)
    case .weibull(let shape, let scale):
      let power = DeterministicMath.gammaQuantile(shape: 1 + 1 / shape, u)
      return scale * DeterministicMath.pow(power, 1 / shape)
    case .lognormal(let median, let sigma):
      return median * DeterministicMath.exp(sigma * (sigma + DeterministicMath.normalQuantile(u)))
    case .pareto(let minimum, let alpha):
      precondition(alpha > 1, "a law without a mean has no size-biased law")
      return minimum * DeterministicMath.pow(1 - u, -1 / (alpha - 1))
    case .empirical(let law):
      let wanted = u * law.moment(1)
      var sum = 0.0
      var before = 0.0
      for (value, upTo) in zip(law.values, law.cumulative) {
        sum += value * (upTo - before)
        if sum >= wanted { return value }
        before = upTo
      }
      return law.values[law.values.count - 1]
    }
  }

  /// What is left of the spell that covers a moment, from two independent uniform numbers.
  ///
  /// - Precondition: As for ``sizeBiasedQuantile(_:)``, for both numbers.
  public func residual(spell u: Double, part v: Double) -> Double { v * sizeBiasedQuantile(u) }
}
