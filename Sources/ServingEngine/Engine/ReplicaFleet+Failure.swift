import SimulationKernel

/// A replica that dies, and with it everything it held.
extension ReplicaFleet {
  /// Lets a replica die: what was visible by `time` happened, the step in progress is lost, and every
  /// request at the replica is dropped at once.
  ///
  /// A step whose end is visible at `time` counts as done; its outcomes come first. Then the requests
  /// leave — those running in order of admission, those whose caches have come, those whose caches are on
  /// their way, those waiting in the order of their queue — each
  /// reported as ``Outcome/Kind/lost``, or as ``Outcome/Kind/cancelled`` where its cancellation waited
  /// for a boundary. ``generatedTokens(_:)``, ``startedAt(_:)`` and ``firstTokenAt(_:)`` stay exact for
  /// them until their slots are released or enqueued again, here or at another replica.
  ///
  /// The replica is idle and empty afterwards and may serve again at once; its totals go on. A profile
  /// that waited for the next batch is in force.
  ///
  /// - Precondition: no boundary of the replica before `time` is outstanding.
  /// - Complexity: O(n log n) in the requests at the replica, O(blockTokens) at least.
  public mutating func fail(_ id: Int, at time: Int64) {
    checkReplica(id)
    let replica = replicas + id
    switch replica.pointee.activity {
    case .decoding, .singleStep:
      precondition(replica.pointee.boundary >= time, "a boundary before the failure was left out")
      if replica.pointee.boundary == time { reachBoundary(id) }
    case .atBoundary:
      precondition(replica.pointee.boundary >= time, "a batch before the failure was not formed")
    case .idle: break
    }
    settle(id, at: time)
    loseRunning(replica)
    while let slot = replica.pointee.ready.first ?? replica.pointee.receiving.first {
      dropTransfer(replica, slot)
      lose(slot)
    }
    loseWaiting(replica)
    empty(replica)
    // The blocks fall to none at this moment, not in the course of the time until the next change.
    integrate(replica, to: time)
  }

  /// Drops those running, in order of admission, with their progress made current.
  private mutating func loseRunning(_ replica: Handle) {
    gatherRunning(replica)
    // A step in progress that leaves decoding sequences out leaves out the last of them; where it holds
    // all of them back, nothing was moved.
    let leavesOut = replica.pointee.activity == .singleStep && !replica.pointee.holdsDecodes
    var inStep = leavesOut ? replica.pointee.decodesInStep : Int.max
    for entry in walk {
      if sequences[Int(entry.slot)].state == .decoding {
        if inStep <= 0 { takeBackLeavingOut(replica, entry.slot) }
        inStep -= 1
        endDecoding(replica, entry.slot)
      }
      lose(entry.slot)
    }
  }

  /// Undoes what planning a step did for a decoding sequence that it leaves out: a finish one step
  /// later, and a block due one step later.
  private func takeBackLeavingOut(_ replica: Handle, _ slot: Int32) {
    let model = profiles + replica.pointee.profile
    let step = replica.pointee.step
    sequences[Int(slot)].finishStep &-= 1
    if model.pointee.speculates { return }
    let computed = cached(replica, slot)
    replica.pointee.residues[model.pointee.residueClass(computed: computed, step: step &+ 1)] -= 1
    replica.pointee.residues[model.pointee.residueClass(computed: computed, step: step)] += 1
  }

  /// Drops those waiting, in the order in which they would have been admitted, and clears a priority
  /// queue of those it had yet to forget.
  private mutating func loseWaiting(_ replica: Handle) {
    while true {
      let slot = firstWaiting(replica)
      if slot < 0 { return }
      popWaiting(replica, slot)
      lose(slot)
    }
  }

  private mutating func lose(_ slot: Int32) {
    let sequence = sequences + Int(slot)
    sequence.pointee.state = .allocated
    report(sequence.pointee.isCancelled ? .cancelled : .lost, slot)
  }

  /// Leaves a replica as one that never served, but for its totals and its order of admission.
  private func empty(_ replica: Handle) {
    let model = profiles + replica.pointee.profile
    assert(replica.pointee.decodes == 0 && replica.pointee.kvTokens == 0)
    assert((0..<model.pointee.blockTokens).allSatisfy { replica.pointee.residues[$0] == 0 })
    assert(replica.pointee.waiting == 0 && replica.pointee.waitingByPriority.count == 0)
    if model.pointee.usesAdapters { emptyAdapters(replica) }
    replica.pointee.finishes.removeAll()
    replica.pointee.running = 0
    replica.pointee.newcomers = SlotList()
    replica.pointee.lentBlocks = 0
    replica.pointee.firstPrefill = -1
    replica.pointee.lastPrefill = -1
    replica.pointee.firstCancel = -1
    replica.pointee.lastCancel = -1
    replica.pointee.decodesInStep = 0
    replica.pointee.plannedSteps = 0
    replica.pointee.plannedPicoseconds = 0
    replica.pointee.freeBlocks = model.pointee.kvBlocks
    replica.pointee.cache?.pointee.removeAll()
    replica.pointee.activity = .idle
    replica.pointee.step = 0
    if replica.pointee.nextProfile >= 0 { applyNextProfile(replica) }
  }
}
