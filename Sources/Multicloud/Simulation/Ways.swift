import ServingEngine
import SimulationKernel
import Workload

/// The ways from origins to deployments, resolved once before a run.
struct Ways {
  /// By workload × origins + origin; `nil` where the workload has no clients at the origin or no
  /// deployment may serve it.
  var routes: [DeploymentCandidates.Route?] = []
  /// From origin to gateway, nanoseconds one way; 0 where the gateway is at the client's edge.
  var toGateway: [Int64]
  /// From gateway to deployment by origin × deployments + deployment.
  var toDeployment: [Int64] = []

  init(_ world: World) {
    let regions = world.regions.count
    let network = world.network
    toGateway = world.origins.indices.map { origin in
      network.ingress.map { network.originToRegion[origin * regions + $0].nanoseconds } ?? 0
    }
    for origin in world.origins.indices {
      for id in 0..<world.deploymentCount {
        let region = world.region(ofDeployment: id)
        let delay =
          network.ingress.map { network.regionToRegion[$0 * regions + region] }
          ?? network.originToRegion[origin * regions + region]
        toDeployment.append(delay.nanoseconds)
      }
    }
    for workload in world.workloads {
      let used = Set(workload.spec.origins.map(\.origin))
      for origin in world.origins.indices {
        guard used.contains(origin) else {
          routes.append(nil)
          continue
        }
        routes.append(Self.route(world, workload, origin, toDeployment: toDeployment))
      }
    }
  }

  private static func route(
    _ world: World, _ workload: World.Demand, _ origin: Int, toDeployment: [Int64]
  ) -> DeploymentCandidates.Route? {
    var candidates: [DeploymentCandidates.Candidate] = []
    for id in 0..<world.deploymentCount {
      guard workload.verdict(of: id, in: world) == .eligible,
        let modelRank = workload.models.firstIndex(of: world.model(ofDeployment: id))
      else { continue }
      let region = world.region(ofDeployment: id)
      let rank = workload.preferredRegions.firstIndex(of: region)
      let endpoint = world.endpoint(ofDeployment: id)
      candidates.append(
        DeploymentCandidates.Candidate(
          deployment: id,
          oneWay: Duration(nanoseconds: toDeployment[origin * world.deploymentCount + id]),
          rank: rank ?? workload.preferredRegions.count,
          weight: endpoint?.weight ?? world.pools[id].weight,
          slots: world.slots(ofDeployment: id),
          replicas: endpoint == nil ? world.pools[id].replicas : 1,
          modelRank: modelRank, order: endpoint?.order ?? world.pools[id].order,
          quality: world.modelQuality.isEmpty
            ? 0 : world.modelQuality[world.model(ofDeployment: id)],
          isProvisioned: endpoint?.kind == .provisioned,
          contextTokens: world.contextTokens(ofDeployment: id),
          price: world.price(ofDeployment: id)))
    }
    if candidates.isEmpty { return nil }
    setTiers(&candidates, world.gateway)
    return DeploymentCandidates.Route(candidates)
  }

  /// Numbers the steps of failover: by model and then by order, or the other way round. Policies that
  /// weigh models against each other see all models at once.
  private static func setTiers(
    _ candidates: inout [DeploymentCandidates.Candidate], _ gateway: Gateway
  ) {
    func key(_ candidate: DeploymentCandidates.Candidate) -> [Int] {
      guard gateway.failsOver, !gateway.weighsModels else { return [candidate.order] }
      return gateway.exhaustsModelFirst
        ? [candidate.modelRank, candidate.order] : [candidate.order, candidate.modelRank]
    }
    let keys = candidates.map(key).sorted { $0.lexicographicallyPrecedes($1) }
    var steps: [[Int]] = []
    for key in keys where steps.last != key { steps.append(key) }
    for i in candidates.indices {
      candidates[i].tier = steps.firstIndex(of: key(candidates[i])) ?? 0
    }
  }
}

extension Gateway {
  /// Whether the policy chooses among models itself.
  var weighsModels: Bool {
    policy == ContractAwareDeployment.name || policy == CostBandDeployment.name
      || policy == LatencyBandDeployment.name
      || policy == ScoredDeployment.name
  }
}

/// Whether a deployment may serve a workload, whatever happens in a run.
public enum Eligibility: UInt8, CaseIterable, Hashable, Sendable {
  /// It may.
  case eligible
  /// It serves none of the workload's models.
  case model
  /// It may process data where the workload's must not be.
  case residency
  /// It takes no requests: a pool without replicas, the target of a spillover alone.
  case closed
  /// The request is longer than its context.
  case context
  /// It is left alone after failures.
  case coolingDown
  /// Its probes fail.
  case unhealthy
  /// It has failed this request already.
  case tried
  /// Its turn in the order of failover has not come, or is over.
  case order

  /// The word in tables, such as `cooling_down`.
  public var word: String {
    switch self {
    case .eligible: "eligible"
    case .model: "model"
    case .residency: "residency"
    case .closed: "closed"
    case .context: "context"
    case .coolingDown: "cooling_down"
    case .unhealthy: "unhealthy"
    case .tried: "tried"
    case .order: "order"
    }
  }
}

extension World.Demand {
  /// All models that may serve it, in order of preference; ids.
  public var models: [Int] { [model] + alternatives }

  /// Whether a deployment may serve it, whatever happens in a run.
  public func verdict(of deployment: Int, in world: World) -> Eligibility {
    guard models.contains(world.model(ofDeployment: deployment)) else { return .model }
    guard world.isInside(residency, deployment: deployment) else { return .residency }
    guard world.isOpen(deployment) else { return .closed }
    return .eligible
  }
}
