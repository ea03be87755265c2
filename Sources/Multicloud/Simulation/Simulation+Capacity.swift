import ServingEngine
import SimulationKernel

/// The life of replicas in elastic pools: requested, provisioning, loading, warming, ready, draining, gone.
extension Simulation {
  // MARK: How many

  /// Replicas that shall be there have changed: starts what is missing, stops what is too much.
  ///
  /// - Parameter limit: How long those that go may finish what they have; `nil` for the pool's own limit.
  mutating func adjust(_ pool: Int, limit: Duration? = nil) {
    if elastic[pool].placement != nil { return adjustSpot(pool) }
    let missing = elastic[pool].goal - elastic[pool].committed
    if missing > 0 {
      revive(pool, atMost: missing)
      while elastic[pool].goal > elastic[pool].committed, startReplica(pool) {}
    } else if missing < 0 {
      stopReplicas(pool, -missing, limit: limit)
    }
  }

  /// Takes in what an autoscaler wants, within the pool's bounds.
  mutating func want(_ pool: Int, _ replicas: Int) {
    let spec = elastic[pool].spec
    let wanted = min(max(replicas, spec.minimum), spec.maximum)
    if wanted != elastic[pool].wanted {
      elastic[pool].integrate(to: now)
      elastic[pool].wanted = wanted
    }
    adjust(pool)
  }

  // MARK: Coming

  /// Replicas that were to go because fewer were wanted stay; the last told first.
  mutating func revive(_ pool: Int, atMost count: Int, from places: Range<Int>? = nil) {
    var left = count
    guard elastic[pool].count(.draining) > 0 else { return }
    let first = elastic[pool].first
    for replica in first..<(first + elastic[pool].places) where left > 0 {
      guard replicaStates[replica].phase == .draining, !replicaStates[replica].isNoticed,
        places?.contains(Int(replicaStates[replica].market)) ?? true
      else { continue }
      replicaStates[replica].serial &+= 1
      let before = elastic[pool].committed
      move(replica, to: .ready)
      takeDown(.revived, pool, replica, before: before, cause: .wanted)
      left -= 1
    }
  }

  /// Asks for a replica, from the first market that has one or from the one at a place, counted from 1.
  ///
  /// - Returns: Whether it was to be had; where it was not, it is asked for again later.
  mutating func startReplica(_ pool: Int, from place: Int? = nil) -> Bool {
    let spec = elastic[pool].spec
    let first = elastic[pool].first
    let before = elastic[pool].committed
    elastic[pool].statistics.scaleUps += 1
    var cause = CapacityEvent.Cause.places
    let free = (first..<(first + elastic[pool].places)).first {
      replicaStates[$0].phase == .gone
    }
    var market = 0
    if free != nil { cause = deployments[pool].fails ? .outage : .none }
    if free != nil, cause == .none, !spec.markets.isEmpty {
      (market, cause) = chooseMarket(pool, place)
    }
    guard let replica = free, cause == .none else {
      elastic[pool].statistics.failedScaleUps += 1
      if cause == .quota { elastic[pool].statistics.quotaFailures += 1 }
      if cause == .supply { elastic[pool].statistics.supplyFailures += 1 }
      takeDown(.scaleUpFailed, pool, -1, before: before, cause: cause)
      retryLater(pool)
      return false
    }
    elastic[pool].starts += 1
    replicaStates[replica].start = elastic[pool].starts
    replicaStates[replica].requested = now
    replicaStates[replica].market = Int32(truncatingIfNeeded: market)
    replicaStates[replica].isNoticed = false
    if market > 0 {
      markets[spec.markets[market - 1]].held += world.pools[pool].acceleratorsPerReplica
    }
    move(replica, to: .provisioning)
    takeDown(.scaleUp, pool, replica, before: before, cause: .wanted)
    wait(replica, .provisioning)
    return true
  }

  /// The first of a pool's markets that has accelerators for a replica, counted from 1; where none has, the first
  /// whose training jobs can give way.
  private mutating func chooseMarket(
    _ pool: Int, _ place: Int?
  ) -> (Int, CapacityEvent.Cause) {
    let need = world.pools[pool].acceleratorsPerReplica
    let ids = elastic[pool].spec.markets
    let places = place.map { $0 - 1..<$0 } ?? ids.indices
    var cause = CapacityEvent.Cause.supply
    for place in places {
      let market = markets[ids[place]]
      if market.obtainable >= need { return (place + 1, .none) }
      if market.level - market.held >= need { cause = .quota }
    }
    for place in places where preemptJobs(ids[place], toFree: need) { return (place + 1, .none) }
    return (0, cause)
  }

  mutating func retryLater(_ pool: Int) {
    guard !elastic[pool].isRetryScheduled else { return }
    elastic[pool].isRetryScheduled = true
    schedule(
      .capacityRetry(Int32(truncatingIfNeeded: pool)),
      after: max(1, elastic[pool].spec.retry.nanoseconds), phase: .capacity)
  }

