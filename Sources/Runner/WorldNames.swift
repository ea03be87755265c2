import Multicloud
import Tables
import Workload

/// Names of a world's entities as the tables print them.
extension World {
  /// Names of the workloads, by id.
  public var workloadNames: [String] { workloads.map(\.spec.name) }

  /// `cloud/region` of a region.
  public func regionName(_ id: Int) -> String {
    "\(clouds[regions[id].cloud].name)/\(regions[id].name)"
  }

  /// `cloud/region/pool` of a pool.
  public func poolName(_ id: Int) -> String {
    "\(regionName(pools[id].region))/\(pools[id].name)"
  }

  /// `cloud/region/name` of a pool or an endpoint.
  public func deploymentName(_ id: Int) -> String {
    "\(regionName(region(ofDeployment: id)))/"
      + (endpoint(ofDeployment: id)?.name ?? pools[id].name)
  }

  /// `cloud/region/name` of every deployment, by id.
  public var deploymentNames: [String] { (0..<deploymentCount).map(deploymentName) }

  /// Tenant, and project with identity, of every workload.
  var tenantNames: [(tenant: String, project: String)] {
    workloads.map { workload in
      guard workload.tenant >= 0 else { return ("", "") }
      let parts = tenants[workload.tenant].name.split(separator: "/", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// The model that served a request, or that it asked for.
  func servedModel(_ request: borrowing RequestRecord) -> Int {
    request.deployment >= 0
      ? model(ofDeployment: Int(request.deployment))
      : workloads[Int(request.workload)].model
  }

  /// Columns of names of `deployments_minute.csv`, by deployment.
  var deploymentMinuteNames: [[String]] {
    let ids = 0..<deploymentCount
    return [
      ids.map { clouds[regions[region(ofDeployment: $0)].cloud].name },
      ids.map { regions[region(ofDeployment: $0)].name },
      ids.map { endpoint(ofDeployment: $0)?.name ?? pools[$0].name },
      ids.map { endpoint(ofDeployment: $0)?.kind.word ?? "pool" },
      ids.map { endpoint(ofDeployment: $0).map { providers[$0.provider] } ?? "" },
      ids.map { account(ofDeployment: $0) < 0 ? "" : accounts[account(ofDeployment: $0)] },
      ids.map { endpoint(ofDeployment: $0)?.type ?? pools[$0].accelerator },
      ids.map { models[model(ofDeployment: $0)] },
    ]
  }

  func poolNames(_ pool: Pool) -> PoolsMinuteTable.PoolNames {
    let region = regions[pool.region]
    return PoolsMinuteTable.PoolNames(
      cloud: clouds[region.cloud].name, region: region.name, pool: pool.name,
      accelerator: pool.accelerator, model: models[pool.model])
  }
}

extension Endpoint.Kind {
  /// The word in tables.
  public var word: String {
    switch self {
    case .standard: "standard"
    case .provisioned: "provisioned"
    case .batch: "batch"
    case .priority: "priority"
    case .flex: "flex"
    }
  }
}

extension Chain.Timed.Kind {
  /// The word in tables.
  var word: String {
    switch self {
    case .storage: "storage"
    case .retrieval: "retrieval"
    case .app: "app"
    }
  }
}

extension RequestRecord.Status {
  /// The word in tables.
  var word: String {
    switch self {
    case .completed: "completed"
    case .rejected: "rejected"
    case .cancelled: "cancelled"
    case .failed: "failed"
    case .inFlight: "in_flight"
    }
  }
}

extension QuotaRule {
  /// The word in tables.
  public var word: String {
    switch self {
    case .fixedMinuteTokens: "fixed-minute"
    case .slicedRequests: "sliced-requests"
    case .provisionedBucket: "provisioned"
    case .reserveAndSettle: "reserve-and-settle"
    case .windowBurndown: "window-burndown"
    case .separateTokens: "separate-tokens"
    case .periodTotal: "period-total"
    case .priorityRamp: "priority-ramp"
    case .tokenBucket: "token-bucket"
    }
  }

  /// Unit of its limit.
  public var unit: String {
    switch self {
    case .slicedRequests: "requests"
    case .tokenBucket(let rule): rule.unit == .requests ? "requests" : "tokens"
    default: "tokens"
    }
  }
}
