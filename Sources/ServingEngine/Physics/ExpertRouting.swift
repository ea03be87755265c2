import SimulationKernel

/// Which experts the tokens of a step wake, on average.
///
/// Each token chooses `perToken` of `experts`; the popularity of the i-th falls as `i^-skew`. Ranks
/// hold equal parts of the experts in random order, and the layer waits for the rank with most to
/// stream: its count is the mean and as many deviations as the largest of so many normal draws lies
/// above theirs. Without skew and ranks this is `N (1 - (1 - k/N)^tokens)`.
struct ExpertRouting {
  /// Longest table; by then all experts of today's models are awake.
  static let tableTokens = 2048

  /// Mean of the largest of 1, 2, 4, 8 … standard normal draws. Source: H. L. Harter, Biometrika 48
  /// (1961), table 1.
  private static let largestOfNormals: [Double] = [
    0, 0.56419, 1.02938, 1.42360, 1.76599, 2.06967, 2.34377, 2.59460,
  ]

  var experts: Int
  var perToken: Int
  var skew: Double
  /// Ranks that hold whole experts; 1 where every rank holds a part of each.
  var ranks: Int

  /// Active experts by tokens, index 0 unused, `ranks` times those of the busiest rank.
  ///
  /// - Parameter batches: Tokens are spread over this many batches that pass one after the other.
  /// - Complexity: O(experts × `tableTokens`).
  func activeTable(batches: Int) -> [Double] {
    let popularity = popularity()
    var missed = [Double](repeating: 1, count: experts)
    let deviations = Self.largestOfNormals[
      min(
        Self.largestOfNormals.count - 1,
        Int.bitWidth - 1 - max(1, ranks).leadingZeroBitCount)]
    let share = Double(experts) / Double(ranks)
    var table: [Double] = [0]
    table.reserveCapacity(Self.tableTokens + 1)
    for _ in 1...Self.tableTokens {
      var active = 0.0
      for i in 0..<experts {
        missed[i] *= 1 - popularity[i]
        active += 1 - missed[i]
      }
      let mean = active / Double(ranks)
      let part = min(1, mean / share)
      let busiest = mean + deviations * (share * part * (1 - part)).squareRoot()
      table.append(Double(ranks) * min(share, busiest))
    }
    guard batches > 1 else { return table }
    // Tokens between two entries wake between as many.
    return (0...Self.tableTokens * batches).map { tokens in
      let low = tokens / batches
      let rest = Double(tokens - low * batches) / Double(batches)
      return low == Self.tableTokens
        ? table[low] : table[low] + (table[low + 1] - table[low]) * rest
    }
  }

  /// Chance of each expert to be chosen by a token; they sum to `perToken`, none is above 1.
  private func popularity() -> [Double] {
    var weights = (1...experts).map {
      skew == 0 ? 1 : DeterministicMath.exp(-skew * DeterministicMath.log(Double($0)))
    }
    // An expert cannot be chosen twice by a token: what is beyond goes to the others, by their weight.
    let wanted = Double(perToken)
    var capped = 0
    while true {
      let free = weights[capped...].reduce(0, +)
      let factor = free > 0 ? (wanted - Double(capped)) / free : 0
      for i in capped..<experts { weights[i] *= factor }
      var now = capped
      while now < experts, weights[now] > 1 {
        weights[now] = 1
        now += 1
      }
      if now == capped { return weights }
      capped = now
    }
  }
}
