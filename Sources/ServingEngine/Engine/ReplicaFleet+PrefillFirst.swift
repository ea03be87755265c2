import SimulationKernel

/// Engines that do not mix: prompts first, and decoding sequences wait.
extension ReplicaFleet {
  /// Plans a step that only prefills, where there is something to prefill and room for it.
  ///
  /// Partial prompts go on in order of admission, then the waiting queue is admitted with what is left
  /// of the budget. The step counter stands still meanwhile: nobody decodes, so finishes and blocks
  /// stay as far away as they were.
  ///
  /// - Returns: `false` where the batch must be formed otherwise: nothing to prefill, or a partial
  ///   prompt whose next blocks are not free.
  mutating func formPrefillBatch(_ replica: Handle) -> Bool {
    let model = profiles + replica.pointee.profile
    var budget = model.pointee.maxBatchedTokens
    var blocksNeeded = 0
    var slot = replica.pointee.firstPrefill
    while slot >= 0 {
      let sequence = sequences + Int(slot)
      let computed = Int(sequence.pointee.computed)
      let rest = Int(sequence.pointee.tokens) - computed
      let chunk = min(rest, budget, model.pointee.chunkLimit)
      blocksNeeded += model.pointee.blocks(computed + chunk) - model.pointee.blocks(computed)
      sequence.pointee.chunk = chunk
      budget -= chunk
      slot = sequence.pointee.next
    }
    guard blocksNeeded <= replica.pointee.freeBlocks else { return false }
    replica.pointee.freeBlocks -= blocksNeeded
    admit(replica, budget: budget)
    guard replica.pointee.firstPrefill >= 0 else { return false }
    replica.pointee.decodesInStep = 0
    planSingleStep(replica, decodeKVTokens: 0, holdsDecodes: true)
    return true
  }
}
