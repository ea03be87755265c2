import SimulationKernel

/// Formulas for what does not fit: closed forms of flows against limits.
enum Diffusion {
  /// `E[(S − limit)⁺]` of a normal `S`.
  static func excess(mean: Double, deviation: Double, over limit: Double) -> Double {
    guard deviation > 0 else { return max(0, mean - limit) }
    let z = (limit - mean) / deviation
    let density = DeterministicMath.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let above = DeterministicMath.normalProbability(below: -z)
    return max(0, (mean - limit) * above + deviation * density)
  }

  /// `E[(N − limit)⁺]` of a Poisson `N`. O(mean + 10 deviations).
  static func poissonExcess(mean: Double, over limit: Double) -> Double {
    guard mean > 0 else { return 0 }
    if mean > 1000 { return excess(mean: mean, deviation: mean.squareRoot(), over: limit) }
    var sum = 0.0
    let top = Int(mean + 12 * mean.squareRoot() + 20)
    for n in 0...top where Double(n) > limit {
      let probability = DeterministicMath.exp(
        Double(n) * DeterministicMath.log(mean) - mean - DeterministicMath.logGamma(Double(n) + 1))
      sum += (Double(n) - limit) * probability
    }
    return sum
  }

  /// What a bucket overflows, a second: a Brownian level with this drift and variance a second between an
  /// empty bucket and a full one. (Harrison, Brownian Motion and Stochastic Flow Systems, 1985: the local
  /// time at the upper barrier.)
  static func overflow(drift: Double, variance: Double, size: Double) -> Double {
    guard variance > 0, size > 0 else { return max(0, drift) }
    let theta = 2 * drift * size / variance
    if abs(theta) < 1e-9 { return variance / (2 * size) }
    if theta > 700 { return drift }
    // drift / (1 − exp(−θ)) for either sign.
    return drift / oneLessExponential(theta)
  }

  /// `1 − exp(−x)`, also where `x` is so small that the difference itself would lose its digits. (W. Kahan's
  /// quotient: what rounding does to the exponential it does to its logarithm too.)
  private static func oneLessExponential(_ x: Double) -> Double {
    let power = DeterministicMath.exp(-x)
    if power == 1 { return x }
    let less = 1 - power
    return power == 0 || !power.isFinite ? less : less * x / -DeterministicMath.log(power)
  }
}
