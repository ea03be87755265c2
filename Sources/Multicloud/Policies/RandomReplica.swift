/// A replica at random, each as likely.
struct RandomReplica: ReplicaRouter {
  static let name = "random"
  static let rankedBy: LoadSignal? = nil

  init(replicas: Int, weights: [Double]) {}

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    loads.available(PolicyDraws.below(loads.availableCount, draws.pair().0))
  }
}
