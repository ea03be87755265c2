/// Engines that speculate: a decoding sequence gets several tokens a step, as many as its request's
/// draw says, and holds blocks for what is drafted.
///
/// A sequence still finishes at a step known when it begins to decode, so spans stay. What differs is
/// that lengths do not grow in step: the loops here are over the decoding sequences, once at a boundary.
extension ReplicaFleet {
  @inline(__always)
  private func extra(_ slot: Int32) -> UnsafeMutablePointer<SequenceExtras> {
    extras.unsafelyUnwrapped + Int(slot)
  }

  /// Calls `body` with the slot of every decoding sequence, in no particular order.
  @inline(__always)
  private func eachDecoding(_ replica: Handle, _ body: (Int32) -> Void) {
    for place in 0..<Int(replica.pointee.finishes.count) {
      body(
        Int32(truncatingIfNeeded: UInt32(truncatingIfNeeded: replica.pointee.finishes[place])))
    }
  }

  // MARK: One sequence

  /// Takes down in how many steps a request's output appears.
  func takePace(_ slot: Int32, output: Int, model: UnsafeMutablePointer<CompiledProfile>) {
    let extra = extra(slot)
    let tokens = max(1, output - 1)
    let asked = Int(extra.pointee.features.decodeSteps)
    let steps = asked == 0 ? tokens : asked
    precondition(
      steps <= tokens && steps * model.pointee.stepTokens >= tokens,
      "a step yields one token at least and one more than is drafted at most")
    extra.pointee.paceTokens = Int32(truncatingIfNeeded: tokens)
    extra.pointee.paceSteps = Int32(truncatingIfNeeded: steps)
  }

  /// Counts a sequence whose `computed` and `generated` are current among the decoding ones; what is
  /// left of its output takes its share of the steps, rounded up.
  func beginSpeculating(_ replica: Handle, _ slot: Int32) {
    let model = profiles + replica.pointee.profile
    let sequence = sequences + Int(slot)
    let extra = extra(slot)
    let left = Int(sequence.pointee.output - sequence.pointee.generated)
    let pace = (tokens: Int(extra.pointee.paceTokens), steps: Int(extra.pointee.paceSteps))
    let steps = (left * pace.steps + pace.tokens - 1) / pace.tokens
    extra.pointee.stint = Stint(
      first: sequence.pointee.generated, tokens: Int32(truncatingIfNeeded: left),
      steps: Int32(truncatingIfNeeded: steps), counted: sequence.pointee.generated,
      heldBlocks: Int32(
        truncatingIfNeeded: model.pointee.blocks(Int(sequence.pointee.computed))))
    sequence.pointee.state = .decoding
    sequence.pointee.finishStep = replica.pointee.step &+ UInt32(truncatingIfNeeded: steps)
    replica.pointee.finishes.push(finishKey(slot))
    replica.pointee.decodes += 1
  }

  /// Takes a sequence out of the decoding ones and makes its `computed` and `generated` current.
  func endSpeculating(_ replica: Handle, _ slot: Int32) {
    let sequence = sequences + Int(slot)
    sequence.pointee.generated = Int32(truncatingIfNeeded: speculated(replica, slot))
    sequence.pointee.computed = sequence.pointee.prompt + sequence.pointee.generated - 1
    replica.pointee.decodes -= 1
  }

  /// Steps of its stint that a decoding sequence has had.
  @inline(__always)
  private func stepsDone(_ replica: Handle, _ slot: Int32) -> Int {
    let left = Int32(bitPattern: sequences[Int(slot)].finishStep &- replica.pointee.step)
    return Int(extra(slot).pointee.stint.steps - left)
  }

  /// Output tokens of a decoding sequence, after `ahead` more steps.
  @inline(__always)
  private func speculated(_ replica: Handle, _ slot: Int32, ahead: Int = 0) -> Int {
    let stint = extra(slot).pointee.stint
    return Int(stint.first) + stint.added(after: stepsDone(replica, slot) + ahead)
  }

  /// Tokens of a decoding sequence in the cache.
  @inline(__always)
  func speculatedCache(_ replica: Handle, _ slot: Int32, ahead: Int = 0) -> Int {
    Int(sequences[Int(slot)].prompt) + speculated(replica, slot, ahead: ahead) - 1
  }

  /// Blocks of a decoding sequence in the step `ahead` steps after the next: slots for its token, the
  /// drafted ones and the drafter's lookahead, as far as the model's context reaches.
  @inline(__always)
  private func speculationBlocks(_ replica: Handle, _ slot: Int32, ahead: Int) -> Int {
    let model = profiles + replica.pointee.profile
    let slots = speculatedCache(replica, slot, ahead: ahead) + model.pointee.slotTokens
    return model.pointee.blocks(min(slots, model.pointee.maxModelTokens))
  }

  /// Blocks that a running sequence needs beyond those it holds, to compute `chunk` tokens after
  /// `computed`.
  @inline(__always)
  func blocksToTake(_ replica: Handle, _ slot: Int32, computed: Int, chunk: Int) -> Int {
    let model = profiles + replica.pointee.profile
    if model.pointee.speculates, sequences[Int(slot)].state == .decoding {
      return speculationBlocks(replica, slot, ahead: 0) - Int(extra(slot).pointee.stint.heldBlocks)
    }
    return model.pointee.blocks(computed + chunk) - model.pointee.blocks(computed)
  }

  /// Notes blocks that a decoding sequence takes.
  @inline(__always)
  func holdSpeculated(_ slot: Int32, more blocks: Int) {
    extra(slot).pointee.stint.heldBlocks += Int32(truncatingIfNeeded: blocks)
  }

