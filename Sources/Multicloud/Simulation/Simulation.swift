import ServingEngine
import SimulationKernel
import Workload

/// Plays a world event by event.
///
/// Three lists hold the future: the next arrival of the demand, pulled lazily; the next boundary of
/// every replica, in a winner tree; and everything else (deliveries over the network, clients
/// that lose patience, ticks) in an event queue. The least of the three, by (time, phase), is next;
/// at equal (time, phase) a replica's boundary comes before an arrival, and an arrival before the
/// queue. That order is the contract that makes runs reproducible.
///
/// Memory is O(requests in flight), whatever the number of requests.
public struct Simulation: ~Copyable {
  let world: World
  let recorder: (any Recorder)?
  let recordsMinutes: Bool
  var fleet: ReplicaFleet
  var boundaries: WinnerTree
  var demand: DemandStream
  var queue: EventQueue
  var pending = PendingEvents()
  // Raw memory for the reason given at WinnerTree: these are touched several times per request.
  let pools: UnsafeMutablePointer<PoolState>
  let workloads: UnsafeMutablePointer<WorkloadState>
  /// Latencies by workload × pools + pool.
  let latencies: UnsafeMutablePointer<LatencyHistograms>
  var records: UnsafeMutablePointer<RequestRecord>
  var recordCapacity: Int
  /// Requests outstanding by pool, as the gateway sees them.
  let gatewayLoads: UnsafeMutablePointer<Int32>
  let gatewayIsStale: Bool
  var gateway: any PoolRouter
  /// By workload × origins + origin.
  let routes: [PoolCandidates.Route?]
  /// By workload × origins + origin, the only pool that serves it; -1 where there is a choice.
  let onlyPool: [Int32]
  let toGateway: [Int64]
  let toPool: [Int64]
  let origins: Int
  let measuredFrom: Int64

  /// The present, nanoseconds.
  public internal(set) var now: Int64 = 0
  /// Events processed so far.
  public internal(set) var events: Int64 = 0
  /// Requests that have arrived so far.
  public internal(set) var requests: Int64 = 0
  var fingerprint = Fingerprint()

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - world: What to simulate.
  ///   - recorder: Who takes down rows; `nil` for nobody.
  /// - Throws: ``WorkloadError`` where a workload cannot be generated.
  /// - Precondition: the world's ids are consistent, its policies are registered, and every
  ///   workload's model is served by a pool; a scenario's diagnostics see to that.
  public init(_ world: World, recorder: (any Recorder)? = nil) throws(WorkloadError) {
    self.world = world
    self.recorder = recorder
    recordsMinutes = recorder?.wantsPoolMinutes == true
    demand = try DemandStream(
      world.workloads.map(\.spec), seed: world.seed, horizon: world.horizon)
    measuredFrom = world.warmup.nanoseconds

    var profiles: [EngineProfile] = []
    var replicaProfiles: [Int] = []
    for pool in world.pools {
      let profile = EngineProfile(settings: pool.scheduler, stepTime: pool.stepTime)
      let index = profiles.firstIndex(of: profile) ?? profiles.count
      if index == profiles.count { profiles.append(profile) }
      replicaProfiles.append(contentsOf: repeatElement(index, count: pool.replicas))
    }
    fleet = ReplicaFleet(
      profiles: profiles, replicaProfiles: replicaProfiles, reportsProgress: false)
    boundaries = WinnerTree(count: replicaProfiles.count)
    queue = EventQueue()

    pools = .allocate(capacity: max(world.pools.count, 1))
    gatewayLoads = .allocate(capacity: max(world.pools.count, 1))
    gatewayLoads.initialize(repeating: 0, count: max(world.pools.count, 1))
    var firstReplica = 0
    for (id, pool) in world.pools.enumerated() {
      guard let router = PolicyRegistry.replicaRouter(named: pool.routing.policy) else {
        preconditionFailure("unknown replica policy \(pool.routing.policy)")
      }
      (pools + id).initialize(to: PoolState(pool, firstReplica: firstReplica, router: router))
      firstReplica += pool.replicas
    }

    guard let router = PolicyRegistry.poolRouter(named: world.gateway.policy) else {
      preconditionFailure("unknown gateway policy \(world.gateway.policy)")
    }
    gateway = router.init(world.gateway)
    gatewayIsStale = world.gateway.staleness > .zero
    origins = world.origins.count
    let ways = Ways(world)
    routes = ways.routes
    onlyPool = ways.routes.map { route in
      guard let route, route.candidates.count == 1 else { return -1 }
      return Int32(route.candidates[0].pool)
    }
    toGateway = ways.toGateway
    toPool = ways.toPool

    workloads = .allocate(capacity: max(world.workloads.count, 1))
    for (id, workload) in world.workloads.enumerated() {
      (workloads + id).initialize(to: WorkloadState(workload, id: id, seed: world.seed))
    }
    let cells = max(world.workloads.count * world.pools.count, 1)
    latencies = .allocate(capacity: cells)
    latencies.initialize(repeating: LatencyHistograms(), count: cells)
    recordCapacity = 1024
    records = .allocate(capacity: recordCapacity)
    records.initialize(repeating: RequestRecord(), count: recordCapacity)
    scheduleTicks()
  }

