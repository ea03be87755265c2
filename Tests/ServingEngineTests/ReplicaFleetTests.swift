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
}
