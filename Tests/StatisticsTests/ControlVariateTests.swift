import Statistics
import Testing

@Suite("Control variates")
struct ControlVariateTests {
  @Test("a figure that is a line in its controls is known exactly")
  func line() throws {
    let x = [1.0, 2, 4, 7, 3]
    let z = [2.0, -1, 0, 5, 5]
    let y = zip(x, z).map { 10 + 3 * $0 - 2 * $1 }
    let controlled = try #require(ControlVariate(y, controls: [x, z], means: [3, 2]))
    #expect(isClose(controlled.interval.estimate, 10 + 9 - 4))
    #expect(controlled.interval.halfWidth < 1e-12 && controlled.varianceRatio < 1e-24)
    #expect(isClose(controlled.coefficients[0], 3) && isClose(controlled.coefficients[1], -2))
  }

  @Test("one control by hand")
  func byHand() throws {
    // x has mean 2 and sum of squares 2; y mean 3, products 3: slope 1.5. Residuals .5 -1 .5.
    let controlled = try #require(
      ControlVariate([2, 2, 5], controls: [[1, 2, 3]], means: [2.5], level: 0.9))
    #expect(isClose(controlled.coefficients[0], 1.5))
    #expect(isClose(controlled.interval.estimate, 3 + 0.75))
    let t = StudentT.critical(level: 0.9, degrees: 1)
    let variance = 1.5 * (1.0 / 3 + 0.25 / 2)
    #expect(isClose(controlled.interval.halfWidth, t * variance.squareRoot()))
  }

  @Test("too few replications, constant controls and controls twice are refused")
  func refused() {
    #expect(ControlVariate([1, 2], controls: [[1, 2]], means: [1]) == nil)
    #expect(ControlVariate([1, 2, 4], controls: [[3, 3, 3]], means: [3]) == nil)
    let x = [1.0, 2, 4, 7, 3]
    #expect(
      ControlVariate([1, 5, 2, 4, 3], controls: [x, x.map { 2 * $0 }], means: [3, 6]) == nil)
  }

  @Test("a correlated control narrows the interval and keeps its level")
  func coverage() throws {
    var systems = SyntheticSystems(
      means: [5, 2], deviations: [1, 3], correlation: 0.8, seed: 21)
    var (covered, narrower) = (0, 0)
    for _ in 0..<2000 {
      let values = systems.sample(12)
      let controlled = try #require(ControlVariate(values[0], controls: [values[1]], means: [2]))
      let plain = try #require(ConfidenceInterval(SampleMoments(values[0])))
      if controlled.interval.contains(5) { covered += 1 }
      if controlled.interval.halfWidth < plain.halfWidth { narrower += 1 }
    }
    #expect((0.935...0.965).contains(Double(covered) / 2000), "\(covered)")
    #expect(narrower > 1700, "\(narrower)")
  }
}
