/// The first deployment in the workload's order of preference of regions whose load is below a
/// threshold; else the least load plus a penalty for distance.
///
/// Source: region routing of SageServe (threshold 0.7) with the round trip that SkyLB adds, 2025.
struct RegionPreferenceDeployment: DeploymentRouter {
  static let name = "region-preference"

  private let threshold: Double
  private let penaltyPerSecond: Double

  init(_ gateway: Gateway) {
    threshold = gateway.preferenceLoad
    penaltyPerSecond = gateway.roundTripPenaltyPerSecond
  }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var best = -1
    var bestScore = Double.infinity
    for place in 0..<candidates.count {
      let number = candidates.byRank(place)
      guard candidates.isEligible(number) else { continue }
      if candidates.load(number) < threshold { return number }
      let score = score(number, of: candidates)
      if best < 0 || score < bestScore { (best, bestScore) = (number, score) }
    }
    return best
  }

  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates.load(number) + penaltyPerSecond * candidates.roundTripSeconds(number)
  }
}
