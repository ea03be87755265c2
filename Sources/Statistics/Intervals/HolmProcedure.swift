/// Holm's step-down procedure: which of several tests reject, with a bound on the chance that any of
/// them does wrongly, whatever their dependence.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6 (1979).
public enum HolmProcedure {
  /// By test, whether it rejects. O(n log n).
  public static func rejected(_ probabilities: [Double], alpha: Double) -> [Bool] {
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var rejected = [Bool](repeating: false, count: probabilities.count)
    for (rank, test) in order.enumerated() {
      guard probabilities[test] <= alpha / Double(order.count - rank) else { break }
      rejected[test] = true
    }
    return rejected
  }
}
