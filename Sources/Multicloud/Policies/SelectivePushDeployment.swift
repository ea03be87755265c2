/// The nearest deployment that has a free slot; where none has, the one with the fewest requests
/// beyond its slots.
///
/// With the gateway's flow control at a ceiling of 1 a request waits at the gateway instead of in a
/// queue behind a busy deployment. Source: selective pushing across regions, SkyLB/SkyWalker, 2026.
struct SelectivePushDeployment: DeploymentRouter {
  static let name = "selective-push"

  init(_ gateway: Gateway) {}

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var best = -1
    var bestScore = Double.infinity
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number) else { continue }
      if candidates.outstanding(number) < candidates[number].slots { return number }
      let score = candidates.load(number)
      if best < 0 || score < bestScore { (best, bestScore) = (number, score) }
    }
    return best
  }

  /// The round trip where there is a free slot, else 1000 seconds and the load.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates.outstanding(number) < candidates[number].slots
      ? candidates.roundTripSeconds(number) : 1000 + candidates.load(number)
  }
}
