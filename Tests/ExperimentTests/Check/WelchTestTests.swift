import Foundation
import Statistics
import Testing

@testable import Experiment

@Suite("Student's t, paired and Welch's, and Holm's procedure")
struct WelchTestTests {
  @Test(
    "quantiles are those of tables",
    arguments: [
      (4.0, 2.7764451051977934), (9, 2.262157162798205), (19, 2.0930240544083087),
      (29, 2.045229642132703), (99, 1.9842169515864174),
    ])
  func quantiles(degrees: Double, expected: Double) {
    #expect(abs(WelchTest.quantile(confidence: 0.95, degrees: degrees) - expected) < 1e-12)
    #expect(abs(WelchTest.bothTails(expected, degrees: degrees) - 0.05) < 1e-13)
  }

  @Test("far tails are exact where there is a closed form: one and two degrees of freedom")
  func tails() {
    for t in [0.01, 0.5, 1, 3, 40, 1e4, 1e8] {
      // Cauchy: 1 - 2/π atan t = 2/π atan(1/t).
      let one = 2 / Double.pi * atan(1 / t)
      #expect(abs(WelchTest.bothTails(t, degrees: 1) / one - 1) < 1e-12)
      let root = (2 + t * t).squareRoot()
      // 1 - t/√(2 + t²), without its cancellation.
      let two = 2 / (root * (root + t))
      #expect(abs(WelchTest.bothTails(t, degrees: 2) / two - 1) < 1e-12)
    }
  }

  private let first = [11.0, 9.9, 14.1, 9.5, 11.8]
  private let second = [12.1, 10.4, 15.3, 9.8, 13.0]

  @Test("pairs and independent samples give the worked example's intervals")
  func intervals() throws {
    let paired = WelchTest(pairs: first, second)
    #expect(abs(paired.difference - 0.86) < 1e-12)
    #expect(abs(try #require(paired.halfWidth(confidence: 0.95)) - 0.5311652244374344) < 1e-12)
    let welch = WelchTest(independent: first, second)
    #expect(abs(welch.difference - 0.86) < 1e-12)
    #expect(abs(welch.degrees - 7.7499282586903835) < 1e-10)
    #expect(abs(try #require(welch.halfWidth(confidence: 0.95)) - 2.960727176963687) < 1e-10)
    #expect(paired.probability < 0.02 && welch.probability > 0.5)
  }

  @Test("differences that do not vary are certain, and dust of rounding is none")
  func constants() {
    let shifted = first.map { $0 + 0.1 }
    #expect(WelchTest(pairs: first, shifted).probability == 0)
    #expect(WelchTest(pairs: first, first).probability == 1)
    #expect(WelchTest(independent: [3, 3, 3], [4, 4, 4]).probability == 0)
    #expect(WelchTest(independent: [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]).probability == 1)
    #expect(WelchTest(pairs: [1], [2]).probability == 1)
    #expect(WelchTest(pairs: [1], [2]).halfWidth(confidence: 0.95) == nil)
  }

  @Test("Holm steps down and stops at the first that does not reject")
  func holm() {
    #expect(
      HolmProcedure.rejected([0.01, 0.04, 0.03, 0.005], alpha: 0.05) == [true, false, false, true])
    #expect(HolmProcedure.rejected([0.02, 0.02], alpha: 0.05) == [true, true])
    #expect(HolmProcedure.rejected([0.03, 0.001], alpha: 0.05) == [true, true])
    #expect(HolmProcedure.rejected([], alpha: 0.05) == [])
  }
}
