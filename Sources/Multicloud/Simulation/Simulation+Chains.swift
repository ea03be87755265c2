import SimulationKernel
import Workload

/// Chains: a request that is a small graph of stages.
///
/// The chain's own request waits while its stages run; every call of a model is a request of a
/// workload of its own that comes to the gateway like any other and tells the chain when it ends.
extension Simulation {
  /// A chain's request is at the gateway: the stages that come after nothing begin.
  mutating func beginChain(_ slot: Int) {
    controls[slot].phase = .chain
    controls[slot].begun = 0
    controls[slot].ended = 0
    records[slot].wayBack = toGateway[Int(records[slot].origin)]
    beginStages(slot)
  }

  /// Begins every stage whose turn has come. A stage may end at once, and the chain with it.
  private mutating func beginStages(_ slot: Int) {
    let generation = records[slot].generation
    let chain = chains[Int(records[slot].workload)]
    for stage in chain.stages.indices {
      guard records[slot].generation == generation, controls[slot].phase == .chain else { return }
      let bit: UInt32 = 1 << UInt32(stage)
      if controls[slot].begun & bit != 0 { continue }
      let before = chain.stages[stage].after.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
      if controls[slot].ended & before == before { beginStage(slot, stage, chain) }
    }
  }

  private mutating func beginStage(_ slot: Int, _ stage: Int, _ chain: Chain) {
    controls[slot].begun |= 1 << UInt32(stage)
    var progress = StageProgress(start: now)
    switch chain.stages[stage].work {
    case .timed(let timed):
      progress.region = Int32(timed.region)
      chainProgress[slot, default: []].set(stage, progress)
      let delay = stageTime(slot, stage, timed)
      schedule(
        .stageEnds(
          slot: Int32(truncatingIfNeeded: slot), generation: records[slot].generation,
          stage: Int16(stage)),
        after: delay, phase: .general)
    case .call(let workload):
      chainProgress[slot, default: []].set(stage, progress)
      call(workload, for: slot, stage)
    }
  }

  private func stageTime(_ slot: Int, _ stage: Int, _ timed: Chain.Timed) -> Int64 {
    guard timed.variation > 0 else { return timed.mean.nanoseconds }
    let bits = chainBits(slot, stage).0
    let deviation = DeterministicMath.log1p(timed.variation * timed.variation).squareRoot()
    let factor = DeterministicMath.exp(
      deviation * DeterministicMath.normalQuantile(unitInterval(bits))
        - 0.5 * deviation * deviation)
    return Int64(Double(timed.mean.nanoseconds) * factor)
  }

  private func chainBits(_ slot: Int, _ stage: Int) -> (UInt64, UInt64) {
    workloads[Int(records[slot].workload)].chainStream.block(
      records[slot].index ^ UInt64(stage + 1) << 56)
  }

  /// A timed stage is over: it has worked or failed.
  mutating func stageEnds(_ slot: Int, _ generation: UInt32, _ stage: Int) {
    guard records[slot].generation == generation, controls[slot].phase == .chain else { return }
    let chain = chains[Int(records[slot].workload)]
    guard case .timed(let timed) = chain.stages[stage].work else {
      preconditionFailure("only timed stages end by the clock")
    }
    let hasFailed =
      unitInterval(chainBits(slot, stage).1) < timed.failureShare || isDown(timed.region)
    endStage(slot, stage, hasFailed ? .failed : .completed)
  }

  /// Whether an incident has taken a whole region away.
  private func isDown(_ region: Int) -> Bool {
    for id in activeIncidents {
      let incident = incidents[id]
      switch incident.effect {
      case .fails, .hangs: break
      case .slows, .cuts, .loses: continue
      }
      switch incident.target {
      case .region(region): return true
      case .cloud(let cloud) where world.regions[region].cloud == cloud: return true
      case .zone(let zone) where world.regions[region].zone == zone: return true
      default: continue
      }
    }
    return false
  }

  /// Sends the request of a stage that calls a model.
  private mutating func call(_ workload: Int, for slot: Int, _ stage: Int) {
    guard let draws = called[workload] else { preconditionFailure("a call without a workload") }
    let arrival = draws.request(
      records[slot].index, origin: records[slot].origin, at: SimTime(nanoseconds: now))
    let generation = records[slot].generation
    let child = begin(arrival)
    beginControl(child)
    controls[child].parent = Int32(truncatingIfNeeded: slot)
    controls[child].parentGeneration = generation
    controls[child].stage = Int16(stage)
    if workloads[workload].patience != .max {
      schedule(
        .losesPatience(
          slot: Int32(truncatingIfNeeded: child), generation: records[child].generation),
        after: workloads[workload].patience, phase: .cancellation)
    }
    enterGateway(child)
  }

