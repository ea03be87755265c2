import SimulationKernel

/// What the long way through the gateway looks up, worked out once before a run.
struct GatewayControl {
  let prices: [TokenPrice]
  let slots: [Int]
  let models: [Int32]
  /// Requests that all deployments of a model can run at once, by model.
  let slotsOfModel: [Int]
  /// By workload × deployments + deployment.
  let verdicts: [Eligibility]
  let isInside: [Bool]
  let lineages: [[Int]]
  /// By tenant; empty where nobody has a budget.
  let budgets: [BudgetState]
  /// By workload.
  let tenantQuotas: QuotaLists
  let breakers: [CircuitBreaker]
  let breakerOfDeployment: [Int32]
  /// By workload and conversation.
  let conversations: [[Conversation]]

  init(_ world: World) {
    let ids = 0..<world.deploymentCount
    prices = ids.map(world.price(ofDeployment:))
    slots = ids.map(world.slots(ofDeployment:))
    models = ids.map { Int32(world.model(ofDeployment: $0)) }
    var slotsOfModel = [Int](repeating: 0, count: world.models.count)
    for id in ids {
      slotsOfModel[world.model(ofDeployment: id)] += world.slots(ofDeployment: id)
    }
    self.slotsOfModel = slotsOfModel
    verdicts = world.workloads.flatMap { workload in
      ids.map { workload.verdict(of: $0, in: world) }
    }
    isInside = world.workloads.flatMap { workload in
      ids.map { world.isInside(workload.residency, deployment: $0) }
    }
    let lineages = world.tenants.indices.map(world.lineage(ofTenant:))
    self.lineages = lineages
    budgets =
      world.tenants.contains { $0.budget != nil }
      ? world.tenants.map { BudgetState($0.budget) } : []
    tenantQuotas = QuotaLists(
      world.workloads.map { workload in
        workload.tenant < 0 ? [] : lineages[workload.tenant].flatMap { world.tenants[$0].quotas }
      })
    conversations = world.workloads.map { workload in
      [Conversation](repeating: Conversation(), count: workload.promptCache?.conversations ?? 0)
    }
    (breakers, breakerOfDeployment) = Self.breakers(world)
  }

  private static func breakers(_ world: World) -> ([CircuitBreaker], [Int32]) {
    guard let settings = world.gateway.breaker else {
      return ([], [Int32](repeating: -1, count: world.deploymentCount))
    }
    /// What shares a breaker, as (kind, id).
    func key(_ id: Int) -> [Int] {
      let cloud = world.regions[world.region(ofDeployment: id)].cloud
      switch world.gateway.breakerScope {
      case .deployment: return [0, id]
      case .account:
        let account = world.account(ofDeployment: id)
        return account >= 0 ? [1, account] : [2, cloud]
      case .provider:
        return world.endpoint(ofDeployment: id).map { [3, $0.provider] } ?? [2, cloud]
      }
    }
    var keys: [[Int]] = []
    let places = (0..<world.deploymentCount).map { id -> Int32 in
      let key = key(id)
      if let known = keys.firstIndex(of: key) { return Int32(known) }
      keys.append(key)
      return Int32(keys.count - 1)
    }
    return (keys.map { _ in CircuitBreaker(settings) }, places)
  }
}
