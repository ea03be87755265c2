/// Throughput that is paid for anyway comes first: the least loaded provisioned deployment or pool
/// that is below its slots, and pay as you go only when all of them are full.
///
/// What a provisioned endpoint refuses may still spill over to its own pay-as-you-go endpoint, at
/// the provider. Source: Azure's spillover documentation, 2026-05; litellm issue #2028.
struct ProvisionedFirstDeployment: DeploymentRouter {
  static let name = "provisioned-first"

  init(_ gateway: Gateway) {}

  /// The load where it is paid for and not full; 1 and the load for pay as you go; 2 and the load
  /// for what is full.
  func score(_ number: Int, of candidates: borrowing DeploymentCandidates) -> Double {
    let load = candidates.load(number)
    let candidate = candidates[number]
    let isPaidFor = candidate.isProvisioned || candidate.price == TokenPrice()
    if load >= 1 { return 2 + load }
    return isPaidFor ? load : 1 + load
  }
}
