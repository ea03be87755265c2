/// A replica at random, each as likely.
struct RandomReplica: ReplicaRouter {
  static let name = "random"
  static let rankedBy: LoadSignal? = nil

  private let replicas: Int

  init(replicas: Int, weights: [Double]) { self.replicas = replicas }

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    PolicyDraws.below(replicas, draws.pair().0)
  }
}
