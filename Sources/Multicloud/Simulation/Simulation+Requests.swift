import ServingEngine
import SimulationKernel
import Workload

/// A request's way: client, gateway, deployment, end.
extension Simulation {
  /// The next request of the demand is sent.
  @inline(__always)
  mutating func arrive() {
    let arrival = demand.pull()
    let slot = begin(arrival)
    let record = records + slot
    let workload = workloads + Int(arrival.workload)
    let slot32 = Int32(truncatingIfNeeded: slot)
    if isTracing { traceLevels() }
    if workload.pointee.patience != Int64.max {
      schedule(
        .losesPatience(slot: slot32, generation: record.pointee.generation),
        after: workload.pointee.patience, phase: .cancellation)
    }
    if isControlled { beginControl(slot) }
    let delay = toGateway[Int(arrival.origin)]
    if delay > 0 {
      schedule(.reachesGateway(slot: slot32), after: delay, phase: .arrival)
    } else {
      reachGateway(slot)
    }
  }

  /// Takes a slot for a request that is sent now.
  @inline(__always)
  mutating func begin(_ arrival: Arrival) -> Int {
    requests += 1
    let slot = takeSlot()
    (records + slot).pointee.begin(arrival, number: UInt64(requests - 1), at: now)
    let workload = workloads + Int(arrival.workload)
    workload.pointee.totals.arrived += 1
    if now >= measuredFrom { workload.pointee.statistics.arrived += 1 }
    return slot
  }

  @inline(__always)
  mutating func takeSlot() -> Int {
    let slot = fleet.allocateSlot()
    if slot >= recordCapacity { growRecords() }
    return slot
  }

