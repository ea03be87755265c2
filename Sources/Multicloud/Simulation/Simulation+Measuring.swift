import ServingEngine
import SimulationKernel

/// Ticks and the end of a run.
extension Simulation {
  /// What a pool's replicas have done since the start, up to now. O(replicas).
  private mutating func work(_ id: Int, resettingPeaks: Bool) -> PoolMinute {
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
    for id in world.pools.indices {
      pools[id].measuredBase = work(id, resettingPeaks: false)
      pools[id].statistics.work.peakBlocks = 0
      pools[id].statistics.work.peakWaiting = 0
    }
  }

  /// A minute of the pools' table is over.
  mutating func endMinute() {
    for id in world.pools.indices { closeMinute(id) }
  }

  private mutating func closeMinute(_ id: Int) {
    let sums = work(id, resettingPeaks: true)
    var minute = pools[id].minute
    minute.takeWork(sums, since: pools[id].minuteBase)
    minute.pool = id
    minute.length = now - minute.start
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
    for id in world.pools.indices {
      if recordsMinutes, now > pools[id].minute.start { closeMinute(id) }
      let sums = work(id, resettingPeaks: false)
      notePeaks(sums, id)
      let peaks = pools[id].statistics.work
      pools[id].statistics.work.takeWork(sums, since: pools[id].measuredBase)
      pools[id].statistics.work.peakBlocks = peaks.peakBlocks
      pools[id].statistics.work.peakWaiting = peaks.peakWaiting
      pools[id].statistics.work.length = max(0, now - measuredFrom)
    }
    takeDownRequestsInFlight()
    mergeLatencies()
    let result = SimulationResult(
      workloads: world.workloads.indices.map { workloads[$0].statistics },
      pools: world.pools.indices.map { pools[$0].statistics },
      measuredFrom: SimTime(nanoseconds: measuredFrom),
      end: SimTime(nanoseconds: now),
      isComplete: isComplete,
      events: events,
      requests: requests,
      fingerprint: fingerprint.value,
      totals: world.workloads.indices.map { workloads[$0].totals })
    for totals in result.totals {
      precondition(totals.isConserved, "a request was lost or counted twice: \(totals)")
    }
    return result
  }

  /// Sums the cells of (workload, pool) both ways. Integer counts, so the order does not matter.
  private func mergeLatencies() {
    for workload in world.workloads.indices {
      for pool in world.pools.indices {
        let cell = latencies + workload * world.pools.count + pool
        workloads[workload].statistics.latencies.merge(cell.pointee)
        pools[pool].statistics.latencies.merge(cell.pointee)
      }
    }
  }

  private mutating func takeDownRequestsInFlight() {
    for slot in 0..<fleet.slotBound where fleet.isInUse(slot) {
      let record = records + slot
      let workload = workloads + Int(record.pointee.workload)
      if record.pointee.replica >= 0 {
        record.pointee.started = fleet.startedAt(slot)
        record.pointee.firstToken = fleet.firstTokenAt(slot)
      }
      workload.pointee.totals.inFlight += 1
      if record.pointee.arrival >= measuredFrom { workload.pointee.statistics.inFlight += 1 }
      if let recorder, recorder.wantsRequests { recorder.record(record.pointee) }
    }
  }
}
