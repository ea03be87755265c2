/// How far the predicted times of steps are off, as factors on them: between `low` and `high` lie the
/// real times of nine deployments out of ten.
///
/// It is systematic: one deployment is off by one factor throughout a run, whatever the sample.
public struct StepError: Hashable, Sendable {
  /// Factor of the fast end, at most 1.
  public var low: Double
  /// Factor of the slow end, at least 1.
  public var high: Double

  /// No error stated.
  public static let none = StepError(low: 1, high: 1)

  /// Creates an error.
  public init(low: Double, high: Double) {
    precondition(low > 0 && low <= 1 && high >= 1)
    self.low = low
    self.high = high
  }

  /// Whether nothing is stated.
  public var isNone: Bool { low == 1 && high == 1 }
}
