import ServingEngine
import SimulationKernel

/// Requests at an elastic pool that are at no replica: held until one is ready, or taken from one that goes.
extension Simulation {
  /// What a request had received before it moved to another replica.
  struct Moved: Sendable {
    var started: Int64
    var firstToken: Int64
    var tokens: Int32
  }

  /// A pool has no replica to send a request to: holds it, or says why not.
  mutating func admitWithoutReplica(_ slot: Int) -> RequestRecord.Reason {
    let pool = Int(records[slot].deployment)
    guard world.pools[pool].elastic != nil, elastic[pool].spec.whenEmpty == .hold else {
      return .capacity
    }
    // The engine would refuse it later.
    if Int(records[slot].promptTokens) >= world.pools[pool].scheduler.maxModelTokens {
      return .contextTooLong
    }
    keepWaiting(slot)
    return .none
  }

  private mutating func keepWaiting(_ slot: Int) {
    let pool = Int(records[slot].deployment)
    elastic[pool].integrate(to: now)
    ticket += 1
    heldTickets[slot] = ticket
    elastic[pool].held.append((Int32(truncatingIfNeeded: slot), ticket))
    elastic[pool].heldCount += 1
    countAtPool(pool, 1)
  }

  private mutating func countAtPool(_ pool: Int, _ sign: Int32) {
    pools[pool].outstanding += Int(sign)
    if !gatewayIsStale { gatewayLoads[pool] += sign }
  }

  /// Whether a request waits at its pool for a replica.
  func isHeld(_ slot: Int) -> Bool { !heldTickets.isEmpty && heldTickets[slot] != nil }

  /// Takes a request out of those that wait for a replica.
  private mutating func stopWaiting(_ slot: Int) {
    let pool = Int(records[slot].deployment)
    elastic[pool].integrate(to: now)
    heldTickets[slot] = nil
    elastic[pool].heldCount -= 1
    countAtPool(pool, -1)
  }

  /// A client, or the gateway, gives up a request that waits for a replica.
  mutating func dropHeld(_ slot: Int) {
    stopWaiting(slot)
    forgetProgress(slot)
    if isControlled {
      leavePoolControlled(slot, isFinished: false)
    } else {
      end(slot, reason: records[slot].reason)
    }
  }

  /// A replica is ready: what was held goes to it, in order of coming.
  mutating func releaseHeld(_ pool: Int) {
    while elastic[pool].heldHead < elastic[pool].held.count, pools[pool].loads.availableCount > 0 {
      let (slot32, ticket) = elastic[pool].held[elastic[pool].heldHead]
      elastic[pool].heldHead += 1
      let slot = Int(slot32)
      // Those that gave up left their tickets behind.
      guard heldTickets[slot] == ticket else { continue }
      stopWaiting(slot)
      sendToReplica(slot)
    }
    if elastic[pool].heldHead == elastic[pool].held.count {
      elastic[pool].held.removeAll(keepingCapacity: true)
      elastic[pool].heldHead = 0
    }
  }

  /// Gives a request that its pool has admitted already to a replica of it.
  private mutating func sendToReplica(_ slot: Int) {
    let record = records + slot
    let refusal = chooseReplica(slot)
    if refusal == .none { return }
    assert(refusal == .serverError, "what was held can be served")
    failAtPool(slot)
    assert(record.pointee.replica < 0 || refusal == .none)
  }

  /// A request at a replica that goes, or has failed: it fails, or goes on at another replica.
  mutating func loseRequest(_ slot: Int, _ replica: Int, _ treatment: ElasticPool.InFlight) {
    let record = records + slot
    let pool = Int(record.pointee.deployment)
    noteProgress(slot)
    countOutstanding(slot, -1)
    let isWanted =
      !isControlled || !(controls[slot].isAttemptCancelled || record.pointee.gaveUpEarly)
    guard treatment != .drain, isWanted else {
      elastic[pool].statistics.lostRequests += 1
      return failAtPool(slot)
    }
    elastic[pool].statistics.movedRequests += 1
    record.pointee.preemptions += 1
    moved[slot] = Moved(
      started: record.pointee.started, firstToken: record.pointee.firstToken,
      tokens: record.pointee.deliveredTokens)
    record.pointee.replica = -1
    if pools[pool].loads.availableCount == 0 {
      keepWaiting(slot)
    } else {
      sendToReplica(slot)
    }
  }

  /// Ends a request, or its attempt, at a pool by a server error.
  private mutating func failAtPool(_ slot: Int) {
    forgetProgress(slot)
    records[slot].isCancelling = false
    if isControlled {
      if !records[slot].gaveUpEarly, !controls[slot].isAttemptCancelled {
        controls[slot].failure = .serverError
        controls[slot].retryAfter = -1
        controls[slot].isAttemptCancelled = true
      }
      leavePoolControlled(slot, isFinished: false)
    } else {
      end(slot, reason: .serverError)
    }
  }

  /// What a request received at the replicas it was at is of no use to another attempt.
  private mutating func forgetProgress(_ slot: Int) {
    moved[slot] = nil
    guard isControlled else { return }
    records[slot].replica = -1
    records[slot].started = -1
    records[slot].firstToken = -1
    records[slot].deliveredTokens = 0
  }

  /// Takes into the record what a request has received so far, at this replica and those before.
  @inline(__always)
  mutating func noteProgress(_ slot: Int) {
    let record = records + slot
    record.pointee.started = fleet.startedAt(slot)
    record.pointee.firstToken = fleet.firstTokenAt(slot)
    record.pointee.deliveredTokens = Int32(truncatingIfNeeded: fleet.generatedTokens(slot))
    if texts != nil {
      record.pointee.cachedTokens = Int32(truncatingIfNeeded: fleet.hitTokens(slot))
    }
    if isDisaggregated {
      takeAway(slot)
      addPassage(slot)
    } else {
      pools[Int(record.pointee.deployment)].ledger.take(
        tokens: Int(record.pointee.deliveredTokens), prompt: fleet.promptTokens(slot))
    }
    if !moved.isEmpty { addMoved(slot) }
  }

  private mutating func addMoved(_ slot: Int) {
    guard let before = moved.removeValue(forKey: slot) else { return }
    let record = records + slot
    if before.started >= 0 { record.pointee.started = before.started }
    if before.firstToken >= 0 { record.pointee.firstToken = before.firstToken }
    record.pointee.deliveredTokens += before.tokens
  }
}
