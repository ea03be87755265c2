import ServingEngine
import Testing

/// Adapters against engines without them that must do the same, event for event.
@Suite struct AdapterTests {
  /// Where every request has an adapter of its own, places for adapters are places in the batch.
  @Test(arguments: 1...3)
  func differentAdaptersLimitTheBatch(resident: Int) {
    var limited = 0
    for seed in 0..<60 as Range<UInt64> {
      for family in [WorldFamily.bursts, .crowd, .cancellations, .failures, .chunkedPrefill] {
        var few = SmallWorldGenerator(seed: seed).world(family)
        few.settings.mixesPrefill = true
        few.settings.maxSequences = min(few.settings.maxSequences, resident)
        var own = few
        own.settings.maxSequences = few.settings.maxBatchedTokens
        func extended(_ time: StepTimeModel) -> StepTimeModel {
          var time = time
          while time.decodeBase.count <= own.settings.maxSequences {
            time.decodeBase.append(time.decodeBase[time.decodeBase.count - 1])
          }
          return time
        }
        own.stepTime = extended(own.stepTime)
        own.otherStepTimes = own.otherStepTimes.map(extended)
        let places = few.settings.maxSequences
        own.settings.adapters = AdapterSettings(resident: places, held: places)
        for index in own.requests.indices { own.requests[index].adapter = index }
        let expected = SpanAdapter.run(few)
        #expect(SpanAdapter.run(own) == expected, "\(family) \(seed)")
        if few.settings.maxSequences == resident { limited += 1 }
      }
    }
    #expect(limited > 150)
  }

  /// The least used leaves, ties by number, and what is held on the host comes back sooner.
  @Test func loadsWaitInTheStepThatAdmits() {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 10_000
    var settings = SchedulerSettings(
      maxBatchedTokens: 64, maxSequences: 4, blockTokens: 4, kvBlocks: 100)
    settings.adapters = AdapterSettings(
      resident: 1, held: 2, loadTime: 5_000, fetchTime: 100_000)
    let requests = [0, 1, 0, 2, 0, 1].enumerated().map { id, adapter in
      SmallRequest(
        id: id, arrival: Int64(1000 * id), promptTokens: 1, outputTokens: 1, adapter: adapter)
    }
    let world = SmallWorld(
      settings: settings,
      stepTime: StepTimeModel(
        decodeBase: [0, 1000, 1000, 1000, 1000], perKVToken: 0, mixed: mixed),
      requests: requests)
    let finishes = SpanAdapter.run(world).filter { $0.kind == .finished }
    // 0 and 1 are fetched; 0 comes from the host; 2 drives out 1; 0 is still held; 1 is fetched again.
    #expect(finishes.map { $0.time % 1000 } == [115, 115, 15, 115, 15, 115])
  }
}
