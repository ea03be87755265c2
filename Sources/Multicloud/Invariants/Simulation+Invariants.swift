import ServingEngine
import SimulationKernel
import Workload

/// The laws of a run, looked at between two events. Nothing here changes what happens next.
extension Simulation {
  /// Takes down that a law is broken by the event under way. Only the first counts.
  @inline(never)
  mutating func breakLaw(_ invariant: Invariant, _ detail: String, isExact: Bool = true) {
    guard violation == nil else { return }
    var violation = InvariantViolation(
      invariant, detail, event: events, time: SimTime(nanoseconds: now),
      isExact: isExact)
    violation.seed = world.seed
    self.violation = violation
  }

  /// Checks all sums after an event. O(requests in flight + replicas × block size).
  mutating func checkSums() {
    guard violation == nil else { return }
    let isExact = invariants.from != nil && invariants.stride == 1
    if let (invariant, detail) = brokenSum() { breakLaw(invariant, detail, isExact: isExact) }
  }

  private func brokenSum() -> (Invariant, String)? {
    if let broken = brokenRequestSum() { return broken }
    if isControlled, let broken = brokenAttemptSum() { return broken }
    let census = census()
    for id in world.pools.indices {
      if let broken = brokenPool(id, census[id]) { return broken }
    }
    if queue.nextKey >> 3 < UInt64(now) {
      return (.clockIsMonotone, "an event waits for \(queue.nextKey >> 3) ns")
    }
    return nil
  }

  // MARK: Requests and attempts

  private func brokenRequestSum() -> (Invariant, String)? {
    var present = [Int64](repeating: 0, count: world.workloads.count)
    for slot in 0..<fleet.slotBound where fleet.isInUse(slot) {
      present[Int(records[slot].workload)] += 1
    }
    var arrived: Int64 = 0
    for id in world.workloads.indices {
      let totals = workloads[id].totals
      arrived += totals.arrived
      let ended = totals.completed + totals.rejected + totals.failed + totals.cancelled
      if totals.arrived != ended + present[id] {
        return (
          .requestsAreConserved,
          "of workload '\(world.workloads[id].spec.name)' \(totals.arrived) arrived, \(ended) ended and "
            + "\(present[id]) are under way"
        )
      }
    }
    if arrived != requests {
      return (.requestsAreConserved, "\(requests) arrived, \(arrived) by workload")
    }
    return nil
  }

  private func brokenAttemptSum() -> (Invariant, String)? {
    var present = [Int](repeating: 0, count: deploymentCount)
    for slot in 0..<fleet.slotBound where fleet.isInUse(slot) {
      switch controls[slot].phase {
      case .atPool, .atEndpoint, .hanging: present[Int(records[slot].deployment)] += 1
      case .arriving, .held, .sent, .failing, .pausing, .clientPausing, .chain: break
      }
    }
    for id in 0..<deploymentCount {
      let totals = deployments[id].totals
      let ended = totals.completed + totals.refusedTotal + totals.cancelled
      if totals.attempts != ended + Int64(present[id]) || deployments[id].inFlight != present[id] {
        return (
          .attemptsAreConserved,
          "at deployment \(id) of \(totals.attempts) attempts \(ended) ended, \(present[id]) are "
            + "there and \(deployments[id].inFlight) are counted"
        )
      }
    }
    return nil
  }

  // MARK: Pools

  private func brokenPool(_ id: Int, _ census: PoolCensus) -> (Invariant, String)? {
    let first = pools[id].firstReplica
    let name = world.pools[id].name
    for replica in first..<(first + pools[id].replicas) {
      switch fleet.problem(of: replica) {
      case nil: break
      case .idleness(let text):
        return (.workIsConserved, "replica \(replica) of '\(name)': \(text)")
      case .counts(let text):
        return (.requestsAreConserved, "replica \(replica) of '\(name)': \(text)")
      case .blocks(let text):
        return (.blocksAreConserved, "replica \(replica) of '\(name)': \(text)")
      }
      if boundaries.key(of: replica) != fleet.key(of: replica) {
        return (.workIsConserved, "replica \(replica) of '\(name)' is not called at its moment")
      }
      if isElastic, replicaStates[replica].pool >= 0, !fleet.isEmpty(replica) {
        switch replicaStates[replica].phase {
        case .ready, .draining: break
        case .gone, .provisioning, .loading, .warming, .failed:
          return (
            .workIsConserved,
            "replica \(replica) of '\(name)' has requests and is \(replicaStates[replica].phase.word)"
          )
        }
      }
    }
    if isElastic, elastic[id].heldCount > 0, pools[id].loads.availableCount > 0 {
      return (.workIsConserved, "'\(name)' holds \(elastic[id].heldCount) beside a ready replica")
    }
    return brokenPresence(id, census)
  }

