import ServingEngine
import Testing

/// The engine that is compared with the step-by-step twin.
private let engineUnderTest: EngineUnderTest? = SpanAdapter.run

/// The span engine and the step-by-step twin tell the same story, event for event and to the
/// nanosecond, on every random small world.
///
/// `PLIMSOLL_EXACTNESS_WORLDS` sets how many worlds, `PLIMSOLL_EXACTNESS_SEED` which, and
/// `PLIMSOLL_EXACTNESS_TRACE=1` names each before it runs.
@Suite struct ExactnessTests {
  @Test(.enabled(if: engineUnderTest != nil), arguments: WorldFamily.allCases)
  func agreesWithTheTwin(family: WorldFamily) throws {
    let engine = try #require(engineUnderTest)
    let found = family.disagreement(
      seeds: ExactnessRun.seeds(of: family), with: engine, note: ExactnessRun.trace)
    if let found { Issue.record("\(found)") }
  }

  /// The totals too, over every family: steps, tokens, preemptions, and the integrals of busy,
  /// running and waiting. Settling the replica in between, as
  /// every other world has it, changes none of it.
  @Test(arguments: WorldFamily.allCases)
  func totalsAgreeWithTheTwin(family: WorldFamily) {
    for seed in ExactnessRun.seeds(of: family) {
      let world = SmallWorldGenerator(seed: seed).world(family)
      let expected = StepByStepTwin.observe(world)
      let settles = seed % 2 == 0
      let actual = SpanAdapter.observe(world, settles: settles, looks: seed % 4 < 2)
      #expect(actual.events == expected.events, "\(family) \(seed) settles \(settles)")
      var totals = actual.totals
      // Blocks are integrated by trapezoids, which the twin has no notion of.
      totals.doubledBlockIntegral = 0
      totals.peakBlocks = 0
      #expect(totals == expected.totals, "\(family) \(seed) settles \(settles)")
    }
  }

  /// A failure in every step that leaves a decoding sequence out, which random worlds seldom hit: the
  /// worst by priority, in the middle of the running, takes itself out, and the last is not looked at.
  @Test func failuresInStepsThatLeaveSomebodyOut() {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 20_000
    let stepTime = StepTimeModel(
      decodeBase: [0, 10_000, 11_000, 12_500], perKVToken: 7, mixed: mixed)
    var tried = 0
    for prompts in 0..<216 {
      for blocks in 4...6 {
        let lengths = [prompts % 6 + 1, prompts / 6 % 6 + 1, prompts / 36 + 1]
        var world = SmallWorld(
          settings: SchedulerSettings(
            maxBatchedTokens: 64, maxSequences: 3, blockTokens: 4, kvBlocks: blocks,
            order: .priority),
          stepTime: stepTime,
          requests: lengths.enumerated().map { id, prompt in
            SmallRequest(
              id: id, arrival: Int64(25 * id), promptTokens: prompt, outputTokens: 9,
              priority: [0, 5, 2][id])
          })
        for start in StepByStepTwin.observe(world).leavingOut {
          for delay in [Int64(0), 1, 9] {
            world.failures = [SmallFailure(time: start + delay, isEarly: false)]
            world.comebackDelay = 5
            tried += 1
            #expect(SpanAdapter.run(world) == StepByStepTwin.run(world), "\(world)")
          }
        }
      }
    }
    #expect(tried >= 100)
  }
}
