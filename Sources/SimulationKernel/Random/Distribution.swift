/// A law of one random number, drawn from by inversion: one uniform number in, one variate out.
///
/// Inversion keeps streams aligned (every draw takes exactly one number) and is monotone, so the
/// same uniform gives the larger variate under the larger law: what common random numbers need.
public enum Distribution: Hashable, Sendable {
  /// Always the same.
  case constant(Double)
  /// Every number between the two equally likely.
  case uniform(lower: Double, upper: Double)
  /// Exponential.
  case exponential(mean: Double)
  /// Gamma with mean `shape * scale` and coefficient of variation `1 / √shape`.
  case gamma(shape: Double, scale: Double)
  /// Weibull: below 1 the shape makes a heavier tail than the exponential's.
  case weibull(shape: Double, scale: Double)
  /// Lognormal: `median` times e to the power of a normal variate of deviation `sigma`.
  case lognormal(median: Double, sigma: Double)
  /// Pareto: above `minimum`, with a tail falling as x^-alpha.
  case pareto(minimum: Double, alpha: Double)
  /// Given values with given weights.
  case empirical(EmpiricalDistribution)

  /// The gamma law with this mean and coefficient of variation.
  public static func gamma(mean: Double, coefficientOfVariation cv: Double) -> Distribution {
    .gamma(shape: 1 / (cv * cv), scale: mean * cv * cv)
  }

  /// The Weibull law with this mean and shape.
  public static func weibull(mean: Double, shape: Double) -> Distribution {
    .weibull(
      shape: shape, scale: mean / DeterministicMath.exp(DeterministicMath.logGamma(1 + 1 / shape)))
  }

  /// The lognormal law with this mean and coefficient of variation.
  public static func lognormal(mean: Double, coefficientOfVariation cv: Double) -> Distribution {
    let variance = DeterministicMath.log1p(cv * cv)
    return .lognormal(
      median: mean * DeterministicMath.exp(-0.5 * variance), sigma: variance.squareRoot())
  }

  /// The number a variate stays below (or at) with probability `u`.
  ///
  /// - Precondition: `u` is in the open interval (0, 1), as ``unitInterval(_:)`` makes it, and the
  ///   law's parameters are positive.
  public func quantile(_ u: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .uniform(let lower, let upper): lower + u * (upper - lower)
    case .exponential(let mean): mean * Self.unitExponential(u)
    case .gamma(let shape, let scale): scale * DeterministicMath.gammaQuantile(shape: shape, u)
    case .weibull(let shape, let scale):
      scale * DeterministicMath.pow(Self.unitExponential(u), 1 / shape)
    case .lognormal(let median, let sigma):
      median * DeterministicMath.exp(sigma * DeterministicMath.normalQuantile(u))
    case .pareto(let minimum, let alpha): minimum * DeterministicMath.pow(1 - u, -1 / alpha)
    case .empirical(let law): law.quantile(u)
    }
  }

  /// The mean; infinite for a Pareto law with `alpha` of 1 or less.
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .uniform(let lower, let upper): 0.5 * (lower + upper)
    case .exponential(let mean): mean
    case .gamma(let shape, let scale): shape * scale
    case .weibull(let shape, let scale): scale * Self.gammaFunction(1 + 1 / shape)
    case .lognormal(let median, let sigma): median * DeterministicMath.exp(0.5 * sigma * sigma)
    case .pareto(let minimum, let alpha):
      alpha > 1 ? minimum * alpha / (alpha - 1) : Double.infinity
    case .empirical(let law): law.moment(1)
    }
  }

  /// The mean of the square; infinite for a Pareto law with `alpha` of 2 or less.
  public var meanSquare: Double {
    switch self {
    case .constant(let value): value * value
    case .uniform(let lower, let upper): (lower * lower + lower * upper + upper * upper) / 3
    case .exponential(let mean): 2 * mean * mean
    case .gamma(let shape, let scale): shape * (shape + 1) * scale * scale
    case .weibull(let shape, let scale): scale * scale * Self.gammaFunction(1 + 2 / shape)
    case .lognormal(let median, let sigma):
      median * median * DeterministicMath.exp(2 * sigma * sigma)
    case .pareto(let minimum, let alpha):
      alpha > 2 ? minimum * minimum * alpha / (alpha - 2) : Double.infinity
    case .empirical(let law): law.moment(2)
    }
  }

  /// The probability that a variate is above `x`.
  public func probability(above x: Double) -> Double {
    switch self {
    case .constant(let value): return value > x ? 1 : 0
    case .uniform(let lower, let upper):
      return x < lower ? 1 : x >= upper ? 0 : (upper - x) / (upper - lower)
    case .exponential(let mean): return x <= 0 ? 1 : DeterministicMath.exp(-x / mean)
    case .gamma(let shape, let scale):
      return DeterministicMath.gammaProbability(shape: shape, below: x / scale).upper
    case .weibull(let shape, let scale):
      return x <= 0 ? 1 : DeterministicMath.exp(-DeterministicMath.pow(x / scale, shape))
    case .lognormal(let median, let sigma):
      if x <= 0 { return 1 }
      if sigma == 0 { return median > x ? 1 : 0 }
      return DeterministicMath.normalProbability(
        below: -DeterministicMath.log(x / median) / sigma)
    case .pareto(let minimum, let alpha):
      return x <= minimum ? 1 : DeterministicMath.pow(minimum / x, alpha)
    case .empirical(let law): return law.probability(above: x)
    }
  }

  /// The exponential variate of mean 1; `1 - u` is exact for every `u` a stream can give.
  @inlinable
  public static func unitExponential(_ u: Double) -> Double { -DeterministicMath.log(1 - u) }

  private static func gammaFunction(_ x: Double) -> Double {
    DeterministicMath.exp(DeterministicMath.logGamma(x))
  }
}
