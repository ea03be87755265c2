import SimulationKernel

/// A replica at random with given weights; equal ones where none are given.
struct WeightedReplica: ReplicaRouter {
  static let name = "weighted"
  static let rankedBy: LoadSignal? = nil

  private let shares: CumulativeShares

  init(replicas: Int, weights: [Double]) {
    precondition(weights.isEmpty || weights.count == replicas)
    shares = CumulativeShares(
      weights.isEmpty ? [Double](repeating: 1, count: replicas) : weights)
  }

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    shares.index(draws.pair().0)
  }
}
