import Foundation
import SimulationKernel
import Testing

@Suite("Deterministic math")
struct DeterministicMathTests {
  typealias Math = DeterministicMath

  /// Numbers over the whole range of doubles and, closer, around 1.
  static func positives(_ count: Int) -> [Double] {
    var generator = SplitMix64(seed: 11)
    var numbers: [Double] = []
    while numbers.count < count {
      let any = Double(bitPattern: generator.next() >> 1)
      if any.isFinite && any > 0 { numbers.append(any) }
      numbers.append(0.5 + unitInterval(generator.next()))
      numbers.append(unitInterval(generator.next()))
    }
    return numbers
  }

  static func numbers(_ count: Int, within bound: Double) -> [Double] {
    var generator = SplitMix64(seed: 12)
    return (0..<count).map { _ in (2 * unitInterval(generator.next()) - 1) * bound }
  }

  /// Distance in units in the last place of the expected value.
  static func ulps(_ actual: Double, _ expected: Double) -> Double {
    actual == expected ? 0 : abs(actual - expected) / expected.ulp
  }

  // The C library's own error is below 0.6 units, so its answer and one that errs by at most 0.8
  // can differ by one unit, never by two.
  @Test("log is within a unit of the C library's")
  func log() {
    for x in Self.positives(30_000) { #expect(Self.ulps(Math.log(x), Foundation.log(x)) <= 1) }
  }

  @Test("log1p is within two units of the C library's, down to tiny arguments")
  func log1p() {
    var worst = 0.0
    for x in Self.numbers(20_000, within: 1) {
      worst = max(worst, Self.ulps(Math.log1p(x), Foundation.log1p(x)))
      let tiny = x * Foundation.exp(40 * x - 40)
      worst = max(worst, Self.ulps(Math.log1p(tiny), Foundation.log1p(tiny)))
      let large = Foundation.exp(50 * abs(x))
      worst = max(worst, Self.ulps(Math.log1p(large), Foundation.log1p(large)))
    }
    #expect(worst <= 2)
  }

  @Test("exp is within a unit of the C library's", arguments: [1.0, 40, 700])
  func exp(bound: Double) {
    for x in Self.numbers(20_000, within: bound) {
      #expect(Self.ulps(Math.exp(x), Foundation.exp(x)) <= 1)
    }
  }

  @Test("exp reaches down through the subnormal numbers")
  func expSubnormal() {
    for x in stride(from: -745.0, to: -708.0, by: 0.37) {
      let expected = Foundation.exp(x)
      #expect(abs(Math.exp(x) - expected) <= 2 * expected.ulp)
    }
  }

  @Test("pow is within two units of the C library's")
  func pow() {
    var worst = 0.0
    let exponents = Self.numbers(20_000, within: 8)
    for (x, y) in zip(Self.numbers(20_000, within: 10).reversed(), exponents) {
      let base = Foundation.exp(x)
      worst = max(worst, Self.ulps(Math.pow(base, y), Foundation.pow(base, y)))
    }
    #expect(worst <= 2)
  }

  @Test("sine and cosine are within a unit of the C library's", arguments: [1.0, 10, 1e6])
  func circle(bound: Double) {
    for x in Self.numbers(20_000, within: bound) {
      #expect(Self.ulps(Math.sin(x), Foundation.sin(x)) <= 1)
      #expect(Self.ulps(Math.cos(x), Foundation.cos(x)) <= 1)
    }
  }

  @Test("the inverse functions are within three units of the C library's")
  func inverseCircle() {
    for x in Self.numbers(20_000, within: 1) {
      #expect(Self.ulps(Math.asin(x), Foundation.asin(x)) <= 3)
      #expect(Self.ulps(Math.atan(x), Foundation.atan(x)) <= 2)
      #expect(Self.ulps(Math.atan(50 * x), Foundation.atan(50 * x)) <= 2)
      #expect(Self.ulps(Math.atan(1 / x), Foundation.atan(1 / x)) <= 2)
    }
  }

  @Test("special values are those of IEEE 754")
  func specialValues() {
    let infinity = Double.infinity
    #expect(Math.log(0) == -infinity && Math.log(infinity) == infinity && Math.log(1) == 0)
    #expect(Math.log(-1).isNaN && Math.log(.nan).isNaN)
    #expect(Math.log1p(-1) == -infinity && Math.log1p(0) == 0 && Math.log1p(-2).isNaN)
    #expect(Math.log1p(infinity) == infinity && Math.log1p(1e300) == Math.log(1e300))
    #expect(Math.exp(0) == 1 && Math.exp(-infinity) == 0 && Math.exp(infinity) == infinity)
    #expect(Math.exp(709.79) == infinity && Math.exp(-746) == 0 && Math.exp(.nan).isNaN)
    #expect(Math.exp(709.78) < infinity && Math.exp(-745.1) > 0)
    #expect(Math.pow(0, 2) == 0 && Math.pow(0, -2) == infinity && Math.pow(7, 0) == 1)
    #expect(Math.pow(2, infinity) == infinity && Math.pow(0.5, infinity) == 0)
    #expect(Math.pow(-2, 3).isNaN && Math.pow(infinity, -1) == 0 && Math.pow(2, 2000) == infinity)
    #expect(Math.sin(0) == 0 && Math.cos(0) == 1 && Math.atan(infinity) == Math.pi / 2)
    #expect(Math.asin(1) == Math.pi / 2 && Math.asin(-1) == -Math.pi / 2 && Math.asin(1.01).isNaN)
  }

  /// Values of a 40-digit computation.
  static let normalQuantiles: [(u: Double, expected: Double)] = [
    (0.1, -1.2815515655446004), (0.01, -2.3263478740408411), (0.975, 1.9599639845400540),
    (1e-10, -6.3613409024040562), (1e-300, -37.047096299361199), (0.3, -0.5244005127080408),
    (0.9999, 3.7190164854557085),
  ]

  @Test("the normal quantile agrees with high-precision values", arguments: normalQuantiles)
  func normalQuantile(u: Double, expected: Double) {
    #expect(abs(Math.normalQuantile(u) / expected - 1) < 1e-14)
    #expect(abs(Math.normalProbability(below: expected) / u - 1) < 1e-11)
  }

  @Test("the normal quantile is odd, and rises across the seams of its three pieces")
  func normalSeams() {
    #expect(Math.normalQuantile(0.5) == 0)
    for seam in [0.075, 1.3887943864964021e-11] {
      let below = Math.normalQuantile(seam * (1 - 1e-9))
      let above = Math.normalQuantile(seam * (1 + 1e-9))
      #expect(below < above && above - below < 1e-8)
    }
    for u in [0.25, 0x1p-7, 0x1p-53] {
      #expect(Math.normalQuantile(u) == -Math.normalQuantile(1 - u))
    }
  }

  /// Values of a 30-digit computation.
  static let gammaQuantiles: [(shape: Double, u: Double, expected: Double)] = [
    (0.5, 0.5, 0.227468211559786376), (0.25, 0.1, 0.0000675006238563396675),
    (0.1, 0.01, 6.07304836240789935e-21), (1, 0.3, 0.356674943938732363),
    (2, 0.99, 6.63835206799381125), (4, 0.5, 3.6720607488508961),
    (16, 0.001, 6.40532729140181455), (100, 0.9, 113.010523859844477),
    (0.04, 0.5, 1.72816468394260688e-8), (0.01, 0.9, 0.0000150359362307029491),
  ]

  @Test("the gamma quantile agrees with high-precision values", arguments: gammaQuantiles.indices)
  func gammaQuantile(row: Int) {
    let (shape, u, expected) = Self.gammaQuantiles[row]
    #expect(abs(Math.gammaQuantile(shape: shape, u) / expected - 1) < 1e-12)
  }

  @Test("the gamma quantile inverts the gamma probability", arguments: [0.05, 0.4, 1.5, 9, 250])
  func gammaRoundTrip(shape: Double) {
    var generator = SplitMix64(seed: 13)
    var last = (u: 0.0, x: 0.0)
    let us = (0..<300).map { _ in unitInterval(generator.next()) }.sorted()
    for u in [0x1p-53] + us + [1 - 0x1p-53] {
      let x = Math.gammaQuantile(shape: shape, u)
      let (lower, upper) = Math.gammaProbability(shape: shape, below: x)
      // Below 10^-300 the variate itself has no digits left.
      if x > 1e-300 {
        #expect(u < 0.5 ? abs(lower / u - 1) < 1e-11 : abs(upper / (1 - u) - 1) < 1e-11)
      }
      #expect(x >= last.x && lower + upper == 1)
      last = (u, x)
    }
  }

  @Test("logGamma agrees with the C library's")
  func logGamma() {
    for x in Self.numbers(3_000, within: 7) {
      let argument = Foundation.exp(x)
      let expected: Double = Foundation.lgamma(argument).0
      #expect(abs(Math.logGamma(argument) - expected) <= 2e-14 * max(1, abs(expected)))
    }
    #expect(Math.logGamma(1) == 0 && Math.logGamma(2) == 0)
  }

  /// Every bit, so that any change of a coefficient, an order of operations or a compiler is seen.
  static let golden: [(result: Double, bits: UInt64)] = [
    (Math.log(0.3), 0xBFF3_4378_FCBD_A721), (Math.log(1e300), 0x4085_9634_47F8_7FB5),
    (Math.log(1.0000001), 0x3E7A_D7F2_847B_6492), (Math.log1p(1e-5), 0x3EE4_F8AE_A9AE_7316),
    (Math.log(Double.leastNonzeroMagnitude), 0xC087_4385_446D_71C3),
    (Math.exp(1), 0x4005_BF0A_8B14_576A), (Math.exp(-37.5), 0x3C8D_D5C5_6630_1EC8),
    (Math.exp(-744.4), 1), (Math.exp(709.7), 0x7FED_75AE_7A50_EE14),
    (Math.pow(0.2, 1.7), 0x3FB0_9874_3B3B_D2A8), (Math.pow(10, -3.3), 0x3F40_6C43_6388_7513),
    (Math.sin(2), 0x3FED_18F6_EAD1_B446), (Math.cos(100000.5), 0xBFEC_9CF6_7D74_25B8),
    (Math.atan(0.7), 0x3FE3_8B11_2D7B_D4AD), (Math.atan(-9), 0xBFF7_5CBA_D2A4_0BD5),
    (Math.asin(0.9), 0x3FF1_EA93_705F_A172), (Math.normalQuantile(0.9), 0x3FF4_813C_36E2_6D33),
    (Math.normalQuantile(1e-9), 0xC017_FDC1_1F44_B5AC),
    (Math.normalQuantile(0.001), 0xC008_B8CB_B720_446C),
    (Math.normalProbability(below: 1.5), 0x3FED_DCB7_24ED_36FA),
    (Math.gammaQuantile(shape: 0.25, 0.3), 0x3F76_7E0C_48A1_9DD0),
    (Math.gammaQuantile(shape: 4, 0.99), 0x4024_1719_A495_5B6B),
    (Math.logGamma(0.1), 0x4002_058E_35F3_DEF4),
  ]

  @Test("results are the stored bits", arguments: golden.indices)
  func storedBits(row: Int) {
    #expect(Self.golden[row].result.bitPattern == Self.golden[row].bits)
  }
}
