import ServingEngine

/// Pools and endpoints under one number: whatever a request can be sent to is a deployment. Pools
/// come first, by id, then endpoints.
extension World {
  /// Number of deployments.
  public var deploymentCount: Int { pools.count + endpoints.count }

  /// The endpoint behind a deployment; `nil` for a pool.
  public func endpoint(ofDeployment id: Int) -> Endpoint? {
    id < pools.count ? nil : endpoints[id - pools.count]
  }

  /// Region of a deployment; id.
  public func region(ofDeployment id: Int) -> Int {
    id < pools.count ? pools[id].region : endpoints[id - pools.count].region
  }

  /// Model a deployment serves; id.
  public func model(ofDeployment id: Int) -> Int {
    id < pools.count ? pools[id].model : endpoints[id - pools.count].model
  }

  /// Account of a deployment, -1 where it has none; id.
  public func account(ofDeployment id: Int) -> Int {
    id < pools.count ? pools[id].account : endpoints[id - pools.count].account
  }

  /// Where a deployment processes requests.
  public func scope(ofDeployment id: Int) -> ProcessingScope {
    id < pools.count ? .region(pools[id].region) : endpoints[id - pools.count].scope
  }

  /// Price of a token at a deployment.
  public func price(ofDeployment id: Int) -> TokenPrice {
    id < pools.count ? pools[id].price : endpoints[id - pools.count].price
  }

  /// Requests a deployment can run at once, at the start where its capacity changes.
  ///
  /// Where prompts and output are computed apart, those of both pools belong to the one that prefills.
  public func slots(ofDeployment id: Int) -> Int {
    if id < pools.count, pools[id].role != .whole {
      guard let join = pools[id].disaggregation else { return 0 }
      return [pools[id], pools[join.decodePool]].reduce(0) {
        $0 + $1.replicas * $1.scheduler.maxSequences
      }
    }
    return id < pools.count
      ? max(pools[id].replicas, pools[id].elastic == nil ? 0 : 1) * pools[id].scheduler.maxSequences
      : endpoints[id - pools.count].service.concurrency
  }

  /// Longest prompt and output together at a deployment, tokens. A pool's engine is the judge of its
  /// own.
  public func contextTokens(ofDeployment id: Int) -> Int64 {
    id < pools.count
      ? Int64(pools[id].scheduler.maxModelTokens)
      : Int64(endpoints[id - pools.count].contextTokens)
  }

  /// Whether capacity moves: of a pool, of an endpoint, or to a training job.
  public var isElastic: Bool {
    !training.isEmpty || pools.contains { $0.elastic != nil }
      || endpoints.contains { $0.elastic != nil }
  }

  /// Whether a deployment takes requests at all.
  func isOpen(_ id: Int) -> Bool {
    id >= pools.count || pools[id].places > 0 && !pools[id].isDecodeRole
  }

  /// Data zone of every region, -1 where it is in none.
  public var zoneOfRegion: [Int] { regions.map(\.zone) }

  /// Whether a workload's data may be processed at a deployment.
  public func isInside(_ residency: Residency, deployment id: Int) -> Bool {
    residency.contains(scope(ofDeployment: id), zoneOfRegion: zoneOfRegion)
  }

  /// The tenant and all above it, itself first. O(levels).
  public func lineage(ofTenant id: Int) -> [Int] {
    var line: [Int] = []
    var next = id
    while next >= 0 {
      precondition(line.count < 16, "tenants are above each other in a ring")
      line.append(next)
      next = tenants[next].parent ?? -1
    }
    return line
  }

  /// Whether anything but plain routing to pools can happen: quotas, retries, incidents, chains. A
  /// world without it takes the short way through the gateway.
  public var hasGatewayRules: Bool {
    !endpoints.isEmpty || !tenants.isEmpty || !incidents.isEmpty || !failureProcesses.isEmpty
      || gateway.breaker != nil || gateway.health != nil
      || gateway.retry.attempts > 1 || gateway.flow != nil
      || gateway.reservation != nil || gateway.attemptTimeout != nil
      || gateway.policy == ContractAwareDeployment.name
      || pools.contains { $0.order != 0 || $0.price != TokenPrice() }
      || workloads.contains {
        !$0.alternatives.isEmpty || $0.residency != .anywhere || $0.timeout != nil
          || $0.maximumOutputTokens != nil || $0.promptCache != nil || $0.chain != nil
          || $0.clientRetry.attempts > 1
      }
  }
}
