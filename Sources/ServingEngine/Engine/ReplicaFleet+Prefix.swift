import SimulationKernel

/// Admission and release of blocks where a replica caches prefixes.
extension ReplicaFleet {
  static func newCache(
    _ settings: SchedulerSettings, _ prefixes: PrefixTree
  ) -> UnsafeMutablePointer<PrefixCache> {
    let cache = UnsafeMutablePointer<PrefixCache>.allocate(capacity: 1)
    cache.initialize(
      to: PrefixCache(
        tree: prefixes, blockTokens: settings.blockTokens, blocks: settings.kvBlocks,
        hostBlocks: settings.offload?.blocks ?? 0))
    return cache
  }

  /// Prompt tokens that a request's first admission found in the prefix cache; 0 where it has none.
  public func hitTokens(_ slot: Int) -> Int {
    checkSlot(slot)
    guard let extras else { return 0 }
    return max(0, Int(extras[slot].holder.hitTokens))
  }

  private func prefixRequest(_ slot: Int32) -> PrefixRequest {
    guard let extras else { preconditionFailure("a prefix cache keeps extras") }
    let features = extras[Int(slot)].features
    return PrefixRequest(
      prefix: features.prefix, session: features.session, prompt: sequences[Int(slot)].prompt)
  }

  private func holder(_ slot: Int32) -> UnsafeMutablePointer<PrefixHolder> {
    guard let extras else { preconditionFailure("a prefix cache keeps extras") }
    return UnsafeMutableRawPointer(extras + Int(slot))
      .advanced(by: MemoryLayout<SequenceExtras>.offset(of: \SequenceExtras.holder)!)
      .assumingMemoryBound(to: PrefixHolder.self)
  }

  /// Finds what of a waiting sequence is cached. What was allocated so far has left the queue then, and
  /// whoever writes the same session has named its blocks.
  private func find(_ replica: Handle, _ slot: Int32, _ request: PrefixRequest) -> PrefixCache.Hit {
    guard let cache = replica.pointee.cache else { return PrefixCache.Hit() }
    cache.pointee.take(downTo: replica.pointee.freeBlocks)
    let block = profiles[replica.pointee.profile].blockTokens
    // At least the last token is computed: something must come out of the step.
    return cache.pointee.find(
      request, holder(slot).pointee, limit: (Int(sequences[Int(slot)].tokens) - 1) / block)
  }

  /// Blocks that must be free for a waiting sequence to be admitted with this budget: those to be
  /// computed and those hit that nobody holds.
  private func admissionBlocks(
    _ replica: Handle, _ slot: Int32, _ hit: PrefixCache.Hit, budget: Int
  ) -> Int {
    let model = profiles + replica.pointee.profile
    let tokens = Int(sequences[Int(slot)].tokens)
    let found = (hit.blocks + hit.loaded) * model.pointee.blockTokens
    let end =
      model.pointee.reservesWholePrompt
      ? tokens : found + min(tokens - found, budget, model.pointee.chunkLimit)
    return model.pointee.blocks(end) - (hit.blocks - hit.free)
  }

  /// Whether a sequence that has come to the queue's head during a span may be admitted before its end:
  /// at once, or when a request of its session has written more.
  func couldHit(_ replica: Handle, _ slot: Int32) -> Bool {
    let request = prefixRequest(slot)
    if mayFitLater(replica, request) { return true }
    let model = profiles + replica.pointee.profile
    let hit = find(replica, slot, request)
    // What is cached only shrinks during a span, by one block for each that is taken at most, so a
    // sequence that does not fit now does not fit later.
    return admissionBlocks(
      replica, slot, hit, budget: model.pointee.maxBatchedTokens - replica.pointee.decodes)
      <= replica.pointee.freeBlocks
  }

  /// How long a span may last by the waiting queue's head: what a request of its session writes
  /// meanwhile may let it in.
  mutating func spanLimit(_ replica: Handle) -> Int {
    guard replica.pointee.waiting > 0,
      replica.pointee.running < profiles[replica.pointee.profile].maxSequences
    else { return Int.max }
    return mayFitLater(replica, prefixRequest(firstWaiting(replica))) ? 1 : Int.max
  }

  /// Whether a request that does not fit now may fit during a span: a request of its session writes
  /// more that it finds; or the host's memory loses what it would have found, and it asks for less.
  private func mayFitLater(_ replica: Handle, _ request: PrefixRequest) -> Bool {
    guard let cache = replica.pointee.cache else { return false }
    let model = profiles + replica.pointee.profile
    return cache.pointee.firstWriter(of: request) >= 0
      || model.pointee.offload != nil && !model.pointee.reservesWholePrompt
  }

