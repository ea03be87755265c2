import SimulationKernel

/// What must hold of a replica between any two calls, looked at from outside the event path.
extension ReplicaFleet {
  /// What is wrong with a replica's books: counts against lists, blocks against sequences, rest
  /// against work. Changes nothing.
  ///
  /// Where the engine caches prefixes a shared block counts once, by the cache's own books, which must
  /// agree with what sequences say they hold.
  ///
  /// - Returns: A sentence with the figures; `nil` where all is well.
  /// - Complexity: O(running + waiting + block size), and O(stretches of cached text) with a prefix cache.
  public func problem(of id: Int) -> BookProblem? {
    checkReplica(id)
    let replica = replicas + id
    return idlenessProblem(replica) ?? countProblem(replica) ?? blockProblem(replica)
  }

  /// A law of the engine's own books that does not hold.
  public enum BookProblem: Hashable, Sendable {
    /// It rests although somebody is there, or works for nobody.
    case idleness(String)
    /// Its counts are not those of its lists.
    case counts(String)
    /// Its blocks are not those of its sequences.
    case blocks(String)
  }

  /// Whether a request is at a replica: waiting, receiving its cache, or in the batch.
  public func isAtReplica(_ slot: Int) -> Bool {
    checkSlot(slot)
    return switch sequences[slot].state {
    case .waiting, .receiving, .ready, .prefilling, .decoding: true
    case .free, .allocated, .forgotten, .released: false
    }
  }

  /// Requests at a replica whose caches are on their way or have come, and which so neither wait nor run.
  ///
  /// - Complexity: O(their number).
  public func transferring(_ id: Int) -> Int {
    checkReplica(id)
    let replica = replicas + id
    return replica.pointee.receiving.count(sequences) + replica.pointee.ready.count(sequences)
  }

  /// Decoding requests that the step in progress leaves out. Their last step is planned one later
  /// already, so that each seems to have a token less than it has: see ``countedTokens(_:at:)``.
  public func leftOut(_ id: Int) -> Int {
    checkReplica(id)
    let replica = replicas + id
    let leavesOut =
      replica.pointee.activity == .singleStep && !replica.pointee.holdsDecodes
      && !profiles[replica.pointee.profile].speculates
    return leavesOut ? replica.pointee.decodes - replica.pointee.decodesInStep : 0
  }

  /// Output tokens that a replica's totals have counted for a request that is there, as of its last
  /// boundary or ``settle(_:at:)``; one less where the step in progress leaves it out. O(1).
  public func countedTokens(_ slot: Int, at id: Int) -> Int {
    checkSlot(slot)
    checkReplica(id)
    let sequence = sequences + slot
    guard sequence.pointee.state == .decoding else { return Int(sequence.pointee.generated) }
    let replica = replicas + id
    if profiles[replica.pointee.profile].speculates, let extras {
      return Int(extras[slot].stint.counted)
    }
    let remaining = Int32(bitPattern: sequence.pointee.finishStep &- replica.pointee.step)
    return Int(sequence.pointee.output - remaining)
  }

  /// Prompt tokens with which a request came to its replica. O(1).
  public func promptTokens(_ slot: Int) -> Int {
    checkSlot(slot)
    return Int(sequences[slot].prompt)
  }

  private func idlenessProblem(_ replica: Handle) -> BookProblem? {
    let waiting = replica.pointee.waiting
    let running = replica.pointee.running
    guard replica.pointee.activity == .idle else {
      // Cancellations and copies that end leave a boundary at which nobody is left.
      if replica.pointee.activity == .atBoundary { return nil }
      return running == 0 ? .idleness("a step is in progress and the batch is empty") : nil
    }
    if running > 0 { return .idleness("it rests with \(running) running") }
    // Who waits for blocks that copies hold is served when they are given back.
    if waiting > 0, replica.pointee.lentBlocks == 0 {
      return .idleness("it rests with \(waiting) waiting")
    }
    return nil
  }

