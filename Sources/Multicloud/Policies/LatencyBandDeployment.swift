import SimulationKernel

/// A deployment at random among those whose measured time to first token is within a band of the
/// fastest.
///
/// One that was not measured in the last window counts as fastest, so that it is measured again.
/// Source: latency-based routing of litellm (random among at most lowest × (1 + buffer)), 2026-08.
struct LatencyBandDeployment: DeploymentRouter {
  static let name = "latency-band"

  private let band: Double

  init(_ gateway: Gateway) { band = gateway.latencyBand }

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var fastest = Double.infinity
    for number in 0..<candidates.count where candidates.isEligible(number) {
      fastest = min(fastest, score(number, of: candidates))
    }
    let limit = fastest * (1 + band)
    var inside = 0
    for number in 0..<candidates.count
    where candidates.isEligible(number) && score(number, of: candidates) <= limit {
      inside += 1
    }
    var left = PolicyDraws.below(inside, draws.pair().0)
    for number in 0..<candidates.count
    where candidates.isEligible(number) && score(number, of: candidates) <= limit {
      if left == 0 { return number }
      left -= 1
    }
    preconditionFailure("the fastest is inside its own band")
  }

  /// Measured milliseconds to the first token at the client; 0 where not measured.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    Double(candidates.measuredLatency(number)?.nanoseconds ?? 0) / 1e6
  }
}
