import ServingEngine
import SimulationKernel
import Workload

/// A request's way: client, gateway, pool, replica, end.
extension Simulation {
  /// The next request of the demand is sent.
  @inline(__always)
  mutating func arrive() {
    let arrival = demand.pull()
    requests += 1
    let slot = fleet.allocateSlot()
    if slot >= recordCapacity { growRecords() }
    let record = records + slot
    record.pointee.begin(arrival, number: UInt64(requests - 1), at: now)
    let workload = workloads + Int(arrival.workload)
    workload.pointee.totals.arrived += 1
    if now >= measuredFrom { workload.pointee.statistics.arrived += 1 }
    let slot32 = Int32(truncatingIfNeeded: slot)
    if workload.pointee.patience != Int64.max {
      schedule(
        .losesPatience(slot: slot32, generation: record.pointee.generation),
        after: workload.pointee.patience, phase: .cancellation)
    }
    let delay = toGateway[Int(arrival.origin)]
    if delay > 0 {
      schedule(.reachesGateway(slot: slot32), after: delay, phase: .arrival)
    } else {
      choosePool(slot)
    }
  }

  private mutating func growRecords() {
    let larger = UnsafeMutablePointer<RequestRecord>.allocate(capacity: recordCapacity * 2)
    larger.moveInitialize(from: records, count: recordCapacity)
    (larger + recordCapacity).initialize(repeating: RequestRecord(), count: recordCapacity)
    records.deallocate()
    records = larger
    recordCapacity *= 2
  }

  /// A queued event's moment has come.
  mutating func playQueued() {
    let event = queue.pop()
    switch pending.remove(event.slot) {
    case .reachesGateway(let slot): choosePool(Int(slot))
    case .reachesPool(let slot): chooseReplica(Int(slot))
    case .losesPatience(let slot, let generation): losePatience(Int(slot), generation)
    case .warmupEnds: beginMeasuring()
    case .minuteEnds:
      endMinute()
      schedule(.minuteEnds, after: Self.minute, phase: .tick)
    case .gatewayLooks:
      for id in world.pools.indices {
        gatewayLoads[id] = Int32(truncatingIfNeeded: pools[id].outstanding)
      }
      schedule(.gatewayLooks, after: world.gateway.staleness.nanoseconds, phase: .tick)
    case .poolLooks(let id):
      pools[id].loads.refresh()
      schedule(
        .poolLooks(id), after: world.pools[id].routing.staleness.nanoseconds, phase: .tick)
    }
  }

  /// The gateway decides to which pool a request goes, and sends it there.
  @inline(__always)
  mutating func choosePool(_ slot: Int) {
    let record = records + slot
    let workload = Int(record.pointee.workload)
    let origin = Int(record.pointee.origin)
    let way = workload * origins + origin
    let pool = onlyPool[way] >= 0 ? Int(onlyPool[way]) : askGateway(record, way: way)
    record.pointee.pool = Int32(truncatingIfNeeded: pool)
    let delay = toPool[origin * world.pools.count + pool]
    record.pointee.wayBack = toGateway[origin] + delay
    if delay > 0 {
      schedule(
        .reachesPool(slot: Int32(truncatingIfNeeded: slot)), after: delay, phase: .arrival)
    } else {
      chooseReplica(slot)
    }
  }

  /// The pool that the gateway's policy chooses.
  private mutating func askGateway(
    _ record: UnsafeMutablePointer<RequestRecord>, way: Int
  ) -> Int {
    guard let route = routes[way] else {
      preconditionFailure("a request from an origin without a route")
    }
    let candidates = PoolCandidates(route: route, load: UnsafePointer(gatewayLoads))
    let stream = workloads[Int(record.pointee.workload)].policyStream
    let choice = gateway.choose(
      candidates, draws: PolicyDraws(stream: stream, index: record.pointee.index << 1))
    precondition(choice >= 0 && choice < candidates.count, "a policy chose no candidate")
    return candidates[choice].pool
  }

  /// A pool's balancer gives a request to a replica, or turns it away.
  @inline(__always)
  mutating func chooseReplica(_ slot: Int) {
    let record = records + slot
    if record.pointee.gaveUpEarly {
      end(slot, as: .cancelled, reason: .impatience)
      return
    }
    let pool = pools + Int(record.pointee.pool)
    record.pointee.reachedPool = now
    pool.pointee.minute.arrivals += 1
    let isMeasured = record.pointee.arrival >= measuredFrom
    if isMeasured { pool.pointee.statistics.arrived += 1 }
    if pool.pointee.outstanding >= pool.pointee.admissionLimit {
      end(slot, as: .rejected, reason: .queueFull)
      return
    }
    let workload = workloads + Int(record.pointee.workload)
    let choice =
      pool.pointee.replicas == 1
      ? 0
      : pool.pointee.router.choose(
        pool.pointee.loads,
        draws: PolicyDraws(
          stream: workload.pointee.policyStream, index: record.pointee.index << 1 | 1))
    precondition(choice >= 0 && choice < pool.pointee.replicas, "a policy chose no replica")
    let replica = pool.pointee.firstReplica + choice
    do {
      try fleet.enqueue(
        slot, to: replica, at: now, prompt: Int(record.pointee.promptTokens),
        output: Int(record.pointee.outputTokens), priority: workload.pointee.priority)
    } catch {
      end(slot, as: .rejected, reason: .contextTooLong)
      return
    }
    record.pointee.replica = Int32(truncatingIfNeeded: choice)
    countOutstanding(slot, 1)
    boundaries.update(replica, to: fleet.key(of: replica))
  }

