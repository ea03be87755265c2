import SimulationKernel

/// The distance of Kolmogorov and Smirnov: the most by which two cumulative distributions differ.
public enum KolmogorovSmirnov {
  /// Distance between two samples.
  ///
  /// - Complexity: O(n + m).
  /// - Precondition: both rise and have an element.
  public static func distance<Value: Comparable>(_ a: [Value], _ b: [Value]) -> Double {
    precondition(!a.isEmpty && !b.isEmpty)
    var (i, j) = (0, 0)
    var worst = 0.0
    while i < a.count && j < b.count {
      let value = min(a[i], b[j])
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      worst = max(worst, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    return worst
  }

  /// Distance of a sample from a law that is given by its cumulative probability.
  ///
  /// - Parameter isWhole: Whether the law is one of whole numbers, which steps where the sample does: then
  ///   the two are compared at the values only, not just before them.
  /// - Complexity: O(n), a call for each value that differs from the one before.
  /// - Precondition: the sample rises and has an element.
  public static func distance(
    _ sample: [Double], isWhole: Bool = false, cumulative: (Double) -> Double
  ) -> Double {
    precondition(!sample.isEmpty)
    let count = Double(sample.count)
    var worst = 0.0
    var row = 0
    while row < sample.count {
      let before = Double(row) / count
      let value = sample[row]
      while row < sample.count, sample[row] == value { row += 1 }
      let law = cumulative(value)
      worst = max(worst, abs(Double(row) / count - law))
      if !isWhole { worst = max(worst, abs(law - before)) }
    }
    return worst
  }

  /// The probability that a sample of `count` from the law itself is at least so far off, for laws that
  /// were not fitted to it; from 30 on right to a hundredth or so.
  ///
  /// Source: M. A. Stephens, Journal of the Royal Statistical Society B 32 (1970): Kolmogorov's series at
  /// `(√n + 0.12 + 0.11 / √n) · distance`.
  public static func probability(atLeast distance: Double, count: Int) -> Double {
    precondition(count > 0 && distance >= 0)
    let root = Double(count).squareRoot()
    let x = (root + 0.12 + 0.11 / root) * distance
    // Below this the series needs more terms than it is worth: the probability is 1 to nine digits.
    if x < 0.2 { return 1 }
    var sum = 0.0
    for k in 1...100 {
      let term = DeterministicMath.exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
      if term < 1e-16 { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
