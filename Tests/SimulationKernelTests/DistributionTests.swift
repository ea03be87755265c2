import Foundation
import SimulationKernel
import Testing

@Suite("Distributions")
struct DistributionTests {
  static let laws: [Distribution] = [
    .uniform(lower: 2, upper: 6), .exponential(mean: 3),
    .gamma(mean: 2, coefficientOfVariation: 0.5), .gamma(mean: 2, coefficientOfVariation: 1.5),
    .weibull(mean: 5, shape: 0.8), .weibull(shape: 2, scale: 4),
    .lognormal(median: 200, sigma: 0.6), .lognormal(mean: 1, coefficientOfVariation: 0.4),
    .pareto(minimum: 10, alpha: 6),
    .empirical(EmpiricalDistribution(values: [9, 1, 4, 4], weights: [1, 5, 2, 2])),
  ]

  @Test("the means of 200,000 draws are those of the closed forms", arguments: laws)
  func moments(law: Distribution) {
    let stream = KeyedStream(seed: 1, entity: 0, purpose: 0)
    var generator = stream.generator()
    var sum = 0.0
    var squares = 0.0
    let count = 200_000
    for _ in 0..<count {
      let x = law.quantile(generator.nextUnit())
      sum += x
      squares += x * x
    }
    #expect(abs(sum / Double(count) / law.mean - 1) < 0.01)
    #expect(abs(squares / Double(count) / law.meanSquare - 1) < 0.02)
  }

  @Test("the quantile inverts the tail probability", arguments: laws.dropLast())
  func inversion(law: Distribution) {
    for u in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] {
      #expect(abs(law.probability(above: law.quantile(u)) / (1 - u) - 1) < 1e-9)
    }
  }

  @Test("the quantile rises with its argument", arguments: laws)
  func monotone(law: Distribution) {
    var last = -Double.infinity
    for i in 0..<2_000 {
      let x = law.quantile((Double(i) + 0.5) / 2_000)
      #expect(x >= last)
      last = x
    }
  }

  @Test("medians and moments are the textbook's")
  func closedForms() {
    #expect(abs(Distribution.exponential(mean: 3).quantile(0.5) - 3 * Foundation.log(2)) < 1e-14)
    #expect(abs(Distribution.lognormal(median: 200, sigma: 0.6).quantile(0.5) - 200) < 1e-10)
    #expect(abs(Distribution.pareto(minimum: 10, alpha: 2).quantile(0.75) - 20) < 1e-12)
    let weibull = Distribution.weibull(shape: 2, scale: 4)
    #expect(abs(weibull.quantile(1 - Foundation.exp(-1)) - 4) < 1e-12)
    #expect(abs(weibull.mean - 2 * Double.pi.squareRoot()) < 1e-12)
    #expect(abs(Distribution.weibull(mean: 5, shape: 0.8).mean - 5) < 1e-12)
    let gamma = Distribution.gamma(mean: 2, coefficientOfVariation: 1.5)
    #expect(abs(gamma.meanSquare - 4 * (1 + 2.25)) < 1e-12)
    let lognormal = Distribution.lognormal(mean: 1, coefficientOfVariation: 0.4)
    #expect(abs(lognormal.mean - 1) < 1e-14 && abs(lognormal.meanSquare - 1.16) < 1e-12)
    #expect(Distribution.pareto(minimum: 1, alpha: 1).mean == .infinity)
    #expect(Distribution.pareto(minimum: 1, alpha: 2).meanSquare == .infinity)
    #expect(Distribution.constant(7).quantile(0.2) == 7)
  }

  @Test("an empirical law gives each value its share and keeps to the seams")
  func empirical() {
    let law = EmpiricalDistribution(values: [9, 1, 4, 4, 100], weights: [1, 5, 2, 2, 0])
    #expect(law.values == [1, 4, 9])
    #expect(law.quantile(0.5) == 1 && law.quantile(0.5.nextUp) == 4)
    #expect(law.quantile(0.9) == 4 && law.quantile(0.9.nextUp) == 9)
    #expect(law.quantile(1 - 0x1p-53) == 9 && law.quantile(0x1p-53) == 1)
    #expect(abs(law.moment(1) - 3) < 1e-15 && abs(law.probability(above: 1) - 0.5) < 1e-15)
    #expect(law.probability(above: 9) == 0 && law.probability(above: 0.5) == 1)
  }
}
