/// The less loaded of two different replicas drawn at random, the first where they are equal.
///
/// Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 12(10), 2001.
struct PowerOfTwoReplica: ReplicaRouter {
  static let name = "power-of-two"
  static let rankedBy: LoadSignal? = nil

  private let replicas: Int

  init(replicas: Int, weights: [Double]) { self.replicas = replicas }

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    if replicas == 1 { return 0 }
    let (a, b) = draws.pair()
    let first = PolicyDraws.below(replicas, a)
    let other = PolicyDraws.below(replicas - 1, b)
    let second = other >= first ? other + 1 : other
    return loads.outstandingRequests(second) < loads.outstandingRequests(first) ? second : first
  }
}
