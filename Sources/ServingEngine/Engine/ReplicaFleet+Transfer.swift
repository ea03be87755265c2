import SimulationKernel

/// Caches that come from another engine, or go to one: prefill and decode on different replicas.
///
/// The rules are those of vLLM V1 with its NIXL connector (`vllm/v1/core/sched/scheduler.py`,
/// `vllm/distributed/kv_transfer/kv_connector/v1/nixl_connector.py`, 0.9 to 0.19): the engine that
/// prefilled keeps the blocks until they were read; the engine that decodes takes blocks for the whole
/// prompt when the request's turn in its queue comes, lets the cache be copied into them while it serves
/// others, and admits the request to its batch when the copy is done. How long a copy takes is the
/// caller's business: it hears of ``Outcome/Kind/reserved`` and calls ``receive(_:at:time:)``.
extension ReplicaFleet {
  /// Whether an engine can do what is asked; an error where the prompt leaves it nothing to produce.
  func checkTransfer(
    _ replica: Handle, _ features: RequestFeatures, prompt: Int, output: Int
  ) throws(Refusal) {
    let model = profiles + replica.pointee.profile
    precondition(model.pointee.transfersCaches, "this engine has no connector to others")
    precondition(
      features.transferredTokens == 0 || Int(features.transferredTokens) == prompt,
      "a cache comes whole")
    guard features.bringsFirstToken else { return }
    precondition(
      features.transferredTokens > 0 && output >= 2,
      "what comes with its first token has a cache and further tokens to produce")
    if prompt + 1 >= model.pointee.maxModelTokens { throw .contextTooLong }
  }

  // MARK: Where the cache comes to

  /// Takes blocks for a waiting sequence whose cache can now be copied: as many as its first step needs.
  mutating func reserve(_ replica: Handle, _ slot: Int32, blocks: Int) {
    popWaiting(replica, slot)
    extras.unsafelyUnwrapped[Int(slot)].awaitsCache = false
    replica.pointee.freeBlocks -= blocks
    replica.pointee.lentBlocks += blocks
    // They are taken at this boundary, not in the course of the time until the next change.
    integrate(replica, to: replica.pointee.boundary)
    sequences[Int(slot)].state = .receiving
    replica.pointee.receiving.append(slot, sequences)
    report(.reserved, slot)
  }

  /// Tells a replica that a sequence's cache is there; it joins the batch at the next boundary that has a
  /// place, before all who wait and in order of the caches' coming, whatever the order of admission.
  ///
  /// - Parameters:
  ///   - slot: A request of which ``Outcome/Kind/reserved`` was told, and no end since.
  ///   - id: Its replica.
  ///   - time: Now, nanoseconds; never before an earlier call's.
  /// - Complexity: O(1).
  public mutating func receive(_ slot: Int, at id: Int, time: Int64) {
    checkSlot(slot)
    checkReplica(id)
    let replica = replicas + id
    let slot32 = Int32(truncatingIfNeeded: slot)
    precondition(sequences[slot].state == .receiving, "no cache was on its way")
    replica.pointee.receiving.remove(slot32, sequences)
    replica.pointee.ready.append(slot32, sequences)
    sequences[slot].state = .ready
    switch replica.pointee.activity {
    case .idle:
      integrate(replica, to: time)
      wake(replica, at: time)
    case .decoding
    where replica.pointee.running < profiles[replica.pointee.profile].maxSequences:
      truncateSpan(replica, at: time)
    case .decoding, .atBoundary, .singleStep: break
    }
  }

  /// Lets those whose caches are there join the batch, while places and budget last. They have their
  /// blocks, and decode from their first step on.
  mutating func admitReady(_ replica: Handle, budget: inout Int) {
    let model = profiles + replica.pointee.profile
    while budget > 0, replica.pointee.running < model.pointee.maxSequences,
      let slot = replica.pointee.ready.first
    {
      let sequence = sequences + Int(slot)
      replica.pointee.ready.remove(slot, sequences)
      replica.pointee.lentBlocks -= model.pointee.blocks(Int(sequence.pointee.tokens))
      budget -= 1
      sequence.pointee.computed = sequence.pointee.tokens - 1
      sequence.pointee.admission = replica.pointee.admissions
      replica.pointee.admissions &+= 1
      replica.pointee.running += 1
      replica.pointee.decodesInStep += 1
      beginDecoding(replica, slot)
      sequence.pointee.startedAt = replica.pointee.boundary
      if reportsProgress { report(.started, slot) }
      if sequence.pointee.firstTokenAt < 0 { replica.pointee.newcomers.append(slot, sequences) }
    }
  }

  /// The first step of sequences whose caches came without a first token is over.
  mutating func tellFirstTokens(_ replica: Handle) {
    while let slot = replica.pointee.newcomers.first {
      replica.pointee.newcomers.remove(slot, sequences)
      sequences[Int(slot)].firstTokenAt = replica.pointee.boundary
      if reportsProgress { report(.firstToken, slot) }
    }
  }

  /// Takes out a sequence whose cache is on its way or there. In the first case its blocks stay taken: they
  /// are being written to until the caller, who knows when that ends, releases them.
  func dropTransfer(_ replica: Handle, _ slot: Int32) {
    if sequences[Int(slot)].state == .receiving {
      replica.pointee.receiving.remove(slot, sequences)
      return
    }
    replica.pointee.ready.remove(slot, sequences)
    let blocks = profiles[replica.pointee.profile].blocks(Int(sequences[Int(slot)].tokens))
    replica.pointee.lentBlocks -= blocks
    replica.pointee.freeBlocks += blocks
  }

  // MARK: Where it comes from, and what a copy holds

  /// Blocks that stay taken for a request: of one that finished and keeps them, or whose cache is on its
  /// way; to be asked at the outcome that says so.
  ///
  /// - Precondition: the request is, or was last, at this replica.
  public func blocksTaken(by slot: Int, at id: Int) -> Int {
    checkSlot(slot)
    checkReplica(id)
    let sequence = sequences[slot]
    return profiles[replicas[id].profile].blocks(
      Int(sequence.state == .receiving ? sequence.tokens : sequence.computed))
  }

  /// Gives back blocks that stayed taken: those of a prefill whose cache has been read, or those of a
  /// request that was cancelled while its cache was on its way.
  ///
  /// - Parameters:
  ///   - count: How many; see ``blocksTaken(by:at:)``.
  ///   - id: The replica, which has not died since.
  ///   - time: Now, nanoseconds; never before an earlier call's.
  /// - Complexity: O(1); O(log waiting) by priority.
  public mutating func releaseBlocks(_ count: Int, at id: Int, time: Int64) {
    checkReplica(id)
    let replica = replicas + id
    precondition(
      count >= 0 && count <= replica.pointee.lentBlocks, "more blocks than are taken for caches")
    integrate(replica, to: time)
    replica.pointee.lentBlocks -= count
    replica.pointee.freeBlocks += count
    // They fall at this moment, not in the course of the time until the next change.
    integrate(replica, to: time)
    guard replica.pointee.waiting > 0 else { return }
    switch replica.pointee.activity {
    case .idle: wake(replica, at: time)
    case .atBoundary, .singleStep: break
    case .decoding:
      let model = profiles + replica.pointee.profile
      let head = firstWaiting(replica)
      if replica.pointee.running < model.pointee.maxSequences, head >= 0,
        admissionBlocks(
          replica, head, budget: model.pointee.maxBatchedTokens - replica.pointee.decodes)
          <= replica.pointee.freeBlocks
      {
        truncateSpan(replica, at: time)
      }
    }
  }
}
