import Statistics
import Testing

@Suite("Student's t")
struct StudentTTests {
  // By mpmath with 40 digits: the root of the regularised incomplete beta function.
  static let quantiles: [(p: Double, degrees: Double, t: Double)] = [
    (0.975, 1, 12.706204736174704646), (0.975, 2, 4.3026527297494638523),
    (0.975, 4, 2.7764451051977943578), (0.975, 9, 2.2621571627982055426),
    (0.975, 19, 2.0930240544083097692), (0.975, 29, 2.0452296421327042982),
    (0.975, 99, 1.9842169515864174951), (0.975, 7.7499282586903835, 2.3190205009201532245),
    (0.9999, 3, 22.203742273204182943), (0.6, 0.5, 0.39797542678479068859),
    (0.51, 12, 0.025596390148618834762), (0.995, 1000, 2.5807546980659510793),
    (0.99, 100_000, 2.3263851653552680536), (0.975, 3_000_000, 1.9599647752974446128),
    (0.999, 2.5, 13.822193110865964639),
  ]

  @Test("quantiles to 12 digits", arguments: quantiles)
  func quantile(p: Double, degrees: Double, t: Double) {
    // 1 - 0.9999 has lost four digits before the quantile sees it.
    let found = StudentT.quantile(p, degrees: degrees)
    #expect(abs(found / t - 1) < 1e-12, "\(found) instead of \(t)")
    #expect(StudentT.quantile(1 - p, degrees: degrees).sign == .minus)
  }

  static let tails: [(t: Double, degrees: Double, above: Double)] = [
    (0.1, 3, 0.46332617440040291445), (1, 7.5, 0.17423801281537569598),
    (5, 30, 0.000011648342733503897566), (2, 4, 0.058058261758407797249),
    (40, 10, 1.1404288715428773225e-12), (2, 1e5, 0.022751481728753231625),
    (3, 1e7, 0.0013499013555185806256),
  ]

  @Test("probabilities of a tail to 12 digits of themselves, however small", arguments: tails)
  func tail(t: Double, degrees: Double, above: Double) {
    let found = StudentT.cdf(-t, degrees: degrees)
    #expect(abs(found / above - 1) < 2e-12, "\(found) instead of \(above)")
    #expect(isClose(StudentT.cdf(t, degrees: degrees), 1 - above))
  }

  @Test("one degree is Cauchy's law, two has a square root for quantile")
  func closedForms() {
    for p in [0.501, 0.6, 0.75, 0.751, 0.9, 0.99, 0.9999] {
      let x = 2 * p - 1
      let two = x * (2 / (1 - x * x)).squareRoot()
      #expect(isClose(StudentT.quantile(p, degrees: 2), two, 1e-11))
    }
    #expect(isClose(StudentT.quantile(0.75, degrees: 1), 1))
    #expect(isClose(StudentT.cdf(1, degrees: 1), 0.75))
  }

  @Test("the quantile inverts the probability, is antisymmetric and rises with p")
  func inverse() {
    for degrees in [0.3, 1, 1.5, 2.7, 5, 12, 80.5, 1e3, 9e3, 1.1e4, 1e9] {
      var previous = -Double.infinity
      for step in 1..<400 {
        let p = Double(step) / 400
        let t = StudentT.quantile(p, degrees: degrees)
        #expect(isClose(StudentT.cdf(t, degrees: degrees), p, 1e-12), "\(degrees) \(p)")
        #expect(t > previous)
        previous = t
        // 1 - p is not exact.
        let mirrored = StudentT.quantile(1 - p, degrees: degrees)
        #expect(abs(t + mirrored) <= 1e-11 * abs(t) + 1e-14, "\(degrees) \(p) \(t) \(mirrored)")
      }
    }
  }

  @Test("more degrees come down to the normal law, without a step where the method changes")
  func limit() {
    var previous = Double.infinity
    for degrees in [1, 2, 3.5, 10, 100, 9999, 10_001, 1e6, 1e9, 1e15] {
      let t = StudentT.critical(level: 0.95, degrees: degrees)
      #expect(t < previous)
      previous = t
    }
    #expect(isClose(previous, Normal.critical(level: 0.95)))
    #expect(isClose(Normal.critical(level: 0.95), 1.959963984540054))
    for tail in [0.4, 0.1, 1e-3, 1e-6] {
      let below = StudentT.exceeded(with: tail, degrees: 1e4)
      let above = StudentT.exceeded(with: tail, degrees: 1e4.nextUp)
      #expect(isClose(below, above, 1e-12), "\(tail): \(below) \(above)")
    }
  }

  @Test("tails far below what 1 - p can say")
  func farTail() {
    for degrees in [1.0, 4, 30, 800] {
      let t = StudentT.exceeded(with: 1e-30, degrees: degrees)
      #expect(abs(StudentT.cdf(-t, degrees: degrees) / 1e-30 - 1) < 1e-10, "\(degrees)")
    }
    // Cauchy: 1 / πt.
    let t = StudentT.exceeded(with: 1e-30, degrees: 1)
    #expect(abs(t * 3.141592653589793 * 1e-30 - 1) < 1e-12)
  }
}
