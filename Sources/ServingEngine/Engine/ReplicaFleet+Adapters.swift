/// Engines that serve adapters: who may be admitted, what is loaded, what a step costs more.
///
/// The batch of a span has the same adapters in every step, so what they add is a constant of the span.
extension ReplicaFleet {
  @inline(__always)
  private func bank(_ replica: Handle) -> UnsafeMutablePointer<AdapterBank> {
    banks.unsafelyUnwrapped + (replica - replicas)
  }

  @inline(__always)
  private func adapter(_ slot: Int32) -> Int32 {
    extras.unsafelyUnwrapped[Int(slot)].features.adapter
  }

  /// Whether the batch has a place for a waiting request's adapter.
  func hasRoomForAdapter(_ replica: Handle, _ slot: Int32) -> Bool {
    let adapter = adapter(slot)
    let bank = bank(replica)
    return adapter < 0 || bank.pointee.isRunning(adapter)
      || bank.pointee.distinct < profiles[replica.pointee.profile].adapters.resident
  }

  /// Admits as ``admit(_:budget:)`` does, but passes over requests whose adapter has no place in the
  /// batch; they keep their place in the queue.
  ///
  /// - Complexity: O(waiting) where many are passed over.
  mutating func admitPassingOver(_ replica: Handle, budget: Int) {
    var budget = budget
    let model = profiles + replica.pointee.profile
    var passedOver: [Int32] = []
    var slot = model.pointee.byPriority ? -1 : firstWaiting(replica)
    while budget > 0, replica.pointee.running < model.pointee.maxSequences {
      if model.pointee.byPriority { slot = firstWaiting(replica) }
      if slot < 0 { break }
      let after = model.pointee.byPriority ? -1 : sequences[Int(slot)].next
      if !hasRoomForAdapter(replica, slot) {
        if model.pointee.byPriority {
          popWaiting(replica, slot)
          passedOver.append(slot)
        }
        slot = after
        continue
      }
      if admissionBlocks(replica, slot, budget: budget) > replica.pointee.freeBlocks { break }
      let chunk = min(Int(sequences[Int(slot)].tokens), budget, model.pointee.chunkLimit)
      admit(replica, slot, chunk: chunk)
      budget -= chunk
      let adapter = adapter(slot)
      if adapter >= 0 { bank(replica).pointee.enter(adapter, model.pointee.adapters) }
      slot = after
    }
    for slot in passedOver { pushWaitingAgain(replica, slot) }
  }

  /// A running request leaves the batch at the present boundary.
  func leaveAdapter(_ replica: Handle, _ slot: Int32) {
    let adapter = adapter(slot)
    if adapter >= 0 { bank(replica).pointee.leave(adapter, at: replica.pointee.boundary) }
  }

  /// Counts a sequence among the decoding ones, or takes it out.
  func countAdapterDecode(_ replica: Handle, _ slot: Int32, _ change: Int) {
    if adapter(slot) >= 0 { bank(replica).pointee.decodes += change }
  }

  /// Forgets what a dead replica held.
  func emptyAdapters(_ replica: Handle) { bank(replica).pointee.empty() }

  /// What adapters add to each step of a span in which everybody running decodes.
  func adapterTimeOfSpan(_ replica: Handle) -> Int64 {
    let model = profiles + replica.pointee.profile
    let bank = bank(replica)
    assert(bank.pointee.loading == 0, "who is loaded for prefills in the step of the load")
    return model.pointee.stepTime.adapters.step(
      adapters: bank.pointee.distinct, tokens: bank.pointee.decodes * model.pointee.stepTokens)
  }

  /// What adapters add to a single step, the loads included that it waits for. O(prefills), O(batch) where
  /// the step leaves somebody out.
  func adapterTimeOfStep(_ replica: Handle) -> Int64 {
    let model = profiles + replica.pointee.profile
    let bank = bank(replica)
    var isEverybodyIn = replica.pointee.decodesInStep == replica.pointee.decodes
    var prefillTokens = 0
    var prefillAdapters: [Int32] = []
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      let chunk = sequences[Int(slot)].chunk
      if chunk == 0 {
        isEverybodyIn = false
      } else if adapter(slot) >= 0 {
        prefillTokens += chunk
        prefillAdapters.append(adapter(slot))
      }
      slot = sequences[Int(slot)].next
    }
    let loading = bank.pointee.loading
    bank.pointee.loading = 0
    let times = model.pointee.stepTime.adapters
    if isEverybodyIn {
      return loading
        + times.step(
          adapters: bank.pointee.distinct,
          tokens: prefillTokens + bank.pointee.decodes * model.pointee.stepTokens)
    }
    // Somebody is left out only where the running were walked over one by one.
    var different = Set(prefillAdapters)
    var tokens = prefillTokens
    for entry in walk where entry.chunk > 0 && !entry.isPreempted {
      if sequences[Int(entry.slot)].state == .decoding, adapter(entry.slot) >= 0 {
        different.insert(adapter(entry.slot))
        tokens += model.pointee.stepTokens
      }
    }
    return loading + times.step(adapters: different.count, tokens: tokens)
  }

  /// Times an adapter was loaded onto a replica's accelerator since the start; 0 where none are served.
  public func adapterLoads(_ id: Int) -> Int64 {
    checkReplica(id)
    return banks.map { $0[id].loads } ?? 0
  }
}
