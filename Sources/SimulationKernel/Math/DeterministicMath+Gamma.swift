extension DeterministicMath {
  /// The logarithm of the gamma function at `x`; error below 10^-14 of max(1, |result|).
  ///
  /// Stirling's series from 12 on, reached from below by the recurrence Γ(x + 1) = x Γ(x).
  ///
  /// - Precondition: `x` is positive.
  public static func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "the gamma function is used for positive arguments")
    if x == 1 || x == 2 { return 0 }
    var y = x
    var product = 1.0
    while y < 12 {
      product *= y
      y += 1
    }
    let inverse = 1 / y
    let z = inverse * inverse
    // The coefficients are B(2k) / (2k (2k - 1)), Bernoulli's numbers.
    let series =
      inverse
      * (1.0 / 12
        - z
        * (1.0 / 360
          - z
          * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360_360 - z / 156))))))
    let halfLogTwoPi = 0.91893853320467274
    return (y - 0.5) * log(y) - y + halfLogTwoPi + series - log(product)
  }

  /// The probabilities that a gamma variate of this shape and scale 1 lies below and above `x`
  /// (the regularised incomplete gamma functions), each to about 10^-12 of itself.
  ///
  /// The power series below shape + 1, the continued fraction (modified Lentz) above.
  ///
  /// - Precondition: `shape` is positive.
  /// - Complexity: O(√shape) terms near the mean.
  public static func gammaProbability(
    shape: Double, below x: Double
  ) -> (lower: Double, upper: Double) {
    precondition(shape > 0, "a gamma law needs a positive shape")
    if !(x > 0) { return (0, 1) }
    if x == Double.infinity { return (1, 0) }
    // x^a e^-x / Γ(a + 1)
    let front = exp(shape * log(x) - x - logGamma(shape + 1))
    if x < shape + 1 {
      let lower = front * seriesSum(shape, x)
      return (lower, 1 - lower)
    }
    let upper = front * shape * fraction(shape, x)
    return (1 - upper, upper)
  }

  /// The number that a gamma variate of this shape and scale 1 stays below with probability `u`.
  ///
  /// About 1 µs; relative error about 10^-12.
  ///
  /// - Precondition: `shape` is positive and `u` in the open interval (0, 1).
  public static func gammaQuantile(shape: Double, _ u: Double) -> Double {
    if shape == 1 { return -log1p(-u) }
    return gammaQuantile(shape: shape, below: u, above: 1 - u)
  }

  /// The number that a gamma variate of this shape and scale 1 stays below with probability `u` and
  /// above with probability `v`, which is `1 - u`: the smaller of the two carries the digits, so
  /// either tail can be followed as far down as doubles go.
  ///
  /// Newton's method on the logarithm of the variate, kept inside a shrinking bracket, so it ends
  /// for every argument. Zero where the answer is below 10^-307.
  ///
  /// - Precondition: `shape` is positive, and so are `u` and `v`.
  public static func gammaQuantile(shape: Double, below u: Double, above v: Double) -> Double {
    precondition(shape > 0 && u > 0 && v > 0, "a quantile needs a probability between 0 and 1")
    // P(a, x) < x^a / Γ(a + 1): its inverse is below the answer, and near it in the lower tail.
    let logLowest = (log(u) + logGamma(shape + 1)) / shape
    // Below 10^-308 the answer is zero in a double, whatever the digits.
    if logLowest < -708 { return 0 }
    var low = logLowest
    var high = Double.infinity
    var y = max(low, logOfWilsonHilferty(shape, u, v))
    let logFront = logGamma(shape)
    for _ in 0..<200 {
      let x = exp(y)
      let (below, above) = gammaProbability(shape: shape, below: x)
      // The smaller of the two probabilities carries more digits.
      let error = u < v ? below - u : v - above
      if error == 0 { return x }
      if error < 0 { low = y } else { high = y }
      // d P / d ln x = x^a e^-x / Γ(a)
      let slope = exp(shape * y - x - logFront)
      var next = y - error / slope
      if !(next > low && next < high) {
        next = high == Double.infinity ? y + 1 : low + 0.5 * (high - low)
      }
      if abs(next - y) <= 1e-14 * max(1, abs(y)) { return exp(next) }
      y = next
    }
    return exp(y)
  }

  /// Wilson and Hilferty's approximation (1931): the cube root of a gamma variate is nearly normal.
  private static func logOfWilsonHilferty(
    _ shape: Double, _ u: Double, _ v: Double
  ) -> Double {
    let c = 1 / (9 * shape)
    let normal = u < v ? normalQuantile(u) : -normalQuantile(v)
    let root = 1 - c + normal * c.squareRoot()
    return root > 0 ? log(shape) + 3 * log(root) : -Double.infinity
  }

  /// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
  private static func seriesSum(_ a: Double, _ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var denominator = a
    while term > sum * 0x1p-55 {
      denominator += 1
      term *= x / denominator
      sum += term
    }
    return sum
  }

  /// 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- …
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 0x1p-1000
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var product = d
    var i = 1.0
    while true {
      let numerator = -i * (i - a)
      b += 2
      d = numerator * d + b
      if abs(d) < tiny { d = tiny }
      c = b + numerator / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = c * d
      product *= change
      // One step that changes nothing may be chance; the fraction converges monotonically here.
      if abs(change - 1) <= 0x1p-52 || i > 1e6 { return product }
      i += 1
    }
  }
}
