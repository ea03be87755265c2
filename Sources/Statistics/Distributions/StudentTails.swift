import SimulationKernel

/// The probabilities of Student's t about one number, each with all its digits.
///
/// With `a = degrees / 2` and `x = degrees / (degrees + t²)`, the probability of |T| > t is the regularised
/// incomplete beta function of x with parameters a and 1/2; its continued fraction is evaluated by the
/// modified Lentz method, on whichever side of the mean it converges (Abramowitz and Stegun 26.5.8, 26.7.1).
///
/// - Complexity: O(√degrees) steps.
struct StudentTails {
  /// Probability of T > t.
  let upper: Double
  /// Probability of |T| < t.
  let central: Double
  /// Density at t.
  let density: Double

  /// The probabilities about a number of 0 or more.
  init(_ t: Double, degrees: Double) {
    let a = 0.5 * degrees
    let scaled = t / degrees.squareRoot()
    // Squares of what is above 10^8 swallow the 1 beside them.
    let isFar = scaled > 1e8
    let square = scaled * scaled
    let logX =
      isFar ? -2 * DeterministicMath.log(scaled) : -DeterministicMath.log1p(square)
    let x = isFar ? DeterministicMath.exp(logX) : 1 / (1 + square)
    let y = isFar ? 1 : square / (1 + square)
    let ratio = Self.halfStep(a) / 1.7724538509055159
    density = DeterministicMath.exp((a + 0.5) * logX) * ratio / degrees.squareRoot()
    let front = DeterministicMath.exp(a * logX) * y.squareRoot() * ratio
    if x * (a + 2.5) < a + 1 {
      let outside = front * Self.fraction(a, 0.5, x) / a
      upper = 0.5 * outside
      central = 1 - outside
    } else {
      central = 2 * front * Self.fraction(0.5, a, y)
      upper = 0.5 * (1 - central)
    }
  }

  /// Γ(a + 1/2) / Γ(a): its asymptotic series from 32 on, reached from below by the recurrence. A difference
  /// of two logarithms of gamma would lose as many digits as `a` has.
  static func halfStep(_ a: Double) -> Double {
    var z = a
    var factor = 1.0
    while z < 32 {
      factor *= z / (z + 0.5)
      z += 1
    }
    let r = 1 / z
    let high = -399.0 / 262_144 + r * (869.0 / 4_194_304 + r * (39_325.0 / 33_554_432))
    let middle = 5.0 / 1024 + r * (-21.0 / 32_768 + r * high)
    return factor * z.squareRoot() * (1 + r * (-1.0 / 8 + r * (1.0 / 128 + r * middle)))
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 0x1p-1000
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var product = d
    var m = 1.0
    while m < 1e6 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      product *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let change = d * c
      product *= change
      if abs(change - 1) <= 0x1p-52 { break }
      m += 1
    }
    return product
  }
}
