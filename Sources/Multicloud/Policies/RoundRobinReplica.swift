/// Replicas in turn, whatever their load.
struct RoundRobinReplica: ReplicaRouter {
  static let name = "round-robin"
  static let rankedBy: LoadSignal? = nil

  private let replicas: Int
  private var last: Int

  init(replicas: Int, weights: [Double]) {
    self.replicas = replicas
    last = replicas - 1
  }

  mutating func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    last = last + 1 == replicas ? 0 : last + 1
    return last
  }
}
