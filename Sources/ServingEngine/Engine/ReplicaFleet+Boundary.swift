import SimulationKernel

/// A boundary's first half: the outputs of the step that ends.
extension ReplicaFleet {
  /// Ends the span of a replica whose planned boundary is now: tokens appear, requests finish,
  /// blocks are released. The next batch is formed by ``formBatch(_:)``.
  ///
  /// Requests that decoded come first in the outcomes, then those that prefilled, each in order of
  /// admission.
  ///
  /// - Precondition: a span is in progress and its boundary is due.
  /// - Complexity: O(log batch) per request that finishes or ends its prefill.
  public mutating func reachBoundary(_ id: Int) {
    checkReplica(id)
    let replica = replicas + id
    let time = replica.pointee.boundary
    if replica.pointee.activity == .decoding {
      playSteps(
        replica, Int(replica.pointee.plannedSteps),
        lasting: replica.pointee.plannedPicoseconds, continues: false)
      integrate(replica, to: time)
    } else {
      precondition(replica.pointee.activity == .singleStep, "no step ends at this replica now")
      if replica.pointee.decodes > 0, !replica.pointee.holdsDecodes { replica.pointee.step &+= 1 }
      replica.pointee.advanceClock(picoseconds: replica.pointee.plannedPicoseconds)
      replica.pointee.totals.steps += 1
      if profiles[replica.pointee.profile].speculates {
        countSpeculated(replica)
      } else {
        replica.pointee.kvTokens += replica.pointee.decodesInStep
        replica.pointee.totals.outputTokens += Int64(replica.pointee.decodesInStep)
      }
      integrate(replica, to: time)
    }
    let firstOutcome = outcomeCount
    if !replica.pointee.newcomers.isEmpty { tellFirstTokens(replica) }
    if replica.pointee.finishes.count > 0, isDue(replica) {
      finishDue(replica, outcomesFrom: firstOutcome)
    }
    if replica.pointee.firstPrefill >= 0, replica.pointee.activity == .singleStep {
      endPrefillStep(replica)
    }
    replica.pointee.activity = .atBoundary
    if replica.pointee.step > 1 << 31 { rebaseSteps(replica) }
  }

  @inline(__always)
  private func isDue(_ replica: Handle) -> Bool {
    UInt32(truncatingIfNeeded: replica.pointee.finishes.minimum >> 32) == replica.pointee.step
  }

  /// Finishes the sequences whose last token the step produced, in order of admission.
  private mutating func finishDue(_ replica: Handle, outcomesFrom firstOutcome: Int) {
    if replica.pointee.cache != nil { return finishDueInOrder(replica) }
    while replica.pointee.finishes.count > 0, isDue(replica) {
      let slot = Int32(
        truncatingIfNeeded: UInt32(truncatingIfNeeded: replica.pointee.finishes.pop()))
      endDecoding(replica, slot)
      leave(replica, slot)
    }
    // The heap gives equal steps by slot; several at once are rare and few.
    if outcomeCount - firstOutcome > 1 { sortOutcomes(from: firstOutcome) }
  }

  /// The same where the order in which blocks are given back matters.
  private mutating func finishDueInOrder(_ replica: Handle) {
    walk.removeAll(keepingCapacity: true)
    while replica.pointee.finishes.count > 0, isDue(replica) {
      let slot = Int32(
        truncatingIfNeeded: UInt32(truncatingIfNeeded: replica.pointee.finishes.pop()))
      endDecoding(replica, slot)
      walk.append(WalkEntry(slot: slot))
    }
    let sequences = sequences
    walk.sort { sequences[Int($0.slot)].admission < sequences[Int($1.slot)].admission }
    for entry in walk { leave(replica, entry.slot) }
  }

  /// Removes a finished sequence, whose `computed` is current, from the batch.
  @inline(__always)
  private mutating func leave(_ replica: Handle, _ slot: Int32) {
    let model = profiles + replica.pointee.profile
    let sequence = sequences + Int(slot)
    assert(sequence.pointee.generated == sequence.pointee.output)
    if model.pointee.usesAdapters { leaveAdapter(replica, slot) }
    replica.pointee.running -= 1
    if let extras, extras[Int(slot)].features.keepsBlocks {
      replica.pointee.lentBlocks += blocksHeld(replica, slot)
    } else {
      freeBlocks(replica, slot, tokens: Int(sequence.pointee.computed), isGone: true)
    }
    if sequence.pointee.isCancelled { forgetCancel(replica, slot) }
    sequence.pointee.state = .allocated
    report(.finished, slot)
  }

  /// Counts the chunks of the step that ends; a prompt that is complete yields a token.
  private mutating func endPrefillStep(_ replica: Handle) {
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      let sequence = sequences + Int(slot)
      let after = sequence.pointee.next
      sequence.pointee.computed += Int32(truncatingIfNeeded: sequence.pointee.chunk)
      replica.pointee.totals.prefillTokens += Int64(sequence.pointee.chunk)
      sequence.pointee.chunk = 0
      if sequence.pointee.computed == sequence.pointee.tokens {
        removePrefill(replica, slot)
        sequence.pointee.generated += 1
        replica.pointee.totals.outputTokens += 1
        if sequence.pointee.firstTokenAt < 0 {
          sequence.pointee.firstTokenAt = replica.pointee.boundary
          if reportsProgress { report(.firstToken, slot) }
        }
        if sequence.pointee.generated == sequence.pointee.output {
          leave(replica, slot)
        } else {
          beginDecoding(replica, slot)
        }
      }
      slot = after
    }
  }

  /// Lowers the step counter by a multiple of the block size, so that it never overflows: residues
  /// and differences stay as they are.
  private func rebaseSteps(_ replica: Handle) {
    let size = UInt32(profiles[replica.pointee.profile].blockTokens)
    let shift = replica.pointee.step / size * size
    replica.pointee.step -= shift
    replica.pointee.finishes.shiftAll { $0 - UInt64(shift) << 32 }
    for place in 0..<Int(replica.pointee.finishes.count) {
      let slot = UInt32(truncatingIfNeeded: replica.pointee.finishes[place])
      sequences[Int(slot)].finishStep -= shift
    }
  }
}