  /// Blocks that a running sequence holds beside those of a chunk this step computes; `computed` is
  /// current.
  @inline(__always)
  func blocksHeld(_ replica: Handle, _ slot: Int32) -> Int {
    let model = profiles + replica.pointee.profile
    if model.pointee.speculates, sequences[Int(slot)].state == .decoding {
      return Int(extra(slot).pointee.stint.heldBlocks)
    }
    return model.pointee.blocks(Int(sequences[Int(slot)].computed))
  }

  /// What reading its cache costs a decoding sequence in the next step, picoseconds.
  @inline(__always)
  func speculatedAttention(_ replica: Handle, _ slot: Int32) -> Int64 {
    let perKVToken = profiles[replica.pointee.profile].stepTime.perKVToken
    let stint = extra(slot).pointee.stint
    let atFirst = Int64(sequences[Int(slot)].prompt + stint.first - 1)
    return perKVToken * atFirst + stint.growth(perKVToken: perKVToken)
      * Int64(stepsDone(replica, slot))
  }

  // MARK: The batch

  /// Cached tokens of all decoding sequences. O(batch).
  func speculatedCache(_ replica: Handle) -> Int {
    var tokens = 0
    eachDecoding(replica) { tokens += speculatedCache(replica, $0) }
    return tokens
  }

  /// Blocks that the decoding sequences need, beyond those they hold, to have `ahead` steps and the one
  /// after. O(batch).
  func speculationBlocks(_ replica: Handle, ahead: Int) -> Int {
    var blocks = 0
    eachDecoding(replica) {
      blocks +=
        speculationBlocks(replica, $0, ahead: ahead) - Int(extra($0).pointee.stint.heldBlocks)
    }
    return blocks
  }

  /// Notes that every decoding sequence holds the blocks of the step after `ahead` steps. O(batch).
  func holdSpeculated(_ replica: Handle, ahead: Int) {
    eachDecoding(replica) {
      extra($0).pointee.stint.heldBlocks = Int32(
        truncatingIfNeeded: speculationBlocks(replica, $0, ahead: ahead))
    }
  }

  /// Counts the output tokens that have appeared. O(batch).
  func countSpeculated(_ replica: Handle) {
    var tokens: Int64 = 0
    eachDecoding(replica) {
      let now = Int32(truncatingIfNeeded: speculated(replica, $0))
      tokens += Int64(now - extra($0).pointee.stint.counted)
      extra($0).pointee.stint.counted = now
    }
    replica.pointee.totals.outputTokens += tokens
  }

  /// Sums up what reading the caches costs in the next step, and what each step adds to it. O(batch).
  func sumAttention(_ replica: Handle) {
    let perKVToken = profiles[replica.pointee.profile].stepTime.perKVToken
    var time: Int64 = 0
    var growth: Int64 = 0
    eachDecoding(replica) {
      time += speculatedAttention(replica, $0)
      growth += extra($0).pointee.stint.growth(perKVToken: perKVToken)
    }
    replica.pointee.attentionTime = time
    replica.pointee.attentionGrowth = growth
  }

  /// How many steps of a span can have their blocks, at most `wanted`. O(batch), O(batch · log wanted)
  /// where memory is short.
  func speculationStepsAllowed(_ replica: Handle, atMost wanted: Int) -> Int {
    let free = replica.pointee.freeBlocks
    if speculationBlocks(replica, ahead: wanted - 1) <= free { return wanted }
    // The first step's blocks are taken. What is needed only grows with the steps.
    var allowed = 1
    var refused = wanted
    while refused - allowed > 1 {
      let middle = allowed + (refused - allowed) / 2
      if speculationBlocks(replica, ahead: middle - 1) <= free {
        allowed = middle
      } else {
        refused = middle
      }
    }
    return allowed
  }

  /// What ``playSteps(_:_:lasting:continues:)`` does where the engine speculates. O(batch).
  func playSpeculatedSteps(
    _ replica: Handle, _ steps: Int, lasting duration: Int64, continues: Bool
  ) {
    let ahead = continues ? steps : steps - 1
    replica.pointee.freeBlocks -= speculationBlocks(replica, ahead: ahead)
    assert(replica.pointee.freeBlocks >= 0)
    holdSpeculated(replica, ahead: ahead)
    replica.pointee.step &+= UInt32(truncatingIfNeeded: steps)
    replica.pointee.attentionTime += Int64(steps) * replica.pointee.attentionGrowth
    replica.pointee.advanceClock(picoseconds: duration)
    replica.pointee.totals.steps += Int64(steps)
    countSpeculated(replica)
  }

  // MARK: Time

  /// Picoseconds of the next step of a decode span.
  @inline(__always)
  func firstStepTime(_ replica: Handle) -> Int64 {
    let model = profiles + replica.pointee.profile
    let batch = replica.pointee.decodes
    let time =
      model.pointee.speculates
      ? model.pointee.stepTime.decodeBase[batch] + replica.pointee.attentionTime
      : model.pointee.stepTime.decodeStep(batch: batch, kvTokens: replica.pointee.kvTokens)
    return time + replica.pointee.adapterTime
  }

  /// Picoseconds by which each step of a decode span is longer than the one before.
  @inline(__always)
  func stepTimeGrowth(_ replica: Handle) -> Int64 {
    let model = profiles + replica.pointee.profile
    return model.pointee.speculates
      ? replica.pointee.attentionGrowth
      : model.pointee.stepTime.perKVToken * Int64(replica.pointee.decodes)
  }
}
