/// The difference of two alternatives that were run on unrelated random numbers.
///
/// Standard error √(s²/n + s'²/n'), t with Welch and Satterthwaite's degrees of freedom, which are seldom whole.
/// Source: B. L. Welch, "The generalization of Student's problem when several different population variances
/// are involved", Biometrika 34 (1947). Its level is approximate, within a percent for five or more of each.
public struct WelchDifference: Hashable, Sendable {
  /// A minus B; its count is that of the smaller sample.
  public let interval: ConfidenceInterval
  /// Degrees of freedom.
  public let degrees: Double

  /// Compares; `nil` for fewer than two numbers of either.
  public init?(_ a: SampleMoments, _ b: SampleMoments, level: Double = 0.95) {
    guard a.count > 1, b.count > 1 else { return nil }
    let first = a.variance / Double(a.count)
    let second = b.variance / Double(b.count)
    let both = first + second
    // Constant samples: any degrees do, for the half-width is 0.
    let welch =
      both * both / (first * first / Double(a.count - 1) + second * second / Double(b.count - 1))
    // Numbers so large or small that their squares are lost: no fewer than the smaller sample has.
    degrees =
      both > 0
      ? welch.isFinite && welch > 0 ? welch : Double(min(a.count, b.count) - 1)
      : Double(a.count + b.count - 2)
    interval = ConfidenceInterval(
      estimate: a.mean - b.mean,
      halfWidth: StudentT.critical(level: level, degrees: degrees) * both.squareRoot(),
      count: min(a.count, b.count), level: level)
  }

  /// Whether the interval leaves 0 out.
  public var isSignificant: Bool { !interval.contains(0) }
}