  /// A call has ended: its chain goes on or fails.
  mutating func tellChain(_ child: Int) {
    let slot = Int(controls[child].parent)
    let stage = Int(controls[child].stage)
    guard records[slot].generation == controls[child].parentGeneration,
      controls[slot].phase == .chain
    else { return }
    var progress = chainProgress[slot, default: []].get(stage)
    progress.call = Int64(records[child].number)
    if records[child].deployment >= 0 {
      progress.region = Int32(world.region(ofDeployment: Int(records[child].deployment)))
    }
    chainProgress[slot, default: []].set(stage, progress)
    if records[child].status == .completed {
      records[slot].picodollars += records[child].picodollars
      records[slot].cachedTokens += records[child].cachedTokens
      noteAnswer(slot, stage, child)
    }
    let status = records[child].status
    // The answer's way back to the gateway is part of the stage.
    if status == .completed, records[child].wayBack > 0 {
      schedule(
        .callReturns(
          slot: Int32(truncatingIfNeeded: slot), generation: records[slot].generation,
          stage: Int16(stage)),
        after: records[child].wayBack, phase: .general)
    } else {
      endStage(slot, stage, status == .completed ? .completed : .failed)
    }
  }

  /// The answer of a call is back.
  mutating func callReturns(_ slot: Int, _ generation: UInt32, _ stage: Int) {
    guard records[slot].generation == generation, controls[slot].phase == .chain else { return }
    endStage(slot, stage, .completed)
  }

  /// A chain's first token is that of its last call of a model; its tokens are counted, and timed,
  /// where that call is its last stage.
  private mutating func noteAnswer(_ slot: Int, _ stage: Int, _ child: Int) {
    let chain = chains[Int(records[slot].workload)]
    let isLastCall = chain.stages[(stage + 1)...].allSatisfy { later in
      if case .timed = later.work { return true }
      return false
    }
    guard isLastCall else { return }
    records[slot].started = records[child].started
    records[slot].firstToken = records[child].firstToken + records[child].wayBack
    if stage == chain.stages.count - 1 {
      records[slot].deliveredTokens = records[child].deliveredTokens
    }
  }

  private mutating func endStage(_ slot: Int, _ stage: Int, _ status: RequestRecord.Status) {
    let chain = chains[Int(records[slot].workload)]
    controls[slot].ended |= 1 << UInt32(stage)
    noteStage(slot, stage, chain, status)
    if status != .completed {
      endChain(slot, .stageFailed)
      return
    }
    if Int(controls[slot].ended.nonzeroBitCount) == chain.stages.count {
      records[slot].status = .completed
      records[slot].reason = .none
      if records[slot].firstToken < 0 { records[slot].firstToken = now }
      if records[slot].started < 0 { records[slot].started = records[slot].arrival }
      if records[slot].reachedDeployment < 0 {
        records[slot].reachedDeployment = records[slot].arrival
      }
      chainProgress[slot] = nil
      conclude(slot)
      return
    }
    beginStages(slot)
  }

  /// Counts what flowed into a stage and writes its row.
  private mutating func noteStage(
    _ slot: Int, _ stage: Int, _ chain: Chain, _ status: RequestRecord.Status
  ) {
    let progress = chainProgress[slot, default: []].get(stage)
    var row = StageRecord()
    for before in chain.stages[stage].after {
      let bytes = chain.stages[before].bytesOut
      row.bytesIn += bytes
      let from = chainProgress[slot, default: []].get(before).region
      if from >= 0, progress.region >= 0, from != progress.region {
        meterTransfer(slot, from: from, to: progress.region, bytes)
        row.egressBytes += bytes
        if row.egressFrom < 0 { row.egressFrom = from }
      }
    }
    let workload = workloads + Int(records[slot].workload)
    if isMeasured(records[slot].arrival) {
      workload.pointee.statistics.egressBytes += row.egressBytes
    }
    if isMetered { meter.stageRuns[Int(records[slot].workload)][stage] += 1 }
    guard recordsDecisions, let recorder else { return }
    row.request = records[slot].number
    row.workload = records[slot].workload
    row.index = records[slot].index
    row.stage = Int16(stage)
    row.region = progress.region
    row.start = progress.start
    row.end = now
    row.status = status
    row.call = progress.call
    row.bytesOut = chain.stages[stage].bytesOut
    recorder.record(row)
  }

  private mutating func endChain(_ slot: Int, _ reason: RequestRecord.Reason) {
    chainProgress[slot] = nil
    controls[slot].phase = .arriving
    // The last call's answer may be on its way, and never comes.
    if records[slot].firstToken > now {
      records[slot].firstToken = -1
      records[slot].deliveredTokens = 0
    }
    end(slot, reason: reason)
  }

  /// A client gives a chain up. Calls under way run on and are paid, as nobody recalls them.
  mutating func abandonChain(_ slot: Int, _ reason: RequestRecord.Reason) {
    endChain(slot, reason)
  }
}

/// How far a stage of a chain is.
struct StageProgress {
  var start: Int64 = 0
  /// Region where it ran; -1 while that is open.
  var region: Int32 = -1
  /// Number of the request that called a model for it; -1 for none.
  var call: Int64 = -1
}

extension [StageProgress] {
  func get(_ stage: Int) -> StageProgress { stage < count ? self[stage] : StageProgress() }

  mutating func set(_ stage: Int, _ progress: StageProgress) {
    while count <= stage { append(StageProgress()) }
    self[stage] = progress
  }
}
