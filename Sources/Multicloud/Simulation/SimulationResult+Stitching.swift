import SimulationKernel

extension SimulationResult {
  /// One result out of those of consecutive parts of a run, each measured from where the one before ends.
  ///
  /// Counts and integrals add up, histograms merge, peaks are the highest, all in whole numbers. Requests under
  /// way at an edge are counted by the next part, which has played their arrival too. Where that part sees one of
  /// them end earlier or later than the last one did, it may count twice or not at all: `mismatch` says how many,
  /// twice counted positive.
  ///
  /// - Precondition: there is a part; they have the same workloads, pools and deployments; each ends where the
  ///   next is measured from.
  public static func stitched(
    _ parts: [SimulationResult]
  ) -> (result: SimulationResult, mismatch: Int64) {
    var sum = parts[0]
    var hash = Fingerprint()
    hash.combine(sum.fingerprint, 0)
    for (number, part) in parts.enumerated().dropFirst() {
      precondition(part.measuredFrom == sum.end, "a part is measured from where the last one ends")
      for id in sum.workloads.indices { sum.workloads[id].add(part.workloads[id]) }
      for id in sum.pools.indices { sum.pools[id].add(part.pools[id]) }
      for id in sum.deployments.indices { sum.deployments[id].add(part.deployments[id]) }
      // Requests before a later part was measured are those of the part before.
      for id in sum.totals.indices {
        var totals = sum.totals[id] + Totals(part.workloads[id])
        totals.inFlight = part.workloads[id].inFlight
        sum.totals[id] = totals
        sum.requests += part.workloads[id].arrived
      }
      // An incident is measured by the part in which it begins, to that part's end.
      let began = part.incidents.filter { $0.incident.start >= part.measuredFrom - .zero }
      sum.incidents += began
      sum.incidentCount = part.incidentCount
      sum.residencyViolations += part.residencyViolations
      sum.events += part.events
      sum.isComplete = sum.isComplete && part.isComplete
      sum.end = part.end
      hash.combine(part.fingerprint, UInt64(number))
    }
    sum.fingerprint = hash.value
    let all = sum.totals.reduce(Totals(), +)
    let ended = all.completed + all.rejected + all.failed + all.cancelled
    return (sum, ended + all.inFlight - all.arrived)
  }
}

extension SimulationResult.Totals {
  /// The measured counts of a workload.
  init(_ s: WorkloadStatistics) {
    arrived = s.arrived
    completed = s.completed
    rejected = s.rejectedTotal
    failed = s.failedTotal
    cancelled = s.cancelled
    inFlight = s.inFlight
  }
}

extension WorkloadStatistics {
  fileprivate mutating func add(_ other: WorkloadStatistics) {
    arrived += other.arrived
    completed += other.completed
    for reason in lost.indices { lost[reason] += other.lost[reason] }
    cancelled += other.cancelled
    inFlight = other.inFlight
    good += other.good
    goodTimeToFirstToken += other.goodTimeToFirstToken
    goodTimePerOutputToken += other.goodTimePerOutputToken
    goodEndToEnd += other.goodEndToEnd
    promptTokens += other.promptTokens
    outputTokens += other.outputTokens
    preemptions += other.preemptions
    latencies.merge(other.latencies)
    attempts += other.attempts
    cachedTokens += other.cachedTokens
    cachedTokensLost += other.cachedTokensLost
    picodollars += other.picodollars
    egressBytes += other.egressBytes
  }
}

extension PoolStatistics {
  fileprivate mutating func add(_ other: PoolStatistics) {
    arrived += other.arrived
    completed += other.completed
    rejected += other.rejected
    cancelled += other.cancelled
    latencies.merge(other.latencies)
    work.add(other.work)
  }
}

extension PoolMinute {
  /// Adds the work of a stretch of time that follows.
  fileprivate mutating func add(_ other: PoolMinute) {
    length += other.length
    preemptions += other.preemptions
    prefillTokens += other.prefillTokens
    lookedUpTokens += other.lookedUpTokens
    hitTokens += other.hitTokens
    loadedTokens += other.loadedTokens
    outputTokens += other.outputTokens
    busy += other.busy
    runningIntegral += other.runningIntegral
    waitingIntegral += other.waitingIntegral
    doubledBlockIntegral += other.doubledBlockIntegral
    peakWaiting = max(peakWaiting, other.peakWaiting)
    peakBlocks = max(peakBlocks, other.peakBlocks)
  }
}

extension DeploymentStatistics {
  fileprivate mutating func add(_ other: DeploymentStatistics) {
    measured.add(other.measured)
    totals.add(other.measured)
    inFlightIntegral += other.inFlightIntegral
    mostInFlight = max(mostInFlight, other.mostInFlight)
    latencies.merge(other.latencies)
  }
}

extension DeploymentTotals {
  fileprivate mutating func add(_ other: DeploymentTotals) {
    attempts += other.attempts
    completed += other.completed
    for reason in refused.indices { refused[reason] += other.refused[reason] }
    cancelled += other.cancelled
    // Attempts are counted when they happen, and the next part has its own in flight at its beginning.
    inFlight = other.inFlight
    spilledOut += other.spilledOut
    spilledIn += other.spilledIn
    promptTokens += other.promptTokens
    cachedTokens += other.cachedTokens
    outputTokens += other.outputTokens
    picodollars += other.picodollars
  }
}
