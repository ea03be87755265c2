/// How many observations at the start of one long run to leave out, for they remember how it began.
///
/// Batches of five; the number d of batches left out, at most half of them, is the one with the least
/// Σ(Y - mean)² / (k - d)² over those that stay: the squared standard error of the mean of what is kept, were
/// it independent. Where d is at its limit the run was too short to tell, and the answer is refused.
/// Source: K. P. White, "An effective truncation heuristic for bias reduction in simulation output",
/// Simulation 69 (1997); W. W. Franklin and K. P. White, WSC 2008.
public struct MSER5: Hashable, Sendable {
  /// Observations to leave out by the least statistic, a multiple of five.
  public let deleted: Int
  /// That least statistic.
  public let statistic: Double
  /// Mean of the batches that stay.
  public let mean: Double
  /// Batches in all; observations after the last whole one do not count.
  public let batches: Int

  /// Finds the truncation; `nil` for fewer than 20 observations. O(observations).
  public init?(_ observations: [Double]) {
    let k = observations.count / 5
    guard k >= 4 else { return nil }
    let means = (0..<k).map { observations[5 * $0..<5 * $0 + 5].reduce(0, +) / 5 }
    var best = (d: 0, statistic: Double.infinity, mean: 0.0)
    // From the end, so that every suffix costs one step; a tie keeps the more.
    var suffix = SampleMoments()
    for d in stride(from: k - 1, through: 0, by: -1) {
      suffix.add(means[d])
      guard d <= k / 2 else { continue }
      let kept = Double(k - d)
      let statistic = suffix.variance * (kept - 1) / (kept * kept)
      if statistic <= best.statistic { best = (d, statistic, suffix.mean) }
    }
    deleted = 5 * best.d
    statistic = best.statistic
    mean = best.mean
    batches = k
  }

  /// Whether half the run had to go, or more would have: not to be trusted, run longer.
  public var isRefused: Bool { deleted / 5 >= batches / 2 }

  /// The observations to leave out; `nil` where that is refused.
  public var accepted: Int? { isRefused ? nil : deleted }
}
