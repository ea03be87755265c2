import SimulationKernel

/// What is counted when a request ends.
extension Simulation {
  @inline(__always)
  mutating func count(_ record: UnsafeMutablePointer<RequestRecord>) {
    let workload = workloads + Int(record.pointee.workload)
    let isMeasured = isMeasured(record.pointee.arrival)
    let deployment = Int(record.pointee.deployment)
    let pool = deployment >= 0 && deployment < poolCount ? pools + deployment : nil
    let reason = Int(record.pointee.reason.rawValue)
    if watch.isWatching { watchEnd(record) }
    switch record.pointee.status {
    case .completed:
      workload.pointee.totals.completed += 1
      if let pool {
        pool.pointee.minute.completions += 1
        if recordsMinutes {
          pool.pointee.minute.latencies.record(
            record.pointee, timePerOutputToken: record.pointee.timePerOutputToken)
        }
      }
      if isMeasured { countCompleted(record, pool) }
      if isMetered, !isControlled { meterPoolRequest(record) }
    case .rejected, .failed:
      if record.pointee.status == .rejected {
        workload.pointee.totals.rejected += 1
      } else {
        workload.pointee.totals.failed += 1
      }
      if let pool {
        pool.pointee.minute.rejections += 1
        if isMeasured { pool.pointee.statistics.rejected += 1 }
      }
      if isMeasured { workload.pointee.statistics.lost[reason] += 1 }
      if isControlled, recordsMinutes { workload.pointee.minute.lost[reason] += 1 }
    case .cancelled:
      workload.pointee.totals.cancelled += 1
      if isMeasured { workload.pointee.statistics.cancelled += 1 }
      if isControlled, recordsMinutes { workload.pointee.minute.lost[reason] += 1 }
      if let pool, record.pointee.reachedDeployment >= 0 {
        pool.pointee.minute.cancellations += 1
        if isMeasured { pool.pointee.statistics.cancelled += 1 }
      }
    case .inFlight:
      preconditionFailure("a request that ended is not in flight")
    }
    if isElastic { noteFirstToken(record) }
    if isMeasured {
      workload.pointee.statistics.preemptions += Int64(record.pointee.preemptions)
      workload.pointee.statistics.attempts += Int64(record.pointee.attempts)
    }
    if isControlled, recordsMinutes, record.pointee.status == .completed {
      workload.pointee.minute.take(record.pointee)
    }
  }

  @inline(__always)
  private func countCompleted(
    _ record: UnsafeMutablePointer<RequestRecord>, _ pool: UnsafeMutablePointer<PoolState>?
  ) {
    let workload = workloads + Int(record.pointee.workload)
    let tpot = record.pointee.timePerOutputToken
    let isFirstInTime =
      record.pointee.timeToFirstToken <= workload.pointee.timeToFirstTokenLimit
    let isSpeedRight = tpot <= workload.pointee.timePerOutputTokenLimit
    let isEndInTime = record.pointee.endToEnd <= workload.pointee.endToEndLimit
    workload.pointee.statistics.completed += 1
    workload.pointee.statistics.promptTokens += Int64(record.pointee.promptTokens)
    workload.pointee.statistics.cachedTokens += Int64(record.pointee.cachedTokens)
    workload.pointee.statistics.outputTokens += Int64(record.pointee.deliveredTokens)
    workload.pointee.statistics.picodollars += Int128(record.pointee.picodollars)
    workload.pointee.statistics.goodTimeToFirstToken += isFirstInTime ? 1 : 0
    workload.pointee.statistics.goodTimePerOutputToken += isSpeedRight ? 1 : 0
    workload.pointee.statistics.goodEndToEnd += isEndInTime ? 1 : 0
    workload.pointee.statistics.good += isFirstInTime && isSpeedRight && isEndInTime ? 1 : 0
    pool?.pointee.statistics.completed += 1
    // Requests that were at no deployment, chains, share the last cell of their workload.
    let deployment = Int(record.pointee.deployment)
    let column = deployment >= 0 ? deployment : deploymentCount
    let cell = latencies + Int(record.pointee.workload) * (deploymentCount + 1) + column
    cell.pointee.record(record.pointee, timePerOutputToken: tpot)
  }
}
