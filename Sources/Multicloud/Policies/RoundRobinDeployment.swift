/// The eligible deployments in turn.
///
/// The turn is kept for the gateway as a whole: the next candidate after the last one chosen, by
/// deployment id.
struct RoundRobinDeployment: DeploymentRouter {
  static let name = "round-robin"

  private var last = -1

  init(_ gateway: Gateway) {}

  mutating func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    var first = -1
    for number in 0..<candidates.count where candidates.isEligible(number) {
      if first < 0 { first = number }
      if candidates[number].deployment > last {
        last = candidates[number].deployment
        return number
      }
    }
    last = candidates[first].deployment
    return first
  }

  /// How many deployments come before it in turn.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    let deployment = candidates[number].deployment
    return Double(deployment > last ? deployment - last : deployment + 1_000_000 - last)
  }
}
