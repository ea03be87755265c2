import SimulationKernel

/// The long way through the gateway: identities, budgets, flow control, eligibility, choice.
extension Simulation {
  /// Prepares the gateway's part of a request that has just been sent.
  mutating func beginControl(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let workload = workloads + Int(record.pointee.workload)
    let serial = control.pointee.serial &+ 1
    control.pointee = ControlState()
    control.pointee.serial = serial
    if recordsMinutes { workload.pointee.minute.arrivals += 1 }
    if workload.pointee.maximumOutput > 0 {
      control.pointee.maximumOutput = workload.pointee.maximumOutput
      record.pointee.outputTokens = min(
        record.pointee.outputTokens, workload.pointee.maximumOutput)
    } else {
      control.pointee.maximumOutput = record.pointee.estimatedOutputTokens
    }
    if workload.pointee.conversations > 0 {
      var hash = Fingerprint()
      hash.combine(record.pointee.index, UInt64(workload.pointee.entity))
      control.pointee.conversation = Int32(hash.value % workload.pointee.conversations)
    }
    if workload.pointee.timeout != Int64.max {
      schedule(
        .timesOut(
          slot: Int32(truncatingIfNeeded: slot), generation: record.pointee.generation),
        after: workload.pointee.timeout, phase: .cancellation)
    }
  }

  /// What a request asks of a quota.
  func ask(_ slot: Int) -> QuotaAsk {
    QuotaAsk(
      promptTokens: Int64(records[slot].promptTokens),
      cachedTokens: Int64(controls[slot].cachedHere),
      maximumOutputTokens: Int64(controls[slot].maximumOutput))
  }

  /// A request is at the gateway: is it let in, and at once?
  mutating func enterGateway(_ slot: Int) {
    let record = records + slot
    if record.pointee.gaveUpEarly {
      end(slot, reason: record.pointee.reason)
      return
    }
    if workloads[Int(record.pointee.workload)].hasChain {
      beginChain(slot)
      return
    }
    let refusal = admitTenant(slot)
    if refusal != .none {
      controls[slot].failure = refusal
      turnAway(slot, refusal)
      return
    }
    if reservation != nil, !takeReserved(slot) {
      controls[slot].failure = .shed
      turnAway(slot, .shed)
      return
    }
    if isFlowControlled {
      hold(slot)
    } else {
      decide(slot, .first)
    }
  }

  /// Takes a request's tokens from what is kept for its band, or lent to it.
  private mutating func takeReserved(_ slot: Int) -> Bool {
    let tokens = Int64(records[slot].promptTokens) + Int64(controls[slot].maximumOutput)
    let band = workloads[Int(records[slot].workload)].band
    return reservation?.take(tokens, band: band, at: now) ?? true
  }

  /// Passes the limits and budgets of a request's tenant and all above it.
  private mutating func admitTenant(_ slot: Int) -> RequestRecord.Reason {
    let workload = Int(records[slot].workload)
    let control = controls + slot
    let limits = tenantQuotas.range(workload)
    control.pointee.cachedHere = 0
    if !limits.isEmpty {
      let ask = ask(slot)
      for place in limits {
        let quota = Int(tenantQuotas.ids[place])
        if case .refused(let cause, let retryAfter) = quotas.check(quota, ask, at: now) {
          noteRefused(quota)
          control.pointee.retryAfter = retryAfter == .max ? -1 : retryAfter
          return cause.tenantReason
        }
      }
      let tenant = workloads[workload].tenant
      if !budgets.isEmpty, tenant >= 0, isBudgetSpent(tenant) { return .budget }
      for place in limits { commit(Int(tenantQuotas.ids[place]), ask) }
      control.pointee.entered = now
      control.pointee.holdsTenantQuota = true
    } else if !budgets.isEmpty, workloads[workload].tenant >= 0 {
      if isBudgetSpent(workloads[workload].tenant) { return .budget }
    }
    return .none
  }

  private mutating func isBudgetSpent(_ tenant: Int) -> Bool {
    for id in lineages[tenant] where budgets[id].blocks(at: now) { return true }
    return false
  }

  /// Gives back, or settles, what the tenant's limits count for a request.
  mutating func settleTenant(_ slot: Int, _ use: QuotaUse) {
    let control = controls + slot
    guard control.pointee.holdsTenantQuota else { return }
    control.pointee.holdsTenantQuota = false
    let cached = control.pointee.cachedHere
    control.pointee.cachedHere = 0
    let ask = ask(slot)
    control.pointee.cachedHere = cached
    for place in tenantQuotas.range(Int(records[slot].workload)) {
      quotas.settle(
        Int(tenantQuotas.ids[place]), ask, use, admittedAt: control.pointee.entered, at: now)
    }
  }

