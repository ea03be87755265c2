extension DeterministicMath {
  /// ln 2 with its last 21 bits zero, so that a whole multiple of it below 2^21 is exact.
  @usableFromInline static var ln2High: Double { 0x1.62e42fee00000p-1 }
  /// ln 2 less ``ln2High``.
  @usableFromInline static var ln2Low: Double { 0x1.a39ef35793c76p-33 }

  /// The natural logarithm, to within 1 unit in the last place.
  ///
  /// Special values as IEEE 754: minus infinity at zero, not a number below it.
  @inlinable
  public static func log(_ x: Double) -> Double {
    // Infinity, numbers below the smallest normal one, zero and what has no logarithm.
    guard x >= Double.leastNormalMagnitude && x < Double.infinity else { return logOfExtreme(x) }
    return logOfNormal(x, exponentOffset: 0)
  }

  /// The natural logarithm of `1 + x`, to within 2 units in the last place, however small `x` is.
  @inlinable
  public static func log1p(_ x: Double) -> Double {
    let sum = 1 + x
    // Near the ends of the range the correction below has nothing to correct, or no meaning.
    guard x > -1 && x < 0x1p53 else { return log(sum) }
    if sum == 1 { return x }
    // What rounding 1 + x lost, put back to first order. Which operand is the larger decides how
    // to find it without losing it again.
    let lost = x < 1 ? x - (sum - 1) : 1 - (sum - x)
    return log(sum) + lost / sum
  }

  /// `x` = 2^e (1 + f) with 1 + f in [√½, √2); s = f / (2 + f); ln(1 + f) = 2 artanh s.
  @inlinable
  static func logOfNormal(_ x: Double, exponentOffset: Int) -> Double {
    let (exponent, f) = split(x, exponentOffset: exponentOffset)
    let s = f / (2 + f)
    let halfSquare = 0.5 * f * f
    // 2 artanh s = 2 s + s r, and 2 s = f - f²/2 + s f²/2: the large part, f, is exact.
    let r = artanhRemainder(s * s)
    let e = Double(exponent)
    return e * ln2High - ((halfSquare - (s * (halfSquare + r) + e * ln2Low)) - f)
  }

  /// The exponent and the fraction, less one, of a positive normal number.
  @inlinable
  static func split(_ x: Double, exponentOffset: Int) -> (exponent: Int, f: Double) {
    // Subtracting the bits of √½ makes the exponent field count from there, rounding included.
    let bits = x.bitPattern &- 0x3FE6_A09E_667F_3BCD
    let exponent = Int(truncatingIfNeeded: Int64(bitPattern: bits) >> 52)
    let fraction = Double(
      bitPattern: x.bitPattern &- UInt64(bitPattern: Int64(exponent)) << 52)
    return (exponent &+ exponentOffset, fraction - 1)
  }

  /// (2 artanh s - 2 s) / s as a polynomial in z = s², for z up to 0.0295; error below 2^-55.
  @inlinable
  static func artanhRemainder(_ z: Double) -> Double {
    let w = z * z
    let even =
      0x1.9999999995273p-2 + w * (0x1.c71c62d5e53e0p-3 + w * 0x1.39fdcceb4bb45p-3)
    let odd =
      0x1.5555555555558p-1
      + w
      * (0x1.2492492dfd86cp-2 + w * (0x1.7462b91b8df65p-3 + w * 0x1.2b5f68a50d903p-3))
    return z * (odd + z * even)
  }

  @usableFromInline
  static func logOfExtreme(_ x: Double) -> Double {
    if x == 0 { return -Double.infinity }
    if x.isNaN || x < 0 { return Double.nan }
    if x == Double.infinity { return x }
    return logOfNormal(x * 0x1p54, exponentOffset: -54)
  }
}
