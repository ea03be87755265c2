import SimulationKernel

/// Student's t with any positive number of degrees of freedom, whole or not (Welch's need not be).
///
/// Up to 10,000 degrees by the incomplete beta function, above by four terms of Fisher and Cornish's expansion
/// around the normal law (Abramowitz and Stegun 26.7.5); both to about 10^-12 of the answer, the expansion for
/// numbers up to 8.
public enum StudentT {
  private static let mostExact = 1e4

  /// The probability of staying below `t`.
  ///
  /// - Precondition: `degrees` is positive.
  /// - Complexity: O(√degrees), at most 100 steps or so.
  public static func cdf(_ t: Double, degrees: Double) -> Double {
    precondition(degrees > 0, "Student's t needs a positive number of degrees of freedom")
    if t.isNaN { return t }
    if degrees > mostExact {
      return DeterministicMath.normalProbability(below: normal(of: t, degrees))
    }
    let tails = StudentTails(abs(t), degrees: degrees)
    return t < 0 ? tails.upper : 0.5 + 0.5 * tails.central
  }

  /// The number that is stayed below with probability `p`.
  ///
  /// - Precondition: 0 < `p` < 1; `degrees` is positive.
  /// - Complexity: a few times that of ``cdf(_:degrees:)``.
  public static func quantile(_ p: Double, degrees: Double) -> Double {
    p < 0.5 ? -exceeded(with: p, degrees: degrees) : exceeded(with: 1 - p, degrees: degrees)
  }

  /// The number, 0 or more, that is exceeded with a probability of at most 1/2. Follows small ones further
  /// than `quantile(1 - tail)`, which has lost their digits.
  ///
  /// - Precondition: 0 < `tail` ≤ 1/2; `degrees` is positive.
  public static func exceeded(with tail: Double, degrees: Double) -> Double {
    precondition(tail > 0 && tail <= 0.5, "the quantile needs a probability between 0 and 1")
    precondition(degrees > 0, "Student's t needs a positive number of degrees of freedom")
    if tail == 0.5 { return 0 }
    if degrees > mostExact {
      return fromNormal(-DeterministicMath.normalQuantile(tail), degrees)
    }
    if tail > 0.25 {
      // The probability of the middle is concave in t: Newton's method climbs to the root from 0.
      return root(from: 0, above: 0) { t in
        let tails = StudentTails(t, degrees: degrees)
        return (tails.central - (1 - 2 * tail), 2 * tails.density)
      }
    }
    // The logarithm of the tail is concave in the logarithm of t, nearly straight far out.
    let target = DeterministicMath.log(tail)
    let start = DeterministicMath.log(-DeterministicMath.normalQuantile(tail))
    let logT = root(from: start, above: start - 1) { y in
      let t = DeterministicMath.exp(y)
      let tails = StudentTails(t, degrees: degrees)
      return (target - DeterministicMath.log(tails.upper), t * tails.density / tails.upper)
    }
    return DeterministicMath.exp(logT)
  }

  /// What T stays within, either side of 0, with probability `level`: the factor of a two-sided interval.
  ///
  /// - Precondition: 0 < `level` < 1; `degrees` is positive.
  public static func critical(level: Double, degrees: Double) -> Double {
    exceeded(with: 0.5 * (1 - level), degrees: degrees)
  }

  /// The root of an increasing function by Newton's method, kept inside a shrinking bracket.
  private static func root(
    from start: Double, above lowest: Double, _ value: (Double) -> (error: Double, slope: Double)
  ) -> Double {
    var (low, high) = (lowest, Double.infinity)
    var x = start
    for _ in 0..<200 {
      let (error, slope) = value(x)
      if error == 0 { return x }
      if error < 0 { low = x } else { high = x }
      var next = x - error / slope
      if !(next >= low && next <= high) {
        next = high.isFinite ? low + 0.5 * (high - low) : x + 1
      }
      // Convergence is quadratic: after a step this small only rounding is left.
      if abs(next - x) <= 1e-14 * max(abs(x), 1e-300) { return next }
      x = next
    }
    return x
  }

  private static func fromNormal(_ z: Double, _ degrees: Double) -> Double {
    let w = z * z
    let r = 1 / degrees
    let first = (w + 1) / 4
    let second = ((5 * w + 16) * w + 3) / 96
    let third = (((3 * w + 19) * w + 17) * w - 15) / 384
    let fourth = ((((79 * w + 776) * w + 1482) * w - 1920) * w - 945) / 92_160
    return z * (1 + r * (first + r * (second + r * (third + r * fourth))))
  }

  /// The inverse of the expansion: each step gains as many digits as the degrees have.
  private static func normal(of t: Double, _ degrees: Double) -> Double {
    // Beyond, neither law has anything left that a double can hold.
    if abs(t) > 40 { return t }
    var z = t
    for _ in 0..<30 {
      let next = z + (t - fromNormal(z, degrees))
      if abs(next - z) <= 1e-15 * abs(t) { return next }
      z = next
    }
    return z
  }
}
