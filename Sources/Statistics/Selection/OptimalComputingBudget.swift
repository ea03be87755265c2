/// How to share a budget of runs among alternatives so that the best is found with the highest probability
/// (optimal computing budget allocation).
///
/// With d_i the distance of mean i from the best mean and s_i the deviations, N_i ~ (s_i / d_i)² for the others
/// and N_b = s_b √Σ (N_i / s_i)² for the best. Optimal as the budget grows, for independent normal runs; unlike
/// ``KimNelson`` it promises no probability.
/// Source: C.-H. Chen, J. Lin, E. Yücesan and S. E. Chick, "Simulation budget allocation for further enhancing
/// the efficiency of ordinal optimization", Discrete Event Dynamic Systems 10 (2000).
public struct OptimalComputingBudget: Hashable, Sendable {
  /// Share of all runs by alternative; they sum to 1.
  public let shares: [Double]
  /// Alternative with the best mean, the first among equals.
  public let best: Int

  /// Finds the shares. O(alternatives).
  ///
  /// Where others are as good as the best, the limit is taken: those share the runs and the rest get none.
  /// Alternatives that do not vary get none, unless none varies; then all get the same.
  ///
  /// - Precondition: As many means as deviations, two or more, none negative among the latter.
  public init(means: [Double], deviations: [Double], bestIs: BestIs) {
    precondition(means.count == deviations.count && means.count > 1, "shares need alternatives")
    precondition(deviations.allSatisfy { $0 >= 0 }, "a standard deviation is not negative")
    let merits = means.map(bestIs.merit)
    let best = merits.indices.reduce(0) { merits[$1] > merits[$0] ? $1 : $0 }
    let gaps = merits.map { merits[best] - $0 }
    let others = merits.indices.filter { $0 != best }
    // Ratios to the smallest gap neither overflow nor vanish.
    let nearest = others.reduce(Double.infinity) { min($0, gaps[$1]) }
    var weights = [Double](repeating: 0, count: means.count)
    var squares = 0.0
    for i in others where nearest > 0 || gaps[i] == 0 {
      let nearness = nearest > 0 ? nearest / gaps[i] : 1
      weights[i] = deviations[i] * deviations[i] * nearness * nearness
      let scaled = deviations[i] * nearness * nearness
      squares += scaled * scaled
    }
    weights[best] = deviations[best] * squares.squareRoot()
    let total = weights.reduce(0, +)
    shares =
      total > 0
      ? weights.map { $0 / total }
      : [Double](repeating: 1 / Double(means.count), count: means.count)
    self.best = best
  }

  /// Further runs by alternative so that all runs come near to the shares; they sum to `budget`.
  ///
  /// Who has more than its share already gets none, and the others share what is then left in proportion.
  /// Fractions go by largest remainder, the lower number among equals. O(alternatives²).
  ///
  /// - Precondition: `budget` is not negative; as many `runs` as alternatives.
  public func allocation(of budget: Int, after runs: [Int]) -> [Int] {
    precondition(budget >= 0 && runs.count == shares.count, "a budget is shared among all")
    var open = shares.indices.filter { shares[$0] > 0 }
    var wanted = [Double](repeating: 0, count: shares.count)
    while true {
      let available = Double(open.reduce(budget) { $0 + runs[$1] })
      let all = open.reduce(0.0) { $0 + shares[$1] }
      for i in open { wanted[i] = available * shares[i] / all - Double(runs[i]) }
      let over = open.filter { wanted[$0] < 0 }
      if over.isEmpty { break }
      for i in over { wanted[i] = 0 }
      open.removeAll { over.contains($0) }
    }
    var whole = wanted.map { Int($0.rounded(.down)) }
    let left = budget - whole.reduce(0, +)
    let order = open.sorted { a, b in
      let (x, y) = (wanted[a] - Double(whole[a]), wanted[b] - Double(whole[b]))
      return x != y ? x > y : a < b
    }
    for i in order.prefix(max(0, left)) { whole[i] += 1 }
    // Rounding in the sums may leave one run over, or one too many.
    let rest = budget - whole.reduce(0, +)
    whole[whole.indices.reduce(0) { whole[$1] > whole[$0] ? $1 : $0 }] += rest
    assert(whole.reduce(0, +) == budget, "every run is given to somebody")
    return whole
  }
}