  /// A client that has not seen a first token gives up.
  private mutating func losePatience(_ slot: Int, _ generation: UInt32) {
    let record = records + slot
    guard record.pointee.generation == generation, record.pointee.status == .inFlight,
      fleet.firstTokenAt(slot) < 0, !record.pointee.isCancelling
    else { return }
    if record.pointee.replica < 0 {
      record.pointee.gaveUpEarly = true
      return
    }
    record.pointee.isCancelling = true
    let replica = pools[Int(record.pointee.pool)].firstReplica + Int(record.pointee.replica)
    fleet.cancel(slot, at: replica, time: now)
    boundaries.update(replica, to: fleet.key(of: replica))
  }

  /// Ends a request that is at no replica.
  private mutating func end(
    _ slot: Int, as status: RequestRecord.Status, reason: RequestRecord.Reason
  ) {
    records[slot].status = status
    records[slot].reason = reason
    conclude(slot)
  }

  /// Takes down an ended request and frees its slot.
  @inline(__always)
  mutating func conclude(_ slot: Int) {
    let record = records + slot
    record.pointee.ended = now
    fingerprint.combine(
      UInt64(record.pointee.status.rawValue) << 60
        ^ UInt64(UInt32(bitPattern: record.pointee.workload)) << 44 ^ record.pointee.index,
      UInt64(bitPattern: now) ^ UInt64(bitPattern: record.pointee.firstToken) << 1)
    count(record)
    if let recorder, recorder.wantsRequests { recorder.record(record.pointee) }
    if record.pointee.client >= 0 {
      demand.answered(
        workload: record.pointee.workload, client: record.pointee.client,
        at: SimTime(nanoseconds: now + record.pointee.wayBack))
    }
    record.pointee.generation &+= 1
    fleet.releaseSlot(slot)
  }

  @inline(__always)
  private func count(_ record: UnsafeMutablePointer<RequestRecord>) {
    let workload = workloads + Int(record.pointee.workload)
    let isMeasured = record.pointee.arrival >= measuredFrom
    switch record.pointee.status {
    case .completed:
      workload.pointee.totals.completed += 1
      let pool = pools + Int(record.pointee.pool)
      pool.pointee.minute.completions += 1
      if recordsMinutes {
        pool.pointee.minute.latencies.record(
          record.pointee, timePerOutputToken: record.pointee.timePerOutputToken)
      }
      if isMeasured { countCompleted(record) }
    case .rejected:
      workload.pointee.totals.rejected += 1
      pools[Int(record.pointee.pool)].minute.rejections += 1
      if isMeasured {
        workload.pointee.statistics.rejected[Int(record.pointee.reason.rawValue)] += 1
        pools[Int(record.pointee.pool)].statistics.rejected += 1
      }
    case .cancelled:
      workload.pointee.totals.cancelled += 1
      if isMeasured { workload.pointee.statistics.cancelled += 1 }
      if record.pointee.reachedPool >= 0 {
        pools[Int(record.pointee.pool)].minute.cancellations += 1
        if isMeasured { pools[Int(record.pointee.pool)].statistics.cancelled += 1 }
      }
    case .inFlight:
      preconditionFailure("a request that ended is not in flight")
    }
    if isMeasured {
      workload.pointee.statistics.preemptions += Int64(record.pointee.preemptions)
    }
  }

  @inline(__always)
  private func countCompleted(_ record: UnsafeMutablePointer<RequestRecord>) {
    let workload = workloads + Int(record.pointee.workload)
    let pool = Int(record.pointee.pool)
    let tpot = record.pointee.timePerOutputToken
    let isFirstInTime =
      record.pointee.timeToFirstToken <= workload.pointee.timeToFirstTokenLimit
    let isSpeedRight = tpot <= workload.pointee.timePerOutputTokenLimit
    let isEndInTime = record.pointee.endToEnd <= workload.pointee.endToEndLimit
    workload.pointee.statistics.completed += 1
    workload.pointee.statistics.promptTokens += Int64(record.pointee.promptTokens)
    workload.pointee.statistics.outputTokens += Int64(record.pointee.deliveredTokens)
    workload.pointee.statistics.goodTimeToFirstToken += isFirstInTime ? 1 : 0
    workload.pointee.statistics.goodTimePerOutputToken += isSpeedRight ? 1 : 0
    workload.pointee.statistics.goodEndToEnd += isEndInTime ? 1 : 0
    workload.pointee.statistics.good += isFirstInTime && isSpeedRight && isEndInTime ? 1 : 0
    pools[pool].statistics.completed += 1
    let cell = latencies + Int(record.pointee.workload) * world.pools.count + pool
    cell.pointee.record(record.pointee, timePerOutputToken: tpot)
  }
}