  /// Admits from the head of the waiting queue while slots, budget and blocks last.
  mutating func admitCached(_ replica: Handle, budget: Int) {
    guard let cache = replica.pointee.cache else { return }
    let model = profiles + replica.pointee.profile
    let block = model.pointee.blockTokens
    var budget = budget
    while replica.pointee.waiting > 0, budget > 0,
      replica.pointee.running < model.pointee.maxSequences
    {
      let slot = firstWaiting(replica)
      let request = prefixRequest(slot)
      nameWriters(replica, of: request)
      let hit = find(replica, slot, request)
      let needed = admissionBlocks(replica, slot, hit, budget: budget)
      if needed > replica.pointee.freeBlocks { break }
      let sequence = sequences + Int(slot)
      let found = (hit.blocks + hit.loaded) * block
      let chunk = min(Int(sequence.pointee.tokens) - found, budget, model.pointee.chunkLimit)
      popWaiting(replica, slot)
      let holder = holder(slot)
      cache.pointee.admit(request, &holder.pointee, writer: slot, loaded: hit.loaded)
      if hit.loaded > 0, let offload = model.pointee.offload {
        replica.pointee.loadPicoseconds +=
          offload.loadLatency + offload.loadPerBlock * Int64(hit.loaded)
        replica.pointee.totals.loadedTokens += Int64(hit.loaded * block)
      }
      cache.pointee.name(request, &holder.pointee, full: (found + chunk) / block)
      replica.pointee.freeBlocks -=
        model.pointee.blocks(found + chunk) - (hit.blocks - hit.free)
      if holder.pointee.hitTokens < 0 {
        holder.pointee.hitTokens = Int32(truncatingIfNeeded: found)
        replica.pointee.totals.lookedUpTokens += Int64(sequence.pointee.prompt)
        replica.pointee.totals.hitTokens += Int64(found)
      }
      budget -= chunk
      sequence.pointee.computed = Int32(truncatingIfNeeded: found)
      sequence.pointee.chunk = chunk
      join(replica, slot)
    }
  }

  /// Names what the decoding request that writes a session alone has filled with the step that is
  /// being formed. Several are named as they are scheduled.
  private func nameWriters(_ replica: Handle, of request: PrefixRequest) {
    guard let cache = replica.pointee.cache else { return }
    let writer = cache.pointee.firstWriter(of: request)
    guard writer >= 0, sequences[Int(writer)].state == .decoding,
      holder(writer).pointee.nextWriter < 0
    else { return }
    // Whoever was left out of the step finishes one later, so this holds for it too.
    cache.pointee.name(
      prefixRequest(writer), &holder(writer).pointee,
      full: (cached(replica, writer) + 1) / profiles[replica.pointee.profile].blockTokens)
  }

  /// Names the blocks that a prompt's next chunk fills.
  func nameScheduled(_ replica: Handle, _ slot: Int32) {
    let sequence = sequences + Int(slot)
    nameInWalk(replica, slot, tokens: Int(sequence.pointee.computed) + sequence.pointee.chunk)
  }

  /// Names the full blocks of a running sequence's first `tokens` tokens where somebody may look before
  /// it leaves; what decoding fills is else named when it does.
  func nameInWalk(_ replica: Handle, _ slot: Int32, tokens: Int) {
    guard let cache = replica.pointee.cache else { return }
    if sequences[Int(slot)].state == .decoding, cache.pointee.contested == 0 { return }
    cache.pointee.name(
      prefixRequest(slot), &holder(slot).pointee,
      full: tokens / profiles[replica.pointee.profile].blockTokens)
  }

  /// Gives back the blocks of a sequence that leaves the batch with `tokens` tokens in them.
  @inline(__always)
  func freeBlocks(_ replica: Handle, _ slot: Int32, tokens: Int, isGone: Bool) {
    if replica.pointee.cache == nil {
      let model = profiles + replica.pointee.profile
      replica.pointee.freeBlocks +=
        model.pointee.speculates ? blocksHeld(replica, slot) : model.pointee.blocks(tokens)
    } else {
      freeCached(replica, slot, tokens: tokens, isGone: isGone)
    }
    assert(replica.pointee.freeBlocks <= profiles[replica.pointee.profile].kvBlocks)
  }

  private func freeCached(_ replica: Handle, _ slot: Int32, tokens: Int, isGone: Bool) {
    guard let cache = replica.pointee.cache else { return }
    replica.pointee.freeBlocks += cache.pointee.release(
      prefixRequest(slot), &holder(slot).pointee, writer: slot, tokens: tokens, isGone: isGone,
      holders: { holder($0) })
  }

  /// Lets a waiting sequence go for good.
  @inline(__always)
  func forgetPrefix(_ replica: Handle, _ slot: Int32) {
    replica.pointee.cache?.pointee.forget(&holder(slot).pointee)
  }
}
