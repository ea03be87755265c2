import ServingEngine
import SimulationKernel

/// Requests whose prompt and output are computed by different replicas: prefill, hand-over, copy, decode.
///
/// To everybody else such a request is at the pool that prefills, from its admission to its end.
extension Simulation {
  // MARK: Into the first replica

  /// Asks the replica that prefills for no more than the first token; says why the request cannot be served
  /// where its prompt is too long for the replicas that decode.
  mutating func beginPassage(
    _ slot: Int, prompt: Int, output: inout Int, _ features: inout RequestFeatures
  ) -> RequestRecord.Reason {
    var passage = DisaggregationState.Passage()
    defer { disaggregation[slot] = passage }
    guard let join = world.pools[Int(records[slot].deployment)].disaggregation else {
      return .none
    }
    let room = world.pools[join.decodePool].scheduler.maxModelTokens - prompt
    if room < 1 { return .contextTooLong }
    passage.stage = .prefill
    passage.hidesFirstToken = join.firstToken == .decode
    passage.endsWithPrefill = join.firstToken == .prefill && min(output, room) == 1
    output = 1
    features.keepsBlocks = !passage.endsWithPrefill
    return .none
  }

  // MARK: From one to the other

  /// A request leaves a replica of a disaggregated pool, or of another.
  ///
  /// - Returns: Whether it goes on at another replica.
  mutating func handsOver(_ slot: Int, from replica: Int, isFinished: inout Bool) -> Bool {
    var passage = disaggregation[slot]
    switch passage.stage {
    case .whole: return false
    case .prefill:
      guard isFinished, !passage.endsWithPrefill else { return false }
      let kept = fleet.blocksTaken(by: slot, at: replica)
      if records[slot].isCancelling {
        // Its client gave up in the step that was its last here.
        isFinished = false
        fleet.releaseBlocks(kept, at: replica, time: now)
        return false
      }
      passage.keptBlocks = Int32(truncatingIfNeeded: kept)
      passage.started = fleet.startedAt(slot)
      passage.prefilled = now
      disaggregation[slot] = passage
      enterDecode(slot)
      return true
    case .decode:
      assert(!isFinished || passage.copy < 0 && passage.keptBlocks == 0)
      if passage.copy >= 0 {
        // The copy goes on: what is being written cannot be given to others.
        disaggregation.abandon(passage.copy)
      } else if passage.keptBlocks > 0 {
        let sender = prefillReplica(slot)
        fleet.releaseBlocks(Int(passage.keptBlocks), at: sender, time: now)
        boundaries.update(sender, to: fleet.key(of: sender))
      }
      return false
    }
  }

  /// The replica of the fleet that prefills, or prefilled, a request.
  private func prefillReplica(_ slot: Int) -> Int {
    pools[Int(records[slot].deployment)].firstReplica + Int(records[slot].replica)
  }

  /// The pool whose replica a request is at now.
  func poolNow(_ slot: Int) -> Int {
    disaggregation[slot].stage == .decode ? decodePool(slot) : Int(records[slot].deployment)
  }

  /// The pool that decodes for the one a request is at.
  private func decodePool(_ slot: Int) -> Int {
    guard let join = world.pools[Int(records[slot].deployment)].disaggregation else {
      preconditionFailure("a request decodes apart at a pool that is not disaggregated")
    }
    return join.decodePool
  }

  /// The replica of the fleet a request is at now.
  func replicaNow(_ slot: Int) -> Int {
    let passage = disaggregation[slot]
    guard passage.stage == .decode else { return prefillReplica(slot) }
    return pools[decodePool(slot)].firstReplica + Int(passage.decodeReplica)
  }