  deinit {
    pools.deinitialize(count: world.pools.count)
    pools.deallocate()
    workloads.deinitialize(count: world.workloads.count)
    workloads.deallocate()
    records.deallocate()
    latencies.deinitialize(count: max(world.workloads.count * world.pools.count, 1))
    latencies.deallocate()
    gatewayLoads.deallocate()
  }

  private mutating func scheduleTicks() {
    if measuredFrom > 0 { schedule(.warmupEnds, after: measuredFrom, phase: .tick) }
    if recordsMinutes {
      schedule(.minuteEnds, after: Self.minute, phase: .tick)
    }
    if gatewayIsStale { schedule(.gatewayLooks, after: 0, phase: .tick) }
    for (id, pool) in world.pools.enumerated() where pool.routing.staleness > .zero {
      schedule(.poolLooks(id), after: 0, phase: .tick)
    }
  }

  static let minute: Int64 = 60_000_000_000

  @inline(__always)
  mutating func schedule(_ event: PendingEvents.Event, after delay: Int64, phase: EventPhase) {
    queue.push(
      at: SimTime(nanoseconds: now + delay), phase: phase, slot: pending.insert(event))
  }

  /// How far a run is, for whoever watches it.
  public struct Progress: Sendable {
    /// Simulated time.
    public var now: SimTime
    /// Requests that have arrived.
    public var requests: Int64
    /// Events processed.
    public var events: Int64
  }

  /// Plays the world to its horizon, or until `shouldContinue` says no.
  ///
  /// - Parameter shouldContinue: Asked every 65,536 events; shown the progress.
  /// - Returns: What the run came to.
  public mutating func run(
    shouldContinue: (Progress) -> Bool = { _ in true }
  ) -> SimulationResult {
    let horizon = UInt64(world.horizon.nanoseconds) << 3
    var isComplete = true
    while true {
      let boundary = boundaries.minimumKey
      let arrival = UInt64(demand.nextTime.nanoseconds) << 3 | UInt64(EventPhase.arrival.rawValue)
      let other = queue.nextKey
      let rest = min(arrival, other)
      let next = min(boundary, rest)
      if next >= horizon { break }
      assert(Int64(next >> 3) >= now, "the clock is monotone")
      now = Int64(next >> 3)
      events += 1
      if boundary <= rest {
        playBoundary(boundary, rest: rest)
      } else if arrival <= other {
        arrive()
      } else {
        playQueued()
      }
      if events & 0xFFFF == 0 {
        let progress = Progress(
          now: SimTime(nanoseconds: now), requests: requests, events: events)
        if recorder?.hasFailed == true || !shouldContinue(progress) {
          isComplete = false
          break
        }
      }
    }
    if isComplete { now = world.horizon.nanoseconds }
    return conclude(isComplete: isComplete)
  }

  /// A replica's moment has come: outputs first, and the next batch at once unless something else
  /// happens at this very instant that the batch must see.
  @inline(__always)
  private mutating func playBoundary(_ key: UInt64, rest: UInt64) {
    let replica = boundaries.minimumOwner
    if key & 7 == UInt64(EventPhase.completion.rawValue) {
      fleet.reachBoundary(replica)
      handleOutcomes(replica)
      let soonest = min(
        UInt64(demand.nextTime.nanoseconds), queue.nextKey >> 3)
      if soonest > key >> 3 {
        fleet.formBatch(replica)
        handleOutcomes(replica)
      }
    } else {
      fleet.formBatch(replica)
      handleOutcomes(replica)
    }
    boundaries.update(replica, to: fleet.key(of: replica))
  }

  @inline(__always)
  private mutating func handleOutcomes(_ replica: Int) {
    let count = fleet.outcomeCount
    if count == 0 { return }
    for i in 0..<count {
      let outcome = fleet.outcome(i)
      let slot = Int(outcome.slot)
      switch outcome.kind {
      case .started, .firstToken: break
      case .preempted: records[slot].preemptions += 1
      case .finished:
        records[slot].status = .completed
        leaveReplica(slot, replica)
      case .cancelled:
        records[slot].status = .cancelled
        records[slot].reason = .impatience
        leaveReplica(slot, replica)
      }
    }
    fleet.clearOutcomes()
  }

  @inline(__always)
  private mutating func leaveReplica(_ slot: Int, _ replica: Int) {
    let record = records + slot
    let pool = Int(record.pointee.pool)
    assert(pools[pool].firstReplica + Int(record.pointee.replica) == replica)
    record.pointee.started = fleet.startedAt(slot)
    record.pointee.firstToken = fleet.firstTokenAt(slot)
    record.pointee.deliveredTokens = Int32(truncatingIfNeeded: fleet.generatedTokens(slot))
    countOutstanding(slot, -1)
    conclude(slot)
  }

  /// Counts a request in or out of its pool's and replica's loads.
  @inline(__always)
  mutating func countOutstanding(_ slot: Int, _ sign: Int32) {
    let record = records + slot
    let pool = pools + Int(record.pointee.pool)
    let tokens = Int64(record.pointee.promptTokens + record.pointee.estimatedOutputTokens)
    pool.pointee.loads.add(
      requests: sign, tokens: Int64(sign) * tokens, to: Int(record.pointee.replica))
    pool.pointee.outstanding += Int(sign)
    if !gatewayIsStale { gatewayLoads[Int(record.pointee.pool)] += sign }
  }
}
