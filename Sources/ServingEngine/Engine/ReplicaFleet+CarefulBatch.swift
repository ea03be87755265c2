import SimulationKernel

/// The long way to form a batch, sequence by sequence: where a block cannot be allocated and
/// somebody must be preempted, or where prefill chunks are limited and several prompts are partial.
extension ReplicaFleet {
  /// A running sequence as the scheduler walks over it.
  struct WalkEntry {
    var slot: Int32
    /// Tokens the step computes for it.
    var chunk = 0
    var isPreempted = false
  }

  /// Walks the running list as vLLM's scheduler does.
  ///
  /// - Complexity: O(batch log batch), O(batch²) at worst when many are preempted by priority.
  mutating func formBatchCarefully(_ replica: Handle) {
    let model = profiles + replica.pointee.profile
    gatherRunning(replica)
    var budget = model.pointee.maxBatchedTokens
    var preempted = false
    var last = walk.count - 1
    var i = 0
    scheduling: while i < walk.count, budget > 0 {
      if walk[i].isPreempted {
        i += 1
        continue
      }
      let slot = walk[i].slot
      let sequence = sequences + Int(slot)
      let computed = cached(replica, slot)
      let wanted =
        sequence.pointee.state == .decoding
        ? model.pointee.stepTokens : Int(sequence.pointee.tokens - sequence.pointee.computed)
      let chunk = min(wanted, budget, model.pointee.chunkLimit)
      let needed = blocksToTake(replica, slot, computed: computed, chunk: chunk)
      while needed > replica.pointee.freeBlocks {
        preempted = true
        while walk[last].isPreempted { last -= 1 }
        let victim = model.pointee.byPriority ? worstByPriority() : last
        budget += walk[victim].chunk
        preempt(replica, victim)
        if victim == i { break scheduling }
      }
      replica.pointee.freeBlocks -= needed
      if model.pointee.speculates, sequence.pointee.state == .decoding {
        holdSpeculated(slot, more: needed)
      }
      walk[i].chunk = chunk
      if replica.pointee.cache != nil { nameInWalk(replica, slot, tokens: computed + chunk) }
      budget -= chunk
      i += 1
    }

    let hasScheduled = budget < model.pointee.maxBatchedTokens
    var decodeKVTokens = settleWalk(replica, countsStep: hasScheduled)
    if !hasScheduled {
      // By priority, whoever was scheduled may have had to yield, and then nothing is: the engine's
      // loop comes round at once, without a step, to one request fewer.
      assert(preempted)
      return formBatch(replica)
    }
    if !preempted {
      let before = replica.pointee.kvTokens
      admit(replica, budget: budget)
      // Those whose caches have come decode at once.
      decodeKVTokens += replica.pointee.kvTokens - before
    }
    planSingleStep(replica, decodeKVTokens: decodeKVTokens)
  }

  /// Collects the running sequences in order of admission.
  mutating func gatherRunning(_ replica: Handle) {
    walk.removeAll(keepingCapacity: true)
    for place in 0..<Int(replica.pointee.finishes.count) {
      let slot = UInt32(truncatingIfNeeded: replica.pointee.finishes[place])
      walk.append(WalkEntry(slot: Int32(bitPattern: slot)))
    }
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      walk.append(WalkEntry(slot: slot))
      slot = sequences[Int(slot)].next
    }
    let sequences = sequences
    walk.sort { sequences[Int($0.slot)].admission < sequences[Int($1.slot)].admission }
    assert(walk.count == replica.pointee.running)
  }

  /// Tokens of a running sequence in the cache.
  @inline(__always)
  func cached(_ replica: Handle, _ slot: Int32) -> Int {
    let sequence = sequences + Int(slot)
    if sequence.pointee.state != .decoding { return Int(sequence.pointee.computed) }
    if profiles[replica.pointee.profile].speculates { return speculatedCache(replica, slot) }
    let remaining = Int32(bitPattern: sequence.pointee.finishStep &- replica.pointee.step)
    return Int(sequence.pointee.prompt + sequence.pointee.output - remaining - 1)
  }

  /// The place of the running sequence that is last by (priority, arrival).
  private func worstByPriority() -> Int {
    var worst = -1
    for (place, entry) in walk.enumerated() where !entry.isPreempted {
      guard worst >= 0 else {
        worst = place
        continue
      }
      let a = sequences + Int(entry.slot)
      let b = sequences + Int(walk[worst].slot)
      if (a.pointee.priority, a.pointee.order) > (b.pointee.priority, b.pointee.order) {
        worst = place
      }
    }
    return worst
  }

  /// Takes a sequence's blocks away and sends it back to the queue.
  private mutating func preempt(_ replica: Handle, _ place: Int) {
    let slot = walk[place].slot
    let sequence = sequences + Int(slot)
    let model = profiles + replica.pointee.profile
    let held = cached(replica, slot) + walk[place].chunk
    let speculated =
      model.pointee.speculates && sequence.pointee.state == .decoding
      ? blocksHeld(replica, slot) : -1
    if sequence.pointee.state == .decoding {
      endDecoding(replica, slot)
    } else {
      removePrefill(replica, slot)
    }
    if model.pointee.usesAdapters { leaveAdapter(replica, slot) }
    walk[place].isPreempted = true
    walk[place].chunk = 0
    replica.pointee.running -= 1
    if speculated >= 0 {
      replica.pointee.freeBlocks += speculated
    } else {
      freeBlocks(replica, slot, tokens: held, isGone: false)
    }
    sequence.pointee.computed = 0
    pushWaiting(replica, slot, atFront: true)
    replica.pointee.totals.preemptions += 1
    report(.preempted, slot)
  }

  /// Carries the walk's decisions over to the replica: chunks, the decodes of the step, and the
  /// finish heap without those who were preempted.
  ///
  /// A decoding sequence that was left out of a step finishes one step later, and its next block is
  /// due one step later.
  ///
  /// - Parameter countsStep: Whether a step follows at all.
  /// - Returns: Cached tokens of the sequences that decode in the step.
  private func settleWalk(_ replica: Handle, countsStep: Bool) -> Int {
    let model = profiles + replica.pointee.profile
    let step = replica.pointee.step
    var decodeKVTokens = 0
    replica.pointee.decodesInStep = 0
    replica.pointee.attentionTime = 0
    replica.pointee.finishes.removeAll()
    for entry in walk where !entry.isPreempted {
      let sequence = sequences + Int(entry.slot)
      guard sequence.pointee.state == .decoding else {
        sequence.pointee.chunk = entry.chunk
        continue
      }
      let computed = cached(replica, entry.slot)
      if entry.chunk > 0 {
        replica.pointee.decodesInStep += 1
        decodeKVTokens += computed
        if model.pointee.speculates {
          replica.pointee.attentionTime += speculatedAttention(replica, entry.slot)
        }
      } else if countsStep, model.pointee.speculates {
        sequence.pointee.finishStep &+= 1
      } else if countsStep {
        let now = model.pointee.residueClass(computed: computed, step: step)
        let later = model.pointee.residueClass(computed: computed, step: step &+ 1)
        replica.pointee.residues[now] -= 1
        replica.pointee.residues[later] += 1
        sequence.pointee.finishStep &+= 1
      }
      replica.pointee.finishes.push(finishKey(entry.slot))
    }
    return decodeKVTokens
  }
}
