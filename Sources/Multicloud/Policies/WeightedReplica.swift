import SimulationKernel

/// A replica at random with given weights; equal ones where none are given.
struct WeightedReplica: ReplicaRouter {
  static let name = "weighted"
  static let rankedBy: LoadSignal? = nil

  private let weights: [Double]
  private let shares: CumulativeShares

  /// Replicas beyond the weights that are given weigh as much as the last of them.
  init(replicas: Int, weights: [Double]) {
    precondition(weights.count <= replicas)
    let rest = [Double](repeating: weights.last ?? 1, count: replicas - weights.count)
    self.weights = weights + rest
    shares = CumulativeShares(self.weights)
  }

  /// O(log replicas), O(replicas) where some may not be chosen.
  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    if loads.availableCount == loads.count { return shares.index(draws.pair().0) }
    var total = 0.0
    for place in 0..<loads.availableCount { total += weights[loads.available(place)] }
    // Where only replicas without weight are left, they serve all the same.
    if total == 0 {
      return loads.available(PolicyDraws.below(loads.availableCount, draws.pair().0))
    }
    var left = unitInterval(draws.pair().0) * total
    var choice = loads.available(0)
    for place in 0..<loads.availableCount where weights[loads.available(place)] > 0 {
      choice = loads.available(place)
      left -= weights[choice]
      if left < 0 { break }
    }
    return choice
  }
}