  /// Requests at replicas, counted three ways.
  private func brokenPresence(_ id: Int, _ census: PoolCensus) -> (Invariant, String)? {
    let first = pools[id].firstReplica
    var byEngine = 0
    var produced: Int64 = 0
    var unfinished = census.tokens
    for replica in first..<(first + pools[id].replicas) {
      byEngine +=
        fleet.running(replica) + fleet.waiting(replica) + fleet.transferring(replica)
      produced += fleet.totals(replica).outputTokens
      unfinished += Int64(fleet.leftOut(replica))
    }
    let held = isElastic ? elastic[id].heldCount : 0
    let ledger = pools[id].ledger
    if byEngine != census.present || census.present != ledger.present
      || pools[id].outstanding != census.present + census.elsewhere + held
    {
      return (
        .requestsAreConserved,
        "pool '\(world.pools[id].name)' has \(byEngine) by its engines, \(census.present) by "
          + "requests, \(ledger.present) by arrivals less departures, \(pools[id].outstanding) "
          + "outstanding with \(held) held and \(census.elsewhere) that decode elsewhere"
      )
    }
    if produced != ledger.takenTokens + unfinished {
      return (
        .tokensAreConserved,
        "replicas of '\(world.pools[id].name)' produced \(produced) tokens; requests took "
          + "\(ledger.takenTokens) away and have \(unfinished)"
      )
    }
    return nil
  }

  // MARK: Quotas

  /// Whether a quota that has just admitted a call is within its limit and its rule's overshoot.
  @inline(__always)
  mutating func checkQuota(_ quota: Int, _ ask: QuotaAsk, _ reading: QuotaReading) {
    guard let overshoot = world.quotas[quota].rule.overshoot(of: ask) else { return }
    if reading.used - reading.effectiveLimit > overshoot {
      breakLaw(
        .quotaIsKept,
        "quota '\(world.quotas[quota].name)' admitted a call to \(reading.used) of "
          + "\(reading.effectiveLimit), \(overshoot) over it at most")
    }
  }

  // MARK: The end

  /// Checks what is only complete when the run is: time, prompts, usage. Replicas are settled.
  mutating func checkEnd() {
    let census = census()
    for id in world.pools.indices {
      if let (invariant, detail) = brokenWork(id, census[id]) {
        breakLaw(invariant, detail, isExact: false)
      }
    }
    if isMetered, let detail = meter.discrepancy(with: usageByDeployment()) {
      breakLaw(.billsTrace, detail, isExact: false)
    }
  }

  private func brokenWork(_ id: Int, _ census: PoolCensus) -> (Invariant, String)? {
    let name = world.pools[id].name
    var sums = PoolMinute()
    let first = pools[id].firstReplica
    for replica in first..<(first + pools[id].replicas) { sums.add(fleet.totals(replica)) }
    var serving = Int128(now - startedAt) * Int128(pools[id].replicas)
    if world.pools[id].elastic != nil { serving = elastic[id].statistics.servingTime }
    if sums.busy > serving {
      return (.timeIsConserved, "'\(name)' was busy \(sums.busy) ns of \(serving) ns in service")
    }
    let ledger = pools[id].ledger
    let byReplicas = sums.runningIntegral + sums.waitingIntegral
    let byRequests = ledger.requestTime(at: now) - Int128(census.apart)
    if byReplicas != byRequests {
      return (
        .timeIsConserved,
        "requests were at '\(name)' for \(byRequests) ns, its replicas had them \(byReplicas) ns"
      )
    }
    // A request that was preempted may find its prompt in the cache when it comes again, which no total says.
    let (computed, found) = (sums.prefillTokens, sums.hitTokens)
    if sums.lookedUpTokens == 0 || sums.preemptions == 0,
      computed + found < ledger.servedPrompts
    {
      return (
        .tokensAreConserved,
        "'\(name)' computed \(computed) and found \(found) prompt tokens of "
          + "\(ledger.servedPrompts) that were answered"
      )
    }
    let prompts = ledger.allPrompts + census.prompts
    if sums.preemptions == 0, computed + found > prompts {
      return (
        .tokensAreConserved,
        "'\(name)' computed \(computed) and found \(found) tokens of prompts of \(prompts)"
      )
    }
    return nil
  }

  /// Tokens that requests used, by deployment: what the meters must have counted.
  private func usageByDeployment() -> [UsageMeter.Sum] {
    (0..<deploymentCount).map { id in
      isControlled
        ? deployments[id].used
        : UsageMeter.Sum(
          requests: pools[id].ledger.finished, input: pools[id].ledger.finishedPrompts,
          output: pools[id].ledger.finishedTokens)
    }
  }
}
