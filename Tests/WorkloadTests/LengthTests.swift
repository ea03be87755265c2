import SimulationKernel
import Testing
import Workload

@Suite("Lengths")
struct LengthTests {
  static let laws: [LengthSpec] = [
    .constant(42), .exponential(mean: 3), .exponential(mean: 900),
    .lognormal(median: 400, sigma: 1.1, max: 5_000),
    .lognormal(median: 20_000, sigma: 0.5, max: 90_000),
    .pareto(min: 50, alpha: 1.2, max: 20_000), .pareto(min: 0.4, alpha: 3, max: 100),
    .uniform(min: 3, max: 17), .empirical(values: [10, 500, 0, 20], weights: [3, 1, 1, 5]),
  ]

  static func pairs(_ shape: ShapeSpec, seconds: Int64 = 600) throws -> [Arrival] {
    try arrivals(WorkloadSpec(.poisson(rate: 200), shape: shape), horizon: .seconds(seconds))
  }

  @Test("drawn lengths have the moments that are stated for them", arguments: laws)
  func moments(law: LengthSpec) throws {
    let spec = WorkloadSpec(
      .poisson(rate: 200), shape: .independent(prompt: law, output: .constant(3)))
    let stated = spec.lengthMoments
    let drawn = try Self.pairs(spec.shape).map { Double($0.promptTokens) }
    let spread = max(0, stated.meanSquarePrompt - stated.meanPrompt * stated.meanPrompt)
    let error = (spread / Double(drawn.count)).squareRoot()
    #expect(abs(mean(drawn) - stated.meanPrompt) <= 5 * error + 1e-9 * stated.meanPrompt)
    let squares = drawn.map { $0 * $0 }
    let squareError = (variance(squares) / Double(drawn.count)).squareRoot()
    #expect(
      abs(mean(squares) - stated.meanSquarePrompt) <= 5 * squareError + 1e-9
        * stated.meanSquarePrompt)
    #expect(stated.meanProduct == stated.meanPrompt * 3 && drawn.allSatisfy { $0 >= 1 })
  }

  @Test("the mean of a rounded exponential length is the geometric sum")
  func roundedExponential() {
    // P(L ≥ k) = e^-(k - ½)/m for k ≥ 2 and 1 for k = 1.
    for m in [0.7, 3.0, 5_000] {
      let spec = WorkloadSpec(
        .poisson(rate: 1), shape: .independent(prompt: .exponential(mean: m), output: .constant(1)))
      let exact =
        1 + DeterministicMath.exp(-1.5 / m) / (1 - DeterministicMath.exp(-1 / m))
      #expect(near(spec.lengthMoments.meanPrompt, exact, 1e-7))
    }
  }

  @Test("cut-off laws reach their limit and never pass it")
  func cutOff() throws {
    let shape = ShapeSpec.independent(
      prompt: .lognormal(median: 400, sigma: 1.1, max: 5_000),
      output: .pareto(min: 50, alpha: 1.2, max: 2_000))
    let all = try Self.pairs(shape)
    #expect(all.map(\.promptTokens).max() == 5_000 && all.map(\.outputTokens).max() == 2_000)
    #expect(all.map(\.outputTokens).min() == 50)
  }

  @Test("whole numbers of a uniform law are equally likely, ends included")
  func uniform() throws {
    let all = try Self.pairs(
      .independent(prompt: .uniform(min: 3, max: 6), output: .uniform(min: 1, max: 1)))
    for value in 3...6 {
      let count = Double(all.count { $0.promptTokens == Int32(value) })
      #expect(abs(count / Double(all.count) - 0.25) < 0.005)
    }
    #expect(all.allSatisfy { (3...6).contains($0.promptTokens) && $0.outputTokens == 1 })
  }

  @Test("the output follows the band of its prompt, bounds included, the last without bound")
  func conditional() throws {
    let shape = ShapeSpec.conditional(
      prompt: .uniform(min: 1, max: 40),
      bands: [
        LengthBand(upToPrompt: 10, output: .constant(1)),
        LengthBand(upToPrompt: 20, output: .constant(2)),
        LengthBand(upToPrompt: 30, output: .exponential(mean: 50)),
      ])
    let all = try Self.pairs(shape, seconds: 1_500)
    for arrival in all where arrival.promptTokens <= 20 {
      #expect(arrival.outputTokens == (arrival.promptTokens <= 10 ? 1 : 2))
    }
    let stated = WorkloadSpec(.poisson(rate: 1), shape: shape).lengthMoments
    let outputs = all.map { Double($0.outputTokens) }
    #expect(near(mean(outputs), stated.meanOutput, 0.01))
    let products = all.map { Double($0.promptTokens) * Double($0.outputTokens) }
    #expect(near(mean(products), stated.meanProduct, 0.01))
    #expect(abs(stated.meanPrompt - 20.5) < 1e-12)
    let exact = 0.25 * 1 + 0.25 * 2 + 0.5 * 50
    #expect(near(stated.meanOutput, exact, 0.001))
  }

  @Test("bands of a continuous prompt add up to the whole")
  func conditionalContinuous() throws {
    let output = LengthSpec.exponential(mean: 80)
    let prompt = LengthSpec.lognormal(median: 3_000, sigma: 1, max: 30_000)
    let banded = ShapeSpec.conditional(
      prompt: prompt,
      bands: [100, 1_000, 2_500, 10_000].map { LengthBand(upToPrompt: $0, output: output) })
    let a = WorkloadSpec(.poisson(rate: 1), shape: banded).lengthMoments
    let b = WorkloadSpec(
      .poisson(rate: 1), shape: .independent(prompt: prompt, output: output)
    ).lengthMoments
    #expect(near(a.meanOutput, b.meanOutput, 1e-9))
    #expect(near(a.meanProduct, b.meanProduct, 1e-6))
  }

  @Test("lengths from a trace are its pairs")
  func empirical() throws {
    let trace = try rows([0, 1, 2, 3])
    let all = try Self.pairs(.empirical(.rows(trace)))
    #expect(
      Set(all.map(\.promptTokens)) == [1, 2, 3, 4] && all.allSatisfy { $0.outputTokens == 5 })
    for prompt in 1...4 {
      let count = Double(all.count { $0.promptTokens == Int32(prompt) })
      #expect(abs(count / Double(all.count) - 0.25) < 0.005)
    }
  }
}
