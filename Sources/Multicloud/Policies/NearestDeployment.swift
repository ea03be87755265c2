/// The deployment with the shortest way from the client, the first by id among equals.
struct NearestDeployment: DeploymentRouter {
  static let name = "nearest"

  init(_ gateway: Gateway) {}

  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates.roundTripSeconds(number)
  }
}
