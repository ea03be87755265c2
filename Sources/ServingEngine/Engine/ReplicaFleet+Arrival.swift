import SimulationKernel

/// What comes to a replica from outside: requests and cancellations.
extension ReplicaFleet {
  /// Why an engine turns a request away.
  public enum Refusal: Error, Hashable, Sendable {
    /// The prompt, with a first token that comes with it, is as long as the model's context, or longer.
    case contextTooLong
  }

  /// Puts a request into a replica's waiting queue.
  ///
  /// Output beyond the model's length is cut off, as an engine does. A request that arrives exactly
  /// on a boundary is in the batch that starts there.
  ///
  /// - Parameters:
  ///   - slot: A slot from ``allocateSlot()``.
  ///   - id: The replica.
  ///   - time: Now, nanoseconds; never before an earlier call's.
  ///   - prompt: Prompt tokens, at least 1.
  ///   - output: True output tokens, at least 1.
  ///   - priority: Lower is served first where the order is by priority; 16 bits.
  ///   - features: What else it asks for; heard only by engines whose settings offer it.
  /// - Throws: ``Refusal`` where the request can never be served; nothing has changed then.
  /// - Complexity: O(1), or O(log waiting) by priority.
  public mutating func enqueue(
    _ slot: Int, to id: Int, at time: Int64, prompt: Int, output: Int, priority: Int = 0,
    features: RequestFeatures = RequestFeatures()
  ) throws(Refusal) {
    checkSlot(slot)
    checkReplica(id)
    let replica = replicas + id
    let model = profiles + replica.pointee.profile
    precondition(prompt >= 1 && output >= 1, "a request has at least one token each way")
    if prompt >= model.pointee.maxModelTokens { throw .contextTooLong }
    if features.transferredTokens > 0 || features.keepsBlocks {
      try checkTransfer(replica, features, prompt: prompt, output: output)
    }
    integrate(replica, to: time)

    assert(sequences[slot].state == .allocated)
    let order = nextOrderNumber()
    let sequence = sequences + slot
    sequence.pointee.order = order
    sequence.pointee.prompt = Int32(truncatingIfNeeded: prompt)
    sequence.pointee.output = Int32(
      truncatingIfNeeded: min(output, model.pointee.maxModelTokens - prompt))
    sequence.pointee.computed = 0
    sequence.pointee.generated = 0
    sequence.pointee.startedAt = -1
    sequence.pointee.firstTokenAt = -1
    sequence.pointee.priority = Int16(priority)
    sequence.pointee.isCancelled = false
    if let extras {
      extras[slot] = SequenceExtras(features: features)
      if features.bringsFirstToken {
        sequence.pointee.generated = 1
        sequence.pointee.firstTokenAt = time
      }
    }
    let slot32 = Int32(truncatingIfNeeded: slot)
    if model.pointee.speculates { takePace(slot32, output: output, model: model) }
    pushWaiting(replica, slot32, atFront: false)

    switch replica.pointee.activity {
    case .idle: wake(replica, at: time)
    case .atBoundary, .singleStep:
      break
    case .decoding:
      // Only the head of the queue can be admitted, and blocks only get scarcer during a span: any
      // other arrival leaves the span alone. With adapters others may be passed over, and a span that ends
      // for nothing is cut at one of its own boundaries.
      if replica.pointee.running < model.pointee.maxSequences,
        model.pointee.usesAdapters
          ? hasRoomForAdapter(replica, slot32) : firstWaiting(replica) == slot32,
        replica.pointee.cache != nil
          ? couldHit(replica, slot32)
          : admissionBlocks(
            replica, slot32,
            budget: model.pointee.maxBatchedTokens
              - (model.pointee.mixesPrefill
                ? replica.pointee.decodes * model.pointee.stepTokens : 0))
            <= replica.pointee.freeBlocks
      {
        truncateSpan(replica, at: time)
      }
    }
  }

  /// Asks a replica to drop a request; it does so at its next boundary.
  ///
  /// - Precondition: the request is at this replica, and was not cancelled before.
  public mutating func cancel(_ slot: Int, at id: Int, time: Int64) {
    checkSlot(slot)
    checkReplica(id)
    let replica = replicas + id
    let sequence = sequences + slot
    precondition(!sequence.pointee.isCancelled, "a request is cancelled once")
    assert(
      [.waiting, .receiving, .ready, .prefilling, .decoding].contains(sequence.pointee.state))
    sequence.pointee.isCancelled = true
    sequence.pointee.nextCancel = -1
    let slot32 = Int32(truncatingIfNeeded: slot)
    if replica.pointee.lastCancel >= 0 {
      sequences[Int(replica.pointee.lastCancel)].nextCancel = slot32
    } else {
      replica.pointee.firstCancel = slot32
    }
    replica.pointee.lastCancel = slot32
    // Who waits for blocks, or for a cache, may do so at an idle replica.
    if replica.pointee.activity == .idle {
      integrate(replica, to: time)
      wake(replica, at: time)
    }
    truncateSpan(replica, at: time)
  }

  /// Lets an idle replica, whose integrals reach to now, form a batch now.
  func wake(_ replica: Handle, at time: Int64) {
    assert(replica.pointee.activity == .idle)
    replica.pointee.clockNanoseconds = time
    replica.pointee.clockPicoseconds = 0
    replica.pointee.boundary = time
    replica.pointee.activity = .atBoundary
  }

  /// Takes a request that finished out of the cancellations that wait.
  func forgetCancel(_ replica: Handle, _ slot: Int32) {
    var before: Int32 = -1
    var at = replica.pointee.firstCancel
    while at != slot {
      assert(at >= 0, "a cancelled sequence is not in its list")
      before = at
      at = sequences[Int(at)].nextCancel
    }
    let after = sequences[Int(slot)].nextCancel
    if before >= 0 {
      sequences[Int(before)].nextCancel = after
    } else {
      replica.pointee.firstCancel = after
    }
    if after < 0 { replica.pointee.lastCancel = before }
  }

  /// Carries out the cancellations that wait, in order of their coming.
  mutating func applyCancels(_ replica: Handle) {
    let model = profiles + replica.pointee.profile
    var slot = replica.pointee.firstCancel
    replica.pointee.firstCancel = -1
    replica.pointee.lastCancel = -1
    while slot >= 0 {
      let sequence = sequences + Int(slot)
      let after = sequence.pointee.nextCancel
      var state = Sequence.State.allocated
      switch sequence.pointee.state {
      case .waiting where model.pointee.byPriority:
        replica.pointee.waiting -= 1
        forgetPrefix(replica, slot)
        state = .forgotten
      case .waiting:
        unlinkWaiting(replica, slot)
        forgetPrefix(replica, slot)
      case .receiving, .ready: dropTransfer(replica, slot)
      case .prefilling:
        removePrefill(replica, slot)
        if model.pointee.usesAdapters { leaveAdapter(replica, slot) }
        replica.pointee.running -= 1
        freeBlocks(replica, slot, tokens: Int(sequence.pointee.computed), isGone: true)
      case .decoding:
        replica.pointee.finishes.remove(finishKey(slot))
        endDecoding(replica, slot)
        if model.pointee.usesAdapters { leaveAdapter(replica, slot) }
        replica.pointee.running -= 1
        freeBlocks(replica, slot, tokens: Int(sequence.pointee.computed), isGone: true)
      case .free, .allocated, .forgotten, .released:
        preconditionFailure("a cancelled request is not at its replica")
      }
      sequence.pointee.state = state
      report(.cancelled, slot)
      slot = after
    }
  }
}
