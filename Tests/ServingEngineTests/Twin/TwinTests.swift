import ServingEngine
import Testing

/// The twin against logs worked out by hand. Unless a test says otherwise a step that only decodes
/// takes 10 ns and one that prefills 20 ns.
@Suite struct TwinTests {
  private func model(decode: Int64 = 10_000, mixed: Double = 20_000) -> StepTimeModel {
    var coefficients = StepTimeModel.MixedCoefficients()
    coefficients.base = mixed
    return StepTimeModel(
      decodeBase: [0, decode, decode, decode, decode], perKVToken: 0, mixed: coefficients)
  }

  private func settings(
    budget: Int = 100, sequences: Int = 4, block: Int = 4, blocks: Int = 100,
    modelTokens: Int? = nil, threshold: Int = 0, reserves: Bool = true,
    order: SchedulerSettings.Order = .firstComeFirstServed
  ) -> SchedulerSettings {
    SchedulerSettings(
      maxBatchedTokens: budget, maxSequences: sequences, blockTokens: block, kvBlocks: blocks,
      maxModelTokens: modelTokens, longPrefillThreshold: threshold, reservesWholePrompt: reserves,
      order: order)
  }

  /// One prefill step 7…27, then two decode steps to 37 and 47. The last token is never cached:
  /// 5 + 2 tokens computed, 2 blocks of 4.
  @Test func oneRequestAlone() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(), stepTime: model(),
        requests: [SmallRequest(id: 0, arrival: 7, promptTokens: 5, outputTokens: 3)]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 7), EngineEvent(.firstToken, 0, at: 27),
        EngineEvent(.finished, 0, at: 47),
      ])
    #expect(seen.boundaries == [7, 27, 37, 47])
    #expect(seen.steps == 3)
    #expect(seen.mixedSteps == 1)
    #expect(seen.tokensComputed == 7)
    #expect(seen.maxBlocksUsed == 2)
    #expect(seen.freeBlocksAtEnd == 100)
  }

  /// #1 arrives at 25, inside #0's first decode step (20…30); both share the mixed step 30…50 and
  /// the decode step 50…60, where both finish, in running order.
  @Test func twoOverlap() {
    let events = StepByStepTwin.run(
      SmallWorld(
        settings: settings(), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 5, outputTokens: 4),
          SmallRequest(id: 1, arrival: 25, promptTokens: 3, outputTokens: 2),
        ]))
    #expect(
      events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.started, 1, at: 30), EngineEvent(.firstToken, 1, at: 50),
        EngineEvent(.finished, 0, at: 60), EngineEvent(.finished, 1, at: 60),
      ])
  }

  /// Budget 4: #0's prompt of 10 takes chunks of 4, 4 and 2; the third leaves 2 of #1's 3 prompt
  /// tokens room, its last shares 60…80 with #0's decode. The decoding one speaks first at 80.
  @Test func chunkedPrefill() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(budget: 4), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 10, outputTokens: 2),
          SmallRequest(id: 1, arrival: 0, promptTokens: 3, outputTokens: 1),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.started, 1, at: 40),
        EngineEvent(.firstToken, 0, at: 60), EngineEvent(.finished, 0, at: 80),
        EngineEvent(.firstToken, 1, at: 80), EngineEvent(.finished, 1, at: 80),
      ])
    #expect(seen.partialChunks == 3)
  }

  /// Four blocks of 4. Both prompts of 7 take 2 blocks; at 30 both have 8 tokens cached and need a
  /// third block. #1, the last, goes; #0 decodes alone to 70 (outputs 3 to 6 at 40, 50, 60, 70).
  /// #1 waits for 3 blocks, gets them at 70, computes prompt and two outputs again in 70…90 and
  /// finishes with its third output. Its first token is not told again.
  /// Computed: #0 7 + 5; #1 7 + 1, then 9.
  @Test func preemptionAtABlockBoundary() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(blocks: 4), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 7, outputTokens: 6),
          SmallRequest(id: 1, arrival: 0, promptTokens: 7, outputTokens: 3),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.started, 1, at: 0),
        EngineEvent(.firstToken, 0, at: 20), EngineEvent(.firstToken, 1, at: 20),
        EngineEvent(.preempted, 1, at: 30), EngineEvent(.finished, 0, at: 70),
        EngineEvent(.finished, 1, at: 90),
      ])
    #expect(seen.steps == 7)
    #expect(seen.tokensComputed == 29)
    #expect(seen.maxBlocksUsed == 4)
  }

  /// Two preempted in one call keep their order at the front of waiting, before #3 which waited
  /// first. Blocks of 1, 6 of them: #0, #1, #2 with prompts of 2 fill the cache at 0; at 20 #0 needs
  /// a block (#2 goes: 2 free, 1 taken), #1 takes the other. At 30 #0 (4th block): #1 goes, 3 free,
  /// 1 taken. Waiting: #1, #2, #3. Nobody tries to enter at 20 or 30. At 40 (#0 has 4 tokens cached,
  /// output 3 of 3) #0 finishes. 6 free: #1 has 4 tokens to compute, #2 has 3: only #1 enters.
  /// At 60 #1 has its third output and finishes; 6 free: #2 (3) and #3 (2) enter. At 80 #2 has its
  /// second output and finishes, #3 its first and finishes.
  @Test func preemptedComeBackInOrder() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(block: 1, blocks: 6), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 2, outputTokens: 3),
          SmallRequest(id: 1, arrival: 0, promptTokens: 2, outputTokens: 3),
          SmallRequest(id: 2, arrival: 0, promptTokens: 2, outputTokens: 2),
          SmallRequest(id: 3, arrival: 0, promptTokens: 2, outputTokens: 1),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.started, 1, at: 0),
        EngineEvent(.started, 2, at: 0),
        EngineEvent(.firstToken, 0, at: 20), EngineEvent(.firstToken, 1, at: 20),
        EngineEvent(.firstToken, 2, at: 20), EngineEvent(.preempted, 2, at: 20),
        EngineEvent(.preempted, 1, at: 30), EngineEvent(.finished, 0, at: 40),
        EngineEvent(.finished, 1, at: 60), EngineEvent(.started, 3, at: 60),
        EngineEvent(.finished, 2, at: 80), EngineEvent(.firstToken, 3, at: 80),
        EngineEvent(.finished, 3, at: 80),
      ])
  }

  /// #0 is the worst and first in the running list. At 40 it needs a third block of four, is its
  /// own victim, and phase A ends before #1 was looked at: scheduling is tried again at 40, finds
  /// #1 and keeps #0 out (it needs 3 of the 2 free blocks). #1 decodes to 60, then #0 computes its
  /// 9 tokens in 60…80 and decodes to 110.
  @Test func worstPriorityPreemptsItself() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(blocks: 4, order: .priority), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 7, outputTokens: 6, priority: 5),
          SmallRequest(id: 1, arrival: 1, promptTokens: 6, outputTokens: 3),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.started, 1, at: 20), EngineEvent(.firstToken, 1, at: 40),
        EngineEvent(.preempted, 0, at: 40), EngineEvent(.finished, 1, at: 60),
        EngineEvent(.finished, 0, at: 110),
      ])
    #expect(seen.emptySchedules == 1)
  }

  /// At 50 #0 (worst) is scheduled within its blocks, then #1 needs a third of four: #0 is taken
  /// out again and #1 decodes 50…60 alone. #0 has 8 tokens to compute in 60…80.
  /// First come, first served would have taken #1 itself instead.
  @Test(arguments: [SchedulerSettings.Order.priority, .firstComeFirstServed])
  func victimAlreadyScheduled(order: SchedulerSettings.Order) {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(blocks: 4, order: order), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 5, outputTokens: 4, priority: 5),
          SmallRequest(id: 1, arrival: 1, promptTokens: 7, outputTokens: 3),
        ]))
    let common = [
      EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
      EngineEvent(.started, 1, at: 20), EngineEvent(.firstToken, 1, at: 40),
    ]
    switch order {
    case .priority:
      #expect(
        seen.events == common + [
          EngineEvent(.preempted, 0, at: 50), EngineEvent(.finished, 1, at: 60),
          EngineEvent(.finished, 0, at: 80),
        ])
      #expect(seen.victimsAlreadyScheduled == 1)
    case .firstComeFirstServed:
      // #0 finishes at 60; #1 computes 9 tokens in 60…80, its third output.
      #expect(
        seen.events == common + [
          EngineEvent(.preempted, 1, at: 50), EngineEvent(.finished, 0, at: 60),
          EngineEvent(.finished, 1, at: 80),
        ])
      #expect(seen.victimsAlreadyScheduled == 0)
    }
  }

  /// One at a time. #0 runs 0…40 (its cancel at 41 is late). #1 is cancelled while it waits (25, a
  /// boundary follows at 30), so is #2, which comes and goes inside the step 20…30. #3 runs from 40,
  /// first token at 60, cancelled at 61: gone at 70. #4 runs 70…100 and finishes at the very
  /// boundary of its cancel: too late.
  @Test func cancels() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(sequences: 1), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 2, outputTokens: 3, cancelTime: 41),
          SmallRequest(id: 1, arrival: 5, promptTokens: 2, outputTokens: 3, cancelTime: 25),
          SmallRequest(id: 2, arrival: 21, promptTokens: 2, outputTokens: 3, cancelTime: 22),
          SmallRequest(id: 3, arrival: 24, promptTokens: 2, outputTokens: 5, cancelTime: 61),
          SmallRequest(id: 4, arrival: 65, promptTokens: 2, outputTokens: 2, cancelTime: 100),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.cancelled, 2, at: 30), EngineEvent(.cancelled, 1, at: 30),
        EngineEvent(.finished, 0, at: 40), EngineEvent(.started, 3, at: 40),
        EngineEvent(.firstToken, 3, at: 60), EngineEvent(.cancelled, 3, at: 70),
        EngineEvent(.started, 4, at: 70), EngineEvent(.firstToken, 4, at: 90),
        EngineEvent(.finished, 4, at: 100),
      ])
    #expect(seen.cancelsIgnored == 2)
  }

  /// Decode steps take 11 ns + 0.1 ns per cached token. #0 (prompt 5) prefills 0…20 and decodes
  /// 20…31.5…43.1. The boundary at 31.5 is visible at 32: an arrival at 32 enters there and is done
  /// at 51.5, one at 33 enters only at 43.1, visible at 44, and is done at 63.1.
  @Test(arguments: [(arrival: Int64(32), start: Int64(32)), (33, 44)])
  func arrivalOnABoundary(arrival: Int64, start: Int64) {
    var stepTime = model(decode: 11_000)
    stepTime.perKVToken = 100
    let events = StepByStepTwin.run(
      SmallWorld(
        settings: settings(), stepTime: stepTime,
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 5, outputTokens: 9),
          SmallRequest(id: 1, arrival: arrival, promptTokens: 1, outputTokens: 1),
        ]))
    #expect(events.contains(EngineEvent(.started, 1, at: start)))
    #expect(events.contains(EngineEvent(.finished, 1, at: start + 20)))
  }

  /// Budget 4, penalty 3 on one decode. Picoseconds, by the formula of `mixedStep`:
  /// 4 tokens after 0: 4·4 + 10·4 + 100 + 1000 = 1156, visible 2.
  /// 2 tokens after 4: (2·2·4 + 2·2) + 10·2 + 100 + 1000 = 1140, to 2296, visible 3: first token.
  /// #0 decodes after 6, #1 (arrived at 3) prefills 2 after 0: 3·6 + 2·2 + 10·3 + 200 + 1000 = 1252,
  /// to 3548, visible 4. #0 decodes after 7: 5000 + 7·7 = 5049, to 8597, visible 9.
  @Test func mixedStepsAreDescribedRight() {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 1000
    mixed.perToken = 10
    mixed.perSequence = 100
    mixed.attentionPerKVToken = 1
    mixed.mixedPenalty = [0, 3]
    mixed.prefillAttentionPerPair = 2
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(budget: 4),
        stepTime: StepTimeModel(
          decodeBase: [0, 5000, 5000, 5000, 5000], perKVToken: 7, mixed: mixed),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 6, outputTokens: 3),
          SmallRequest(id: 1, arrival: 3, promptTokens: 2, outputTokens: 1),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 3),
        EngineEvent(.started, 1, at: 3), EngineEvent(.firstToken, 1, at: 4),
        EngineEvent(.finished, 1, at: 4), EngineEvent(.finished, 0, at: 9),
      ])
    #expect(seen.boundaries == [0, 2, 3, 4, 9])
  }

  /// At most 10 tokens: #0 (9 + 5) is cut to one output, #1 (10) is turned away at 20, after the
  /// outputs of that boundary, #2 (12) at 25 while the replica is idle.
  @Test func rejectionAndTruncation() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(modelTokens: 10), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 9, outputTokens: 5),
          SmallRequest(id: 1, arrival: 20, promptTokens: 10, outputTokens: 1, cancelTime: 21),
          SmallRequest(id: 2, arrival: 25, promptTokens: 12, outputTokens: 1),
          SmallRequest(id: 3, arrival: 25, promptTokens: 2, outputTokens: 1),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.finished, 0, at: 20), EngineEvent(.rejected, 1, at: 20),
        EngineEvent(.rejected, 2, at: 25), EngineEvent(.started, 3, at: 25),
        EngineEvent(.firstToken, 3, at: 45), EngineEvent(.finished, 3, at: 45),
      ])
    #expect(seen.truncated == 1)
  }

  /// Threshold 3: #0's 7 tokens take 3, 3 and 1 although the budget is 8; #1 fits beside it.
  @Test func thresholdChunks() {
    let seen = StepByStepTwin.observe(
      SmallWorld(
        settings: settings(budget: 8, threshold: 3), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 7, outputTokens: 1),
          SmallRequest(id: 1, arrival: 0, promptTokens: 2, outputTokens: 2),
        ]))
    #expect(
      seen.events == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.started, 1, at: 0),
        EngineEvent(.firstToken, 1, at: 20), EngineEvent(.finished, 1, at: 40),
        EngineEvent(.firstToken, 0, at: 60), EngineEvent(.finished, 0, at: 60),
      ])
    #expect(seen.partialChunks == 2)
  }

  private func headOfLineWorld(reserves: Bool) -> SmallWorld {
    SmallWorld(
      settings: settings(budget: 4, blocks: 4, reserves: reserves), stepTime: model(),
      requests: [
        SmallRequest(id: 0, arrival: 0, promptTokens: 4, outputTokens: 6),
        SmallRequest(id: 1, arrival: 1, promptTokens: 12, outputTokens: 1),
        SmallRequest(id: 2, arrival: 2, promptTokens: 1, outputTokens: 1),
      ])
  }

  /// Four blocks. At 20 #0 holds 2, #1 wants 3 for its whole prompt and bars #2, which would fit,
  /// until #0 finishes at 70. #1 then takes the whole budget in 70…130 (4 + 4 + 4).
  @Test func reservationBlocksTheHeadOfTheLine() {
    #expect(
      StepByStepTwin.run(headOfLineWorld(reserves: true)) == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.finished, 0, at: 70), EngineEvent(.started, 1, at: 70),
        EngineEvent(.firstToken, 1, at: 130), EngineEvent(.finished, 1, at: 130),
        EngineEvent(.started, 2, at: 130), EngineEvent(.firstToken, 2, at: 150),
        EngineEvent(.finished, 2, at: 150),
      ])
  }

  /// The same without reservation. #1 enters at 20 with 3 tokens (budget 4 less #0's decode).
  /// At 40 #0 caches 5 tokens and #1 3: 6 and 6 tokens fill the four blocks. At 60 #1 needs a third
  /// block and is its own victim; #0 decodes alone 60…70. At 70 #1 enters with 3 tokens again
  /// (70…90); at 90 #0 takes its third block (9 tokens) and #1 needs a second: out again. #0 finishes
  /// at 100, #1 computes 4 + 4 + 4 in 100…160, then #2 runs.
  @Test func withoutReservationTheHeadEntersAndThrashes() {
    #expect(
      StepByStepTwin.run(headOfLineWorld(reserves: false)) == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.firstToken, 0, at: 20),
        EngineEvent(.started, 1, at: 20), EngineEvent(.preempted, 1, at: 60),
        EngineEvent(.preempted, 1, at: 90), EngineEvent(.finished, 0, at: 100),
        EngineEvent(.firstToken, 1, at: 160), EngineEvent(.finished, 1, at: 160),
        EngineEvent(.started, 2, at: 160), EngineEvent(.firstToken, 2, at: 180),
        EngineEvent(.finished, 2, at: 180),
      ])
  }

  /// Equal priority is settled by arrival, then id; waiting is ordered at once, running is not.
  /// One sequence at a time, all but #0 wait at 20: #3 (1), #1 (2), #2 (2).
  @Test func priorityOrdersWaiting() {
    let events = StepByStepTwin.run(
      SmallWorld(
        settings: settings(sequences: 1, order: .priority), stepTime: model(),
        requests: [
          SmallRequest(id: 0, arrival: 0, promptTokens: 1, outputTokens: 1, priority: 9),
          SmallRequest(id: 1, arrival: 5, promptTokens: 1, outputTokens: 1, priority: 2),
          SmallRequest(id: 2, arrival: 5, promptTokens: 1, outputTokens: 1, priority: 2),
          SmallRequest(id: 3, arrival: 9, promptTokens: 1, outputTokens: 1, priority: 1),
        ]))
    #expect(
      events.filter { $0.kind == .started } == [
        EngineEvent(.started, 0, at: 0), EngineEvent(.started, 3, at: 20),
        EngineEvent(.started, 1, at: 40), EngineEvent(.started, 2, at: 60),
      ])
  }
}
