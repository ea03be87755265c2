import SimulationKernel

/// The long way to form a batch, sequence by sequence: where a block cannot be allocated and
/// somebody must be preempted, or where limited chunks may exhaust the budget before the end of
/// the running list.
extension ReplicaFleet {
  /// Walks the running list as vLLM's scheduler does. O(batch), O(batch²) at worst when many are
  /// preempted by priority.
  mutating func formBatchCarefully(_ replica: Handle) {
    let model = profiles + replica.pointee.profile
    var slot = replica.pointee.firstRunning
    while slot >= 0 {
      sequences[Int(slot)].chunk = 0
      slot = sequences[Int(slot)].next
    }

    var budget = model.pointee.maxBatchedTokens
    var preempted = false
    var decodeKVTokens = 0
    replica.pointee.decodesInStep = 0
    slot = replica.pointee.firstRunning
    walk: while slot >= 0, budget > 0 {
      let sequence = sequences + Int(slot)
      let computed = cached(replica, slot)
      let wanted =
        sequence.pointee.state == .decoding
        ? 1 : Int(sequence.pointee.tokens - sequence.pointee.computed)
      let chunk = min(wanted, budget, model.pointee.chunkLimit)
      let needed = model.pointee.blocks(computed + chunk) - model.pointee.blocks(computed)
      while needed > replica.pointee.freeBlocks {
        preempted = true
        let victim = chooseVictim(replica)
        if victim == slot {
          preempt(replica, victim)
          break walk
        }
        let returned = sequences + Int(victim)
        if returned.pointee.chunk > 0 {
          budget += Int(returned.pointee.chunk)
          if returned.pointee.state == .decoding {
            replica.pointee.decodesInStep -= 1
            decodeKVTokens -= cached(replica, victim)
          }
        }
        preempt(replica, victim)
      }
      replica.pointee.freeBlocks -= needed
      sequence.pointee.chunk = Int32(truncatingIfNeeded: chunk)
      budget -= chunk
      if sequence.pointee.state == .decoding {
        replica.pointee.decodesInStep += 1
        decodeKVTokens += computed
      }
      slot = sequence.pointee.next
    }

    if budget == model.pointee.maxBatchedTokens {
      // By priority, whoever was scheduled may have had to yield, and then nothing is: the engine's
      // loop comes round at once, without a step, to one request fewer.
      assert(preempted)
      rebuildFinishes(replica)
      return formBatch(replica)
    }
    postponeLeftOut(replica)
    rebuildFinishes(replica)
    if !preempted { admit(replica, budget: budget) }
    planSingleStep(replica, decodeKVTokens: decodeKVTokens)
  }

  /// Tokens of a running sequence in the cache.
  @inline(__always)
  private func cached(_ replica: Handle, _ slot: Int32) -> Int {
    let sequence = sequences + Int(slot)
    if sequence.pointee.state != .decoding { return Int(sequence.pointee.computed) }
    let remaining = Int32(bitPattern: sequence.pointee.finishStep &- replica.pointee.step)
    return Int(sequence.pointee.prompt + sequence.pointee.output - remaining - 1)
  }

  /// Whom to preempt: the last admitted, or the last by (priority, arrival).
  private func chooseVictim(_ replica: Handle) -> Int32 {
    if !profiles[replica.pointee.profile].byPriority { return replica.pointee.lastRunning }
    var victim = replica.pointee.firstRunning
    var slot = sequences[Int(victim)].next
    while slot >= 0 {
      let a = sequences + Int(slot)
      let b = sequences + Int(victim)
      if a.pointee.priority > b.pointee.priority
        || (a.pointee.priority == b.pointee.priority && a.pointee.order > b.pointee.order)
      {
        victim = slot
      }
      slot = a.pointee.next
    }
    return victim
  }

  /// Takes a sequence's blocks away and sends it back to the queue.
  private mutating func preempt(_ replica: Handle, _ slot: Int32) {
    let model = profiles + replica.pointee.profile
    let sequence = sequences + Int(slot)
    let held = model.pointee.blocks(cached(replica, slot) + Int(sequence.pointee.chunk))
    if sequence.pointee.state == .decoding {
      endDecoding(replica, slot)
    } else {
      removePrefill(replica, slot)
    }
    removeRunning(replica, slot)
    replica.pointee.freeBlocks += held
    sequence.pointee.computed = 0
    sequence.pointee.chunk = 0
    pushWaiting(replica, slot, atFront: true)
    replica.pointee.totals.preemptions += 1
    report(.preempted, slot)
  }

  /// A decoding sequence that the budget did not reach finishes one step later, and its next block
  /// is due one step later.
  private func postponeLeftOut(_ replica: Handle) {
    let model = profiles + replica.pointee.profile
    var slot = replica.pointee.firstRunning
    while slot >= 0 {
      let sequence = sequences + Int(slot)
      if sequence.pointee.state == .decoding, sequence.pointee.chunk == 0 {
        let computed = cached(replica, slot)
        let now = model.pointee.residueClass(computed: computed, step: replica.pointee.step)
        let later = model.pointee.residueClass(
          computed: computed, step: replica.pointee.step &+ 1)
        replica.pointee.residues[now] -= 1
        replica.pointee.residues[later] += 1
        sequence.pointee.finishStep &+= 1
      }
      if sequence.pointee.state == .decoding { sequence.pointee.chunk = 0 }
      slot = sequence.pointee.next
    }
  }
}
