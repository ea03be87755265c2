import SimulationKernel

/// The deployment with the least load per slot plus a penalty for distance, the nearest among
/// equals.
struct LeastLoadedDeployment: DeploymentRouter {
  static let name = "least-loaded"

  private let penaltyPerSecond: Double

  init(_ gateway: Gateway) { penaltyPerSecond = gateway.roundTripPenaltyPerSecond }

  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    candidates.load(number) + penaltyPerSecond * candidates.roundTripSeconds(number)
  }
}
