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

  /// O(1), O(replicas) where some may not be chosen.
  mutating func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    repeat {
      last = last + 1 == replicas ? 0 : last + 1
    } while !loads.isAvailable(last)
    return last
  }
}
