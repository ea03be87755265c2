/// The arithmetic of spans: how long n steps take, when one must end, what n steps did.
extension ReplicaFleet {
  typealias Handle = UnsafeMutablePointer<Replica>

  /// Picoseconds of the first `steps` steps of a decode span: the sum of
  /// `f(B) + g·(K + j·B)` over step numbers `j` below `steps`.
  @inline(__always)
  func spanTime(_ replica: Handle, steps: Int) -> Int64 {
    let n = Int64(steps)
    return n * firstStepTime(replica) + stepTimeGrowth(replica) * (n * (n - 1) / 2)
  }

  /// Starts a decode span of at most `limit` steps from the present boundary: to the first finish,
  /// or to the step whose blocks could not be allocated.
  ///
  /// The blocks of the span's first step are already taken.
  func planSpan(_ replica: Handle, limit: Int) {
    let untilFinish = Int(
      UInt32(truncatingIfNeeded: replica.pointee.finishes.minimum >> 32) &- replica.pointee.step)
    assert(untilFinish > 0, "a sequence that is due was not finished")
    var steps = min(untilFinish, limit)
    if profiles[replica.pointee.profile].speculates { sumAttention(replica) }
    if profiles[replica.pointee.profile].usesAdapters {
      replica.pointee.adapterTime = adapterTimeOfSpan(replica)
    }
    if steps > 1 {
      steps = stepsBlocksAllow(replica, atMost: steps)
      steps = stepsClockAllows(replica, atMost: steps)
    }
    replica.pointee.activity = .decoding
    replica.pointee.decodesInStep = replica.pointee.decodes
    plan(replica, steps: steps)
  }

  @inline(__always)
  private func plan(_ replica: Handle, steps: Int) {
    let duration = spanTime(replica, steps: steps)
    replica.pointee.plannedSteps = UInt32(truncatingIfNeeded: steps)
    replica.pointee.plannedPicoseconds = duration
    replica.pointee.boundary = replica.pointee.visibleTime(after: duration)
  }

  /// How many steps of a span fit into a clock of picoseconds, at most `wanted`. A span that is cut at one of
  /// its own boundaries goes on with the next.
  @inline(__always)
  private func stepsClockAllows(_ replica: Handle, atMost wanted: Int) -> Int {
    let first = Double(firstStepTime(replica))
    let growth = Double(stepTimeGrowth(replica)) / 2
    var steps = wanted
    while steps > 1, Double(steps) * (first + growth * Double(steps)) > StepTimeModel.longestStep {
      steps /= 2
    }
    return steps
  }

  /// How many steps of a span can have their blocks, at most `wanted`.
  ///
  /// Over `blockTokens` consecutive steps every decoding sequence takes exactly one block, so whole
  /// cycles are a division and only the last cycle is walked. O(blockTokens) at worst, O(1) when
  /// memory is ample.
  private func stepsBlocksAllow(_ replica: Handle, atMost wanted: Int) -> Int {
    let model = profiles + replica.pointee.profile
    if model.pointee.speculates { return speculationStepsAllowed(replica, atMost: wanted) }
    let size = model.pointee.blockTokens
    let batch = replica.pointee.decodes
    let free = replica.pointee.freeBlocks
    // Steps after the first: at most one more block per sequence and begun cycle.
    if batch * ((wanted - 1) / size + 1) <= free { return wanted }
    let cycles = min(free / batch, (wanted - 1) / size)
    var left = free - cycles * batch
    var steps = 1 + cycles * size
    while steps < wanted {
      let step = replica.pointee.step &+ UInt32(truncatingIfNeeded: steps)
      left -= Int(replica.pointee.residues[model.pointee.crossingClass(step)])
      if left < 0 { break }
      steps += 1
    }
    return steps
  }

  /// Blocks that the decoding sequences take in `count` steps from counter `step` on.
  private func blocksTaken(_ replica: Handle, from step: UInt32, count: Int) -> Int {
    let model = profiles + replica.pointee.profile
    let size = model.pointee.blockTokens
    let cycles = count / size
    var taken = cycles * replica.pointee.decodes
    var at = step &+ UInt32(truncatingIfNeeded: cycles * size)
    for _ in 0..<(count - cycles * size) {
      taken += Int(replica.pointee.residues[model.pointee.crossingClass(at)])
      at &+= 1
    }
    return taken
  }

  /// Ends the decode span at its first boundary whose visible time is at or after `time`, unless it
  /// ends before.
  @inline(__always)
  func truncateSpan(_ replica: Handle, at time: Int64) {
    guard replica.pointee.activity == .decoding, replica.pointee.boundary > time,
      replica.pointee.plannedSteps > 1
    else { return }
    let steps = stepsToReach(replica, time)
    if steps < Int(replica.pointee.plannedSteps) { plan(replica, steps: steps) }
  }