  @inline(__always)
  mutating func commit(_ quota: Int, _ ask: QuotaAsk) {
    quotas.commit(quota, ask, at: now)
    if recordsMinutes {
      quotaMinutes[quota].admitted += 1
      let reading = quotas.reading(quota, at: now)
      quotaMinutes[quota].mostUsed = max(quotaMinutes[quota].mostUsed, reading.used)
      checkQuota(quota, ask, reading)
    }
  }

  mutating func noteRefused(_ quota: Int) {
    if recordsMinutes { quotaMinutes[quota].refused += 1 }
  }

  // MARK: Choosing

  /// Chooses a deployment for the next attempt and sends the request there.
  mutating func decide(_ slot: Int, _ occasion: DecisionRecord.Occasion) {
    let record = records + slot
    let control = controls + slot
    let way = Int(record.pointee.workload) * origins + Int(record.pointee.origin)
    guard let route = routes[way] else {
      turnAway(slot, .notEligible)
      return
    }
    var allEligible = false
    var eligibleCount = 0
    var occasion = occasion
    while Int(control.pointee.tier) < route.tiers {
      (eligibleCount, allEligible) = markEligible(slot, route)
      if eligibleCount > 0 { break }
      if !world.gateway.failsOver { break }
      control.pointee.tier += 1
      control.pointee.tries = 0
      control.pointee.tried = 0
      if occasion == .first || occasion == .retry { occasion = .failover }
    }
    guard eligibleCount > 0 else {
      turnAway(slot, whyNothingIsEligible(slot, route))
      return
    }
    let candidates = DeploymentCandidates(
      route: route, load: UnsafePointer(gatewayLoads),
      eligible: allEligible ? nil : UnsafePointer(eligible),
      latency: readsLatency ? latencies(route) : nil,
      saved: forecastsContracts ? UnsafePointer(savedShares) : nil, ask: gatewayAsk(slot))
    let stream = workloads[Int(record.pointee.workload)].policyStream
    // An attempt after the first draws numbers of its own.
    let index = record.pointee.index << 1 ^ UInt64(record.pointee.attempts) << 48
    let choice =
      route.count == 1
      ? 0 : gateway.choose(candidates, draws: PolicyDraws(stream: stream, index: index))
    precondition(
      choice >= 0 && choice < candidates.count && candidates.isEligible(choice),
      "a policy chose no eligible candidate")
    if recordsDecisions {
      note(slot, candidates, choice: choice, eligible: eligibleCount, occasion)
    }
    send(slot, to: choice, on: route)
  }

  /// Marks which candidates may be chosen for the next attempt. Where all may, nothing is marked.
  private mutating func markEligible(
    _ slot: Int, _ route: DeploymentCandidates.Route
  ) -> (count: Int, all: Bool) {
    let need = Int64(records[slot].promptTokens) + Int64(controls[slot].maximumOutput)
    if route.tiers == 1, controls[slot].tried == 0, openBreakers == 0, unhealthy == 0,
      need <= route.leastContext
    {
      return (route.count, true)
    }
    var count = 0
    for number in 0..<route.count {
      let isEligible = eligibility(slot, number, route, need: need) == .eligible
      eligible[number] = isEligible
      if isEligible { count += 1 }
    }
    return (count, false)
  }

  /// Whether a candidate may be chosen for the next attempt, and if not why.
  func eligibility(
    _ slot: Int, _ number: Int, _ route: DeploymentCandidates.Route, need: Int64
  ) -> Eligibility {
    let candidate = route.hot + number
    if candidate.pointee.tier != controls[slot].tier { return .order }
    if need > candidate.pointee.contextTokens { return .context }
    if controls[slot].hasTried(number) { return .tried }
    if !deployments[Int(candidate.pointee.deployment)].health.isHealthy { return .unhealthy }
    let breaker = Int(deployments[Int(candidate.pointee.deployment)].breaker)
    if breaker >= 0, !breakers[breaker].allows(at: now) { return .coolingDown }
    return .eligible
  }

  /// The reason to give where nothing is eligible: the last failure, else what keeps the most out.
  private func whyNothingIsEligible(
    _ slot: Int, _ route: DeploymentCandidates.Route
  ) -> RequestRecord.Reason {
    if controls[slot].failure != .none { return controls[slot].failure }
    let need = Int64(records[slot].promptTokens) + Int64(controls[slot].maximumOutput)
    var isAnyCooling = false
    for number in 0..<route.count {
      let candidate = route.hot + number
      if need > candidate.pointee.contextTokens { continue }
      if !deployments[Int(candidate.pointee.deployment)].health.isHealthy { isAnyCooling = true }
      let breaker = Int(deployments[Int(candidate.pointee.deployment)].breaker)
      if breaker >= 0, !breakers[breaker].allows(at: now) { isAnyCooling = true }
    }
    return isAnyCooling ? .coolingDown : .contextTooLong
  }

