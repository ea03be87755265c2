import SimulationKernel

/// The deployment with the greatest weighted sum of scores, or a draw with the sums as weights.
///
/// Every scorer gives 0 (worst) to 1 (best). Source: the scorers and pickers of the Gateway API
/// inference extension and llm-d's scheduler, 2026-08.
struct ScoredDeployment: DeploymentRouter {
  static let name = "weighted-scores"

  /// Round trip at which nearness is 0.
  private static let farSeconds = 0.3
  private let weights: ScoreWeights

  init(_ gateway: Gateway) { weights = gateway.scores }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    let dearest = dearest(candidates)
    var best = -1
    var bestSum = -Double.infinity
    var total = 0.0
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number) else { continue }
      let sum = sum(number, candidates, dearest)
      total += sum
      if best < 0 || sum > bestSum { (best, bestSum) = (number, sum) }
    }
    guard weights.draws, total > 0 else { return best }
    var left = unitInterval(draws.pair().0) * total
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number) else { continue }
      left -= sum(number, candidates, dearest)
      if left < 0 { return number }
    }
    return best
  }

  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    -sum(number, candidates, dearest(candidates))
  }

  private func dearest(_ candidates: borrowing DeploymentCandidates) -> Int64 {
    guard weights.cost > 0 else { return 0 }
    var dearest: Int64 = 0
    for number in 0..<candidates.count where candidates.isEligible(number) {
      dearest = max(dearest, candidates.expectedCost(number))
    }
    return dearest
  }

  private func sum(
    _ number: Int, _ candidates: borrowing DeploymentCandidates, _ dearest: Int64
  ) -> Double {
    var sum = weights.load * max(0, 1 - candidates.load(number))
    sum += weights.nearness * max(0, 1 - candidates.roundTripSeconds(number) / Self.farSeconds)
    if dearest > 0 {
      sum += weights.cost * (1 - Double(candidates.expectedCost(number)) / Double(dearest))
    }
    let limit = candidates.request.timeToFirstTokenLimit
    if weights.headroom > 0, limit != .max {
      let measured = candidates.measuredLatency(number)?.nanoseconds ?? 0
      sum += weights.headroom * max(0, 1 - Double(measured) / Double(limit))
    }
    if candidates.cachedTokens(number) > 0 { sum += weights.cache }
    return sum
  }
}
