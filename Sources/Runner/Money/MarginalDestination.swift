import Money
import Multicloud
import SimulationKernel

/// Where the next request of a workload costs least once the contract is reckoned in.
public struct MarginalDestination: Hashable, Sendable {
  /// Id of the workload.
  public var workload: Int
  /// Id of the deployment.
  public var deployment: Int
  /// Effective picodollars of a million tokens in the workload's own mix.
  public var perMillion: Money
  /// Contracted picodollars of the same.
  public var contractedPerMillion: Money

  /// The destinations of all workloads that call a model.
  ///
  /// Capacity that is paid for costs nothing more while its mean load is below the gateway's threshold
  /// and it turned nobody away; the price of tokens after discount is sunk with the probability that
  /// the commitment it draws down falls short.
  static func all(_ world: World, _ result: SimulationResult, _ bill: Bill) -> [MarginalDestination]
  {
    guard let billing = world.billing else { return [] }
    return world.workloads.indices.compactMap { id in
      let demand = world.workloads[id]
      let s = result.workloads[id]
      guard demand.chain == nil, s.promptTokens + s.outputTokens > 0 else { return nil }
      let models = [demand.model] + demand.alternatives
      var best: MarginalDestination?
      for deployment in 0..<world.deploymentCount {
        guard models.contains(world.model(ofDeployment: deployment)),
          world.isInside(demand.residency, deployment: deployment),
          let contracted = contracted(world, billing, result, deployment, s)
        else { continue }
        var sunk = 0.0
        for commitment in bill.commitments
        where commitment.ledger.covers(
          account: billing.accountOfDeployment[deployment], kind: .tokens)
        {
          sunk = max(sunk, commitment.probabilityOfShortfall)
        }
        let effective = contracted.share(millionths: Int64(((1 - sunk) * 1e6).rounded()))
        if best == nil || effective < best!.perMillion {
          best = MarginalDestination(
            workload: id, deployment: deployment, perMillion: effective,
            contractedPerMillion: contracted)
        }
      }
      return best
    }
  }

  /// Contracted price of a million tokens; `nil` where paid capacity is full.
  private static func contracted(
    _ world: World, _ billing: Billing, _ result: SimulationResult, _ deployment: Int,
    _ s: WorkloadStatistics
  ) -> Money? {
    let price = world.price(ofDeployment: deployment)
    if price == TokenPrice() {
      return isFull(world, result, deployment) ? nil : .zero
    }
    let list =
      Int128(s.promptTokens) * Int128(price.input) + Int128(s.outputTokens) * Int128(price.output)
    let tokens = s.promptTokens + s.outputTokens
    let discount = billing.contracts.accounts[billing.accountOfDeployment[deployment]]
      .discountMillionths[Int(ChargeKind.tokens.rawValue)]
    return Money(picodollars: list).prorated(1_000_000, over: tokens)
      .share(millionths: 1_000_000 - discount)
  }

  private static func isFull(
    _ world: World, _ result: SimulationResult, _ deployment: Int
  ) -> Bool {
    let slots = Double(world.slots(ofDeployment: deployment))
    let seconds = (result.end - result.measuredFrom).seconds
    if deployment < result.deployments.count {
      let s = result.deployments[deployment]
      if s.measured.refusedTotal > 0 { return true }
      return Double(s.inFlightIntegral) / 1e9 / max(seconds, 1e-9)
        >= world.gateway.preferenceLoad * slots
    }
    let work = result.pools[deployment].work
    return Double(work.runningIntegral + work.waitingIntegral) / 1e9 / max(seconds, 1e-9)
      >= world.gateway.preferenceLoad * slots
  }
}
