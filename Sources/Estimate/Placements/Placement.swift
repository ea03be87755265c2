import Multicloud

/// A choice of capacity: how many replicas every pool has and how many units every endpoint.
public struct Placement: Hashable, Sendable {
  /// Replicas, by pool.
  public var replicas: [Int]
  /// Provisioned units, by endpoint; 0 where none are bought.
  public var units: [Int]

  /// The placement a world has.
  public init(_ world: World) {
    replicas = world.pools.map(\.replicas)
    units = world.endpoints.map(\.units)
  }
}

extension World {
  /// The world with another placement: replicas, units and the machines they need.
  public func placed(_ placement: Placement) -> World {
    precondition(
      placement.replicas.count == pools.count && placement.units.count == endpoints.count,
      "a placement has a number for every pool and endpoint")
    var world = self
    for id in pools.indices {
      let before = pools[id].replicas
      let now = placement.replicas[id]
      world.pools[id].replicas = now
      guard now != before, var machines = world.billing?.machines[id] else { continue }
      // Whole instances: as many replicas on one as before.
      let perInstance = max(
        1, Double(before) / Double(max(1, machines.instances)))
      machines.instances = Int((Double(now) / perInstance).rounded(.up))
      world.billing?.machines[id] = machines
    }
    for id in endpoints.indices where placement.units[id] != endpoints[id].units {
      world.endpoints[id].units = placement.units[id]
      for quota in endpoints[id].quotas {
        if case .provisionedBucket(var rule) = world.quotas[quota].rule {
          rule.units = Int64(placement.units[id])
          world.quotas[quota].rule = .provisionedBucket(rule)
        }
      }
    }
    return world
  }
}
