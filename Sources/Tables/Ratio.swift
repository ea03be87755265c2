/// A quotient of two whole numbers, kept exact until it is printed.
///
/// 128 bits hold the integral of any count over simulated time (10,000 replicas of a million cache
/// blocks for a minute of nanoseconds is 6 × 10²⁰, which 64 bits do not hold).
public struct Ratio: Hashable, Sendable {
  /// What is divided.
  public var numerator: Int128
  /// What it is divided by; 0 makes the ratio empty (null) in a table.
  public var denominator: Int128

  /// Creates a ratio.
  ///
  /// Neither number may be negative, and the denominator must be below 2¹⁰⁰, so that a remainder
  /// can be scaled to decimals without overflow.
  @inlinable
  public init(_ numerator: Int128, over denominator: Int128) {
    precondition(numerator >= 0, "the numerator of a ratio must not be negative")
    precondition(
      denominator >= 0 && denominator < Int128(1) << 100, "the denominator of a ratio is too large")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Creates a ratio of other whole numbers, under the same rules.
  @inlinable
  public init(_ numerator: some BinaryInteger, over denominator: some BinaryInteger) {
    self.init(Int128(numerator), over: Int128(denominator))
  }

  /// No ratio: an empty field.
  @inlinable
  public static var none: Ratio { Ratio(Int128(0), over: Int128(0)) }

  /// The ratio in millionths, rounded half up, or `nil` where there is none.
  ///
  /// Traps where the result passes 64 bits (a ratio above 9.2 × 10¹²).
  public var millionths: Int64? {
    guard denominator > 0 else { return nil }
    let (whole, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let (part, rest) = (remainder * 1_000_000).quotientAndRemainder(dividingBy: denominator)
    let up: Int128 = rest >= denominator - rest ? 1 : 0
    return Int64(whole * 1_000_000 + part + up)
  }

  /// `numerator / denominator` rounded half up, both non-negative and the denominator positive:
  /// how a mean time is brought back to whole nanoseconds. O(1).
  @inlinable
  public static func roundedHalfUp(_ numerator: Int64, over denominator: Int64) -> Int64 {
    precondition(numerator >= 0 && denominator > 0, "only a non-negative ratio can be rounded here")
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return quotient + (remainder >= denominator - remainder ? 1 : 0)
  }
}
