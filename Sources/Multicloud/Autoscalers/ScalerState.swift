import Money
import ServingEngine
import SimulationKernel

/// An autoscaler while its world is simulated.
struct ScalerState: Sendable {
  let group: ScalingGroup
  var policy: any Autoscaler
  /// Samples the policy has not seen yet, in order of time.
  var samples: [(pool: Int, sample: PoolSample)] = []
  var seen = 0
  var scrapedAt: Int64 = 0

  init(_ group: ScalingGroup, _ world: World) {
    self.group = group
    guard let type = PolicyRegistry.autoscaler(named: group.settings.policy) else {
      preconditionFailure("unknown autoscaler \(group.settings.policy)")
    }
    let isOfUnits = group.pools.contains { $0 >= world.pools.count }
    precondition(
      !isOfUnits || type.scalesUnits && group.pools.count == 1,
      "\(group.settings.policy) cannot look after the units of an endpoint")
    readsFirstTokens = type.reads.contains(.firstTokenLimit)
    policy = type.init(group.settings, pools: group.pools.map { world.scaledPool($0) })
  }

  /// Whether the policy needs to know of every first token whether it was in time.
  let readsFirstTokens: Bool

  /// Shows the policy what was read long enough ago.
  mutating func show(at now: Int64) {
    while seen < samples.count,
      samples[seen].sample.time.nanoseconds + group.settings.scrapeDelay.nanoseconds <= now
    {
      policy.observe(samples[seen].sample, of: samples[seen].pool)
      seen += 1
    }
    if seen == samples.count {
      samples.removeAll(keepingCapacity: true)
      seen = 0
    } else if seen > 1024 {
      samples.removeFirst(seen)
      seen = 0
    }
  }
}

extension World {
  /// What an autoscaler knows of an elastic pool; or of an elastic endpoint, whose replicas are increments.
  func scaledPool(_ id: Int) -> ScaledPool {
    if let endpoint = endpoint(ofDeployment: id) { return scaledUnits(endpoint) }
    let pool = pools[id]
    guard let elastic = pool.elastic else {
      preconditionFailure("an autoscaler looks after elastic pools")
    }
    let machines = billing?.machines[id]
    let hourly = machines.map { $0.hourly.picodollars / Int128($0.replicasPerInstance) } ?? 0
    return ScaledPool(
      minimum: elastic.minimum, maximum: elastic.maximum, initial: pool.replicas,
      slotsPerReplica: pool.scheduler.maxSequences,
      acceleratorsPerReplica: pool.acceleratorsPerReplica,
      picodollarsPerReplicaHour: Int64(clamping: hourly), market: elastic.markets.first ?? -1)
  }

  private func scaledUnits(_ endpoint: Endpoint) -> ScaledPool {
    guard let elastic = endpoint.elastic else {
      preconditionFailure("an autoscaler looks after elastic endpoints")
    }
    let increment = elastic.increment
    return ScaledPool(
      minimum: elastic.minimum / increment, maximum: elastic.maximum / increment,
      initial: endpoint.units / increment, slotsPerReplica: 1, acceleratorsPerReplica: increment,
      picodollarsPerReplicaHour: Int64(
        clamping: Int128(increment) * Int128(endpoint.picodollarsPerUnitHour)),
      market: elastic.market ?? -1)
  }
}
