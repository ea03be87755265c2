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
  /// Whose text prompts are; `nil` where no pool keeps a prefix cache.
  let texts: WorkloadTexts?
  var boundaries: WinnerTree
  var demand: DemandStream
  var queue: EventQueue
  var pending = PendingEvents()
  // Raw memory for the reason given at WinnerTree: these are touched several times per request.
  let pools: UnsafeMutablePointer<PoolState>
  let workloads: UnsafeMutablePointer<WorkloadState>
  /// Latencies by workload × (deployments + 1) + deployment; the last of a workload is for requests
  /// that were at no deployment.
  let latencies: UnsafeMutablePointer<LatencyHistograms>
  var records: UnsafeMutablePointer<RequestRecord>
  var recordCapacity: Int
  /// Requests outstanding by deployment, as the gateway sees them.
  let gatewayLoads: UnsafeMutablePointer<Int32>
  let gatewayIsStale: Bool
  /// When the gateway last looked at the loads.
  var lookedAt: Int64 = 0
  var gateway: any DeploymentRouter
  /// By workload × origins + origin.
  let routes: [DeploymentCandidates.Route?]
  /// By workload × origins + origin, the only deployment that serves it; -1 where there is a choice.
  let onlyDeployment: [Int32]
  let toGateway: [Int64]
  let toDeployment: [Int64]
  /// Of each pool; empty where none takes time.
  let frontEnds: [FrontEnd]
  let origins: Int
  let poolCount: Int
  let deploymentCount: Int
  let measuredFrom: Int64
  /// Requests that arrived before are never counted: the warm-up's, also in a later part of a run, which counts
  /// what the part before has left in flight.
  let countedFrom: Int64

  // What only elastic pools and endpoints need; empty elsewhere.
  let isElastic: Bool
  /// By pool.
  var elastic: [ElasticState]
  /// By replica of the fleet.
  var replicaStates: [ReplicaState]
  /// Of endpoints whose units can change.
  var units: [UnitState]
  var markets: [MarketState]
  var scalers: [ScalerState]
  var jobs: [TrainingState]
  /// Requests that wait for a replica, by slot; only ever looked up.
  var heldTickets: [Int: UInt64] = [:]
  var ticket: UInt64 = 0
  /// The replica whose requests are being broken off; -1 for none.
  var breaking = -1
  /// What requests had received before they moved, by slot; only ever looked up.
  var moved: [Int: Moved] = [:]

  // What only disaggregated pools need.
  let isDisaggregated: Bool
  var disaggregation: DisaggregationState

  // What only a gateway with rules needs; see World.hasGatewayRules.
  let isControlled: Bool
  let isFlowControlled: Bool
  let recordsDecisions: Bool
  let readsLatency: Bool
  var controls: UnsafeMutablePointer<ControlState>
  let deployments: UnsafeMutablePointer<DeploymentState>
  let endpoints: UnsafeMutablePointer<EndpointState>
  let models: UnsafeMutablePointer<ModelState>
  let eligible: UnsafeMutablePointer<Bool>
  let latencySeen: UnsafeMutablePointer<Int64>
  /// By deployment: share of the list price that a contract saves.
  let savedShares: UnsafeMutablePointer<Double>
  let forecastsContracts: Bool
  var quotas: QuotaBook
  var quotaMinutes: [QuotaMinute]
  var quotaShares: [Double]
  let endpointQuotas: QuotaLists
  let tenantQuotas: QuotaLists
  let prices: [TokenPrice]
  let slotCounts: [Int]
  let deploymentModels: [Int32]
  /// By workload × deployments + deployment.
  let verdicts: [Eligibility]
  let isInside: [Bool]
  var residencyViolations: Int64 = 0
  var breakers: [CircuitBreaker]
  var openBreakers = 0
  var reservation: PriorityReservation?
  /// By tenant: itself and all above it. Budgets are empty where nobody has one.
  let lineages: [[Int]]
  var budgets: [BudgetState]
  var conversations: [[Conversation]]
  /// What goes wrong: as declared, then as drawn.
  let incidents: [Incident]
  let brownOuts: BrownOuts
  /// Numbers of the incidents under way, in order.
  var activeIncidents: [Int] = []
  /// Deployments that probes have marked unhealthy.
  var unhealthy = 0
  /// Whether packets are lost on some way now.
  var losesPackets = false
  /// What becomes of requests around incidents; empty where there are none.
  var watch: IncidentWatch
  let chains: [Chain]
  /// By workload: whether chains alone send its requests.
  let isCalled: [Bool]
  let called: [CalledRequests?]
  /// By slot of a chain's request; only ever looked up.
  var chainProgress: [Int: [StageProgress]] = [:]
  var minuteStart: Int64 = 0
  var decisionCount: Int64 = 0
  var attemptCount: Int64 = 0
  var meter: UsageMeter
  var metersReadAt: Int64 = 0
  var forecast: ContractForecast?
  /// Whether spans and levels are told now; see ``TraceState``.
  var isTracing: Bool
  var trace: TraceState

  /// The present, nanoseconds.
  public internal(set) var now: Int64 = 0
  /// Events processed so far.
  public internal(set) var events: Int64 = 0
  /// Requests that have arrived so far.
  public internal(set) var requests: Int64 = 0
  /// When sums are checked.
  let invariants: InvariantWatch
  /// Events between two looks at whether the run shall go on.
  let watchEvery: Int64
  /// The first law that was broken.
  var violation: InvariantViolation?
  /// When it began, nanoseconds; not zero in a later part of a run.
  let startedAt: Int64
  var fingerprint = Fingerprint()
  /// Time between checkpoints, nanoseconds; 0 where none are wanted.
  let checkpointLength: Int64
  var checkpoints: [Checkpoint] = []
  /// By pool, the law of the steps of an output; empty where no pool speculates.
  let stepLaws: [DecodeStepLaw?]
  /// Whether any request has an adapter.
  let drawsAdapters: Bool
  let workloadCount: Int
  /// By workload, then by deployment; touched only where checkpoints are wanted.
  let trails: UnsafeMutablePointer<Trail>

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - world: What to simulate.
  ///   - recorder: Who takes down rows; `nil` for nobody.
  ///   - checkpointLength: Time between checkpoints; zero for none. They change nothing else.
  ///   - invariants: When sums are checked. They change nothing else.
  /// - Throws: `WorkloadError` where a workload cannot be generated.
  /// - Precondition: the world's ids are consistent, its policies are registered, and every
  ///   workload's model is served by a pool; a scenario's diagnostics see to that.
  public init(
    _ world: World, recorder: (any Recorder)? = nil, checkpointLength: Duration = .zero,
    invariants: InvariantWatch = .end
  ) throws(WorkloadError) {
    self.init(
      world, recorder, try DemandParts(world), at: .zero, countedFrom: world.warmup,
      checkpointLength: checkpointLength.nanoseconds, invariants: invariants)
  }

  /// Prepares the part of a run that begins later: nothing is in flight, quotas are full, the clock and the
  /// demand are those of the whole run. `world.warmup` and `world.horizon` are times of the whole run too: what
  /// happens between them is counted, also to requests that arrived before.
  ///
  /// - Throws: ``WorkloadError`` where a workload cannot be generated.
  /// - Precondition: as of a whole run; the world's slices are independent (``World/sliceProblem``).
  public init(
    _ world: World, recorder: (any Recorder)? = nil, from start: SimulationStart
  ) throws(WorkloadError) {
    var parts = try DemandParts(world)
    parts.stream = start.demand
    self.init(
      world, recorder, parts, at: start.time, countedFrom: start.countedFrom, checkpointLength: 0,
      invariants: .end)
  }

  private init(
    _ world: World, _ recorder: (any Recorder)?, _ parts: DemandParts, at start: SimTime,
    countedFrom: Duration, checkpointLength: Int64, invariants: InvariantWatch
  ) {
    precondition(checkpointLength >= 0)
    self.invariants = invariants
    watchEvery = Self.watchEvery(replicas: world.pools.reduce(0) { $0 + $1.places })
    startedAt = start.nanoseconds
    self.checkpointLength = checkpointLength
    workloadCount = world.workloads.count
    let trailCount = max(workloadCount + world.deploymentCount, 1)
    trails = .allocate(capacity: trailCount)
    trails.initialize(repeating: Trail(), count: trailCount)
    demand = parts.stream
    called = parts.called
    now = start.nanoseconds
    self.world = world
    self.recorder = recorder
    recordsMinutes = recorder?.wantsPoolMinutes == true
    isTracing = recorder?.traceWindow != nil
    trace = TraceState(recorder?.traceWindow, world)
    measuredFrom = world.warmup.nanoseconds
    self.countedFrom = countedFrom.nanoseconds

    // As long as nothing is drawn the list is the world's own.
    let drawn = world.failureProcesses.isEmpty ? [] : world.drawnFailures
    incidents = world.incidents + drawn
    var profiles: [EngineProfile] = []
    var poolProfiles: [Int] = []
    var replicaProfiles: [Int] = []
    for pool in world.pools {
      let profile = EngineProfile(settings: pool.scheduler, stepTime: pool.stepTime)
      let index = profiles.firstIndex(of: profile) ?? profiles.count
      if index == profiles.count { profiles.append(profile) }
      poolProfiles.append(index)
      replicaProfiles.append(contentsOf: repeatElement(index, count: pool.places))
    }
    brownOuts = BrownOuts(world, incidents, base: poolProfiles, all: &profiles)
    stepLaws = DecodeStepLaw.laws(of: world.pools)
    drawsAdapters = world.workloads.contains { $0.adapters != nil }
    let texts =
      world.cachesPrefixes ? WorkloadTexts(world.workloads.map(\.spec), seed: world.seed) : nil
    self.texts = texts
    fleet = ReplicaFleet(
      profiles: profiles, replicaProfiles: replicaProfiles,
      prefixes: texts?.tree ?? PrefixTree(), reportsProgress: false)
    boundaries = WinnerTree(count: replicaProfiles.count)
    queue = EventQueue()

    poolCount = world.pools.count
    deploymentCount = world.deploymentCount
    pools = .allocate(capacity: max(world.pools.count, 1))
    gatewayLoads = .allocate(capacity: max(deploymentCount, 1))
    gatewayLoads.initialize(repeating: 0, count: max(deploymentCount, 1))
    var firstReplica = 0
    for (id, pool) in world.pools.enumerated() {
      guard let router = PolicyRegistry.replicaRouter(named: pool.routing.policy) else {
        preconditionFailure("unknown replica policy \(pool.routing.policy)")
      }
      (pools + id).initialize(
        to: PoolState(
          pool,
          slots: pool.role == .whole
            ? pool.replicas * pool.scheduler.maxSequences : world.slots(ofDeployment: id),
          firstReplica: firstReplica, router: router))
      firstReplica += pool.places
    }

    let capacity = CapacityParts(world, at: now)
    isElastic = capacity.isElastic
    elastic = capacity.elastic
    replicaStates = capacity.replicas
    units = capacity.units
    markets = capacity.markets
    scalers = capacity.scalers
    jobs = capacity.jobs
    isDisaggregated = world.isDisaggregated
    disaggregation = DisaggregationState(world)

    guard let router = PolicyRegistry.deploymentRouter(named: world.gateway.policy) else {
      preconditionFailure("unknown gateway policy \(world.gateway.policy)")
    }
    gateway = router.init(world.gateway)
    gatewayIsStale = world.gateway.staleness > .zero
    origins = world.origins.count
    let ways = Ways(world)
    routes = ways.routes
    onlyDeployment = ways.routes.map { route in
      guard let route, route.candidates.count == 1 else { return -1 }
      return Int32(route.candidates[0].deployment)
    }
    toGateway = ways.toGateway
    toDeployment = ways.toDeployment
    let fronts = world.pools.map(\.frontEnd)
    frontEnds = fronts.contains { $0 != FrontEnd() } ? fronts : []

    workloads = .allocate(capacity: max(world.workloads.count, 1))
    let entities = world.workloadEntities
    for (id, workload) in world.workloads.enumerated() {
      (workloads + id).initialize(
        to: WorkloadState(workload, entity: entities[id], world: world))
    }
    let cells = max(world.workloads.count * (deploymentCount + 1), 1)
    latencies = .allocate(capacity: cells)
    latencies.initialize(repeating: LatencyHistograms(), count: cells)
    recordCapacity = 1024
    records = Self.lines(RequestRecord.self, recordCapacity)
    records.initialize(repeating: RequestRecord(), count: recordCapacity)

    let control = GatewayControl(world)
    // Kept out of closures that would capture a self that is not whole yet.
    let wantsDecisions = recorder?.wantsDecisions == true
    let policy = world.gateway.policy
    let hasRules = world.hasGatewayRules || wantsDecisions
    recordsDecisions = wantsDecisions
    isControlled = hasRules
    isFlowControlled = world.gateway.flow != nil
    readsLatency =
      hasRules
      && [ContractAwareDeployment.name, LatencyBandDeployment.name, ScoredDeployment.name]
        .contains(policy)
    controls = Self.lines(ControlState.self, recordCapacity)
    controls.initialize(repeating: ControlState(), count: recordCapacity)
    deployments = .allocate(capacity: max(deploymentCount, 1))
    for id in 0..<deploymentCount {
      (deployments + id).initialize(to: DeploymentState())
      deployments[id].breaker = control.breakerOfDeployment[id]
    }
    endpoints = .allocate(capacity: max(world.endpoints.count, 1))
    for (id, endpoint) in world.endpoints.enumerated() {
      (endpoints + id).initialize(to: EndpointState(endpoint, pools: poolCount))
    }
    models = .allocate(capacity: max(world.models.count, 1))
    if let flow = world.gateway.flow {
      for id in world.models.indices {
        (models + id).initialize(
          to: ModelState(
            slots: control.slotsOfModel[id], flow: flow, tenants: max(1, world.tenants.count)))
      }
    }
    let most = max(deploymentCount, 1)
    eligible = .allocate(capacity: most)
    eligible.initialize(repeating: false, count: most)
    latencySeen = .allocate(capacity: most)
    latencySeen.initialize(repeating: -1, count: most)
    savedShares = .allocate(capacity: most)
    savedShares.initialize(repeating: 0, count: most)
    forecastsContracts = policy == ContractAwareDeployment.name && world.billing != nil
    quotas = QuotaBook(world.quotas)
    quotaMinutes = world.quotas.map { _ in QuotaMinute() }
    quotaShares = world.quotas.map { _ in 1 }
    endpointQuotas = QuotaLists(world.endpoints.map(\.quotas))
    tenantQuotas = control.tenantQuotas
    prices = control.prices
    slotCounts = control.slots
    deploymentModels = control.models
    verdicts = control.verdicts
    isInside = control.isInside
    breakers = control.breakers
    reservation = world.gateway.reservation.map { PriorityReservation($0) }
    lineages = control.lineages
    budgets = control.budgets
    conversations = control.conversations
    watch = IncidentWatch(
      world, incidents, drawnFrom: min(world.drawnFrom, world.incidents.count), from: now)
    isCalled = world.workloads.map(\.isCalled)
    chains = world.workloads.map { $0.chain ?? Chain(stages: []) }
    meter = UsageMeter(world)
    forecast = policy == ContractAwareDeployment.name ? ContractForecast(world) : nil
    for id in world.pools.indices { pools[id].minute.start = now }
    for id in 0..<deploymentCount { deployments[id].lastChange = now }
    minuteStart = now
    meter.start = now
    metersReadAt = now
    scheduleTicks()
    forecastContracts()
  }

  deinit {
    pools.deinitialize(count: world.pools.count)
    pools.deallocate()
    workloads.deinitialize(count: world.workloads.count)
    workloads.deallocate()
    records.deallocate()
    latencies.deinitialize(count: max(world.workloads.count * (deploymentCount + 1), 1))
    latencies.deallocate()
    gatewayLoads.deallocate()
    controls.deallocate()
    deployments.deinitialize(count: deploymentCount)
    deployments.deallocate()
    endpoints.deinitialize(count: world.endpoints.count)
    endpoints.deallocate()
    if isFlowControlled { models.deinitialize(count: world.models.count) }
    models.deallocate()
    eligible.deallocate()
    latencySeen.deallocate()
    savedShares.deallocate()
    trails.deallocate()
  }

  private mutating func scheduleTicks() {
    scheduleProbes()
    if measuredFrom > now { schedule(.warmupEnds, after: measuredFrom - now, phase: .tick) }
    if recordsMinutes {
      schedule(.minuteEnds, after: Self.minute, phase: .tick)
    }
    if isMetered {
      scheduleClosing()
      schedule(.meterMinuteEnds, after: Self.minute, phase: .tick)
    }
    if isElastic { scheduleCapacity() }
    if gatewayIsStale { schedule(.gatewayLooks, after: 0, phase: .tick) }
    for (id, pool) in world.pools.enumerated() where pool.routing.staleness > .zero {
      schedule(.poolLooks(Int32(id)), after: 0, phase: .tick)
    }
    for (id, incident) in incidents.enumerated() {
      let start = incident.start.nanoseconds - now
      let end = start + incident.duration.nanoseconds
      if end <= 0, now > 0 { continue }
      schedule(.incidentBegins(Int32(id)), after: max(0, start), phase: .capacity)
      schedule(.incidentEnds(Int32(id)), after: end, phase: .capacity)
    }
  }

  /// Whether what becomes now of a request that arrived then is counted.
  @inline(__always)
  func isMeasured(_ arrival: Int64) -> Bool { arrival >= countedFrom && now >= measuredFrom }

  static let minute: Int64 = 60_000_000_000

  @inline(__always)
  mutating func schedule(_ event: PendingEvents.Event, after delay: Int64, phase: EventPhase) {
    queue.push(
      at: SimTime(nanoseconds: now + delay), phase: phase, slot: pending.insert(event))
  }

  /// Plays the world to its horizon, unless `shouldContinue` says no or a law is broken.
  mutating func play(shouldContinue: (Progress) -> Bool) -> SimulationResult {
    let horizon = UInt64(world.horizon.nanoseconds) << 3
    // One comparison an event serves both the horizon and the checkpoints.
    var stop = min(horizon, nextCheckpointKey)
    // … and one both whoever watches and the checks.
    var nextLook = min(watchEvery, invariants.from ?? .max)
    var isComplete = true
    while true {
      let boundary = boundaries.minimumKey
      let arrival = UInt64(demand.nextTime.nanoseconds) << 3 | UInt64(EventPhase.arrival.rawValue)
      let other = queue.nextKey
      let rest = min(arrival, other)
      let next = min(boundary, rest)
      if next >= stop {
        if next >= horizon { break }
        passCheckpoints(before: next)
        stop = min(horizon, nextCheckpointKey)
      }
      events += 1
      if Int64(next >> 3) < now {
        breakLaw(.clockIsMonotone, "at \(now) ns comes an event of \(next >> 3) ns")
        isComplete = false
        break
      }
      now = Int64(next >> 3)
      if boundary <= rest {
        playBoundary(boundary, rest: rest)
      } else if arrival <= other {
        arrive()
      } else {
        playQueued()
      }
      if events >= nextLook {
        if invariants.from.map({ events >= $0 }) ?? false {
          if (events - (invariants.from ?? 0)) % invariants.stride == 0 { checkSums() }
          if violation != nil || invariants.until.map({ events >= $0 }) ?? false {
            isComplete = false
            break
          }
        }
        if events & (watchEvery - 1) == 0 {
          let progress = Progress(
            now: SimTime(nanoseconds: now), requests: requests, events: events,
            inFlight: inFlight)
          if recorder?.hasFailed == true || violation != nil || !shouldContinue(progress) {
            isComplete = false
            break
          }
        }
        nextLook = self.nextLook(after: events)
      }
    }
    if isComplete {
      now = world.horizon.nanoseconds
      concludeCheckpoints()
    }
    return conclude(isComplete: isComplete)
  }

  /// Requests that have arrived and are not over.
  private var inFlight: Int64 {
    (0..<workloadCount).reduce(0) { sum, id in
      let totals = workloads[id].totals
      return sum + totals.arrived - totals.completed - totals.rejected - totals.failed
        - totals.cancelled
    }
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
      // A replica that prefills may hand a request over at this instant, to any that decodes.
      if soonest > key >> 3, !isDisaggregated {
        fleet.formBatch(replica)
        handleOutcomes(replica)
      }
    } else {
      fleet.formBatch(replica)
      handleOutcomes(replica)
    }
    let next = fleet.key(of: replica)
    boundaries.update(replica, to: next)
    if isTracing { traceBoundary(replica, next: next) }
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
      case .reserved: beginCopy(slot)
      case .preempted: records[slot].preemptions += 1
      case .finished: leaveReplica(slot, replica, isFinished: true)
      case .cancelled: leaveReplica(slot, replica, isFinished: false)
      case .lost: preconditionFailure("requests are lost where a replica fails, not at a boundary")
      }
    }
    fleet.clearOutcomes()
  }

  /// Counts a request in or out of its pool's and replica's loads.
  @inline(__always)
  mutating func countOutstanding(_ slot: Int, _ sign: Int32) {
    let record = records + slot
    let deployment = Int(record.pointee.deployment)
    let pool = pools + deployment
    let tokens = Int64(record.pointee.promptTokens + record.pointee.estimatedOutputTokens)
    pool.pointee.loads.add(
      requests: sign, tokens: Int64(sign) * tokens, to: Int(record.pointee.replica))
    pool.pointee.outstanding += Int(sign)
    pool.pointee.ledger.change(Int(sign), at: now)
    if !gatewayIsStale { gatewayLoads[deployment] += sign }
  }
}