  private func countProblem(_ replica: Handle) -> BookProblem? {
    var prefilling = 0
    eachPrefilling(replica) { _ in prefilling += 1 }
    let (running, decodes) = (replica.pointee.running, replica.pointee.decodes)
    if running != decodes + prefilling {
      return .counts("\(running) run, \(decodes) decode and \(prefilling) prefill")
    }
    if replica.pointee.finishes.count != decodes {
      return .counts("\(decodes) decode, \(replica.pointee.finishes.count) have a last step")
    }
    let model = profiles + replica.pointee.profile
    if running > model.pointee.maxSequences {
      return .counts("\(running) run where \(model.pointee.maxSequences) may")
    }
    if !model.pointee.speculates {
      var classes = 0
      for place in 0..<model.pointee.blockTokens { classes += Int(replica.pointee.residues[place]) }
      if classes != decodes { return .counts("\(decodes) decode, \(classes) have a block class") }
    }
    let waiting = queueLength(replica)
    if waiting != replica.pointee.waiting {
      return .counts("\(replica.pointee.waiting) wait, \(waiting) are in the queue")
    }
    return nil
  }

  /// Who waits, counted in the queue; a queue by priority keeps some that have left.
  private func queueLength(_ replica: Handle) -> Int {
    var waiting = 0
    if profiles[replica.pointee.profile].byPriority {
      for place in 0..<Int(replica.pointee.waitingByPriority.count) {
        let slot = UInt32(truncatingIfNeeded: replica.pointee.waitingByPriority[place])
        if sequences[Int(slot)].state == .waiting { waiting += 1 }
      }
      return waiting
    }
    var slot = replica.pointee.firstWaiting
    while slot >= 0 {
      waiting += 1
      slot = sequences[Int(slot)].next
    }
    return waiting
  }

  private func blockProblem(_ replica: Handle) -> BookProblem? {
    let model = profiles + replica.pointee.profile
    let (free, all) = (replica.pointee.freeBlocks, model.pointee.kvBlocks)
    let lent = replica.pointee.lentBlocks
    if free < 0 || free > all || lent < 0 {
      return .blocks("\(free) of \(all) blocks are free, \(lent) are lent")
    }
    if replica.pointee.running == 0, free + lent != all, replica.pointee.ready.isEmpty {
      return .blocks("nobody runs, and of \(all) blocks \(free) are free and \(lent) lent")
    }
    let isStep = replica.pointee.activity == .singleStep
    // In a step that decodes, everybody has the block of the token that is being computed. Whoever the
    // step leaves out seems to have a token less, and so comes to what it has.
    let ahead =
      replica.pointee.activity == .decoding || isStep && !replica.pointee.holdsDecodes ? 1 : 0
    var held = 0
    var named = 0
    eachPrefilling(replica) { slot in
      let chunk = isStep ? sequences[Int(slot)].chunk : 0
      held += model.pointee.blocks(Int(sequences[Int(slot)].computed) + chunk)
      named += namedBlocks(slot)
    }
    for place in 0..<Int(replica.pointee.finishes.count) {
      let slot = Int32(
        truncatingIfNeeded: UInt32(truncatingIfNeeded: replica.pointee.finishes[place]))
      held +=
        model.pointee.speculates
        ? blocksHeld(replica, slot) : model.pointee.blocks(cached(replica, slot) + ahead)
      named += namedBlocks(slot)
    }
    if let cache = replica.pointee.cache {
      let census = cache.pointee.census()
      if census.holdings != named || census.free != cache.pointee.queued || census.free < free {
        return .blocks(
          "sequences hold \(named) cached blocks, the cache says \(census.holdings); it has "
            + "\(census.free) that nobody holds, \(cache.pointee.queued) in its queue, \(free) free"
        )
      }
      // What several hold is there once.
      held += census.held - named
    }
    if held + lent + free != all {
      return .blocks(
        "sequences hold \(held), copies \(lent), and \(free) are free of \(all) blocks")
    }
    return nil
  }

  /// Blocks that a running sequence holds by name in the prefix cache; 0 where there is none.
  private func namedBlocks(_ slot: Int32) -> Int {
    guard let extras else { return 0 }
    return Int(extras[Int(slot)].holder.named)
  }

  private func eachPrefilling(_ replica: Handle, _ look: (Int32) -> Void) {
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      look(slot)
      slot = sequences[Int(slot)].next
    }
  }
}