  /// Machines that were not to be had are asked for again, where they are still wanted.
  mutating func retryCapacity(_ pool: Int) {
    elastic[pool].isRetryScheduled = false
    adjust(pool)
  }

  /// Lets a phase of a starting replica take its time.
  private mutating func wait(_ replica: Int, _ phase: ReplicaPhase) {
    let pool = Int(replicaStates[replica].pool)
    let life = elastic[pool].spec.life
    let number = replicaStates[replica].start << 1
    let law: Distribution
    let bits: UInt64
    switch phase {
    case .provisioning: (law, bits) = (life.provisioning, elastic[pool].life.block(number).0)
    case .loading: (law, bits) = (life.loading, elastic[pool].life.block(number).1)
    case .warming: (law, bits) = (life.warming, elastic[pool].life.block(number | 1).0)
    case .gone, .ready, .draining, .failed: preconditionFailure("nothing is waited for")
    }
    let time = Duration(seconds: max(0, law.quantile(unitInterval(bits)))).nanoseconds
    if time == 0 { return replicaMoves(replica) }
    schedule(
      .replicaMoves(
        replica: Int32(truncatingIfNeeded: replica), serial: replicaStates[replica].serial),
      after: time, phase: .capacity)
  }

  /// A replica's phase is over, unless something else has happened to it.
  mutating func replicaMoves(_ replica: Int, _ serial: UInt32) {
    guard replicaStates[replica].serial == serial else { return }
    switch replicaStates[replica].phase {
    case .draining: endDrain(replica)
    case .failed: machineRepaired(replica)
    case .provisioning, .loading, .warming: replicaMoves(replica)
    case .gone, .ready: preconditionFailure("nothing was waited for")
    }
  }

  private mutating func replicaMoves(_ replica: Int) {
    switch replicaStates[replica].phase {
    case .provisioning:
      move(replica, to: .loading)
      wait(replica, .loading)
    case .loading:
      move(replica, to: .warming)
      wait(replica, .warming)
    case .warming: becomeReady(replica)
    case .gone, .ready, .draining, .failed: preconditionFailure("it does not start")
    }
  }

  private mutating func becomeReady(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    let leadTime = now - replicaStates[replica].requested
    elastic[pool].statistics.starts += 1
    elastic[pool].statistics.leadTime += Int128(leadTime)
    move(replica, to: .ready)
    takeDown(
      .ready, pool, replica, before: elastic[pool].committed, leadTime: leadTime, cause: .none)
    noteReady(pool, Int(replicaStates[replica].market))
    scheduleInterruption(replica)
    releaseHeld(pool)
    // A spot machine that serves lets one go that stood in for it.
    if elastic[pool].placement != nil { adjust(pool) }
  }

  // MARK: Going

  /// Tells `count` replicas to go: those first that do not serve yet, the last asked for first; then those
  /// with the fewest requests, the highest numbered among equals. O(places log places).
  mutating func stopReplicas(
    _ pool: Int, _ count: Int, from places: Range<Int>? = nil, limit: Duration? = nil
  ) {
    let first = elastic[pool].first
    func rank(_ replica: Int) -> (Int, Int64, Int) {
      switch replicaStates[replica].phase {
      case .provisioning: (0, -replicaStates[replica].requested, -replica)
      case .loading: (1, -replicaStates[replica].requested, -replica)
      case .warming: (2, -replicaStates[replica].requested, -replica)
      default: (3, Int64(pools[pool].loads.outstandingNow(replica - first)), -replica)
      }
    }
    let candidates = (first..<(first + elastic[pool].places)).filter {
      guard places?.contains(Int(replicaStates[$0].market)) ?? true else { return false }
      return switch replicaStates[$0].phase {
      case .provisioning, .loading, .warming, .ready: true
      case .gone, .draining, .failed: false
      }
    }
    for (_, replica) in candidates.map({ (rank($0), $0) }).sorted(by: { $0.0 < $1.0 })
      .prefix(count)
    {
      let before = elastic[pool].committed
      elastic[pool].statistics.scaleDowns += 1
      takeDown(.scaleDown, pool, replica, before: before, after: before - 1, cause: .wanted)
      drain(replica, limit: limit ?? elastic[pool].spec.life.drainLimit)
    }
  }

  /// Takes a replica out of service; it goes when it is empty, or when the limit is over.
  mutating func drain(_ replica: Int, limit: Duration) {
    replicaStates[replica].serial &+= 1
    guard replicaStates[replica].phase == .ready, !fleet.isEmpty(replica) else {
      return remove(replica)
    }
    move(replica, to: .draining)
    schedule(
      .replicaMoves(
        replica: Int32(truncatingIfNeeded: replica), serial: replicaStates[replica].serial),
      after: limit.nanoseconds, phase: .capacity)
  }

  /// A replica that drains may have finished what it had.
  @inline(__always)
  mutating func noteLeft(_ replica: Int) {
    if replicaStates[replica].phase == .draining, replica != breaking, fleet.isEmpty(replica) {
      replicaStates[replica].serial &+= 1
      remove(replica)
    }
  }

