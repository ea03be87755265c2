import SimulationKernel

/// The law of the number of steps in which a speculating engine produces so many tokens.
///
/// Each step yields one token, and one more for each drafted token that is right up to the first that is
/// not: `i` tokens with probability `a^(i-1) (1 - a)`, all `k + 1` with probability `a^k`. The steps of
/// `n` tokens are the fewest whose tokens sum to `n` or more. Draws follow that law exactly, however long
/// the output: 64 tokens at a time, with the tokens that the last step of each stretch yields beyond it.
///
/// Source of the law: Leviathan, Kalman, Matias, ICML 2023, section 3.1.
final class DecodeStepLaw: Sendable {
  /// Tokens of a stretch drawn at once.
  static let stretch = 64

  private let most: Int
  /// By tokens to come, cumulative probabilities of 1, 2, 3… steps.
  private let steps: [[Double]]
  /// By tokens that were there beyond the last stretch, cumulative probabilities of (steps, tokens beyond
  /// this stretch), the second running faster.
  private let stretches: [[Double]]

  /// Tabulates the law.
  ///
  /// - Complexity: O(drafted²) for 64 tokens squared.
  init(draftTokens: Int, acceptance: Double) {
    precondition(draftTokens >= 1 && draftTokens < Self.stretch)
    precondition(acceptance >= 0 && acceptance <= 1)
    let most = draftTokens + 1
    self.most = most
    // Probability that a step yields 1, 2, … `most` tokens.
    var yields: [Double] = []
    var reached = 1.0
    for _ in 0..<draftTokens {
      yields.append(reached * (1 - acceptance))
      reached *= acceptance
    }
    yields.append(reached)

    // By tokens to come: probability of (steps, tokens beyond), from the first step's yield.
    var laws: [[Double]] = [[]]
    for tokens in 1...Self.stretch {
      var law = [Double](repeating: 0, count: tokens * most)
      for (place, probability) in yields.enumerated() {
        let yield = place + 1
        if yield >= tokens {
          law[yield - tokens] += probability
        } else {
          let rest = laws[tokens - yield]
          for cell in rest.indices { law[cell + most] += probability * rest[cell] }
        }
      }
      laws.append(law)
    }
    steps = laws.map { law in
      Self.cumulative(
        stride(from: 0, to: law.count, by: most).map { first in
          law[first..<(first + most)].reduce(0, +)
        })
    }
    stretches = (0...draftTokens).map { Self.cumulative(laws[Self.stretch - $0]) }
  }

  private static func cumulative(_ law: [Double]) -> [Double] {
    var sum = 0.0
    return law.map { probability in
      sum += probability
      return sum
    }
  }

  /// Draws in how many steps `tokens` tokens appear; the same for the same seed.
  ///
  /// - Complexity: O(tokens / 64).
  func draw(tokens: Int, seed: UInt64) -> Int {
    precondition(tokens >= 1)
    var bits = SplitMix64(seed: seed)
    var left = tokens
    var drawn = 0
    var beyond = 0
    while left - beyond > Self.stretch {
      let cell = Self.place(unitInterval(bits.next()), in: stretches[beyond])
      drawn += cell / most + 1
      beyond = cell % most
      left -= Self.stretch
    }
    if left > beyond {
      drawn += Self.place(unitInterval(bits.next()), in: steps[left - beyond]) + 1
    }
    return drawn
  }

  /// The first place whose cumulative probability is above `u`; the last that can occur where rounding
  /// leaves `u` above them all.
  private static func place(_ u: Double, in cumulative: [Double]) -> Int {
    var low = 0
    var high = cumulative.count
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > u { high = middle } else { low = middle + 1 }
    }
    if low < cumulative.count { return low }
    let total = cumulative[cumulative.count - 1]
    return place(total * (1 - 0x1p-50), in: cumulative)
  }
}
