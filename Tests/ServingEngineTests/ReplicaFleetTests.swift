import ServingEngine
import SimulationKernel
import Testing

@Suite("Replica fleet")
struct ReplicaFleetTests {
  static let millisecond: Int64 = 1_000_000

  static func profile(kvBlocks: Int = 1000, maxSequences: Int = 8) -> EngineProfile {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 20e9
    return EngineProfile(
      settings: SchedulerSettings(
        maxBatchedTokens: 512, maxSequences: maxSequences, kvBlocks: kvBlocks),
      stepTime: StepTimeModel(
        decodeBase: [Int64](repeating: 10_000_000_000, count: maxSequences + 1), perKVToken: 0,
        mixed: mixed))
  }

  @Test("one request: prefill step, then one span to the last token")
  func oneRequest() throws {
    var fleet = ReplicaFleet(profiles: [Self.profile()], replicaProfiles: [0])
    let slot = fleet.allocateSlot()
    try fleet.enqueue(slot, to: 0, at: 5, prompt: 100, output: 11)
    #expect(fleet.key(of: 0) == UInt64(5) << 3 | UInt64(EventPhase.schedule.rawValue))
    fleet.formBatch(0)
    #expect(fleet.outcomes == [Outcome(kind: .started, slot: 0)])
    fleet.clearOutcomes()
    #expect(fleet.key(of: 0) == UInt64(5 + 20 * Self.millisecond) << 3)
    fleet.reachBoundary(0)
    #expect(fleet.outcomes.map(\.kind) == [.firstToken])
    fleet.clearOutcomes()
    fleet.formBatch(0)
    #expect(fleet.key(of: 0) == UInt64(5 + 120 * Self.millisecond) << 3)
    fleet.settle(0, at: 5 + 75 * Self.millisecond)
    #expect(fleet.totals(0).outputTokens == 1 + 5)
    fleet.reachBoundary(0)
    #expect(fleet.outcomes.map(\.kind) == [.finished])
    fleet.formBatch(0)
    fleet.releaseSlot(slot)
    #expect(fleet.key(of: 0) == WinnerTree.idle)
    #expect(fleet.totals(0).outputTokens == 11)
    #expect(fleet.totals(0).prefillTokens == 100)
    #expect(fleet.totals(0).busyNanoseconds == 120 * Self.millisecond)
    #expect(fleet.freeBlocks(0) == 1000)
  }