  private func gatewayAsk(_ slot: Int) -> DeploymentCandidates.Ask {
    let record = records + slot
    let workload = workloads + Int(record.pointee.workload)
    var ask = DeploymentCandidates.Ask(
      promptTokens: Int64(record.pointee.promptTokens),
      outputTokens: Int64(record.pointee.estimatedOutputTokens))
    ask.timeToFirstTokenLimit = workload.pointee.timeToFirstTokenLimit
    let conversation = Int(controls[slot].conversation)
    if conversation >= 0 {
      let last = conversations[Int(record.pointee.workload)][conversation]
      if last.deployment >= 0, now - last.time <= workload.pointee.cacheLifetime {
        ask.cachedAt = last.deployment
        ask.cachedTokens = Int64(Double(ask.promptTokens) * workload.pointee.cachedShare)
      }
    }
    return ask
  }

  /// Measured latencies of a route's deployments, in the buffer policies read.
  private func latencies(_ route: DeploymentCandidates.Route) -> UnsafePointer<Int64> {
    let window = world.gateway.latencyWindow.nanoseconds
    for number in 0..<route.count {
      let deployment = Int(route.hot[number].deployment)
      latencySeen[deployment] = deployments[deployment].latency(at: now, window: window)
    }
    return UnsafePointer(latencySeen)
  }

