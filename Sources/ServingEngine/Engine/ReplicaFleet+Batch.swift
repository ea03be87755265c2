import SimulationKernel

/// A boundary's second half: cancellations, admission, the next span.
extension ReplicaFleet {
  /// Forms the next batch of a replica that stands at a boundary and plans its span.
  ///
  /// The rules are vLLM V1's `schedule()`: running sequences first, in order, each with what the
  /// step's token budget leaves; then, if nobody was preempted, the waiting queue in order until
  /// the head does not fit.
  ///
  /// - Precondition: the replica is at a boundary.
  /// - Complexity: O(log batch) per request admitted; O(batch) where a block cannot be allocated.
  public mutating func formBatch(_ id: Int) {
    checkReplica(id)
    formBatch(replicas + id)
  }

  mutating func formBatch(_ replica: Handle) {
    precondition(replica.pointee.activity == .atBoundary, "no boundary at this replica now")
    if replica.pointee.firstCancel >= 0 { applyCancels(replica) }
    if replica.pointee.nextProfile >= 0 { applyNextProfile(replica) }
    let model = profiles + replica.pointee.profile

    if !model.pointee.mixesPrefill, formPrefillBatch(replica) { return }
    let decodes = replica.pointee.decodes
    var blocksNeeded =
      decodes == 0
      ? 0
      : model.pointee.speculates
        ? speculationBlocks(replica, ahead: 0)
        : Int(replica.pointee.residues[model.pointee.crossingClass(replica.pointee.step)])
    var budget = model.pointee.maxBatchedTokens - decodes * model.pointee.stepTokens
    let partial = replica.pointee.firstPrefill
    if partial >= 0 {
      // With no limit on chunks a prompt is left partial only by an exhausted budget, so there is
      // one at most and it is the last of the running.
      if model.pointee.limitsChunks { return formBatchCarefully(replica) }
      assert(partial == replica.pointee.lastPrefill)
      let sequence = sequences + Int(partial)
      let chunk = min(Int(sequence.pointee.tokens - sequence.pointee.computed), budget)
      let computed = Int(sequence.pointee.computed)
      blocksNeeded += model.pointee.blocks(computed + chunk) - model.pointee.blocks(computed)
      sequence.pointee.chunk = chunk
      budget -= chunk
    }
    if blocksNeeded > replica.pointee.freeBlocks { return formBatchCarefully(replica) }
    let cache = replica.pointee.cache
    if let cache {
      // Who of several is first with a block of their common words is told step by step.
      if cache.pointee.contested > 0 { return formBatchCarefully(replica) }
      if partial >= 0 { nameScheduled(replica, partial) }
    }
    replica.pointee.freeBlocks -= blocksNeeded
    if model.pointee.speculates { holdSpeculated(replica, ahead: 0) }
    replica.pointee.decodesInStep = decodes
    admit(replica, budget: budget)

    if replica.pointee.firstPrefill >= 0 {
      planSingleStep(
        replica,
        decodeKVTokens: model.pointee.speculates
          ? speculatedCache(replica) : replica.pointee.kvTokens)
    } else if replica.pointee.decodes > 0 {
      planSpan(
        replica,
        limit: !replica.pointee.newcomers.isEmpty ? 1 : cache == nil ? Int.max : spanLimit(replica))
    } else {
      fallIdle(replica)
    }
  }

  /// Blocks that must be free for a waiting sequence to be admitted with this budget.
  @inline(__always)
  func admissionBlocks(_ replica: Handle, _ slot: Int32, budget: Int) -> Int {
    let model = profiles + replica.pointee.profile
    let tokens = Int(sequences[Int(slot)].tokens)
    if let extras, extras[Int(slot)].awaitsCache { return model.pointee.blocks(tokens) }
    return model.pointee.watermarkBlocks
      + model.pointee.blocks(
        model.pointee.reservesWholePrompt
          ? tokens : min(tokens, budget, model.pointee.chunkLimit))
  }

