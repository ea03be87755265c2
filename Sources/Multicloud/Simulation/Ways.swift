import ServingEngine
import SimulationKernel
import Workload

/// The ways from origins to pools, resolved once before a run.
struct Ways {
  /// By workload × origins + origin; `nil` where the workload has no clients at the origin.
  var routes: [PoolCandidates.Route?] = []
  /// From origin to gateway, nanoseconds one way; 0 where the gateway is at the client's edge.
  var toGateway: [Int64]
  /// From gateway to pool by origin × pools + pool.
  var toPool: [Int64] = []

  init(_ world: World) {
    let regions = world.regions.count
    let network = world.network
    toGateway = world.origins.indices.map { origin in
      network.ingress.map { network.originToRegion[origin * regions + $0].nanoseconds } ?? 0
    }
    for origin in world.origins.indices {
      for pool in world.pools {
        let delay =
          network.ingress.map { network.regionToRegion[$0 * regions + pool.region] }
          ?? network.originToRegion[origin * regions + pool.region]
        toPool.append(delay.nanoseconds)
      }
    }
    for workload in world.workloads {
      let used = Set(workload.spec.origins.map(\.origin))
      for origin in world.origins.indices {
        guard used.contains(origin) else {
          routes.append(nil)
          continue
        }
        routes.append(Self.route(world, workload, origin, toPool: toPool))
      }
    }
  }

  private static func route(
    _ world: World, _ workload: World.Demand, _ origin: Int, toPool: [Int64]
  ) -> PoolCandidates.Route {
    var candidates: [PoolCandidates.Candidate] = []
    for (id, pool) in world.pools.enumerated()
    where pool.model == workload.model && pool.replicas > 0 {
      let rank = workload.preferredRegions.firstIndex(of: pool.region)
      candidates.append(
        PoolCandidates.Candidate(
          pool: id,
          oneWay: Duration(nanoseconds: toPool[origin * world.pools.count + id]),
          rank: rank ?? workload.preferredRegions.count,
          weight: pool.weight,
          slots: pool.replicas * pool.scheduler.maxSequences,
          replicas: pool.replicas))
    }
    precondition(!candidates.isEmpty, "no pool serves the model of workload \(workload.spec.name)")
    return PoolCandidates.Route(candidates)
  }
}
