/// The less loaded of two different replicas drawn at random, the first where they are equal.
///
/// Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 12(10), 2001.
struct PowerOfTwoReplica: ReplicaRouter {
  static let name = "power-of-two"
  static let rankedBy: LoadSignal? = nil

  init(replicas: Int, weights: [Double]) {}

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    let replicas = loads.availableCount
    if replicas == 1 { return loads.available(0) }
    let (a, b) = draws.pair()
    let place = PolicyDraws.below(replicas, a)
    let other = PolicyDraws.below(replicas - 1, b)
    let first = loads.available(place)
    let second = loads.available(other >= place ? other + 1 : other)
    return loads.outstandingRequests(second) < loads.outstandingRequests(first) ? second : first
  }
}
