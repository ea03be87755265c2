import Statistics

/// Whether the means of two samples differ: Student's t on differences by seed, or Welch's on two independent
/// samples.
///
/// Sources: Student, "The probable error of a mean", Biometrika 6 (1908); B. L. Welch, "The generalization of
/// Student's problem when several different population variances are involved", Biometrika 34 (1947).
public struct WelchTest: Hashable, Sendable {
  /// Mean of the second sample less that of the first.
  public var difference: Double
  /// Standard error of the difference.
  public var standardError: Double
  /// Degrees of freedom; 0 where a sample is too small to tell.
  public var degrees: Double

  /// Pairs: the differences are one sample. Both have the same length.
  public init(pairs first: [Double], _ second: [Double]) {
    precondition(first.count == second.count)
    let moments = SampleMoments(zip(first, second).map { $1 - $0 })
    difference = moments.mean
    standardError = moments.standardError
    degrees = Double(max(0, moments.count - 1))
    drownRounding(first, second)
  }

  /// Two independent samples, with Welch and Satterthwaite's degrees of freedom.
  public init(independent first: [Double], _ second: [Double]) {
    let (a, b) = (SampleMoments(first), SampleMoments(second))
    difference = b.mean - a.mean
    let (va, vb) = (a.variance / Double(max(1, a.count)), b.variance / Double(max(1, b.count)))
    standardError = (va + vb).squareRoot()
    degrees = 0
    if a.count > 1, b.count > 1 {
      let spread =
        va * va / Double(a.count - 1) + vb * vb / Double(b.count - 1)
      let welch = (va + vb) * (va + vb) / spread
      // Numbers so large or small that their squares are lost: no fewer than the smaller sample has.
      degrees =
        spread > 0
        ? welch.isFinite ? welch : Double(min(a.count, b.count) - 1) : Double(a.count + b.count - 2)
    }
    drownRounding(first, second)
  }

  /// Sums of doubles leave dust in the last bits; what is no larger than that is nothing.
  private mutating func drownRounding(_ first: [Double], _ second: [Double]) {
    let largest = (first + second).reduce(0) { max($0, abs($1)) }
    if abs(difference) <= largest * 0x1p-48 { difference = 0 }
    if standardError <= largest * 0x1p-48 { standardError = 0 }
  }

  /// The chance of a difference at least as large where there is none; 1 where a sample is too small to
  /// tell. Differences that do not vary at all are certain.
  public var probability: Double {
    if degrees <= 0 || difference == 0 { return 1 }
    if standardError == 0 { return 0 }
    return Self.bothTails(difference / standardError, degrees: degrees)
  }

  /// Half the width of the interval that holds the true difference with this confidence; `nil` where a
  /// sample is too small to tell.
  public func halfWidth(confidence: Double) -> Double? {
    guard degrees > 0 else { return nil }
    return standardError * Self.quantile(confidence: confidence, degrees: degrees)
  }

  /// Half the width of the interval of a mean; `nil` for fewer than two numbers.
  public static func halfWidth(of values: [Double], confidence: Double) -> Double? {
    guard values.count > 1 else { return nil }
    return SampleMoments(values).standardError
      * quantile(confidence: confidence, degrees: Double(values.count - 1))
  }

  /// P(|T| > |t|) of Student's law, small ones with all their digits.
  static func bothTails(_ t: Double, degrees: Double) -> Double {
    if t.isNaN { return 1 }
    return t.isFinite ? 2 * StudentT.cdf(-abs(t), degrees: degrees) : 0
  }

  /// The t that |T| stays below with a probability.
  static func quantile(confidence: Double, degrees: Double) -> Double {
    StudentT.critical(level: confidence, degrees: degrees)
  }
}
