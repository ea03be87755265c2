extension DeterministicMath {
  /// The ratio of a circle's circumference to its diameter.
  public static var pi: Double { 0x1.921fb54442d18p+1 }

  /// The sine of an angle in radians, to within 1 unit in the last place.
  ///
  /// - Precondition: `x` is between -10^6 and 10^6: the reduction holds enough digits of π for that.
  public static func sin(_ x: Double) -> Double {
    let (quadrant, r, lost) = reduce(x)
    let value = quadrant & 1 == 0 ? sineNearZero(r, lost) : cosineNearZero(r, lost)
    return quadrant & 2 == 0 ? value : -value
  }

  /// The cosine of an angle in radians, to within 1 unit in the last place.
  ///
  /// - Precondition: `x` is between -10^6 and 10^6.
  public static func cos(_ x: Double) -> Double {
    let (quadrant, r, lost) = reduce(x)
    let value = quadrant & 1 == 0 ? cosineNearZero(r, lost) : sineNearZero(r, lost)
    return (quadrant + 1) & 2 == 0 ? value : -value
  }

  /// The angle in radians, of -π/2 ... π/2, whose tangent is `x`, to within 2 units in the last
  /// place.
  public static func atan(_ x: Double) -> Double {
    if x.isNaN { return x }
    let magnitude = abs(x)
    let angle: Double
    if magnitude <= 1 {
      angle = atanOfFraction(magnitude, 0, 0)
    } else {
      // atan x = π/2 - atan 1/x; the second number is what π/2 lost to rounding.
      angle = atanOfFraction(-1 / magnitude, 0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54)
    }
    return x < 0 ? -angle : angle
  }

  /// The angle in radians, of -π/2 ... π/2, whose sine is `x`, to within 3 units in the last place.
  ///
  /// Not a number outside -1 ... 1.
  public static func asin(_ x: Double) -> Double {
    if abs(x) == 1 { return x * 0x1.921fb54442d18p+0 }
    return atan(x / ((1 - x) * (1 + x)).squareRoot())
  }

  /// `x` = quadrant · π/2 + (r + lost), |r| ≤ π/4 (Cody and Waite's reduction with three parts).
  private static func reduce(_ x: Double) -> (quadrant: Int, r: Double, lost: Double) {
    precondition(abs(x) <= 1e6, "sine and cosine are for angles up to a million radians")
    let n = x * 0x1.45f306dc9c883p-1 + 0x1.8p52 - 0x1.8p52
    let a = x - n * 0x1.921fb54400000p+0
    let second = n * 0x1.0b4611a600000p-34
    let b = a - second
    let low = n * 0x1.3198a2e037073p-69 - ((a - b) - second)
    let r = b - low
    return (Int(n) & 3, r, (b - r) - low)
  }

  private static func sineNearZero(_ r: Double, _ lost: Double) -> Double {
    let z = r * r
    let high = -0x1.a01a01a01992fp-13 + z * (0x1.71de3a545f836p-19 + z * sineTail(z))
    let p = -0x1.5555555555555p-3 + z * (0x1.1111111111110p-7 + z * high)
    return r + (r * z * p + lost * (1 - 0.5 * z))
  }

  private static func sineTail(_ z: Double) -> Double {
    -0x1.ae645410e937bp-26 + z * (0x1.61217d9252c03p-33 + z * -0x1.ab16f5caa198ap-41)
  }

  private static func cosineNearZero(_ r: Double, _ lost: Double) -> Double {
    let z = r * r
    let half = 0.5 * z
    let high = 0x1.1eeb67d026ec6p-29 + z * -0x1.907cd8ff5ede7p-37
    let p =
      0x1.5555555555555p-5
      + z
      * (-0x1.6c16c16c16963p-10
        + z * (0x1.a01a019f4ddfdp-16 + z * (-0x1.27e4fa16cc2d1p-22 + z * high)))
    let sum = 1 - half
    return sum + (((1 - sum) - half) + (z * z * p - r * lost))
  }

  /// `base + baseLow + atan t` for t of -1 ... 1.
  private static func atanOfFraction(_ t: Double, _ base: Double, _ baseLow: Double) -> Double {
    if abs(t) <= 0x1.a827999fcef32p-2 { return base + (atanNearZero(t) + baseLow) }
    // atan t = ±π/4 + atan((t ∓ 1) / (1 ± t)) brings t below tan π/8.
    let sign: Double = t < 0 ? -1 : 1
    let reduced = atanNearZero((t - sign) / (1 + sign * t))
    let quarter = sign * 0x1.921fb54442d18p-1
    return (base + quarter) + (reduced + (baseLow + sign * 0x1.1a62633145c07p-55))
  }

  /// For |t| up to tan π/8; error of the polynomial below 2^-55.
  private static func atanNearZero(_ t: Double) -> Double {
    let z = t * t
    let coefficients: InlineArray<13, Double> = [
      -0x1.5555555555555p-2, 0x1.9999999999997p-3, -0x1.24924924920a3p-3, 0x1.c71c71c6dd2d8p-4,
      -0x1.745d173542f7ap-4, 0x1.3b13aea53b18fp-4, -0x1.1110ce80547d7p-4, 0x1.e1d8ddf459f4dp-5,
      -0x1.aebcad6415c5dp-5, 0x1.829a09d7f37d9p-5, -0x1.5030c28013685p-5, 0x1.f5ba271a2a8e8p-6,
      -0x1.c7a6bc6dde7f9p-7,
    ]
    var p = coefficients[12]
    for i in stride(from: 11, through: 0, by: -1) { p = p * z + coefficients[i] }
    return t + t * z * p
  }
}
