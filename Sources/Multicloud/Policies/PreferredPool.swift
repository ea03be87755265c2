/// The first pool in the workload's order of preference that is not full; where all are, the one
/// with the least load per sequence slot.
///
/// A pool counts as full at `spillAt` outstanding requests per replica, by default its sequence
/// slots.
struct PreferredPool: PoolRouter {
  static let name = "preferred"

  private let spillAt: Double?

  init(_ gateway: Gateway) { spillAt = gateway.spillAt }

  func choose(_ candidates: borrowing PoolCandidates, draws: PolicyDraws) -> Int {
    var best = candidates.byRank[0]
    var bestLoad = Double.infinity
    for number in candidates.byRank {
      let candidate = candidates[number]
      let limit = spillAt.map { $0 * Double(candidate.replicas) } ?? Double(candidate.slots)
      if Double(candidates.outstanding(number)) < limit { return number }
      let load = candidates.load(number)
      if load < bestLoad {
        bestLoad = load
        best = number
      }
    }
    return best
  }
}
