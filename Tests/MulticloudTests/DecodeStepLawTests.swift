import Testing

@testable import Multicloud

/// The draw of a speculating request's steps against the law it is said to follow, step by step.
@Suite struct DecodeStepLawTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var drafted: Int
    var acceptance: Double
    var testDescription: String { "\(drafted) drafted, \(acceptance) right" }
  }

  static let cases = [
    Case(drafted: 1, acceptance: 0.5), Case(drafted: 3, acceptance: 0.7),
    Case(drafted: 5, acceptance: 0.8), Case(drafted: 16, acceptance: 0.95),
    Case(drafted: 4, acceptance: 0.05),
  ]

  /// Probability of each number of steps, from the law of the sum after each step: nothing shared with
  /// the tables under test.
  private func law(of tokens: Int, _ one: Case) -> [Double] {
    var sums = [Double](repeating: 0, count: tokens)
    sums[0] = 1
    var result = [0.0]
    while result.reduce(0, +) < 1 - 1e-12, result.count <= tokens {
      var next = [Double](repeating: 0, count: tokens)
      var done = 0.0
      for sum in 0..<tokens where sums[sum] > 0 {
        var probability = sums[sum]
        for yield in 1...(one.drafted + 1) {
          let share = yield <= one.drafted ? probability * (1 - one.acceptance) : probability
          probability -= share
          if sum + yield < tokens { next[sum + yield] += share } else { done += share }
        }
      }
      result.append(done)
      sums = next
    }
    return result
  }

  /// Pearson's chi-square over 40,000 draws, cells of fewer than ten expected draws pooled; its cube root
  /// is nearly normal (Wilson and Hilferty), and 4.5 deviations are passed by chance once in 300,000.
  @Test(arguments: cases, [1, 2, 5, 17, 63, 64, 65, 66, 80, 128, 129, 200, 700])
  func drawsFollowTheLaw(one: Case, tokens: Int) {
    let draws = 40_000
    let table = DecodeStepLaw(draftTokens: one.drafted, acceptance: one.acceptance)
    let law = law(of: tokens, one)
    var counts = [Int](repeating: 0, count: tokens + 1)
    for seed in 0..<UInt64(draws) {
      counts[table.draw(tokens: tokens, seed: seed &* 0xD134_2543_DE82_EF95)] += 1
    }
    var (cells, chi, expected, seen) = (0, 0.0, 0.0, 0.0)
    for steps in 1...tokens {
      expected += Double(draws) * (steps < law.count ? law[steps] : 0)
      seen += Double(counts[steps])
      if expected >= 10 {
        cells += 1
        chi += (seen - expected) * (seen - expected) / expected
        (expected, seen) = (0, 0)
      }
    }
    #expect(seen <= expected + 8 * (expected + 1).squareRoot())
    guard cells > 1 else { return }
    let freedom = Double(cells - 1)
    // Pooling the tail away leaves the cells nearly all draws; one degree more is on the safe side.
    #expect(
      chi < freedom * cube(1 - 2 / (9 * freedom) + 4.5 * (2 / (9 * freedom)).squareRoot()) + 1)
  }

  private func cube(_ x: Double) -> Double { x * x * x }

  @Test(arguments: cases)
  func meanTokensPerStepIsTheFormula(one: Case) {
    let tokens = 2_000_000
    let table = DecodeStepLaw(draftTokens: one.drafted, acceptance: one.acceptance)
    let mean = Double(tokens) / Double(table.draw(tokens: tokens, seed: 7))
    var power = 1.0
    for _ in 0...one.drafted { power *= one.acceptance }
    let formula = (1 - power) / (1 - one.acceptance)
    #expect(abs(mean - formula) < 0.004 * formula, "\(mean), formula \(formula)")
    let speculation = Speculation(acceptance: one.acceptance)
    #expect(abs(speculation.meanTokensPerStep(drafting: one.drafted) - formula) < 1e-12 * formula)
  }

  @Test(arguments: cases, [40, 64, 300])
  func meanStepsOfAnOutputAreTheLaws(one: Case, tokens: Int) {
    let exact = law(of: tokens, one).enumerated().reduce(0) { $0 + Double($1.0) * $1.1 }
    let mean = Speculation(acceptance: one.acceptance).meanSteps(
      of: Double(tokens), drafting: one.drafted)
    #expect(abs(mean - exact) < 0.02 * exact, "\(mean), exactly \(exact)")
  }

  @Test func theEndsOfTheScale() {
    let never = DecodeStepLaw(draftTokens: 4, acceptance: 0)
    let always = DecodeStepLaw(draftTokens: 4, acceptance: 1)
    for tokens in [1, 4, 5, 6, 63, 64, 65, 70, 71, 1000] {
      #expect(never.draw(tokens: tokens, seed: 3) == tokens)
      #expect(always.draw(tokens: tokens, seed: 3) == (tokens + 4) / 5)
    }
  }
}