  /// The time is over in which a replica may finish what it has.
  private mutating func endDrain(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    breakOff(replica, elastic[pool].spec.inFlight)
    replicaStates[replica].serial &+= 1
    remove(replica)
  }

  /// Takes everything from a replica at once; it goes on elsewhere, or fails.
  mutating func breakOff(_ replica: Int, _ treatment: ElasticPool.InFlight) {
    fleet.fail(replica, at: now)
    boundaries.update(replica, to: fleet.key(of: replica))
    var lost: [Int] = []
    let outcomes = fleet.outcomes
    fleet.clearOutcomes()
    breaking = replica
    for outcome in outcomes {
      let slot = Int(outcome.slot)
      switch outcome.kind {
      case .started, .firstToken, .reserved: break
      case .preempted: records[slot].preemptions += 1
      case .finished: leaveReplica(slot, replica, isFinished: true)
      case .cancelled: leaveReplica(slot, replica, isFinished: false)
      case .lost: lost.append(slot)
      }
    }
    for slot in lost { loseRequest(slot, replica, treatment) }
    breaking = -1
  }

  /// A machine of the pool's own that was repaired starts again.
  mutating func restart(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    elastic[pool].starts += 1
    replicaStates[replica].start = elastic[pool].starts
    replicaStates[replica].requested = now
    move(replica, to: .loading)
    wait(replica, .loading)
  }

  /// A replica is no more.
  mutating func remove(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    let before = elastic[pool].committed
    let wasNoticed = replicaStates[replica].isNoticed
    let market = Int(replicaStates[replica].market)
    move(replica, to: .gone)
    if market > 0 { giveBack(pool, market) }
    takeDown(wasNoticed ? .interrupted : .gone, pool, replica, before: before, cause: .none)
    replicaStates[replica].market = 0
    replicaStates[replica].isNoticed = false
    replicaStates[replica].block = -1
    if wasNoticed { adjust(pool) }
  }

  private mutating func giveBack(_ pool: Int, _ market: Int) {
    let id = elastic[pool].spec.markets[market - 1]
    markets[id].held -= world.pools[pool].acceleratorsPerReplica
    assert(markets[id].held >= 0, "more was given back than was taken")
    if !jobs.isEmpty { startJobs(id) }
  }

  // MARK: Phases

  /// Whether a replica's machine is there and paid for.
  private func hasMachine(_ phase: ReplicaPhase, _ elastic: borrowing ElasticState) -> Bool {
    switch phase {
    case .loading, .warming, .ready, .draining: true
    case .failed: elastic.spec.markets.isEmpty
    case .gone, .provisioning: false
    }
  }

  /// Moves a replica to a phase: sums, counts, what the balancer and the gateway see.
  mutating func move(_ replica: Int, to phase: ReplicaPhase) {
    let pool = Int(replicaStates[replica].pool)
    let old = replicaStates[replica].phase
    elastic[pool].integrate(to: now)
    elastic[pool].counts[Int(old.rawValue)] -= 1
    elastic[pool].counts[Int(phase.rawValue)] += 1
    assert(elastic[pool].count(old) >= 0)
    let place = Int(replicaStates[replica].market)
    let had = hasMachine(old, elastic[pool])
    let has = hasMachine(phase, elastic[pool])
    if had != has { elastic[pool].machines[place] += has ? 1 : -1 }
    if place > 0, world.markets[elastic[pool].spec.markets[place - 1]].kind == .spot {
      let served = old == .ready || old == .draining
      let serves = phase == .ready || phase == .draining
      if served != serves { elastic[pool].spotServing += serves ? 1 : -1 }
    }
    replicaStates[replica].phase = phase
    // A balancer sends requests to a failed replica until it learns of the failure.
    if phase != .failed {
      pools[pool].loads.setAvailable(replica - elastic[pool].first, phase == .ready)
    }
    if phase == .ready || old == .ready {
      resize(pool)
      if isTracing { traceReady(pool) }
    }
  }

  /// What a pool can bear has changed: its admission limit and what the gateway divides its load by.
  private mutating func resize(_ pool: Int) {
    let slots = elastic[pool].ready * world.pools[pool].scheduler.maxSequences
    if let limit = world.pools[pool].queueLimit { pools[pool].admissionLimit = slots + limit }
    for route in routes {
      route?.resize(deployment: pool, slots: max(slots, 1), replicas: max(elastic[pool].ready, 1))
    }
  }

  mutating func takeDown(
    _ kind: CapacityEvent.Kind, _ pool: Int, _ replica: Int, before: Int, after: Int? = nil,
    leadTime: Int64 = -1, cause: CapacityEvent.Cause
  ) {
    guard let recorder, recorder.wantsCapacity else { return }
    let place = replica < 0 ? 0 : Int(replicaStates[replica].market)
    recorder.record(
      CapacityEvent(
        time: now, kind: kind, pool: pool,
        replica: replica < 0 ? -1 : replica - elastic[pool].first,
        market: place == 0 ? -1 : elastic[pool].spec.markets[place - 1], before: before,
        after: after ?? elastic[pool].committed, leadTime: leadTime, cause: cause))
  }
}
