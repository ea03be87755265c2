extension DeterministicMath {
  /// e to the power `x`, to within 1 unit in the last place (2 where the result is subnormal).
  ///
  /// Infinity above 709.78, zero below -745.13.
  @inlinable
  public static func exp(_ x: Double) -> Double {
    expOfSum(x, 0)
  }

  /// `x` to the power `y`, to within 2 units in the last place for results between e^-100 and
  /// e^100, and 8 over the whole range.
  ///
  /// For `x` ≥ 0; a power of a negative number is not a number here.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN || x < 0 { return Double.nan }
    if x == 0 { return y > 0 ? 0 : Double.infinity }
    if x == Double.infinity { return y > 0 ? x : 0 }
    if y.isInfinite { return (x > 1) == (y > 0) ? Double.infinity : 0 }
    let (high, low) = logarithmInTwoParts(x)
    // y ln x to twice the precision: exp turns an absolute error into a relative one, so the
    // product needs more digits than a double has.
    let product = y * high
    if abs(product) > 800 { return expOfSum(product, 0) }
    let error = productError(y, high, product)
    return expOfSum(product, error + y * low)
  }

  /// e to the power `x + correction`, where `correction` is small against `x`.
  @inlinable
  static func expOfSum(_ x: Double, _ correction: Double) -> Double {
    // 709.7827… and -745.1332…: beyond, the result is infinite or rounds to zero.
    if !(x < 0x1.62e42fefa39f0p+9) { return x.isNaN ? x : Double.infinity }
    if x < -0x1.74910d52d3052p+9 { return 0 }
    // x = k ln 2 + r with |r| ≤ ½ ln 2: adding and subtracting 1.5 · 2^52 rounds to a whole number.
    let k = x * 0x1.71547652b82fep+0 + 0x1.8p52 - 0x1.8p52
    let high = x - k * ln2High
    let low = k * ln2Low - correction
    let r = high - low
    let lost = (high - r) - low
    // e^r = 1 + r + r² p(r); error of p below 2^-58.
    let r2 = r * r
    let r4 = r2 * r2
    let p0 = 0.5 + r * 0x1.5555555555557p-3
    let p1 = 0x1.5555555555556p-5 + r * 0x1.11111111100bep-7
    let p2 = 0x1.6c16c16c162c3p-10 + r * 0x1.a01a01abf85abp-13
    let p3 = 0x1.a01a01a6e1e2ap-16 + r * 0x1.71de01fdbf9cap-19
    let p4 = 0x1.27e4db46cddd1p-22 + r * (0x1.af4e554377204p-26 + r * 0x1.1f7340dbc337ep-29)
    let p = (p0 + r2 * p1) + r4 * ((p2 + r2 * p3) + r4 * p4)
    let sum = 1 + (r + (r2 * p + lost))
    return scale(sum, byPowerOfTwo: Int(k))
  }

  /// `x` times 2^k, rounded once.
  @inlinable
  static func scale(_ x: Double, byPowerOfTwo k: Int) -> Double {
    if k >= -1021 && k <= 1023 {
      return x * Double(bitPattern: UInt64(bitPattern: Int64(k &+ 1023)) << 52)
    }
    // The only larger k that e^x needs is 1024, with x below 1.
    if k > 1023 { return x * 0x1p1023 * 2 }
    return x * Double(bitPattern: UInt64(bitPattern: Int64(k + 54 + 1023)) << 52) * 0x1p-54
  }

  /// ln x as the sum of two doubles, to about 2^-62 of its value.
  static func logarithmInTwoParts(_ x: Double) -> (high: Double, low: Double) {
    let scaled = x < Double.leastNormalMagnitude ? x * 0x1p54 : x
    let offset = x < Double.leastNormalMagnitude ? -54 : 0
    let (exponent, f) = split(scaled, exponentOffset: offset)
    let e = Double(exponent)
    // s = f / (2 + f) in two parts: quotient, and what remains of f after taking it away.
    let denominator = 2 + f
    let denominatorLost = f - (denominator - 2)
    let s = f / denominator
    let product = s * denominator
    let remainder =
      ((f - product) - productError(s, denominator, product)) - s * denominatorLost
    let sLow = remainder / denominator
    // 2 artanh s = 2 s + (2/3) s³ + …; the cube's leading coefficient and s² need a low part too.
    let z = s * s
    let zLow = productError(s, s, z) + 2 * s * sLow
    let tail = (artanhRemainder(z) - z * 0x1.5555555555558p-1)
    let third = z * 0x1.5555555555555p-1
    let thirdLow =
      productError(z, 0x1.5555555555555p-1, third) + zLow * 0x1.5555555555555p-1
      + z * 0x1.5555555555555p-55
    let cube = s * third
    let cubeLow = productError(s, third, cube) + s * (thirdLow + tail) + sLow * third
    let (a, aLow) = twoSum(e * ln2High, 2 * s)
    let (b, bLow) = twoSum(a, cube)
    let low = aLow + bLow + (cubeLow + 2 * sLow + e * ln2Low)
    let high = b + low
    return (high, low - (high - b))
  }

  /// `a + b` and what rounding it lost, exactly (Knuth's two-sum).
  static func twoSum(_ a: Double, _ b: Double) -> (sum: Double, lost: Double) {
    let sum = a + b
    let bPart = sum - a
    return (sum, (a - (sum - bPart)) + (b - bPart))
  }

  /// What rounding `product = a * b` lost, to the last bit or nearly (Dekker's product: halves of 26
  /// bits multiply without rounding). A fused multiply-add would be shorter and is not the same on every machine.
  static func productError(_ a: Double, _ b: Double, _ product: Double) -> Double {
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  private static func halves(_ a: Double) -> (high: Double, low: Double) {
    let high = Double(bitPattern: a.bitPattern & 0xFFFF_FFFF_F800_0000)
    return (high, a - high)
  }
}
