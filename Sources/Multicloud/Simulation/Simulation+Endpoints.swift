import ServingEngine
import SimulationKernel

/// What happens at deployments that follow rules: outages, quotas, spillover, service of endpoints.
extension Simulation {
  /// A request is at a deployment.
  mutating func enterDeployment(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let state = deployments + deployment
    record.pointee.reachedDeployment = now
    state.pointee.totals.attempts += 1
    if !isInside[Int(record.pointee.workload) * deploymentCount + deployment] {
      residencyViolations += 1
      breakLaw(
        .residencyIsKept,
        "request \(record.pointee.number) of workload \(record.pointee.workload) is at deployment "
          + "\(deployment)")
    }
    if record.pointee.gaveUpEarly || control.pointee.isAttemptCancelled {
      state.pointee.totals.cancelled += 1
      leave(slot)
      return
    }
    if state.pointee.fails {
      refuse(slot, .serverError)
    } else if state.pointee.hangs {
      control.pointee.phase = .hanging
      state.pointee.changeInFlight(1, at: now)
    } else if deployment < poolCount {
      control.pointee.phase = .atPool
      let refusal = admitToPool(slot)
      if refusal == .none {
        state.pointee.changeInFlight(1, at: now)
      } else {
        refuse(slot, refusal)
      }
    } else {
      admitToEndpoint(slot)
    }
  }

  /// Quotas first, then capacity; then the service curve says when the tokens appear.
  private mutating func admitToEndpoint(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let endpoint = endpoints + (deployment - poolCount)
    let need = Int64(record.pointee.promptTokens) + Int64(control.pointee.maximumOutput)
    if need > endpoint.pointee.contextTokens {
      refuse(slot, .contextTooLong)
      return
    }
    control.pointee.cachedHere = cachedTokens(slot, deployment)
    let ask = ask(slot)
    let limits = endpointQuotas.range(deployment - poolCount)
    var isDowngraded = false
    for place in limits {
      let quota = Int(endpointQuotas.ids[place])
      switch quotas.check(quota, ask, at: now) {
      case .admitted: break
      case .downgraded: isDowngraded = true
      case .overflows:
        if recordsMinutes { quotaMinutes[quota].overflowed += 1 }
        if watch.isWatching { watch.noteQuotaRefusal(at: deployment, ask, now) }
        refuse(slot, .provisionedThroughput)
        return
      case .refused(let cause, let retryAfter):
        noteRefused(quota)
        if watch.isWatching { watch.noteQuotaRefusal(at: deployment, ask, now) }
        refuse(slot, cause.endpointReason, retryAfter: retryAfter == .max ? -1 : retryAfter)
        return
      }
    }
    let state = deployments + deployment
    let load =
      endpoint.pointee.background
      + Double(state.pointee.inFlight + 1) * endpoint.pointee.inverseConcurrency
    if load > 1 {
      refuse(slot, .capacity)
      return
    }
    for place in limits { commit(Int(endpointQuotas.ids[place]), ask) }
    control.pointee.holdsQuota = true
    control.pointee.admitted = now
    control.pointee.phase = .atEndpoint
    control.pointee.isDowngraded = isDowngraded
    state.pointee.changeInFlight(1, at: now)
    if !gatewayIsStale { gatewayLoads[deployment] += 1 }
    serve(slot, load: load)
  }

