import SimulationKernel

/// The cheapest deployment among models whose quality is within a band of the best.
///
/// The expected cost is that of the prompt, with the part the provider has cached at its price, and of
/// the expected output. Equal costs go to the less loaded. A band of 0 takes the best model only, of 1
/// the cheapest whatever it is. Source: the bands of Azure's model router (1 to 2 % balanced, 5 to 6 %
/// cost), Microsoft documentation, 2026-05.
struct CostBandDeployment: DeploymentRouter {
  static let name = "cost-band"

  private let band: Double

  init(_ gateway: Gateway) { band = gateway.qualityBand }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    let floor = qualityFloor(candidates)
    var best = -1
    var bestCost = Int64.max
    var bestLoad = Double.infinity
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number), candidates[number].quality >= floor else { continue }
      let cost = candidates.expectedCost(number)
      let load = candidates.load(number)
      if best < 0 || cost < bestCost || (cost == bestCost && load < bestLoad) {
        (best, bestCost, bestLoad) = (number, cost, load)
      }
    }
    return best
  }

  /// Expected microdollars; infinite outside the band.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates[number].quality >= qualityFloor(candidates)
      ? Double(candidates.expectedCost(number)) / 1e6 : .infinity
  }

  private func qualityFloor(_ candidates: borrowing DeploymentCandidates) -> Double {
    var best = 0.0
    for number in 0..<candidates.count where candidates.isEligible(number) {
      best = max(best, candidates[number].quality)
    }
    return best * (1 - band)
  }
}
