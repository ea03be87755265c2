/// The replica with the fewest tokens outstanding (prompts and estimated outputs of requests sent
/// and not yet answered), the lowest numbered among equals.
struct LeastOutstandingTokens: ReplicaRouter {
  static let name = "least-outstanding-tokens"
  static let rankedBy: LoadSignal? = .outstandingTokens

  init(replicas: Int, weights: [Double]) {}

  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int { loads.least }
}
