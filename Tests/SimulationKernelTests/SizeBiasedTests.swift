import SimulationKernel
import Testing

/// Spells as they are found at a moment: every law against its moments.
@Suite struct SizeBiasedTests {
  static let laws: [Distribution] = [
    .constant(3), .uniform(lower: 1, upper: 5), .exponential(mean: 2),
    .gamma(shape: 0.6, scale: 4), .weibull(shape: 0.8, scale: 2),
    .lognormal(median: 2, sigma: 0.7), .pareto(minimum: 1, alpha: 4.5),
    .empirical(EmpiricalDistribution(values: [1, 2, 7], weights: [3, 2, 1])),
  ]

  @Test(arguments: laws)
  func `its mean is that of the square over the mean`(law: Distribution) {
    let points = 20_000
    let mean =
      (0..<points).map { law.sizeBiasedQuantile((Double($0) + 0.5) / Double(points)) }
      .reduce(0, +) / Double(points)
    #expect(abs(mean / (law.meanSquare / law.mean) - 1) < 0.01, "\(law)")
  }

  @Test(arguments: laws)
  func `larger numbers never give smaller lengths`(law: Distribution) {
    let lengths = (1..<200).map { law.sizeBiasedQuantile(Double($0) / 200) }
    #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `what is left of an exponential spell is exponential`() {
    let law = Distribution.exponential(mean: 5)
    let stream = KeyedStream(seed: 7, entity: 0, purpose: 9)
    let count = 20_000
    let residuals = (0..<count).map { index in
      let block = stream.block(UInt64(index))
      return law.residual(spell: unitInterval(block.0), part: unitInterval(block.1))
    }
    for limit in [1.0, 5, 15] {
      let share = Double(residuals.filter { $0 > limit }.count) / Double(count)
      #expect(abs(share - law.probability(above: limit)) < 0.015, "above \(limit)")
    }
  }
}