  /// The least number of steps, at least 1, whose boundary is visible at or after `time`.
  ///
  /// A quadratic in doubles gives a first guess; comparing neighbours in integers makes it exact,
  /// so rounding can never pick the wrong boundary.
  func stepsToReach(_ replica: Handle, _ time: Int64) -> Int {
    // Visible time is the ceiling, so the boundary must lie strictly after time - 1.
    let needed =
      (time - 1 - replica.pointee.clockNanoseconds) * 1000 - replica.pointee.clockPicoseconds
    if needed < 0 { return 1 }
    let first = Double(firstStepTime(replica))
    let halfGrowth = Double(stepTimeGrowth(replica)) / 2
    let linear = first - halfGrowth
    let target = Double(needed)
    let root = (linear * linear + 4 * halfGrowth * target).squareRoot()
    var steps = max(1, Int(2 * target / (linear + root)))
    while spanTime(replica, steps: steps) <= needed { steps += 1 }
    while steps > 1, spanTime(replica, steps: steps - 1) > needed { steps -= 1 }
    return steps
  }

  /// Plays the first `steps` steps of the decode span, which take `duration`: counters, blocks,
  /// clock. Nobody finishes here; `continues` says whether a further step of the span is in
  /// progress afterwards.
  @inline(__always)
  func playSteps(_ replica: Handle, _ steps: Int, lasting duration: Int64, continues: Bool) {
    if profiles[replica.pointee.profile].speculates {
      return playSpeculatedSteps(replica, steps, lasting: duration, continues: continues)
    }
    let batch = replica.pointee.decodes
    // The first step's blocks were taken when the span began; one that goes on needs those of the
    // step now in progress.
    let allocations = continues ? steps : steps - 1
    if allocations > 0 {
      replica.pointee.freeBlocks -= blocksTaken(
        replica, from: replica.pointee.step &+ 1, count: allocations)
      assert(replica.pointee.freeBlocks >= 0)
    }
    replica.pointee.step &+= UInt32(truncatingIfNeeded: steps)
    replica.pointee.kvTokens += steps * batch
    replica.pointee.advanceClock(picoseconds: duration)
    replica.pointee.totals.steps += Int64(steps)
    replica.pointee.totals.outputTokens += Int64(steps * batch)
  }

  /// Extends the time integrals to `time`, with the present numbers of running and waiting.
  @inline(__always)
  func integrate(_ replica: Handle, to time: Int64) {
    let elapsed = time - replica.pointee.integratedTo
    assert(elapsed >= 0, "time runs backwards at a replica")
    let held = heldBlocks(replica)
    if elapsed > 0 {
      if replica.pointee.activity != .idle { replica.pointee.totals.busyNanoseconds += elapsed }
      // A queue of a month's requests passes 64 bits in a week.
      replica.pointee.totals.runningIntegral += Int128(elapsed) * Int128(replica.pointee.running)
      replica.pointee.totals.waitingIntegral += Int128(elapsed) * Int128(replica.pointee.waiting)
      replica.pointee.totals.doubledBlockIntegral +=
        Int128(elapsed) * Int128(held + replica.pointee.integratedBlocks)
      replica.pointee.integratedTo = time
    }
    if held > replica.pointee.totals.peakBlocks { replica.pointee.totals.peakBlocks = held }
    replica.pointee.integratedBlocks = held
  }

  /// Brings a replica's counters and integrals up to `time` without changing what it will do: plays
  /// the steps of its span that are over by then.
  ///
  /// Splitting a span at one of its own boundaries is neutral because step times are integers; but
  /// whatever else comes at `time` must have come before, or it meets the step after its own.
  public mutating func settle(_ id: Int, at time: Int64) {
    checkReplica(id)
    let replica = replicas + id
    if replica.pointee.activity == .decoding, replica.pointee.boundary > time {
      // Boundaries visible at or before `time` are over: one fewer than reach `time + 1`.
      let over = min(
        stepsToReach(replica, time + 1) - 1, Int(replica.pointee.plannedSteps) - 1)
      if over > 0 {
        let duration = spanTime(replica, steps: over)
        playSteps(replica, over, lasting: duration, continues: true)
        replica.pointee.plannedSteps -= UInt32(truncatingIfNeeded: over)
        replica.pointee.plannedPicoseconds -= duration
      }
    }
    integrate(replica, to: max(time, replica.pointee.integratedTo))
  }
}
