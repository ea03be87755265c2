import ServingEngine
import SimulationKernel

/// Ticks and the end of a run.
extension Simulation {
  /// What a pool's replicas have done since the start, up to now. O(replicas).
  mutating func work(_ id: Int, resettingPeaks: Bool) -> PoolMinute {
    var sum = PoolMinute()
    let first = pools[id].firstReplica
    for replica in first..<(first + pools[id].replicas) {
      fleet.settle(replica, at: now)
      sum.add(fleet.totals(replica))
      if resettingPeaks { fleet.resetPeaks(replica) }
    }
    return sum
  }

  /// The warm-up is over: work before now is left out of the summary.
  mutating func beginMeasuring() {
    for id in elastic.indices {
      elastic[id].integrate(to: now)
      elastic[id].statistics.extremes = CapacityExtremes()
      elastic[id].measuredBase = elastic[id].statistics
    }
    for id in world.pools.indices {
      pools[id].measuredBase = work(id, resettingPeaks: false)
      pools[id].statistics.work.peakBlocks = 0
      pools[id].statistics.work.peakWaiting = 0
    }
    beginMeasuringUnits()
    guard isControlled else { return }
    for id in 0..<deploymentCount {
      deployments[id].changeInFlight(0, at: now)
      deployments[id].measuredBase = deployments[id].totals
      deployments[id].measuredIntegral = deployments[id].inFlightIntegral
    }
  }

  /// A minute of the pools' table is over.
  mutating func endMinute() {
    for id in world.pools.indices { closeMinute(id) }
    if isControlled { closeControlMinute() }
  }

  private mutating func closeMinute(_ id: Int) {
    let sums = work(id, resettingPeaks: true)
    var minute = pools[id].minute
    minute.takeWork(sums, since: pools[id].minuteBase)
    minute.pool = id
    minute.length = now - minute.start
    if isElastic { closeCapacityMinute(id, &minute) }
    if now > measuredFrom { notePeaks(sums, id) }
    recorder?.record(minute)
    pools[id].minuteBase = sums
    pools[id].minute = PoolMinute()
    pools[id].minute.start = now
  }

  private func notePeaks(_ sums: PoolMinute, _ id: Int) {
    let peak = pools[id].statistics.work
    pools[id].statistics.work.peakBlocks = max(peak.peakBlocks, sums.peakBlocks)
    pools[id].statistics.work.peakWaiting = max(peak.peakWaiting, sums.peakWaiting)
  }

  /// Ends the run: the last minute, requests still under way, sums, and the conservation law.
  mutating func conclude(isComplete: Bool) -> SimulationResult {
    checkSums()
    closeBillingPeriod()
    endTrace(at: min(now, trace.window.until))
    if isControlled, recordsMinutes, now > minuteStart { closeControlMinute() }
    for id in world.pools.indices {
      if recordsMinutes, now > pools[id].minute.start { closeMinute(id) }
      let sums = work(id, resettingPeaks: false)
      notePeaks(sums, id)
      let peaks = pools[id].statistics.work
      pools[id].statistics.work.takeWork(sums, since: pools[id].measuredBase)
      pools[id].statistics.work.peakBlocks = peaks.peakBlocks
      pools[id].statistics.work.peakWaiting = peaks.peakWaiting
      pools[id].statistics.work.length = max(0, now - measuredFrom)
      if world.pools[id].elastic != nil {
        elastic[id].integrate(to: now)
        pools[id].statistics.capacity = elastic[id].statistics.since(elastic[id].measuredBase)
      }
    }
    if violation == nil { checkEnd() }
    takeDownRequestsInFlight()
    if isDisaggregated { concludeTransfers() }
    var byDeployment = isControlled ? concludeDeployments() : []
    concludeUnits(&byDeployment)
    mergeLatencies(&byDeployment)
    var result = SimulationResult(
      workloads: world.workloads.indices.map { workloads[$0].statistics },
      pools: world.pools.indices.map { pools[$0].statistics },
      measuredFrom: SimTime(nanoseconds: measuredFrom),
      end: SimTime(nanoseconds: now),
      isComplete: isComplete,
      events: events,
      requests: requests,
      fingerprint: fingerprint.value,
      totals: world.workloads.indices.map { workloads[$0].totals })
    result.deployments = byDeployment
    result.checkpoints = checkpoints
    if isElastic { result.training = concludeTraining() }
    result.residencyViolations = residencyViolations
    result.incidents = watch.measures(until: now)
    result.incidentCount = incidents.count { $0.start.nanoseconds < now }
    // What was looked at before says what was under way; this is what tables will say.
    for (id, deployment) in byDeployment.enumerated() where !deployment.totals.isConserved {
      breakLaw(.attemptsAreConserved, "deployment \(id): \(deployment.totals)", isExact: false)
    }
    for (id, totals) in result.totals.enumerated() where !totals.isConserved {
      breakLaw(.requestsAreConserved, "workload \(id): \(totals)", isExact: false)
    }
    return result
  }

  /// Sums the cells of (workload, deployment) both ways. Integer counts, so the order does not
  /// matter.
  private func mergeLatencies(_ byDeployment: inout [DeploymentStatistics]) {
    for workload in world.workloads.indices {
      for deployment in 0...deploymentCount {
        let cell = latencies + workload * (deploymentCount + 1) + deployment
        workloads[workload].statistics.latencies.merge(cell.pointee)
        if deployment < poolCount { pools[deployment].statistics.latencies.merge(cell.pointee) }
        if deployment < byDeployment.count {
          byDeployment[deployment].latencies.merge(cell.pointee)
        }
      }
    }
  }

  private mutating func takeDownRequestsInFlight() {
    for slot in 0..<fleet.slotBound where fleet.isInUse(slot) {
      let record = records + slot
      let workload = workloads + Int(record.pointee.workload)
      record.pointee.reason = .none
      if record.pointee.replica >= 0 {
        let delivered = record.pointee.deliveredTokens
        noteProgress(slot)
        record.pointee.deliveredTokens = delivered
      } else if record.pointee.firstToken > now {
        record.pointee.firstToken = -1
      }
      if isControlled { takeDownAttempt(slot) }
      workload.pointee.totals.inFlight += 1
      if isMeasured(record.pointee.arrival) { workload.pointee.statistics.inFlight += 1 }
      if let recorder, recorder.wantsRequests { recorder.record(record.pointee) }
    }
  }

  private mutating func takeDownAttempt(_ slot: Int) {
    switch controls[slot].phase {
    case .atPool, .atEndpoint, .hanging:
      deployments[Int(records[slot].deployment)].totals.inFlight += 1
      if recordsDecisions { noteAttempt(slot, .none, isOver: false) }
    case .sent:
      // On its way, it has not reached the deployment that would count it.
      if recordsDecisions { noteAttempt(slot, .none, isOver: false) }
    case .arriving, .held, .failing, .pausing, .clientPausing, .chain: break
    }
  }
}
