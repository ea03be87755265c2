/// Intervals of how far each alternative is from the best of the others (Hsu's multiple comparisons with the
/// best), all right at once.
///
/// For alternative i the interval is of θ_i - max θ_l over the others where the largest is best, of
/// θ_i - min θ_l where the smallest is. Every pair's half-width is from its own paired differences:
/// w_il = t(n - 1) s_il / √n with a Bonferroni tail. So the level holds for normal replications whatever the
/// variances and correlations are, common random numbers or none. Nelson and Matejcik's procedure has shorter
/// intervals, but only its assumption of equal variances of all differences (sphericity) proves it; that is not
/// made here.
///
/// - **Constrained**: tails of α / (k - 1). Hsu's argument needs only the k - 1 differences of the unknown best
///   to keep to one side: θ̂_b - θ̂_l + w_bl > θ_b - θ_l. Then the best is among those with upper end above 0
///   (`possible`), and each alternative is at most as far below it as below the worst-case member of those. The
///   ends are held to the side of 0 they must be on.
/// - **Unconstrained**: tails of α / (k(k - 1)), all pairs two-sided. Says also by how much the best leads.
///
/// Sources: J. C. Hsu, "Constrained simultaneous confidence intervals for multiple comparisons with the best",
/// Annals of Statistics 12 (1984); B. L. Nelson and F. J. Matejcik, "Using common random numbers for
/// indifference-zone selection and multiple comparisons in simulation", Management Science 41 (1995).
public struct ComparisonWithBest: Hashable, Sendable {
  /// Which kind of intervals.
  public enum Kind: Hashable, Sendable {
    /// On one side of 0 or touching it: who may be best, and how far off the others are at most.
    case constrained
    /// Two-sided: also how far the best is ahead.
    case unconstrained
  }

  /// Alternative minus the best of the others.
  public struct Distance: Hashable, Sendable {
    /// The difference of the sample means.
    public let estimate: Double
    /// Lower end.
    public let lower: Double
    /// Upper end.
    public let upper: Double
  }

  /// By alternative.
  public let distances: [Distance]
  /// Alternatives that may be the best, in order; the others are not, with confidence `level`.
  public let possible: [Int]
  /// Alternative with the best sample mean, the first among equals.
  public let leader: Int
  /// Confidence that all intervals hold.
  public let level: Double

  /// Compares; `nil` for fewer than two alternatives or replications. O(alternatives² replications).
  ///
  /// - Parameter values: By alternative, then by replication, the same seeds in the same order for all; where
  ///   seeds differ between alternatives the level holds too.
  /// - Precondition: All alternatives have as many replications, 0 < `level` < 1.
  public init?(
    _ values: [[Double]], bestIs: BestIs, kind: Kind = .constrained, level: Double = 0.95
  ) {
    let k = values.count
    guard k > 1, let n = values.first?.count, n > 1 else { return nil }
    precondition(values.allSatisfy { $0.count == n }, "alternatives need as many replications each")
    let merits = values.map { $0.map(bestIs.merit) }
    let means = merits.map { SampleMoments($0).mean }
    let tail: Double
    switch kind {
    case .constrained: tail = (1 - level) / Double(k - 1)
    case .unconstrained: tail = (1 - level) / Double(k * (k - 1))
    }
    // A tail above one half would be a level below what guessing gives.
    let factor = StudentT.exceeded(with: min(0.5, tail), degrees: Double(n - 1))
    var widths = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
    for i in 0..<k {
      for j in i + 1..<k {
        let width = factor * SampleMoments(zip(merits[i], merits[j]).map { $0 - $1 }).standardError
        widths[i][j] = width
        widths[j][i] = width
      }
    }
    func others(_ i: Int) -> [Int] { (0..<k).filter { $0 != i } }
    /// The least of some number over some of the others.
    func least(_ these: [Int], _ number: (Int) -> Double) -> Double {
      these.reduce(Double.infinity) { min($0, number($1)) }
    }
    let raw = (0..<k).map { i in
      (
        estimate: least(others(i)) { means[i] - means[$0] },
        lower: least(others(i)) { means[i] - means[$0] - widths[i][$0] },
        upper: least(others(i)) { means[i] - means[$0] + widths[i][$0] }
      )
    }
    // Exactly equal ones, run on the same numbers, have an upper end of 0 and may both be best.
    let candidates = (0..<k).filter { raw[$0].upper >= 0 }
    let ends = (0..<k).map { i -> Distance in
      var (lower, upper) = (raw[i].lower, raw[i].upper)
      if kind == .constrained {
        upper = max(0, upper)
        let rivals = candidates.filter { $0 != i }
        lower =
          rivals.isEmpty
          ? 0 : least(rivals) { min(0, means[i] - means[$0] - widths[i][$0]) }
      }
      // Less is better: distances are turned back.
      return bestIs == .largest
        ? Distance(estimate: raw[i].estimate, lower: lower, upper: upper)
        : Distance(estimate: 0 - raw[i].estimate, lower: 0 - upper, upper: 0 - lower)
    }
    distances = ends
    possible = candidates
    leader = (0..<k).reduce(0) { means[$1] > means[$0] ? $1 : $0 }
    self.level = level
  }
}