  @Test("a prompt as long as the context is refused and leaves nothing behind")
  func refusal() throws {
    var fleet = ReplicaFleet(profiles: [Self.profile(kvBlocks: 4)], replicaProfiles: [0])
    let slot = fleet.allocateSlot()
    #expect(throws: ReplicaFleet.Refusal.contextTooLong) {
      try fleet.enqueue(slot, to: 0, at: 0, prompt: 64, output: 1)
    }
    #expect(fleet.key(of: 0) == WinnerTree.idle)
    fleet.releaseSlot(slot)
    #expect(fleet.allocateSlot() == slot)
  }

  @Test("requests that wait for a month and more are counted to the nanosecond")
  func longWaits() throws {
    var profile = Self.profile(maxSequences: 1)
    // Steps of 800 s: a hundred days by few of them.
    profile.stepTime.decodeBase = [800_000_000_000_000, 800_000_000_000_000]
    var fleet = ReplicaFleet(profiles: [profile], replicaProfiles: [0])
    for _ in 0..<2000 {
      try fleet.enqueue(fleet.allocateSlot(), to: 0, at: 0, prompt: 100, output: 10_001)
    }
    fleet.formBatch(0)
    fleet.reachBoundary(0)
    fleet.clearOutcomes()
    // A span of a hundred days does not fit into a clock of picoseconds: it is played in parts.
    var spans = 0
    while fleet.outcomeCount == 0 {
      fleet.formBatch(0)
      fleet.reachBoundary(0)
      spans += 1
    }
    #expect(spans > 1 && fleet.outcomes.map(\.kind) == [.finished])
    let end = 8_000_000_000_000_000 + 20 * Self.millisecond
    #expect(fleet.totals(0).waitingIntegral == Int128(1999) * Int128(end))
    #expect(fleet.totals(0).runningIntegral == Int128(end))
  }

  static func slowProfile(maxSequences: Int = 8) -> EngineProfile {
    var slow = profile(maxSequences: maxSequences)
    slow.stepTime.decodeBase = slow.stepTime.decodeBase.map { $0 * 3 }
    return slow
  }

  @Test("a replica that dies drops everybody, with what they had got, and serves again")
  func failure() throws {
    var fleet = ReplicaFleet(
      profiles: [Self.profile(maxSequences: 1)], replicaProfiles: [0, 0])
    let slots = (0..<3).map { _ in fleet.allocateSlot() }
    for slot in slots { try fleet.enqueue(slot, to: 0, at: 0, prompt: 100, output: 11) }
    fleet.formBatch(0)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    fleet.clearOutcomes()
    fleet.cancel(slots[1], at: 0, time: 51 * Self.millisecond)
    // 20 ms of prefill, then steps of 10 ms: three are over, the fourth is lost.
    fleet.fail(0, at: 55 * Self.millisecond)
    #expect(fleet.outcomes.map(\.kind) == [.lost, .cancelled, .lost])
    #expect(fleet.outcomes.map(\.slot) == [0, 1, 2])
    fleet.clearOutcomes()
    #expect(slots.map { fleet.generatedTokens($0) } == [4, 0, 0])
    #expect(slots.map { fleet.startedAt($0) } == [0, -1, -1])
    #expect(slots.map { fleet.firstTokenAt($0) } == [20 * Self.millisecond, -1, -1])
    let isEmpty = fleet.isEmpty(0)
    #expect(isEmpty)
    #expect(fleet.freeBlocks(0) == 1000)
    #expect(fleet.key(of: 0) == WinnerTree.idle)
    let lost = fleet.totals(0)
    #expect(lost.steps == 4)
    #expect(lost.outputTokens == 4)
    #expect(lost.busyNanoseconds == 55 * Self.millisecond)
    #expect(lost.runningIntegral == 55 * Self.millisecond)
    #expect(lost.waitingIntegral == 110 * Self.millisecond)

    // The one lost in decoding starts over elsewhere, the one that waited comes back here.
    fleet.releaseSlot(slots[1])
    try fleet.enqueue(slots[0], to: 1, at: 60 * Self.millisecond, prompt: 100, output: 11)
    try fleet.enqueue(slots[2], to: 0, at: 60 * Self.millisecond, prompt: 100, output: 2)
    for id in [0, 1] {
      while fleet.key(of: id) != WinnerTree.idle {
        if fleet.key(of: id) & 7 == 0 { fleet.reachBoundary(id) } else { fleet.formBatch(id) }
      }
    }
    #expect(fleet.outcomes.filter { $0.kind == .finished }.map(\.slot) == [2, 0])
    #expect(fleet.startedAt(slots[2]) == 60 * Self.millisecond)
    #expect(fleet.totals(0).busyNanoseconds == (55 + 30) * Self.millisecond)
    #expect(fleet.totals(0).outputTokens == 4 + 2)
    #expect(fleet.totals(1).outputTokens == 11)
  }

  @Test("what a dead replica held counts as held until it died, and not after")
  func failureEndsBlocks() throws {
    var fleet = ReplicaFleet(profiles: [Self.profile()], replicaProfiles: [0])
    let slot = fleet.allocateSlot()
    try fleet.enqueue(slot, to: 0, at: 0, prompt: 32, output: 11)
    fleet.formBatch(0)
    fleet.fail(0, at: 4)
    let held = fleet.totals(0).doubledBlockIntegral
    fleet.settle(0, at: 1_000)
    #expect(fleet.totals(0).doubledBlockIntegral == held)
    #expect(fleet.totals(0).busyNanoseconds == 4)
    #expect(fleet.totals(0).peakBlocks == 2)
  }

  @Test("by priority, a failure clears the queue of those it had yet to forget")
  func failureClearsThePriorityQueue() throws {
    var profile = Self.profile(maxSequences: 1)
    profile.settings.order = .priority
    var fleet = ReplicaFleet(profiles: [profile], replicaProfiles: [0])
    let slots = (0..<4).map { _ in fleet.allocateSlot() }
    for slot in slots {
      try fleet.enqueue(slot, to: 0, at: 0, prompt: 100, output: 11, priority: -slot)
    }
    // The best runs; two of the waiting are cancelled, and one of these slots is given back.
    fleet.formBatch(0)
    fleet.cancel(slots[0], at: 0, time: 1)
    fleet.cancel(slots[1], at: 0, time: 1)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    fleet.releaseSlot(slots[0])
    fleet.clearOutcomes()
    fleet.fail(0, at: 25 * Self.millisecond)
    #expect(fleet.outcomes == [Outcome(kind: .lost, slot: 3), Outcome(kind: .lost, slot: 2)])
    // Every slot is free for use again: the released one, and the others at the caller's word.
    #expect(fleet.allocateSlot() == slots[0])
    for slot in slots {
      try fleet.enqueue(slot, to: 0, at: 30 * Self.millisecond, prompt: 1, output: 1)
    }
    #expect(fleet.waiting(0) == 4)
  }

  @Test("a change of profile lets the step in progress end, then counts")
  func profileChange() throws {
    var fleet = ReplicaFleet(
      profiles: [Self.profile(), Self.slowProfile()], replicaProfiles: [0])
    let slot = fleet.allocateSlot()
    try fleet.enqueue(slot, to: 0, at: 0, prompt: 100, output: 11)
    fleet.formBatch(0)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    fleet.setProfile(0, to: 1, at: 45 * Self.millisecond)
    #expect(fleet.profile(of: 0) == 1)
    #expect(fleet.key(of: 0) == UInt64(50 * Self.millisecond) << 3)
    // Between the change and the end of the step the old profile counts still.
    fleet.settle(0, at: 47 * Self.millisecond)
    #expect(fleet.key(of: 0) == UInt64(50 * Self.millisecond) << 3)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    // Four tokens are out: seven steps of 30 ms.
    #expect(fleet.key(of: 0) == UInt64((50 + 210) * Self.millisecond) << 3)
    // Back before the first slow step has ended, and a second thought.
    fleet.setProfile(0, to: 0, at: 51 * Self.millisecond)
    fleet.setProfile(0, to: 1, at: 52 * Self.millisecond)
    #expect(fleet.key(of: 0) == UInt64(80 * Self.millisecond) << 3)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    #expect(fleet.key(of: 0) == UInt64((50 + 210) * Self.millisecond) << 3)
    // A replica that dies in a change is reborn with the new profile.
    fleet.setProfile(0, to: 0, at: 100 * Self.millisecond)
    fleet.fail(0, at: 101 * Self.millisecond)
    #expect(fleet.profile(of: 0) == 0)
    try fleet.enqueue(slot, to: 0, at: 200 * Self.millisecond, prompt: 100, output: 2)
    fleet.formBatch(0)
    fleet.reachBoundary(0)
    fleet.formBatch(0)
    #expect(fleet.key(of: 0) == UInt64(230 * Self.millisecond) << 3)
  }
}