  /// Gives a request whose prompt is computed to a replica that decodes.
  private mutating func enterDecode(_ slot: Int) {
    let record = records + slot
    let (from, to) = (Int(record.pointee.deployment), decodePool(slot))
    let workload = workloads + Int(record.pointee.workload)
    let tokens = Int64(record.pointee.promptTokens + record.pointee.estimatedOutputTokens)
    pools[from].loads.add(requests: -1, tokens: -tokens, to: Int(record.pointee.replica))
    pools[from].ledger.change(-1, at: now)
    pools[from].ledger.take(tokens: fleet.generatedTokens(slot), prompt: fleet.promptTokens(slot))
    pools[to].minute.arrivals += 1
    if isMeasured(record.pointee.arrival) { pools[to].statistics.arrived += 1 }
    // Draws of its own, beside the gateway's and the first balancer's.
    let choice =
      pools[to].replicas == 1
      ? 0
      : pools[to].router.choose(
        pools[to].loads,
        draws: PolicyDraws(
          stream: workload.pointee.policyStream, index: record.pointee.index << 1 | 1 << 63))
    precondition(choice >= 0 && choice < pools[to].replicas, "a policy chose no replica")
    disaggregation[slot].stage = .decode
    disaggregation[slot].decodeReplica = Int32(truncatingIfNeeded: choice)
    pools[to].loads.add(requests: 1, tokens: tokens, to: choice)
    pools[to].outstanding += 1
    pools[to].ledger.change(1, at: now)
    var features = RequestFeatures()
    features.transferredTokens = record.pointee.promptTokens
    features.bringsFirstToken = world.pools[from].disaggregation?.firstToken == .prefill
    let replica = pools[to].firstReplica + choice
    do {
      try fleet.enqueue(
        slot, to: replica, at: now, prompt: Int(record.pointee.promptTokens),
        output: Int(record.pointee.outputTokens), priority: workload.pointee.priority,
        features: features)
    } catch {
      preconditionFailure("the context of the replicas that decode was looked at before")
    }
    boundaries.update(replica, to: fleet.key(of: replica))
    if isTracing { traceReplica(replica) }
  }

  /// A request has blocks for its cache: a copy is reserved, and begins when both its interfaces are free.
  mutating func beginCopy(_ slot: Int) {
    let record = records + slot
    let pool = Int(record.pointee.deployment)
    let passage = disaggregation[slot]
    let receiver = replicaNow(slot)
    let copy = disaggregation.insert(
      DisaggregationState.Copy(
        slot: Int32(truncatingIfNeeded: slot),
        sender: Int32(truncatingIfNeeded: prefillReplica(slot)),
        receiver: Int32(truncatingIfNeeded: receiver), sentBlocks: passage.keptBlocks,
        reservedBlocks: Int32(truncatingIfNeeded: fleet.blocksTaken(by: slot, at: receiver)),
        pool: record.pointee.deployment, reserved: now,
        isMeasured: record.pointee.arrival >= countedFrom))
    disaggregation[slot].copy = copy
    disaggregation[slot].reserved = now
    if isMeasured(record.pointee.arrival) {
      disaggregation.statistics[pool].waiting.record(now - passage.prefilled)
    }
    if disaggregation.begins(copy) { send(copy) }
  }

  /// A copy begins: when it will be over is known.
  private mutating func send(_ number: Int32) {
    let copy = disaggregation.copies[Int(number)]
    let pool = Int(copy.pool)
    guard let join = world.pools[pool].disaggregation else {
      preconditionFailure("only a disaggregated pool copies caches")
    }
    let time = join.link.sendingTime(Int64(copy.sentBlocks) * join.blockBytes)
    disaggregation.statistics[pool].sending += Int128(
      max(0, min(now + time, world.horizon.nanoseconds) - max(now, measuredFrom)))
    schedule(.cacheIsSent(number), after: time, phase: .completion)
  }

  /// A copy has been sent: its interfaces serve the next, and soon it can be used.
  mutating func cacheIsSent(_ number: Int32) {
    disaggregation.endSending(number)
    while let next = disaggregation.beginNext() { send(next) }
    let pool = Int(disaggregation.copies[Int(number)].pool)
    let latency = world.pools[pool].disaggregation?.link.latency.nanoseconds ?? 0
    if latency == 0 { return cacheArrives(number) }
    schedule(.cacheArrives(number), after: latency, phase: .completion)
  }

