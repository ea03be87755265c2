import ServingEngine
import SimulationKernel

/// Minutes and sums of what the gateway watches.
extension Simulation {
  /// A minute of deployments, quotas and tenants is over.
  mutating func closeControlMinute() {
    for id in 0..<deploymentCount { closeDeploymentMinute(id) }
    for id in world.quotas.indices {
      // What comes on the edge has been counted already, so a quota is read as it is now and its
      // use in the minute is what was seen at each call.
      let reading = quotas.reading(id, at: now)
      var minute = quotaMinutes[id]
      minute.quota = id
      minute.start = minuteStart
      minute.limit = reading.limit
      minute.effectiveLimit = min(minute.effectiveLimit, reading.limit)
      recorder?.record(minute)
      quotaMinutes[id] = QuotaMinute()
      quotaMinutes[id].effectiveLimit = reading.effectiveLimit
      quotaMinutes[id].mostUsed = reading.used
    }
    for id in world.workloads.indices {
      var minute = workloads[id].minute
      minute.workload = id
      minute.start = minuteStart
      recorder?.record(minute)
      workloads[id].minute = TenantMinute()
    }
    minuteStart = now
  }

  private mutating func closeDeploymentMinute(_ id: Int) {
    let state = deployments + id
    state.pointee.changeInFlight(0, at: now)
    var minute = DeploymentMinute()
    minute.deployment = id
    minute.start = minuteStart
    minute.length = now - minuteStart
    minute.counts = state.pointee.totals.since(state.pointee.minuteBase)
    minute.inFlightIntegral = state.pointee.inFlightIntegral - state.pointee.minuteIntegral
    minute.mostInFlight = state.pointee.mostInFlight
    minute.slots = slots(id)
    recorder?.record(minute)
    state.pointee.minuteBase = state.pointee.totals
    state.pointee.minuteIntegral = state.pointee.inFlightIntegral
    state.pointee.mostEver = max(state.pointee.mostEver, state.pointee.mostInFlight)
    state.pointee.mostInFlight = state.pointee.inFlight
  }

  /// Requests a deployment can run at once now: of an elastic pool, on what is ready of it, at least on one.
  func slots(_ id: Int) -> Int {
    guard isElastic, id < poolCount, world.pools[id].elastic != nil else { return slotCounts[id] }
    return max(elastic[id].ready, 1) * world.pools[id].scheduler.maxSequences
  }

  /// What deployments come to at the end of a run.
  mutating func concludeDeployments() -> [DeploymentStatistics] {
    (0..<deploymentCount).map { id in
      let state = deployments + id
      state.pointee.changeInFlight(0, at: now)
      var statistics = DeploymentStatistics()
      statistics.totals = state.pointee.totals
      statistics.measured = state.pointee.totals.since(state.pointee.measuredBase)
      statistics.inFlightIntegral =
        state.pointee.inFlightIntegral - state.pointee.measuredIntegral
      statistics.mostInFlight = max(state.pointee.mostEver, state.pointee.mostInFlight)
      return statistics
    }
  }
}