  /// Sends a request to a candidate.
  private mutating func send(
    _ slot: Int, to number: Int, on route: DeploymentCandidates.Route
  ) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(route.hot[number].deployment)
    record.pointee.deployment = Int32(truncatingIfNeeded: deployment)
    record.pointee.replica = -1
    record.pointee.attempts += 1
    record.pointee.started = -1
    record.pointee.firstToken = -1
    control.pointee.choice = Int16(number)
    control.pointee.phase = .sent
    control.pointee.serial &+= 1
    control.pointee.attemptStart = now
    control.pointee.spilledFrom = -1
    control.pointee.retryAfter = -1
    if isFlowControlled { models[modelOf(deployment)].inFlight += 1 }
    let breaker = Int(deployments[deployment].breaker)
    if breaker >= 0 { breakers[breaker].noteSent(at: now) }
    let origin = Int(record.pointee.origin)
    let way = toDeployment[origin * deploymentCount + deployment]
    var delay = way + frontEndDelay(deployment, promptTokens: record.pointee.promptTokens)
    if losesPackets { delay += retransmission(slot, isAnswer: false) }
    // A chain's calls start at the gateway; the client's way is the chain's.
    record.pointee.wayBack = (control.pointee.parent >= 0 ? 0 : toGateway[origin]) + way
    let slot32 = Int32(truncatingIfNeeded: slot)
    if let limit = world.gateway.attemptTimeout {
      schedule(
        .attemptTimesOut(slot: slot32, serial: control.pointee.serial), after: limit.nanoseconds,
        phase: .cancellation)
    }
    if delay > 0 {
      schedule(.reachesDeployment(slot: slot32), after: delay, phase: .arrival)
    } else {
      enterDeployment(slot)
    }
  }

  // MARK: Failure

  /// The news of a failed attempt is at the gateway: try again, move on, or give up.
  mutating func failureReachesGateway(_ slot: Int, _ serial: UInt32) {
    guard controls[slot].serial == serial, controls[slot].phase == .failing else { return }
    attemptFailed(slot)
  }

  /// Decides what follows a failed attempt.
  mutating func attemptFailed(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let reason = control.pointee.failure
    if watch.isWatching { watch.noteFailure(at: record.pointee.deployment, reason, now) }
    noteFailure(slot, reason)
    if record.pointee.gaveUpEarly {
      releaseAll(slot)
      end(slot, reason: record.pointee.reason)
      return
    }
    let way = Int(record.pointee.workload) * origins + Int(record.pointee.origin)
    guard let route = routes[way] else { preconditionFailure("an attempt without a route") }
    control.pointee.tries += 1
    control.pointee.noteTried(Int(control.pointee.choice))
    let retry = world.gateway.retry
    if Int(control.pointee.tries) < retry.attempts {
      if markEligible(slot, route).count > 0 {
        decide(slot, .retry)
        return
      }
      if reason.isRetried(by: retry) {
        control.pointee.tried = 0
        if markEligible(slot, route).count > 0 {
          pause(slot, for: retry, retryNumber: Int(control.pointee.tries))
          return
        }
      }
    }
    control.pointee.tier += 1
    control.pointee.tries = 0
    control.pointee.tried = 0
    if world.gateway.failsOver, Int(control.pointee.tier) < route.tiers {
      decide(slot, .failover)
    } else {
      turnAway(slot, reason)
    }
  }

  private mutating func pause(_ slot: Int, for retry: RetryPolicy, retryNumber: Int) {
    let control = controls + slot
    control.pointee.phase = .pausing
    control.pointee.serial &+= 1
    let after = control.pointee.retryAfter
    schedule(
      .triesAgain(
        slot: Int32(truncatingIfNeeded: slot), serial: control.pointee.serial),
      after: retry.delay(
        retry: retryNumber, bits: retryBits(slot), retryAfter: after < 0 ? nil : after),
      phase: .general)
  }

  private func retryBits(_ slot: Int) -> UInt64 {
    let record = records + slot
    let key = record.pointee.index ^ UInt64(record.pointee.attempts) << 48
    return workloads[Int(record.pointee.workload)].retryStream.block(key).0
  }

  /// A pause is over: another attempt, or the client asks again.
  mutating func tryAgain(_ slot: Int, _ serial: UInt32) {
    let control = controls + slot
    guard control.pointee.serial == serial else { return }
    switch control.pointee.phase {
    case .pausing: decide(slot, .retry)
    case .clientPausing:
      control.pointee.phase = .arriving
      reachGateway(slot)
    default: break
    }
  }

  /// The gateway says no to a request. The client may ask again later; otherwise it ends.
  mutating func turnAway(_ slot: Int, _ reason: RequestRecord.Reason) {
    let record = records + slot
    let control = controls + slot
    releaseAll(slot)
    if record.pointee.gaveUpEarly {
      end(slot, reason: record.pointee.reason)
      return
    }
    let retry = workloads[Int(record.pointee.workload)].clientRetry
    let isCall = control.pointee.parent >= 0
    guard Int(control.pointee.clientTries) < retry.attempts, reason.isRetried(by: retry) else {
      if record.pointee.attempts == 0 {
        record.pointee.wayBack = isCall ? 0 : toGateway[Int(record.pointee.origin)]
      }
      end(slot, reason: reason)
      return
    }
    let way = isCall ? 0 : 2 * toGateway[Int(record.pointee.origin)]
    let after = control.pointee.retryAfter
    let delay = retry.delay(
      retry: Int(control.pointee.clientTries), bits: retryBits(slot),
      retryAfter: after < 0 ? nil : after)
    control.pointee.clientTries += 1
    control.pointee.tier = 0
    control.pointee.tries = 0
    control.pointee.tried = 0
    control.pointee.failure = .none
    control.pointee.phase = .clientPausing
    control.pointee.serial &+= 1
    schedule(
      .triesAgain(
        slot: Int32(truncatingIfNeeded: slot), serial: control.pointee.serial),
      after: way + delay, phase: .general)
  }

  private mutating func releaseAll(_ slot: Int) {
    settleTenant(slot, QuotaUse(promptTokens: 0, cachedTokens: 0, outputTokens: 0))
  }

  // MARK: Breakers

  private mutating func noteFailure(_ slot: Int, _ reason: RequestRecord.Reason) {
    let id = Int(deployments[Int(records[slot].deployment)].breaker)
    guard id >= 0 else { return }
    guard let kind = reason.failureKind else {
      breakers[id].noteAbandoned(at: now)
      return
    }
    let wasOpen = breakers[id].state != .closed
    let after = controls[slot].retryAfter
    breakers[id].noteFailure(
      at: now, isThrottling: kind == .throttling, retryAfter: after < 0 ? nil : after)
    countOpen(id, wasOpen)
  }

  /// An attempt ended without telling anything about its deployment.
  mutating func noteAbandoned(_ deployment: Int) {
    let id = Int(deployments[deployment].breaker)
    if id >= 0 { breakers[id].noteAbandoned(at: now) }
  }

  mutating func noteSuccess(_ deployment: Int) {
    let id = Int(deployments[deployment].breaker)
    guard id >= 0 else { return }
    let wasOpen = breakers[id].state != .closed
    breakers[id].noteSuccess(at: now)
    countOpen(id, wasOpen)
  }

  private mutating func countOpen(_ id: Int, _ wasOpen: Bool) {
    let isOpen = breakers[id].state != .closed
    if isOpen != wasOpen { openBreakers += isOpen ? 1 : -1 }
    if isOpen, !wasOpen, watch.isWatching {
      for deployment in 0..<deploymentCount where Int(deployments[deployment].breaker) == id {
        watch.noteLeftAlone(deployment, now)
      }
    }
  }
}
