import ServingEngine
import Testing

/// What the generator draws, so that the exactness tests cannot silently test nothing.
@Suite struct GeneratorTests {
  @Test func equalSeedsDrawEqualWorlds() {
    for family in WorldFamily.allCases {
      #expect(
        SmallWorldGenerator(seed: 7).world(family) == SmallWorldGenerator(seed: 7).world(family))
      #expect(
        SmallWorldGenerator(seed: 7).world(family) != SmallWorldGenerator(seed: 8).world(family))
    }
  }

  /// Reference values of SplitMix64 for seed 1234567, from its authors' `splitmix64.c`.
  @Test func splitMixMatchesItsReference() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test func sharesCoverTheTotal() {
    let shares = WorldFamily.shares(of: 3_600)
    #expect(shares.count == WorldFamily.allCases.count)
    #expect(shares.reduce(0) { $0 + $1.worlds } >= 3_600)
    #expect(WorldFamily.shares(of: 0).allSatisfy { $0.worlds == 1 })
  }

  /// Over the worlds of the default run, each situation the engine can get wrong occurs often.
  @Test func worldsReachTheHardSituations() {
    var worlds = 0
    var reached: [String: Int] = [:]
    for (family, share) in WorldFamily.shares(of: 6_600) {
      for seed in 0..<UInt64(share) {
        let world = SmallWorldGenerator(seed: seed).world(family)
        let seen = StepByStepTwin.observe(world)
        worlds += 1
        func note(_ situation: String, _ isReached: Bool) {
          reached[situation, default: 0] += isReached ? 1 : 0
        }
        note("preempted", seen.count(.preempted) > 0)
        note("preempted five times", seen.count(.preempted) >= 5)
        note(
          "preempted by priority",
          world.settings.order == .priority && seen.count(.preempted) > 0)
        note("scheduled victim", seen.victimsAlreadyScheduled > 0)
        note("empty schedule", seen.emptySchedules > 0)
        note("chunked prefill", seen.partialChunks > 0)
        note("cancelled", seen.count(.cancelled) > 0)
        note("cancelled before it started", hasCancelBeforeStart(seen.events))
        note("cancelled after a preemption", hasCancelAfterPreemption(seen.events))
        note("cancel too late", seen.cancelsIgnored > 0)
        note(
          "cancel at the time it finishes",
          seen.events.contains {
            $0.kind == .finished && world.requests[$0.request].cancelTime == $0.time
          })
        note("rejected", seen.count(.rejected) > 0)
        note("truncated", seen.truncated > 0)
        note(
          "cancel on a boundary",
          seen.events.contains {
            $0.kind == .cancelled && world.requests[$0.request].cancelTime == $0.time
          })
        #expect(Set(seen.boundaries).count == seen.boundaries.count)
        note(
          "boundaries in neighbouring nanoseconds",
          zip(seen.boundaries, seen.boundaries.dropFirst()).contains { $1 - $0 == 1 })
        let last = world.requests.last!.arrival
        let before = boundariesWithoutTheLastRequest(of: world)
        note("last arrival on a boundary", before.dropLast().contains(last))
        note("last arrival when all have just gone", before.last == last)
        note("last arrival when idle", before.last.map { $0 < last } ?? false)
        note("thousand steps", seen.steps >= 1000)
        note("no reservation", !world.settings.reservesWholePrompt)
        note("threshold", world.settings.longPrefillThreshold > 0 && seen.partialChunks > 0)
        note("batch of eight", largestBatch(seen.events) >= 8)
        for size in [1, 4, 16, 17] { note("block of \(size)", world.settings.blockTokens == size) }
        note("KV term", world.stepTime.perKVToken > 0)
        note("prefill apart", !world.settings.mixesPrefill && seen.mixedSteps > 0)
        note("attention ranks", world.stepTime.mixed.attentionRanks > 1 && seen.mixedSteps > 0)
        note("experts", world.stepTime.mixed.experts > 0)
        note("penalty", !world.stepTime.mixed.mixedPenalty.isEmpty)
        note("lost", seen.count(.lost) > 0)
        note("step cut off by a failure", seen.stepsLost > 0)
        note("step cut off that left somebody out", seen.stepsLostLeavingOut > 0)
        note("lost before it started", lost(seen) { $0.startedAt < 0 })
        note("lost before its first token", lost(seen) { $0.startedAt >= 0 && $0.firstTokenAt < 0 })
        note("lost in decoding", lost(seen) { $0.generated > 1 })
        note("lost after a preemption", seen.count(.preempted) > 0 && seen.count(.lost) > 0)
        note("lost twice", hasLostTwice(seen.events))
        note(
          "failure on a boundary",
          world.failures.contains { failure in seen.boundaries.contains { $0 == failure.time } })
        note(
          "cancelled by a failure",
          seen.events.contains { event in
            event.kind == .cancelled && world.failures.contains { $0.time == event.time }
          })
        note("step in progress at a change", seen.stepsInChange > 0)
        note("cache reserved for", seen.count(.reserved) > 0)
        note("lost in transfer", seen.lostInTransfer > 0)
        note("cancelled in transfer", seen.cancelledInTransfer > 0)
        note("idle for blocks", seen.idleForBlocks > 0)
        note(
          "preempted after a transfer",
          seen.events.contains { event in
            event.kind == .preempted && world.requests[event.request].transfer != nil
          })
        note("drafts accepted", seen.draftsAccepted > 0)
        note(
          "preempted while speculating",
          seen.draftsAccepted > 0 && seen.count(.preempted) > 0)
        note("lost while speculating", seen.draftsAccepted > 0 && seen.count(.lost) > 0)
        note(
          "cut short while speculating", world.settings.speculation.isOn && seen.truncated > 0)
        note("prompts first", world.settings.prefillsFirst)
        note(
          "preempted with prompts first",
          world.settings.prefillsFirst && seen.count(.preempted) > 0)
        note("watermark", world.settings.watermarkBlocks > 0 && seen.waitedForWatermark > 0)
        note("adapters", seen.adapterLoads > 0)
        note("passed over for an adapter", seen.passedOver > 0)
        note("admitted past another", seen.admittedPast > 0)
        note("adapter evicted", seen.adaptersEvicted > 0)
        note("base only", world.stepTime.mixed.gemmBase == 0)
        note("prefix hit", seen.totals.hitTokens > 0)
        note("prefix missed for want of room", missesForWantOfRoom(world, seen))
        note("hit after a preemption", seen.hitsAfterPreemption > 0)
        note("loaded from the host", seen.totals.loadedTokens > 0)
        note("equal blocks twice", seen.mostCopies > 1)
        note("session twice in a batch", seen.sharedSessions > 0)
      }
    }
    #expect(worlds >= 6_600)
    let floors: [(String, Int)] = [
      ("preempted", 500), ("preempted five times", 200), ("preempted by priority", 120),
      ("scheduled victim", 40), ("empty schedule", 25), ("chunked prefill", 800),
      ("prefill apart", 200), ("attention ranks", 300),
      ("threshold", 150), ("no reservation", 800), ("batch of eight", 60),
      ("cancelled", 300), ("cancelled before it started", 120),
      ("cancelled after a preemption", 20), ("cancel on a boundary", 150),
      ("cancel at the time it finishes", 30), ("cancel too late", 200),
      ("rejected", 60), ("truncated", 100), ("last arrival on a boundary", 400),
      ("last arrival when all have just gone", 8), ("last arrival when idle", 150),
      ("boundaries in neighbouring nanoseconds", 80), ("thousand steps", 20),
      ("block of 1", 180), ("block of 4", 350), ("block of 16", 800), ("block of 17", 50),
      ("KV term", 900), ("experts", 60), ("penalty", 500), ("base only", 500),
      ("lost", 500), ("step cut off by a failure", 400),
      ("step cut off that left somebody out", 2), ("lost before it started", 300),
      ("lost before its first token", 120), ("lost in decoding", 250),
      ("lost after a preemption", 100), ("lost twice", 100), ("failure on a boundary", 200),
      ("cancelled by a failure", 30), ("step in progress at a change", 400),
      ("cache reserved for", 300), ("lost in transfer", 20), ("cancelled in transfer", 20),
      ("idle for blocks", 30), ("preempted after a transfer", 50),
      ("drafts accepted", 350), ("preempted while speculating", 150),
      ("adapters", 400),
      ("passed over for an adapter", 150), ("admitted past another", 60), ("adapter evicted", 100),
      ("prompts first", 250),
      ("preempted with prompts first", 100), ("watermark", 40), ("lost while speculating", 50),
      ("cut short while speculating", 40),
      ("prefix hit", 500), ("prefix missed for want of room", 150),
      ("hit after a preemption", 60), ("equal blocks twice", 150),
      ("loaded from the host", 100),
      ("session twice in a batch", 150),
    ]
    for (situation, floor) in floors {
      #expect(reached[situation, default: 0] >= floor, "\(situation), of \(worlds) worlds")
    }
  }

  private func lost(
    _ seen: TwinObservation, where matches: (EngineEvent.Progress) -> Bool
  ) -> Bool {
    seen.events.contains { $0.progress.map(matches) ?? false }
  }

  /// Whether more would have been found with more blocks.
  private func missesForWantOfRoom(_ world: SmallWorld, _ seen: TwinObservation) -> Bool {
    guard world.settings.prefixCache else { return false }
    var roomy = world
    roomy.settings.kvBlocks *= 20
    return StepByStepTwin.observe(roomy).totals.hitTokens > seen.totals.hitTokens
  }

  private func hasLostTwice(_ events: [EngineEvent]) -> Bool {
    var once: Set<Int> = []
    return events.contains { $0.kind == .lost && !once.insert($0.request).inserted }
  }

  private func hasCancelBeforeStart(_ events: [EngineEvent]) -> Bool {
    events.contains { event in
      event.kind == .cancelled
        && !events.contains { $0.kind == .started && $0.request == event.request }
    }
  }

  private func hasCancelAfterPreemption(_ events: [EngineEvent]) -> Bool {
    events.contains { event in
      event.kind == .cancelled
        && events.contains { $0.kind == .preempted && $0.request == event.request }
    }
  }

  private func boundariesWithoutTheLastRequest(of world: SmallWorld) -> [Int64] {
    var before = world
    before.requests.removeLast()
    return StepByStepTwin.observe(before).boundaries
  }

  /// The most requests started and not yet gone.
  private func largestBatch(_ events: [EngineEvent]) -> Int {
    var running = 0
    var largest = 0
    var started: Set<Int> = []
    for event in events {
      switch event.kind {
      case .started:
        started.insert(event.request)
        running += 1
      case .finished: running -= 1
      case .cancelled, .lost: running -= started.remove(event.request) != nil ? 1 : 0
      default: break
      }
      largest = max(largest, running)
    }
    return largest
  }
}
