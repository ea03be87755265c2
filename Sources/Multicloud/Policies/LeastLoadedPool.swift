import SimulationKernel

/// The pool with the least load per sequence slot plus a penalty for distance, the nearest among
/// equals.
struct LeastLoadedPool: PoolRouter {
  static let name = "least-loaded"

  private let penaltyPerSecond: Double

  init(_ gateway: Gateway) { penaltyPerSecond = gateway.roundTripPenaltyPerSecond }

  func choose(_ candidates: borrowing PoolCandidates, draws: PolicyDraws) -> Int {
    var best = 0
    var bestScore = Double.infinity
    for number in candidates.byDistance {
      let roundTrip = 2 * candidates[number].oneWay.seconds
      let score = candidates.load(number) + penaltyPerSecond * roundTrip
      if score < bestScore {
        bestScore = score
        best = number
      }
    }
    return best
  }
}
