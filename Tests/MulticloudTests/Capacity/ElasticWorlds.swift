import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Small worlds whose first pool is elastic.
struct ElasticWorlds {
  var small = SmallWorlds()
  var elastic = ElasticPool(minimum: 1, maximum: 10)
  var markets: [Market] = []
  var settings: AutoscalerSettings?
  var retry = RetryPolicy(attempts: 1)
  /// Whether the gateway has rules, so that a failed attempt may be tried again.
  var isControlled = false

  var world: World {
    var world = small.world
    world.pools[0].elastic = elastic
    world.markets = markets
    if let settings { world.scaling = [ScalingGroup(settings: settings, pools: [0])] }
    if isControlled { world.gateway.retry = retry }
    return world
  }

  func run() throws -> (result: SimulationResult, keeper: CapacityKeeper) {
    let keeper = CapacityKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    return (result, keeper)
  }

  /// A market that gives levels from times on.
  static func market(
    _ kind: Market.Kind, _ steps: [(Int64, Int)], quota: Int? = nil, notice: Int64 = 0
  ) -> Market {
    Market(
      name: "market", region: 0, kind: kind,
      supply: .recorded(
        RecordedAvailability(
          starts: steps.map { .seconds($0.0) }, levels: steps.map(\.1), length: .seconds(1 << 30))),
      quota: quota, notice: .seconds(notice))
  }
}

/// Keeps requests, minutes and changes of capacity.
final class CapacityKeeper: Recorder {
  private(set) var requests: [RequestRecord] = []
  private(set) var minutes: [PoolMinute] = []
  private(set) var events: [CapacityEvent] = []
  let wantsRequests = true
  let wantsPoolMinutes = true
  let wantsCapacity = true
  let hasFailed = false

  func record(_ request: borrowing RequestRecord) { requests.append(copy request) }
  func record(_ minute: borrowing PoolMinute) { minutes.append(copy minute) }
  func record(_ event: borrowing CapacityEvent) { events.append(copy event) }

  func times(_ kind: CapacityEvent.Kind) -> [Double] {
    events.filter { $0.kind == kind }.map { Double($0.time) / 1e9 }
  }
}
