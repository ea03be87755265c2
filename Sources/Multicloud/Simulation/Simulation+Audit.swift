import SimulationKernel

/// The audit: what the gateway decided, and what came of it.
extension Simulation {
  /// Takes down a decision and, where wanted, every candidate.
  mutating func note(
    _ slot: Int, _ candidates: borrowing DeploymentCandidates, choice: Int, eligible count: Int,
    _ occasion: DecisionRecord.Occasion
  ) {
    guard let recorder else { return }
    var row = decisionRow(slot, occasion)
    row.attempt = records[slot].attempts + 1
    row.candidates = candidates.count
    row.eligible = count
    row.chosen = Int32(truncatingIfNeeded: candidates[choice].deployment)
    row.score = gateway.score(choice, of: candidates)
    for number in 0..<candidates.count where number != choice && candidates.isEligible(number) {
      let score = gateway.score(number, of: candidates)
      if row.runnerUp < 0 || score < row.runnerUpScore {
        row.runnerUp = Int32(truncatingIfNeeded: candidates[number].deployment)
        row.runnerUpScore = score
      }
    }
    row.snapshotAge = gatewayIsStale ? now - lookedAt : 0
    recorder.record(row)
    if recorder.wantsCandidates { noteCandidates(slot, candidates, recorder) }
  }

  private func noteCandidates(
    _ slot: Int, _ candidates: borrowing DeploymentCandidates, _ recorder: any Recorder
  ) {
    let need = Int64(records[slot].promptTokens) + Int64(controls[slot].maximumOutput)
    let workload = Int(records[slot].workload)
    var number = 0
    for deployment in 0..<deploymentCount {
      var row = CandidateRecord()
      row.decision = controls[slot].decision
      row.workload = records[slot].workload
      row.index = records[slot].index
      row.deployment = Int32(truncatingIfNeeded: deployment)
      row.outstanding = Int(gatewayLoads[deployment])
      row.slots = slots(deployment)
      let origin = Int(records[slot].origin)
      row.roundTrip = 2 * toDeployment[origin * deploymentCount + deployment]
      if number < candidates.count, candidates[number].deployment == deployment {
        row.eligibility = eligibility(slot, number, candidates.route, need: need)
        if row.eligibility == .eligible { row.score = gateway.score(number, of: candidates) }
        row.picodollars = candidates.expectedCost(number)
        number += 1
      } else {
        row.eligibility = verdicts[workload * deploymentCount + deployment]
        // Nobody asks why a model that was not asked for is not taken.
        if row.eligibility == .model { continue }
        row.picodollars = prices[deployment].picodollars(
          prompt: candidates.request.promptTokens, cached: 0,
          output: candidates.request.outputTokens)
      }
      recorder.record(row)
    }
  }

  /// Takes down that a provider sent a request on.
  mutating func noteSpillover(_ slot: Int) {
    guard let recorder else { return }
    var row = decisionRow(slot, .spillover)
    row.attempt = records[slot].attempts
    row.candidates = 1
    row.eligible = 1
    row.chosen = records[slot].deployment
    recorder.record(row)
  }

  private mutating func decisionRow(
    _ slot: Int, _ occasion: DecisionRecord.Occasion
  ) -> DecisionRecord {
    var row = DecisionRecord()
    row.number = decisionCount
    decisionCount += 1
    controls[slot].decision = row.number
    row.request = records[slot].number
    row.workload = records[slot].workload
    row.index = records[slot].index
    row.time = now
    row.occasion =
      occasion == .first && controls[slot].clientTries > 1 ? .clientRetry : occasion
    return row
  }

  /// Takes down the end of an attempt.
  mutating func noteAttempt(
    _ slot: Int, _ reason: RequestRecord.Reason, isOver: Bool = true
  ) {
    guard let recorder else { return }
    let record = records + slot
    let control = controls + slot
    var row = AttemptRecord()
    row.number = attemptCount
    attemptCount += 1
    row.decision = control.pointee.decision
    row.request = record.pointee.number
    row.workload = record.pointee.workload
    row.index = record.pointee.index
    row.attempt = record.pointee.attempts
    row.deployment = record.pointee.deployment
    row.spilledFrom = control.pointee.spilledFrom
    row.start = control.pointee.attemptStart
    row.end = isOver ? now : -1
    row.reason = reason
    row.retryAfter = control.pointee.retryAfter
    row.promptTokens = record.pointee.promptTokens
    if isOver, reason == .none {
      row.cachedTokens = control.pointee.cachedHere
      row.outputTokens = record.pointee.deliveredTokens
      row.picodollars = prices[Int(record.pointee.deployment)].picodollars(
        prompt: Int64(row.promptTokens), cached: Int64(row.cachedTokens),
        output: Int64(row.outputTokens))
    }
    recorder.record(row)
  }
}
