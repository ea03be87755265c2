/// The replica with the fewest requests outstanding, the lowest numbered among equals.
struct LeastOutstandingRequests: ReplicaRouter {
  static let name = "least-outstanding-requests"
  static let rankedBy: LoadSignal? = .outstandingRequests

  init(replicas: Int, weights: [Double]) {}

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int { loads.least }
}
