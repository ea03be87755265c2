import SimulationKernel
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
      degrees = spread > 0 ? (va + vb) * (va + vb) / spread : Double(a.count + b.count - 2)
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

  /// P(|T| > |t|) of Student's law: the regularised incomplete beta function at ν/(ν + t²) with ν/2 and 1/2.
  static func bothTails(_ t: Double, degrees: Double) -> Double {
    let square = t * t
    guard square.isFinite else { return 0 }
    return regularisedBeta(
      degrees / (degrees + square), square / (degrees + square), degrees / 2, 0.5)
  }

  /// The t that |T| stays below with a probability, by bisection to the last bits.
  static func quantile(confidence: Double, degrees: Double) -> Double {
    precondition(confidence > 0 && confidence < 1 && degrees > 0)
    var (low, high) = (0.0, 1.0)
    while bothTails(high, degrees: degrees) > 1 - confidence, high < 1e15 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if bothTails(middle, degrees: degrees) > 1 - confidence {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// I_x(a, b) with `y` = 1 - x, by Lentz's continued fraction (DLMF 8.17.22).
  private static func regularisedBeta(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double
  {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    let logFront =
      DeterministicMath.logGamma(a + b) - DeterministicMath.logGamma(a)
      - DeterministicMath.logGamma(b) + a * DeterministicMath.log(x) + b * DeterministicMath.log(y)
    let front = DeterministicMath.exp(logFront)
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(x, a, b) / a : 1 - front * fraction(y, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return result
  }
}

/// Holm's step-down procedure: which of several tests reject, with a bound on the chance that any of
/// them does wrongly, whatever their dependence.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6 (1979).
enum HolmProcedure {
  /// By test, whether it rejects. O(n log n).
  static func rejected(_ probabilities: [Double], alpha: Double) -> [Bool] {
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var rejected = [Bool](repeating: false, count: probabilities.count)
    for (rank, test) in order.enumerated() {
      guard probabilities[test] <= alpha / Double(order.count - rank) else { break }
      rejected[test] = true
    }
    return rejected
  }
}