  /// Memory that begins on a cache line.
  static func lines<Element>(
    _: Element.Type, _ capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Element>.stride, alignment: 64
    ).bindMemory(to: Element.self, capacity: capacity)
  }

  private mutating func growRecords() {
    func grown<Element>(
      _ old: UnsafeMutablePointer<Element>, _ empty: Element
    ) -> UnsafeMutablePointer<Element> {
      let larger = Self.lines(Element.self, recordCapacity * 2)
      larger.moveInitialize(from: old, count: recordCapacity)
      (larger + recordCapacity).initialize(repeating: empty, count: recordCapacity)
      old.deallocate()
      return larger
    }
    records = grown(records, RequestRecord())
    if isControlled { controls = grown(controls, ControlState()) }
    recordCapacity *= 2
  }

  /// A queued event's moment has come.
  mutating func playQueued() {
    let event = queue.pop()
    switch pending.remove(event.slot) {
    case .reachesGateway(let slot): reachGateway(Int(slot))
    case .reachesDeployment(let slot): reachDeployment(Int(slot))
    case .losesPatience(let slot, let generation): losePatience(Int(slot), generation)
    case .timesOut(let slot, let generation): timeOut(Int(slot), generation)
    case .endpointAnswers(let slot, let serial): endpointAnswers(Int(slot), serial)
    case .failureReachesGateway(let slot, let serial): failureReachesGateway(Int(slot), serial)
    case .triesAgain(let slot, let serial): tryAgain(Int(slot), serial)
    case .attemptTimesOut(let slot, let serial): attemptTimesOut(Int(slot), serial)
    case .stageEnds(let slot, let generation, let stage):
      stageEnds(Int(slot), generation, Int(stage))
    case .callReturns(let slot, let generation, let stage):
      callReturns(Int(slot), generation, Int(stage))
    case .incidentBegins(let id): beginIncident(Int(id))
    case .incidentEnds(let id): endIncident(Int(id))
    case .probed(let id): probe(Int(id))
    case .probeAnswers(let id, let isWell): probeAnswers(Int(id), isWell: isWell)
    case .warmupEnds: beginMeasuring()
    case .replicaMoves(let replica, let serial): replicaMoves(Int(replica), serial)
    case .capacityRetry(let pool): retryCapacity(Int(pool))
    case .unitsArrive(let place): unitsArrive(Int(place))
    case .marketChanges(let id): marketChanges(Int(id))
    case .priceChanges(let id): priceChanges(Int(id))
    case .spotInterrupts(let replica, let start): spotInterrupts(Int(replica), start)
    case .machineFails(let pool): machineFails(Int(pool))
    case .failureIsSeen(let replica, let serial): failureIsSeen(Int(replica), serial)
    case .blockChanges(let pool, let number, let begins):
      blockChanges(Int(pool), Int(number), begins: begins)
    case .cacheIsSent(let copy): cacheIsSent(copy)
    case .cacheArrives(let copy): cacheArrives(copy)
    case .jobMoves(let job, let serial): jobMoves(Int(job), serial)
    case .jobFails(let job, let start): jobFails(Int(job), start)
    case .scrapes(let group): scrape(Int(group))
    case .decides(let group): decide(Int(group))
    case .minuteEnds:
      endMinute()
      schedule(.minuteEnds, after: Self.minute, phase: .tick)
    case .meterMinuteEnds: meterMinuteEnds()
    case .billingPeriodEnds: billingPeriodEnds()
    case .gatewayLooks:
      lookedAt = now
      for id in 0..<deploymentCount { gatewayLoads[id] = outstanding(id) }
      schedule(.gatewayLooks, after: world.gateway.staleness.nanoseconds, phase: .tick)
    case .poolLooks(let id):
      pools[Int(id)].loads.refresh()
      schedule(
        .poolLooks(id), after: world.pools[Int(id)].routing.staleness.nanoseconds, phase: .tick)
    }
  }

  private func outstanding(_ deployment: Int) -> Int32 {
    deployment < poolCount
      ? Int32(truncatingIfNeeded: pools[deployment].outstanding)
      : Int32(truncatingIfNeeded: deployments[deployment].inFlight)
  }

  /// A request is at the gateway.
  @inline(__always)
  mutating func reachGateway(_ slot: Int) {
    if isControlled { enterGateway(slot) } else { choosePool(slot) }
  }

  /// A request is at its deployment.
  @inline(__always)
  mutating func reachDeployment(_ slot: Int) {
    if isControlled { enterDeployment(slot) } else { enterPool(slot) }
  }

  /// The short way through a gateway without rules: a pool is chosen and the request sent there.
  @inline(__always)
  private mutating func choosePool(_ slot: Int) {
    let record = records + slot
    let origin = Int(record.pointee.origin)
    let way = Int(record.pointee.workload) * origins + origin
    let pool = onlyDeployment[way] >= 0 ? Int(onlyDeployment[way]) : askGateway(record, way: way)
    record.pointee.deployment = Int32(truncatingIfNeeded: pool)
    record.pointee.attempts = 1
    let there = toDeployment[origin * deploymentCount + pool]
    let delay = there + frontEndDelay(pool, promptTokens: record.pointee.promptTokens)
    record.pointee.wayBack = toGateway[origin] + there
    if delay > 0 {
      schedule(
        .reachesDeployment(slot: Int32(truncatingIfNeeded: slot)), after: delay, phase: .arrival)
    } else {
      enterPool(slot)
    }
  }

  /// What the server in front of a deployment's engines takes for a prompt, nanoseconds.
  @inline(__always)
  func frontEndDelay(_ deployment: Int, promptTokens: Int32) -> Int64 {
    deployment < frontEnds.count ? frontEnds[deployment].delay(promptTokens: promptTokens) : 0
  }

  /// The pool that the gateway's policy chooses where all are eligible.
  private mutating func askGateway(
    _ record: UnsafeMutablePointer<RequestRecord>, way: Int
  ) -> Int {
    guard let route = routes[way] else {
      preconditionFailure("a request from an origin without a route")
    }
    let candidates = DeploymentCandidates(
      route: route, load: UnsafePointer(gatewayLoads), eligible: nil, latency: nil,
      saved: nil, ask: DeploymentCandidates.Ask())
    let stream = workloads[Int(record.pointee.workload)].policyStream
    let choice = gateway.choose(
      candidates, draws: PolicyDraws(stream: stream, index: record.pointee.index << 1))
    precondition(choice >= 0 && choice < candidates.count, "a policy chose no candidate")
    return Int(route.hot[choice].deployment)
  }

  /// A pool's balancer gives a request to a replica, or turns it away.
  @inline(__always)
  private mutating func enterPool(_ slot: Int) {
    let record = records + slot
    if record.pointee.gaveUpEarly {
      end(slot, reason: record.pointee.reason)
      return
    }
    record.pointee.reachedDeployment = now
    let refusal = admitToPool(slot)
    if refusal != .none { end(slot, reason: refusal) }
  }

  /// Gives a request to a replica of its pool; says why not where it cannot.
  @inline(__always)
  mutating func admitToPool(_ slot: Int) -> RequestRecord.Reason {
    let record = records + slot
    let pool = pools + Int(record.pointee.deployment)
    pool.pointee.minute.arrivals += 1
    if isMeasured(record.pointee.arrival) { pool.pointee.statistics.arrived += 1 }
    if pool.pointee.outstanding >= pool.pointee.admissionLimit { return .queueFull }
    if pool.pointee.loads.availableCount == 0 { return admitWithoutReplica(slot) }
    return chooseReplica(slot)
  }

  /// Gives a request to one of the replicas that its pool's balancer sees.
  @inline(__always)
  mutating func chooseReplica(_ slot: Int) -> RequestRecord.Reason {
    let record = records + slot
    let pool = pools + Int(record.pointee.deployment)
    let workload = workloads + Int(record.pointee.workload)
    var features = texts == nil ? RequestFeatures() : features(record)
    let choice =
      pool.pointee.replicas == 1
      ? 0
      : pool.pointee.router.choose(
        pool.pointee.loads,
        draws: PolicyDraws(
          stream: workload.pointee.policyStream, index: record.pointee.index << 1 | 1,
          text: features.text))
    precondition(choice >= 0 && choice < pool.pointee.replicas, "a policy chose no replica")
    let replica = pool.pointee.firstReplica + choice
    var prompt = Int(record.pointee.promptTokens)
    var output = Int(record.pointee.outputTokens)
    if isElastic {
      // The balancer has not heard yet that the replica is gone.
      if replicaStates[replica].phase == .failed { return .serverError }
      if let before = moved[slot] {
        prompt += Int(before.tokens)
        output -= Int(before.tokens)
      }
    }
    if isDisaggregated {
      let refusal = beginPassage(slot, prompt: prompt, output: &output, &features)
      if refusal != .none { return refusal }
    }
    if !stepLaws.isEmpty { features.decodeSteps = decodeSteps(slot, output: output) }
    if drawsAdapters { features.adapter = adapter(slot) }
    do {
      try fleet.enqueue(
        slot, to: replica, at: now, prompt: prompt, output: output,
        priority: workload.pointee.priority, features: features)
    } catch {
      return .contextTooLong
    }
    record.pointee.replica = Int32(truncatingIfNeeded: choice)
    countOutstanding(slot, 1)
    boundaries.update(replica, to: fleet.key(of: replica))
    if isTracing { traceReplica(replica) }
    return .none
  }

  /// A client that has not seen a first token gives up.
  private mutating func losePatience(_ slot: Int, _ generation: UInt32) {
    let record = records + slot
    guard record.pointee.generation == generation, record.pointee.status == .inFlight,
      !hasFirstToken(slot), !record.pointee.isCancelling
    else { return }
    giveUp(slot, .impatience)
  }

  /// Whether a request's first token has appeared. What the engine knows of a slot is an earlier
  /// request's until this one is at a replica.
  func hasFirstToken(_ slot: Int) -> Bool {
    let record = records + slot
    if record.pointee.replica >= 0, fleet.firstTokenAt(slot) >= 0 { return true }
    if !moved.isEmpty, let before = moved[slot] { return before.firstToken >= 0 }
    if record.pointee.replica >= 0 { return false }
    return record.pointee.firstToken >= 0 && record.pointee.firstToken <= now
  }

  /// A client gives up: at once where the request is at rest, at the next event where it travels.
  mutating func giveUp(_ slot: Int, _ reason: RequestRecord.Reason) {
    records[slot].reason = reason
    if isControlled {
      giveUpControlled(slot, reason)
    } else if isHeld(slot) {
      dropHeld(slot)
    } else if records[slot].replica < 0 {
      records[slot].gaveUpEarly = true
    } else {
      cancelAtReplica(slot)
    }
  }

  /// Asks the engine to drop a request; it does at its next boundary.
  mutating func cancelAtReplica(_ slot: Int) {
    let record = records + slot
    record.pointee.isCancelling = true
    let replica =
      isDisaggregated
      ? replicaNow(slot)
      : pools[Int(record.pointee.deployment)].firstReplica + Int(record.pointee.replica)
    fleet.cancel(slot, at: replica, time: now)
    boundaries.update(replica, to: fleet.key(of: replica))
  }

  /// A replica has finished with a request, one way or the other.
  @inline(__always)
  mutating func leaveReplica(_ slot: Int, _ replica: Int, isFinished: Bool) {
    let record = records + slot
    var isFinished = isFinished
    if isDisaggregated, handsOver(slot, from: replica, isFinished: &isFinished) { return }
    assert(
      isDisaggregated
        || pools[Int(record.pointee.deployment)].firstReplica + Int(record.pointee.replica)
          == replica
    )
    noteProgress(slot)
    if isDisaggregated {
      countOut(slot, isFinished: isFinished)
    } else {
      countOutstanding(slot, -1)
    }
    if isControlled {
      leavePoolControlled(slot, isFinished: isFinished)
    } else if isFinished {
      record.pointee.status = .completed
      record.pointee.reason = .none
      if isMetered {
        pools[Int(record.pointee.deployment)].ledger.finish(
          prompt: record.pointee.promptTokens, output: record.pointee.deliveredTokens)
      }
      conclude(slot)
    } else {
      end(slot, reason: record.pointee.reason)
    }
    if isElastic { noteLeft(replica) }
  }

  /// Ends a request that is at no deployment.
  mutating func end(_ slot: Int, reason: RequestRecord.Reason) {
    records[slot].status = reason.status
    records[slot].reason = reason
    conclude(slot)
  }

  /// Takes down an ended request and frees its slot.
  @inline(__always)
  mutating func conclude(_ slot: Int) {
    let record = records + slot
    record.pointee.ended = now
    if !record.pointee.isInOrder { breakLaw(.causality, record.pointee.moments) }
    if isControlled, record.pointee.status == .completed, record.pointee.deployment >= 0 {
      deployments[Int(record.pointee.deployment)].used.add(record.pointee)
    }
    fingerprint.combine(
      UInt64(record.pointee.status.rawValue) << 60
        ^ UInt64(UInt32(bitPattern: record.pointee.workload)) << 44 ^ record.pointee.index,
      UInt64(bitPattern: now) ^ UInt64(bitPattern: record.pointee.firstToken) << 1)
    if checkpointLength > 0 { noteInTrails(record) }
    count(record)
    if let recorder, recorder.wantsRequests { recorder.record(record.pointee) }
    if record.pointee.client >= 0 {
      demand.answered(
        workload: record.pointee.workload, client: record.pointee.client,
        completed: record.pointee.status == .completed,
        at: SimTime(nanoseconds: now + record.pointee.wayBack))
    }
    if isTracing { traceLevels() }
    if isControlled, controls[slot].parent >= 0 { tellChain(slot) }
    record.pointee.generation &+= 1
    fleet.releaseSlot(slot)
  }
}
