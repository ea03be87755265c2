import SimulationKernel

/// Chooses a deployment for a request among those that may serve it: the gateway's policy.
///
/// As with ``ReplicaRouter``, a policy is one small type in one file and sees estimates and perhaps
/// stale loads, never true output lengths. It is asked once for every attempt and sees only what is
/// eligible for it: residency, context, cooldowns and the order of failover are settled before.
public protocol DeploymentRouter: Sendable {
  /// Name in scenarios, such as `nearest`.
  static var name: String { get }

  /// Creates the policy.
  init(_ gateway: Gateway)

  /// The place in `candidates` of the deployment that shall serve the request; one that is
  /// eligible.
  mutating func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int

  /// How the policy rates a candidate, the least being best: what the audit shows.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double
}

extension DeploymentRouter {
  /// The eligible candidate with the least score, the nearest among equals.
  public func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var best = -1
    var bestScore = Double.infinity
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number) else { continue }
      let score = score(number, of: candidates)
      if best < 0 || score < bestScore {
        bestScore = score
        best = number
      }
    }
    return best
  }
}
