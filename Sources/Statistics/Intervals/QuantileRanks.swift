/// Which two of n sorted independent observations have a quantile between them.
///
/// The number B of observations below the quantile is binomial(n, p), so the r-th and the s-th smallest enclose
/// it with probability P(r ≤ B ≤ s - 1) where the law is continuous, and with more where it is not: no normality
/// is asked for. Ranks start at n p ± z √(n p (1 - p)), rounded outward, and are widened one by one, by the more
/// probable side, where that covers too little. Source: W. J. Conover, "Practical Nonparametric Statistics", 3.2.
public struct QuantileRanks: Hashable, Sendable {
  /// Rank of the lower end, from 1.
  public let lower: Int
  /// Rank of the upper end.
  public let upper: Int
  /// The exact probability of enclosing the quantile; at least the level asked for.
  public let coverage: Double

  /// Finds the ranks; `nil` where even the smallest and largest enclose it too seldom. O(√observations).
  ///
  /// - Precondition: 0 < `probability` < 1, 0 < `level` < 1, one observation or more.
  public init?(observations n: Int, probability p: Double, level: Double = 0.95) {
    precondition(n > 0 && p > 0 && p < 1, "a quantile needs observations and a probability")
    let binomial = BinomialWeights(n, p)
    guard binomial.probability(1...max(1, n - 1)) >= level, n > 1 else { return nil }
    let mean = Double(n) * p
    let reach = Normal.critical(level: level) * (mean * (1 - p)).squareRoot()
    var low = max(1, Int((mean - reach).rounded(.down)))
    var high = min(n, Int((mean + reach).rounded(.up)))
    var covered = binomial.probability(low...high - 1)
    while covered < level {
      let below = low > 1 ? binomial.probability(low - 1...low - 1) : -1
      let above = high < n ? binomial.probability(high...high) : -1
      if below >= above { low -= 1 } else { high += 1 }
      covered = binomial.probability(low...high - 1)
    }
    lower = low
    upper = high
    coverage = covered
  }
}