  /// Draws a request's service and schedules its end.
  private mutating func serve(_ slot: Int, load: Double) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let endpoint = endpoints + (deployment - poolCount)
    let point = endpoint.pointee.point(at: load)
    var stretch = deployments[deployment].slowness
    if endpoint.pointee.deviation > 0 {
      let bits = workloads[Int(record.pointee.workload)].serviceStream.block(
        record.pointee.index ^ UInt64(record.pointee.attempts) << 48
      ).0
      stretch *= endpoint.pointee.factor(bits)
    }
    let uncached = Double(record.pointee.promptTokens - control.pointee.cachedHere)
    let first = (point.seconds + endpoint.pointee.prefillSecondsPerToken * uncached) * stretch
    let steps = Double(record.pointee.outputTokens - 1)
    let decode = steps / point.tokensPerSecond * stretch
    record.pointee.started = now
    record.pointee.firstToken = now + max(1, Int64(first * 1e9))
    control.pointee.answersAt = record.pointee.firstToken + Int64(decode * 1e9)
    schedule(
      .endpointAnswers(
        slot: Int32(truncatingIfNeeded: slot), serial: control.pointee.serial),
      after: control.pointee.answersAt - now, phase: .completion)
  }

  /// Prompt tokens that a deployment's provider holds in its cache for a request. Machines of one's
  /// own keep no cache yet.
  private func cachedTokens(_ slot: Int, _ deployment: Int) -> Int32 {
    let conversation = Int(controls[slot].conversation)
    guard conversation >= 0, deployment >= poolCount else { return 0 }
    let workload = Int(records[slot].workload)
    let last = conversations[workload][conversation]
    guard last.deployment == Int32(deployment),
      now - last.time <= workloads[workload].cacheLifetime
    else { return 0 }
    return Int32(Double(records[slot].promptTokens) * workloads[workload].cachedShare)
  }

  /// An endpoint's last token has appeared.
  mutating func endpointAnswers(_ slot: Int, _ serial: UInt32) {
    guard controls[slot].serial == serial, controls[slot].phase == .atEndpoint else { return }
    let record = records + slot
    record.pointee.deliveredTokens = record.pointee.outputTokens
    leaveEndpoint(slot)
    succeed(slot)
  }

  /// Takes a request out of its endpoint and settles its quotas with the tokens it took.
  private mutating func leaveEndpoint(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    deployments[deployment].changeInFlight(-1, at: now)
    if !gatewayIsStale { gatewayLoads[deployment] -= 1 }
    control.pointee.serial &+= 1
    guard control.pointee.holdsQuota else { return }
    control.pointee.holdsQuota = false
    let ask = ask(slot)
    let use = use(slot)
    for place in endpointQuotas.range(deployment - poolCount) {
      quotas.settle(
        Int(endpointQuotas.ids[place]), ask, use, admittedAt: control.pointee.admitted, at: now)
    }
  }

  private func use(_ slot: Int) -> QuotaUse {
    QuotaUse(
      promptTokens: Int64(records[slot].promptTokens),
      cachedTokens: Int64(controls[slot].cachedHere),
      outputTokens: Int64(records[slot].deliveredTokens))
  }

  // MARK: Ends of attempts

  /// An attempt has been served: what it took is counted and paid, and its request ends.
  mutating func succeed(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let state = deployments + deployment
    let workload = Int(record.pointee.workload)
    charge(slot)
    state.pointee.totals.completed += 1
    record.pointee.status = .completed
    record.pointee.reason = .none
    noteSuccess(deployment)
    if watch.isWatching {
      watch.noteSuccess(at: deployment, sent: control.pointee.attemptStart, now)
    }
    if losesPackets { record.pointee.wayBack += retransmission(slot, isAnswer: true) }
    if readsLatency {
      state.pointee.noteLatency(
        record.pointee.firstToken - control.pointee.attemptStart + record.pointee.wayBack, at: now,
        window: world.gateway.latencyWindow.nanoseconds)
    }
    let conversation = Int(control.pointee.conversation)
    if conversation >= 0 {
      let last = conversations[workload][conversation]
      if last.deployment >= 0, last.deployment != record.pointee.deployment,
        now - last.time <= workloads[workload].cacheLifetime, isMeasured(record.pointee.arrival)
      {
        workloads[workload].statistics.cachedTokensLost += Int64(
          Double(record.pointee.promptTokens) * workloads[workload].cachedShare)
      }
      conversations[workload][conversation] = Conversation(
        deployment: record.pointee.deployment, time: now)
    }
    settleTenant(slot, use(slot))
    if recordsDecisions { noteAttempt(slot, .none) }
    conclude(slot)
    makeRoom(at: deployment)
  }

  /// Adds up what a request's tokens cost at its deployment, for it, its tenant and the deployment.
  private mutating func charge(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let prompt = Int64(record.pointee.promptTokens)
    let cached = Int64(control.pointee.cachedHere)
    let output = Int64(record.pointee.deliveredTokens)
    let price = prices[deployment]
    let written = written(slot, prompt: prompt, cached: cached)
    let cost = price.picodollars(
      prompt: prompt, cached: cached, written: written, output: output)
    if isMetered {
      meter.add(
        Int(record.pointee.workload) * deploymentCount + deployment,
        isLong: price.isLong(prompt: prompt), prompt: prompt, cached: cached, written: written,
        output: output)
    }
    record.pointee.cachedTokens = control.pointee.cachedHere
    record.pointee.picodollars += cost
    let state = deployments + deployment
    state.pointee.totals.promptTokens += prompt
    state.pointee.totals.cachedTokens += cached
    state.pointee.totals.outputTokens += output
    state.pointee.totals.picodollars += Int128(cost)
    let tenant = workloads[Int(record.pointee.workload)].tenant
    if tenant >= 0, !budgets.isEmpty {
      for id in lineages[tenant] { budgets[id].spend(cost, at: now) }
    }
  }

  /// Prompt tokens that a provider keeps in its cache for the conversation's next request: what
  /// repeats, where it was not there already.
  private func written(_ slot: Int, prompt: Int64, cached: Int64) -> Int64 {
    guard controls[slot].conversation >= 0, cached == 0 else { return 0 }
    return Int64(Double(prompt) * workloads[Int(records[slot].workload)].cachedShare)
  }

  /// A replica has finished with a request that the gateway watches.
  mutating func leavePoolControlled(_ slot: Int, isFinished: Bool) {
    let control = controls + slot
    let deployment = Int(records[slot].deployment)
    deployments[deployment].changeInFlight(-1, at: now)
    if isFinished {
      control.pointee.isAttemptCancelled = false
      succeed(slot)
      return
    }
    let isFault = control.pointee.isAttemptCancelled && control.pointee.failure == .serverError
    if isFault {
      deployments[deployment].totals.refused[
        Int(RequestRecord.Reason.serverError.rawValue)] += 1
    } else {
      deployments[deployment].totals.cancelled += 1
    }
    leave(slot)
  }

  /// A deployment refuses a request: the provider may send it on, else the news goes to the gateway.
  mutating func refuse(
    _ slot: Int, _ reason: RequestRecord.Reason, retryAfter: Int64 = -1
  ) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let state = deployments + deployment
    state.pointee.totals.refused[Int(reason.rawValue)] += 1
    control.pointee.retryAfter = retryAfter
    if recordsDecisions { noteAttempt(slot, reason) }
    let target =
      deployment < poolCount ? -1 : Int(endpoints[deployment - poolCount].spillover)
    if target >= 0, control.pointee.spilledFrom < 0, reason.spills {
      spill(slot, to: target, reason)
      return
    }
    control.pointee.failure = reason
    if control.pointee.spilledFrom >= 0 {
      // If both fail the client sees what the first one said.
      control.pointee.failure = control.pointee.spillReason
      record.pointee.deployment = control.pointee.spilledFrom
    }
    report(slot)
  }

  private mutating func spill(_ slot: Int, to target: Int, _ reason: RequestRecord.Reason) {
    let record = records + slot
    let control = controls + slot
    deployments[Int(record.pointee.deployment)].totals.spilledOut += 1
    deployments[target].totals.spilledIn += 1
    control.pointee.spilledFrom = record.pointee.deployment
    control.pointee.spillReason = reason
    control.pointee.retryAfter = -1
    record.pointee.deployment = Int32(truncatingIfNeeded: target)
    record.pointee.attempts += 1
    if recordsDecisions { noteSpillover(slot) }
    enterDeployment(slot)
  }

  /// Sends the news of a failed attempt back to the gateway.
  private mutating func report(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    control.pointee.phase = .failing
    control.pointee.serial &+= 1
    var delay = toDeployment[Int(record.pointee.origin) * deploymentCount + deployment]
    if losesPackets { delay += retransmission(slot, isAnswer: true) }
    if delay > 0 {
      schedule(
        .failureReachesGateway(
          slot: Int32(truncatingIfNeeded: slot), serial: control.pointee.serial),
        after: delay, phase: .general)
    } else {
      attemptFailed(slot)
    }
    makeRoom(at: deployment)
  }

  /// An attempt that somebody gave up has left its deployment: the client's request ends, the
  /// gateway's attempt has failed.
  private mutating func leave(_ slot: Int) {
    let control = controls + slot
    let deployment = Int(records[slot].deployment)
    if control.pointee.isAttemptCancelled, !records[slot].gaveUpEarly {
      let reason = control.pointee.failure
      if recordsDecisions { noteAttempt(slot, reason) }
      control.pointee.isAttemptCancelled = false
      let fresh = moveToFreshSlot(slot)
      if reason == .noAnswer {
        attemptFailed(fresh)
        makeRoom(at: deployment)
      } else {
        report(fresh)
      }
      return
    }
    let reason = records[slot].reason
    noteAbandoned(deployment)
    if recordsDecisions { noteAttempt(slot, reason) }
    settleTenant(slot, use(slot))
    end(slot, reason: reason)
    makeRoom(at: deployment)
  }

  /// Moves a request whose engine has just dropped it to a slot of its own: the engine may still
  /// hold the old one in a queue that forgets lazily.
  private mutating func moveToFreshSlot(_ slot: Int) -> Int {
    if records[slot].replica < 0 { return slot }
    let fresh = takeSlot()
    let old = records + slot
    let new = records + fresh
    let generation = new.pointee.generation &+ 1
    let serial = max(controls[slot].serial, controls[fresh].serial) &+ 1
    new.pointee = old.pointee
    new.pointee.generation = generation
    new.pointee.isCancelling = false
    new.pointee.replica = -1
    new.pointee.started = -1
    new.pointee.firstToken = -1
    new.pointee.deliveredTokens = 0
    controls[fresh] = controls[slot]
    controls[fresh].serial = serial
    old.pointee.generation &+= 1
    fleet.releaseSlot(slot)
    // Clocks of the client name the old slot.
    let workload = workloads + Int(new.pointee.workload)
    let waited = now - new.pointee.arrival
    let slot32 = Int32(truncatingIfNeeded: fresh)
    if workload.pointee.patience != .max, workload.pointee.patience > waited {
      schedule(
        .losesPatience(slot: slot32, generation: generation),
        after: workload.pointee.patience - waited, phase: .cancellation)
    }
    if workload.pointee.timeout != .max, workload.pointee.timeout > waited {
      schedule(
        .timesOut(slot: slot32, generation: generation),
        after: workload.pointee.timeout - waited, phase: .cancellation)
    }
    return fresh
  }

  // MARK: Giving up

  /// A client's time for the whole answer is over.
  mutating func timeOut(_ slot: Int, _ generation: UInt32) {
    let record = records + slot
    guard record.pointee.generation == generation, record.pointee.status == .inFlight,
      !record.pointee.gaveUpEarly
    else { return }
    giveUp(slot, .timeout)
  }

  /// A client gives up: whatever its request waits for is called off.
  mutating func giveUpControlled(_ slot: Int, _ reason: RequestRecord.Reason) {
    let record = records + slot
    let control = controls + slot
    if record.pointee.gaveUpEarly { return }
    record.pointee.reason = reason
    record.pointee.gaveUpEarly = true
    switch control.pointee.phase {
    case .arriving, .sent, .failing:
      break
    case .held:
      let model = workloads[Int(record.pointee.workload)].model
      models[model].queue.remove(slot: Int32(truncatingIfNeeded: slot))
      turnAway(slot, reason)
    case .pausing, .clientPausing:
      control.pointee.serial &+= 1
      turnAway(slot, reason)
    case .atPool where isHeld(slot):
      dropHeld(slot)
    case .atPool:
      if !record.pointee.isCancelling { cancelAtReplica(slot) }
    case .atEndpoint, .hanging:
      callOff(slot)
      leave(slot)
    case .chain:
      abandonChain(slot, reason)
    }
  }

  /// The gateway has waited long enough for a first token.
  mutating func attemptTimesOut(_ slot: Int, _ serial: UInt32) {
    let control = controls + slot
    guard control.pointee.serial == serial, !hasFirstToken(slot), !records[slot].gaveUpEarly else {
      return
    }
    failAttempt(slot, .noAnswer)
  }

  /// Ends an attempt from outside: the gateway's patience, or a fault of the deployment.
  mutating func failAttempt(_ slot: Int, _ reason: RequestRecord.Reason) {
    let control = controls + slot
    guard !control.pointee.isAttemptCancelled else { return }
    switch control.pointee.phase {
    case .sent where reason == .noAnswer, .atPool, .atEndpoint, .hanging: break
    default: return
    }
    control.pointee.failure = reason
    control.pointee.retryAfter = -1
    control.pointee.isAttemptCancelled = true
    switch control.pointee.phase {
    case .atPool where isHeld(slot):
      dropHeld(slot)
    case .atPool:
      if !records[slot].isCancelling { cancelAtReplica(slot) }
    case .atEndpoint, .hanging:
      callOff(slot)
      leave(slot)
    default:
      break
    }
  }

  /// Takes a request out of an endpoint, or of a deployment that hangs.
  private mutating func callOff(_ slot: Int) {
    let record = records + slot
    let control = controls + slot
    let deployment = Int(record.pointee.deployment)
    let isFault =
      control.pointee.isAttemptCancelled && control.pointee.failure == .serverError
    if control.pointee.phase == .atEndpoint {
      record.pointee.deliveredTokens = deliveredSoFar(slot)
      if record.pointee.firstToken > now { record.pointee.firstToken = -1 }
      leaveEndpoint(slot)
      // What has been delivered is paid, unless the provider broke it off.
      if record.pointee.deliveredTokens > 0, !isFault {
        charge(slot)
        deployments[deployment].used.add(record.pointee)
      }
    } else {
      control.pointee.serial &+= 1
      deployments[deployment].changeInFlight(-1, at: now)
    }
    if isFault {
      deployments[deployment].totals.refused[
        Int(RequestRecord.Reason.serverError.rawValue)] += 1
    } else {
      deployments[deployment].totals.cancelled += 1
    }
  }

  /// A request at an endpoint that falls silent stays there without an answer.
  mutating func silenceEndpoint(_ slot: Int) {
    let deployment = Int(records[slot].deployment)
    if records[slot].firstToken > now { records[slot].firstToken = -1 }
    let serial = controls[slot].serial
    leaveEndpoint(slot)
    // The gateway's clock for this attempt goes on.
    controls[slot].serial = serial
    controls[slot].phase = .hanging
    deployments[deployment].changeInFlight(1, at: now)
  }

  /// Output tokens an endpoint has delivered by now: evenly from the first to the last.
  private func deliveredSoFar(_ slot: Int) -> Int32 {
    let record = records + slot
    let first = record.pointee.firstToken
    guard first >= 0, first <= now else { return 0 }
    let whole = controls[slot].answersAt - first
    if whole <= 0 { return record.pointee.outputTokens }
    let steps = Double(record.pointee.outputTokens - 1)
    return 1 + Int32(steps * (Double(now - first) / Double(whole)))
  }
}
