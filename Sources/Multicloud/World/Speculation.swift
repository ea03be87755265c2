/// How well a pool's drafter guesses.
///
/// How many tokens are drafted, and what that costs, belongs to the engine: `Pool.scheduler.speculation` and
/// `Pool.stepTime`.
public struct Speculation: Hashable, Sendable {
  /// Probability that a drafted token is right, each on its own given that those before it were.
  public var acceptance: Double

  /// Creates a speculation.
  ///
  /// - Precondition: `acceptance` is between 0 and 1, both included.
  public init(acceptance: Double) {
    precondition(acceptance >= 0 && acceptance <= 1)
    self.acceptance = acceptance
  }

  /// Tokens that a step yields on average while an output goes on, of an engine that drafts `tokens`:
  /// `(1 - a^(k+1)) / (1 - a)`, which is `1 + a + … + a^k`.
  ///
  /// Source: Leviathan, Kalman, Matias, "Fast Inference from Transformers via Speculative Decoding",
  /// ICML 2023, equation 1.
  /// - Complexity: O(tokens).
  public func meanTokensPerStep(drafting tokens: Int) -> Double {
    var sum = 0.0
    for _ in 0...tokens { sum = 1 + acceptance * sum }
    return sum
  }

  /// Mean number of steps in which `tokens` tokens appear: they and what the last step yields beyond them,
  /// over the mean of a step (Wald), with the excess of a renewal process that has run for long.
  func meanSteps(of tokens: Double, drafting drafted: Int) -> Double {
    let mean = meanTokensPerStep(drafting: drafted)
    // Mean square of a step's tokens: the sum of (2i - 1) times the probability of i or more.
    var square = 0.0
    var reached = 1.0
    for place in 0...drafted {
      square += Double(2 * place + 1) * reached
      reached *= acceptance
    }
    let excess = (square / mean - 1) / 2
    return max((tokens + excess) / mean, min(1, tokens))
  }
}
