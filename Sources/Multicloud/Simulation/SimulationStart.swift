import ServingEngine
import SimulationKernel
import Workload

/// Where a later part of a run begins: the time, and the demand from then on.
public struct SimulationStart: Sendable {
  /// When it begins, from the start of the whole run; whole minutes.
  public let time: SimTime
  /// The warm-up of the whole run.
  let countedFrom: Duration
  let demand: DemandStream
}

/// Goes through a run's demand without playing it, and stops where parts of it begin.
///
/// A part then sees the very requests of the whole run: same times, same indices, so the same lengths. What is
/// passed over costs the making of its requests, some tens of nanoseconds each.
public struct DemandWalk: Sendable {
  private var stream: DemandStream
  private var time = SimTime.zero
  private let countedFrom: Duration

  /// Begins at the start of a world's run.
  ///
  /// - Throws: ``WorkloadError`` where a workload cannot be generated.
  /// - Precondition: no workload is a closed loop, whose requests depend on answers.
  public init(_ world: World) throws(WorkloadError) {
    precondition(
      !world.workloads.contains(where: \.spec.isClosedLoop), "a closed loop waits for its answers")
    stream = try DemandParts(world).stream
    countedFrom = world.warmup
  }

  /// Goes on to a time and says what a part that begins there needs.
  ///
  /// - Complexity: O(requests passed over).
  /// - Precondition: times do not go back; they are whole minutes, as ticks are.
  public mutating func start(at time: SimTime) -> SimulationStart {
    precondition(time >= self.time, "a walk goes forward")
    precondition(
      time.nanoseconds % Simulation.minute == 0, "a part of a run begins on a whole minute")
    while stream.nextTime < time { _ = stream.pull() }
    self.time = time
    return SimulationStart(time: time, countedFrom: countedFrom, demand: stream)
  }
}

extension World {
  /// Why a run of this world cannot be cut into slices that are played apart; `nil` where it can.
  public var sliceProblem: String? {
    for workload in workloads where workload.spec.isClosedLoop {
      let what = workload.spec.sessions == nil ? "is a closed loop" : "has sessions"
      return "workload '\(workload.spec.name)' \(what): its requests depend on earlier "
        + "answers, so a later slice cannot know them"
    }
    for pool in pools where pool.scheduler.prefixCache {
      return "pool '\(pool.name)' keeps a prefix cache: a later slice cannot know what is in it"
    }
    for tenant in tenants where tenant.budget != nil {
      return "tenant '\(tenant.name)' has a budget: a later slice cannot know what is spent of it"
    }
    for workload in workloads where workload.adapters != nil {
      return
        "workload '\(workload.spec.name)' asks for adapters: a later slice cannot know which are loaded"
    }
    for pool in pools where pool.elastic != nil {
      return "pool '\(pool.name)' is elastic: a later slice cannot know how many replicas it has"
    }
    // A slice begins with empty replicas; here one may also begin with copies under way that hold blocks.
    if let problem = disaggregationProblem { return problem + "; play it in one piece" }
    for endpoint in endpoints where endpoint.elastic != nil {
      return
        "endpoint '\(endpoint.name)' has units that change: a later slice cannot know how many it has"
    }
    if gateway.policy == ContractAwareDeployment.name, billing != nil {
      return
        "the gateway routes by what commitments have left: a later slice cannot know it; choose "
        + "another policy, such as cost-band"
    }
    return nil
  }
}