  /// Admits from the head of the waiting queue while slots, budget and blocks last.
  @inline(__always)
  mutating func admit(_ replica: Handle, budget: Int) {
    if replica.pointee.cache != nil { return admitCached(replica, budget: budget) }
    let model = profiles + replica.pointee.profile
    if model.pointee.usesAdapters { return admitPassingOver(replica, budget: budget) }
    var budget = budget
    if !replica.pointee.ready.isEmpty { admitReady(replica, budget: &budget) }
    while replica.pointee.waiting > 0, budget > 0,
      replica.pointee.running < model.pointee.maxSequences
    {
      let slot = firstWaiting(replica)
      let needed = admissionBlocks(replica, slot, budget: budget)
      if needed > replica.pointee.freeBlocks { break }
      if let extras, extras[Int(slot)].awaitsCache {
        reserve(replica, slot, blocks: needed)
        continue
      }
      let sequence = sequences + Int(slot)
      if model.pointee.prefillsFirst, Int(sequence.pointee.tokens) > budget { break }
      let chunk = min(Int(sequence.pointee.tokens), budget, model.pointee.chunkLimit)
      admit(replica, slot, chunk: chunk)
      budget -= chunk
    }
  }

  /// Admits a waiting sequence with a first chunk, for which there are blocks.
  @inline(__always)
  mutating func admit(_ replica: Handle, _ slot: Int32, chunk: Int) {
    popWaiting(replica, slot)
    replica.pointee.freeBlocks -= profiles[replica.pointee.profile].blocks(chunk)
    sequences[Int(slot)].chunk = chunk
    join(replica, slot)
  }

  /// Counts an admitted sequence, whose chunk is set, among those that prefill.
  @inline(__always)
  mutating func join(_ replica: Handle, _ slot: Int32) {
    let sequence = sequences + Int(slot)
    sequence.pointee.state = .prefilling
    replica.pointee.running += 1
    sequence.pointee.admission = replica.pointee.admissions
    replica.pointee.admissions &+= 1
    appendPrefill(replica, slot)
    if sequence.pointee.startedAt < 0 {
      sequence.pointee.startedAt = replica.pointee.boundary
      if reportsProgress { report(.started, slot) }
    }
  }

  /// Plans one step in which at least one sequence prefills or is left out.
  ///
  /// - Parameters:
  ///   - decodeKVTokens: Cached tokens of the sequences that decode in the step.
  ///   - holdsDecodes: Whether all that decode wait for this step.
  func planSingleStep(_ replica: Handle, decodeKVTokens: Int, holdsDecodes: Bool = false) {
    let model = profiles + replica.pointee.profile
    var step = StepTimeModel.MixedStep(
      decodes: replica.pointee.decodesInStep, decodeKVTokens: decodeKVTokens, prefills: 0,
      prefillTokens: 0, doubledAttentionPairs: 0, doubledContextTokens: 0)
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      let chunk = sequences[Int(slot)].chunk
      if chunk > 0 {
        step.prefills += 1
        step.prefillTokens += chunk
        let context = 2 * Int(sequences[Int(slot)].computed) + chunk
        step.doubledAttentionPairs += chunk * context
        step.doubledContextTokens += context
      }
      slot = sequences[Int(slot)].next
    }
    var duration =
      if step.prefills > 0 {
        model.pointee.stepTime.mixedStep(step)
      } else if model.pointee.speculates {
        model.pointee.stepTime.decodeBase[step.decodes] + replica.pointee.attentionTime
      } else {
        model.pointee.stepTime.decodeStep(batch: step.decodes, kvTokens: decodeKVTokens)
      }
    if model.pointee.usesAdapters { duration += adapterTimeOfStep(replica) }
    if replica.pointee.loadPicoseconds > 0 {
      duration += replica.pointee.loadPicoseconds
      replica.pointee.loadPicoseconds = 0
    }
    assert(duration >= StepTimeModel.shortestStep)
    replica.pointee.activity = .singleStep
    replica.pointee.holdsDecodes = holdsDecodes
    replica.pointee.plannedSteps = 1
    replica.pointee.plannedPicoseconds = duration
    replica.pointee.boundary = replica.pointee.visibleTime(after: duration)
  }

  func fallIdle(_ replica: Handle) {
    assert(
      replica.pointee.waiting == 0 || replica.pointee.lentBlocks > 0,
      "an idle replica leaves nobody waiting but for blocks")
    assert(replica.pointee.ready.isEmpty && replica.pointee.newcomers.isEmpty)
    assert(replica.pointee.running == 0 && replica.pointee.kvTokens == 0)
    assert(
      heldBlocks(replica) == replica.pointee.lentBlocks,
      "an idle replica holds no blocks but for caches that come or go")
    replica.pointee.activity = .idle
    replica.pointee.step = 0
  }
}
