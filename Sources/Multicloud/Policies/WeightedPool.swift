/// A pool at random with the pools' weights.
struct WeightedPool: PoolRouter {
  static let name = "weighted"

  init(_ gateway: Gateway) {}

  func choose(_ candidates: borrowing PoolCandidates, draws: PolicyDraws) -> Int {
    candidates.weighted(draws.pair().0)
  }
}
