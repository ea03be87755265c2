/// A deployment at random with the deployments' weights.
struct WeightedDeployment: DeploymentRouter {
  static let name = "weighted"

  init(_ gateway: Gateway) {}

  func choose(_ candidates: borrowing DeploymentCandidates, draws: PolicyDraws) -> Int {
    candidates.weighted(draws.pair().0)
  }

  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    -candidates[number].weight
  }
}
