import SimulationKernel

/// The deployment whose next dollar costs least once the contract is reckoned in.
///
/// A dollar that draws a commitment down is lost anyway where the commitment would not be met: it is
/// sunk with the probability of a shortfall. So a charge costs `price × (1 − P(shortfall))`, where P is
/// that of the commitment it draws down, forecast every minute from what was spent so far. Capacity paid
/// for by the hour costs nothing more until it is full: up to a load, and while its measured time to
/// first token is within the request's target. Models are held to a band of quality as in `cost-band`.
///
/// Of equal costs the lower list price wins, then the nearer deployment. This is our own rule; the drawdown it reckons with is that of
/// Microsoft's consumption commitments (BillingBenefits API, 2025) and AWS's discount programmes.
struct ContractAwareDeployment: DeploymentRouter {
  static let name = "contract-aware"

  private let band: Double
  private let fullLoad: Double

  init(_ gateway: Gateway) {
    band = gateway.qualityBand
    fullLoad = gateway.preferenceLoad
  }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    let floor = qualityFloor(candidates)
    var best = -1
    var bestCost = Double.infinity
    var bestPrice = Int64.max
    for place in 0..<candidates.count {
      let number = candidates.byDistance(place)
      guard candidates.isEligible(number), candidates.quality(number) >= floor else { continue }
      let cost = effectiveMicrodollars(number, of: candidates)
      let price = candidates.expectedCost(number)
      if best < 0 || cost < bestCost || (cost == bestCost && price < bestPrice) {
        (best, bestCost, bestPrice) = (number, cost, price)
      }
    }
    return best
  }

  /// Effective microdollars; infinite outside the band of quality.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates.quality(number) >= qualityFloor(candidates)
      ? effectiveMicrodollars(number, of: candidates) : .infinity
  }

  private func effectiveMicrodollars(
    _ number: Int, of candidates: borrowing DeploymentCandidates
  ) -> Double {
    let cost = candidates.expectedCost(number)
    if cost == 0, isFull(number, of: candidates) { return .infinity }
    return Double(cost) / 1e6 * (1 - candidates.savedShare(number))
  }

  /// Whether capacity that is paid for has no more to give within the target.
  private func isFull(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Bool {
    if candidates.load(number) >= fullLoad { return true }
    guard let latency = candidates.measuredLatency(number) else { return false }
    return latency.nanoseconds > candidates.request.timeToFirstTokenLimit
  }

  private func qualityFloor(_ candidates: borrowing DeploymentCandidates) -> Double {
    var best = 0.0
    for number in 0..<candidates.count where candidates.isEligible(number) {
      best = max(best, candidates.quality(number))
    }
    return best * (1 - band)
  }
}