  /// A cache is there: what it held where it came from is free, and its request may join the batch.
  mutating func cacheArrives(_ number: Int32) {
    let copy = disaggregation.remove(number)
    let (sender, receiver) = (Int(copy.sender), Int(copy.receiver))
    fleet.releaseBlocks(Int(copy.sentBlocks), at: sender, time: now)
    if copy.slot >= 0 {
      disaggregation[Int(copy.slot)].copy = -1
      disaggregation[Int(copy.slot)].keptBlocks = 0
      fleet.receive(Int(copy.slot), at: receiver, time: now)
    } else {
      fleet.releaseBlocks(Int(copy.reservedBlocks), at: receiver, time: now)
    }
    if copy.isMeasured, now >= measuredFrom {
      let pool = Int(copy.pool)
      let bytes =
        Int128(copy.sentBlocks) * Int128(world.pools[pool].disaggregation?.blockBytes ?? 0)
      disaggregation.statistics[pool].copies += 1
      disaggregation.statistics[pool].bytes += bytes
      disaggregation.statistics[pool].copying.record(now - copy.reserved)
    }
    for replica in [sender, receiver] {
      boundaries.update(replica, to: fleet.key(of: replica))
      if isTracing { traceReplica(replica) }
    }
  }

  // MARK: Out of the second

  /// Counts a request that ends out of the loads of its pool and of the replica it is at.
  mutating func countOut(_ slot: Int, isFinished: Bool) {
    let passage = disaggregation[slot]
    guard passage.stage == .decode else { return countOutstanding(slot, -1) }
    let record = records + slot
    let (from, to) = (Int(record.pointee.deployment), decodePool(slot))
    let tokens = Int64(record.pointee.promptTokens + record.pointee.estimatedOutputTokens)
    pools[to].loads.add(requests: -1, tokens: -tokens, to: Int(passage.decodeReplica))
    pools[to].outstanding -= 1
    pools[to].ledger.change(-1, at: now)
    pools[to].ledger.addApart(apartTime(slot))
    pools[from].outstanding -= 1
    if !gatewayIsStale { gatewayLoads[from] -= 1 }
    let isMeasured = isMeasured(record.pointee.arrival)
    if isFinished {
      pools[to].minute.completions += 1
      if isMeasured { pools[to].statistics.completed += 1 }
    } else {
      pools[to].minute.cancellations += 1
      if isMeasured { pools[to].statistics.cancelled += 1 }
    }
  }

  /// Counts the tokens that a request takes away from the replica it leaves.
  mutating func takeAway(_ slot: Int) {
    let isHere = disaggregation[slot].stage == .decode
    pools[poolNow(slot)].ledger.take(
      tokens: fleet.generatedTokens(slot) - broughtTokens(slot),
      prompt: isHere ? 0 : fleet.promptTokens(slot))
  }

  /// Tokens with which a request came to the replica it is at.
  func broughtTokens(_ slot: Int) -> Int {
    guard disaggregation[slot].stage == .decode else { return 0 }
    return world.pools[Int(records[slot].deployment)].disaggregation?.firstToken == .prefill ? 1 : 0
  }

  /// Nanoseconds for which a request has been where it decodes without waiting or running: from the
  /// reservation of its blocks to its first batch.
  func apartTime(_ slot: Int) -> Int64 {
    let passage = disaggregation[slot]
    guard passage.stage == .decode, passage.reserved >= 0 else { return 0 }
    let started = fleet.startedAt(slot)
    return (started >= 0 ? started : now) - passage.reserved
  }

  /// A request that decodes joined its first batch where it was prefilled; and what that replica answered may
  /// be nothing to its client.
  func addPassage(_ slot: Int) {
    let passage = disaggregation[slot]
    switch passage.stage {
    case .whole: break
    case .decode: records[slot].started = passage.started
    case .prefill where passage.hidesFirstToken:
      records[slot].firstToken = -1
      records[slot].deliveredTokens = 0
    case .prefill: break
    }
  }

  /// Puts what the caches did into the pools' statistics.
  func concludeTransfers() {
    for (id, pool) in world.pools.enumerated() where pool.disaggregation != nil {
      pools[id].statistics.transfers = disaggregation.statistics[id]
    }
  }
}
