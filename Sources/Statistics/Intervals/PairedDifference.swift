/// The difference of two alternatives that were run on the same random numbers.
///
/// D = A - B replication by replication, then the t interval of the D: what both have in common (a busy day, a
/// long prompt) cancels. Exact for normal differences, however A and B depend on each other.
public struct PairedDifference: Hashable, Sendable {
  /// A minus B.
  public let interval: ConfidenceInterval
  /// Correlation of the pairs; `nil` where one of the two does not vary.
  public let correlation: Double?
  /// Variance of the differences over what it would be without correlation: below 1, common random numbers
  /// have paid. `nil` where neither varies.
  public let varianceRatio: Double?

  /// Compares; `nil` for fewer than two pairs. O(pairs).
  ///
  /// - Precondition: As many of `a` as of `b`, in the same order of seeds.
  public init?(_ a: [Double], _ b: [Double], level: Double = 0.95) {
    precondition(a.count == b.count, "pairs need as many replications of one as of the other")
    let difference = SampleMoments(zip(a, b).map { $0 - $1 })
    guard let interval = ConfidenceInterval(difference, level: level) else { return nil }
    self.interval = interval
    let (first, second) = (SampleMoments(a), SampleMoments(b))
    let independent = first.variance + second.variance
    varianceRatio = independent > 0 ? difference.variance / independent : nil
    let scale = first.deviation * second.deviation
    correlation = scale > 0 ? 0.5 * (independent - difference.variance) / scale : nil
  }

  /// Whether the interval leaves 0 out: the two differ at its level.
  public var isSignificant: Bool { !interval.contains(0) }
}
