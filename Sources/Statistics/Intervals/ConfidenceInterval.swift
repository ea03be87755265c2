/// An estimate with what it may be off by at a level of confidence.
///
/// Between replications: a replication's mean, its 99 % quantile or its bill is one number of the sample, so
/// one procedure serves every figure. The level is exact where those numbers are normal, and near it where
/// each is an average of many; docs/statistics.md has coverages measured.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The estimate.
  public var estimate: Double
  /// How far the interval reaches to either side; 0 or more.
  public var halfWidth: Double
  /// How many numbers the estimate is from.
  public var count: Int
  /// The confidence, such as 0.95.
  public var level: Double

  /// Creates an interval.
  public init(estimate: Double, halfWidth: Double, count: Int, level: Double) {
    self.estimate = estimate
    self.halfWidth = halfWidth
    self.count = count
    self.level = level
  }

  /// The t interval of a mean: mean ± t(n - 1) s / √n; `nil` for fewer than two numbers.
  ///
  /// - Precondition: 0 < `level` < 1.
  public init?(_ sample: SampleMoments, level: Double = 0.95) {
    guard sample.count > 1 else { return nil }
    let t = StudentT.critical(level: level, degrees: Double(sample.count - 1))
    self.init(
      estimate: sample.mean, halfWidth: t * sample.standardError, count: sample.count, level: level)
  }

  /// Lower end.
  public var lower: Double { estimate - halfWidth }

  /// Upper end.
  public var upper: Double { estimate + halfWidth }

  /// The half-width as a share of the estimate; `nil` for an estimate of 0.
  public var relativeHalfWidth: Double? { estimate == 0 ? nil : halfWidth / abs(estimate) }

  /// Whether a value lies inside, ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
