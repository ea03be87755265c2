/// The first deployment in the workload's order of preference that is not full; where all are, the
/// one with the least load per slot.
///
/// A pool counts as full at `spillAt` outstanding requests per replica, by default its sequence
/// slots; an endpoint at its concurrency.
struct PreferredDeployment: DeploymentRouter {
  static let name = "preferred"

  private let spillAt: Double?

  init(_ gateway: Gateway) { spillAt = gateway.spillAt }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var best = -1
    var bestLoad = Double.infinity
    for place in 0..<candidates.count {
      let number = candidates.byRank(place)
      guard candidates.isEligible(number) else { continue }
      if !isFull(number, candidates) { return number }
      let load = candidates.load(number)
      if best < 0 || load < bestLoad {
        bestLoad = load
        best = number
      }
    }
    return best
  }

  /// The place in the order of preference; behind all places where it is full.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    let rank = Double(candidates[number].rank)
    return isFull(number, candidates)
      ? Double(candidates.count) + rank + candidates.load(number) : rank
  }

  private func isFull(_ number: Int, _ candidates: borrowing DeploymentCandidates) -> Bool {
    let candidate = candidates[number]
    let limit = spillAt.map { $0 * Double(candidate.replicas) } ?? Double(candidate.slots)
    return Double(candidates.outstanding(number)) >= limit
  }
}
