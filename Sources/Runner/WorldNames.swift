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

  func poolNames(_ pool: Pool) -> PoolsMinuteTable.PoolNames {
    let region = regions[pool.region]
    return PoolsMinuteTable.PoolNames(
      cloud: clouds[region.cloud].name, region: region.name, pool: pool.name,
      accelerator: pool.accelerator, model: models[pool.model])
  }
}

extension RequestRecord.Reason {
  /// The word in tables, such as `queue_full`.
  public var word: String {
    switch self {
    case .none: ""
    case .queueFull: "queue_full"
    case .contextTooLong: "context_too_long"
    case .impatience: "impatience"
    }
  }
}
