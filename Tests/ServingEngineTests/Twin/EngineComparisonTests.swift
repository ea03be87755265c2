import ServingEngine
import SimulationKernel
import Testing

/// Proof that the comparison finds engines that are wrong: each of these is the twin, run on a
/// world or told in a way that amounts to one mistake an engine could make.
enum FaultyEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case oneSequenceTooMany
  case oneBlockTooMany
  case blockOneTokenLarger
  case budgetOneTokenLarger
  case forgetsReservation
  case alwaysReserves
  case forgetsThreshold
  case forgetsPriority
  case forgetsCancels
  case cancelsOneNanosecondLate
  case arrivalsOneNanosecondLate
  case forgetsModelLimit
  case oneOutputTooMany
  case decodeStepOnePicosecondLonger
  case forgetsKVTerm
  case forgetsMixedPenalty
  case forgetsAttentionPairs
  case roundsMixedStepUp
  case tellsFinishOneNanosecondEarly
  case tellsFirstTokenAfterFinish
  case tellsPreemptionsInReverse
  case forgetsFailures
  case failsOneNanosecondLate
  case failsBeforeArrivals
  case nobodyComesBack
  case alwaysMixes
  case forgetsAttentionRanks
  case forgetsChunkContext
  case forgetsProgressOfTheLost
  case forgetsProfileChanges
  case changesProfileOneNanosecondLate
  case keepsTheLatestProfile
  case forgetsTransfers
  case forgetsFirstTokens
  case receivesOneNanosecondLate
  case keepsNoBlocks
  case forgetsDrawnSteps
  case forgetsLookahead
  case forgetsDraftsInTheProducts
  case forgetsWatermark
  case decodesFirst
  case oneAdapterTooMany
  case keepsAdaptersOnTheHost
  case forgetsAdapterTokens
  case forgetsPrefixes
  case forgetsOffload
  case loadsOnePicosecondLonger
  case hostHasOneBlock
  case forgetsSharedTexts
  case forgetsSessions
  case sharesOneTokenTooMany

  var testDescription: String { rawValue }

  /// The log this engine tells.
  @Sendable func run(_ world: SmallWorld) -> [EngineEvent] {
    var world = world
    switch self {
    case .oneSequenceTooMany:
      guard world.settings.maxSequences < world.settings.maxBatchedTokens else { break }
      world.settings.maxSequences += 1
      world.stepTime.decodeBase.append(world.stepTime.decodeBase.last!)
      for index in world.otherStepTimes.indices {
        world.otherStepTimes[index].decodeBase.append(
          world.otherStepTimes[index].decodeBase.last!)
      }
    case .oneBlockTooMany: world.settings.kvBlocks += 1
    case .blockOneTokenLarger: world.settings.blockTokens += 1
    case .budgetOneTokenLarger: world.settings.maxBatchedTokens += 1
    case .forgetsReservation: world.settings.reservesWholePrompt = false
    case .alwaysReserves: world.settings.reservesWholePrompt = true
    case .alwaysMixes: world.settings.mixesPrefill = true
    case .forgetsAttentionRanks: world.stepTime.mixed.attentionRanks = 1
    case .forgetsChunkContext: world.stepTime.mixed.prefillAttentionHalfTokens = 0
    case .forgetsThreshold: world.settings.longPrefillThreshold = 0
    case .forgetsPriority: world.settings.order = .firstComeFirstServed
    case .forgetsCancels: each(&world) { $0.cancelTime = nil }
    case .cancelsOneNanosecondLate: each(&world) { $0.cancelTime = $0.cancelTime.map { $0 + 1 } }
    case .arrivalsOneNanosecondLate:
      each(&world) { $0.arrival += 1 }
      each(&world) { $0.cancelTime = $0.cancelTime.map { $0 + 1 } }
    case .forgetsModelLimit:
      world.settings.maxModelTokens = world.settings.kvBlocks * world.settings.blockTokens
    case .oneOutputTooMany: each(&world) { $0.outputTokens += 1 }
    case .decodeStepOnePicosecondLonger:
      world.stepTime.decodeBase = world.stepTime.decodeBase.map { $0 + 1 }
    case .forgetsKVTerm: world.stepTime.perKVToken = 0
    case .forgetsMixedPenalty: world.stepTime.mixed.mixedPenalty = []
    case .forgetsAttentionPairs: world.stepTime.mixed.prefillAttentionPerPair = 0
    case .roundsMixedStepUp: world.stepTime.mixed.base += 0.5
    case .tellsFinishOneNanosecondEarly:
      return StepByStepTwin.run(world).map { event in
        event.kind == .finished ? EngineEvent(.finished, event.request, at: event.time - 1) : event
      }
    case .tellsFirstTokenAfterFinish:
      return swapped(StepByStepTwin.run(world)) { $0.kind == .firstToken && $1.kind == .finished }
    case .forgetsFailures: world.failures = []
    case .failsOneNanosecondLate:
      for index in world.failures.indices { world.failures[index].time += 1 }
    case .failsBeforeArrivals:
      for index in world.failures.indices { world.failures[index].isEarly = true }
    case .nobodyComesBack: world.comebackDelay = nil
    case .forgetsProgressOfTheLost:
      let nothing = EngineEvent.Progress(generated: 0, startedAt: -1, firstTokenAt: -1)
      return StepByStepTwin.run(world).map {
        EngineEvent($0.kind, $0.request, at: $0.time, $0.progress == nil ? nil : nothing)
      }
    case .forgetsProfileChanges: world.profileChanges = []
    case .changesProfileOneNanosecondLate:
      for index in world.profileChanges.indices { world.profileChanges[index].time += 1 }
    case .keepsTheLatestProfile:
      if let last = world.profileChanges.last {
        world.profileChanges = [SmallProfileChange(time: 0, profile: last.profile)]
      }
    case .forgetsTransfers: each(&world) { $0.transfer = nil }
    case .forgetsFirstTokens: each(&world) { $0.transfer?.bringsFirstToken = false }
    case .receivesOneNanosecondLate:
      each(&world) { request in
        request.transfer = request.transfer.map {
          SmallTransfer(delay: $0.delay + 1, bringsFirstToken: $0.bringsFirstToken)
        }
      }
    case .keepsNoBlocks: each(&world) { $0.keepsFor = nil }
    case .forgetsDrawnSteps: each(&world) { $0.decodeSteps = 0 }
    case .forgetsLookahead: world.settings.speculation.lookaheadTokens = 0
    case .forgetsDraftsInTheProducts: world.stepTime.mixed.tokensPerDecode = 1
    case .forgetsWatermark: world.settings.watermarkBlocks = 0
    case .decodesFirst: world.settings.prefillsFirst = false
    case .oneAdapterTooMany where world.settings.adapters.isOn:
      world.settings.adapters.resident += 1
      world.settings.adapters.held += 1
    case .oneAdapterTooMany: break
    case .keepsAdaptersOnTheHost: world.settings.adapters.fetchTime = 0
    case .forgetsAdapterTokens: world.stepTime.adapters.perToken = 0
    case .forgetsPrefixes:
      world.settings.prefixCache = false
      world.settings.offload = nil
    case .forgetsOffload: world.settings.offload = nil
    case .loadsOnePicosecondLonger: world.settings.offload?.loadPerBlock += 1
    case .hostHasOneBlock: world.settings.offload?.blocks = 1
    case .forgetsSharedTexts: each(&world) { $0.prefix = -1 }
    case .forgetsSessions: each(&world) { $0.session = 0 }
    case .sharesOneTokenTooMany:
      var longer = PrefixTree()
      for (number, node) in world.prefixes.nodes.enumerated() {
        let parent = Int(node.parent)
        let tokens = world.prefixes.endTokens(of: number) - world.prefixes.endTokens(of: parent)
        _ = longer.add(after: parent, tokens: tokens + (parent < 0 ? 1 : 0))
      }
      world.prefixes = longer
    case .tellsPreemptionsInReverse:
      return swapped(StepByStepTwin.run(world)) { $0.kind == .preempted && $1.kind == .preempted }
    }
    return StepByStepTwin.run(world)
  }

  private func each(_ world: inout SmallWorld, _ change: (inout SmallRequest) -> Void) {
    for index in world.requests.indices { change(&world.requests[index]) }
  }

  /// Neighbours at the same time change places where `matches` holds.
  private func swapped(
    _ events: [EngineEvent], where matches: (EngineEvent, EngineEvent) -> Bool
  ) -> [EngineEvent] {
    var events = events
    for index in events.indices.dropLast()
    where events[index].time == events[index + 1].time && matches(events[index], events[index + 1])
    {
      events.swapAt(index, index + 1)
    }
    return events
  }
}

@Suite struct EngineComparisonTests {
  @Test(arguments: FaultyEngine.allCases)
  func findsAndShrinks(fault: FaultyEngine) throws {
    var found: Disagreement?
    for family in WorldFamily.allCases where family != .longOutputs && found == nil {
      found = family.disagreement(seeds: 0..<25, with: fault.run)
    }
    let disagreement = try #require(found)
    let original = SmallWorldGenerator(seed: disagreement.seed).world(disagreement.family)
    #expect(fault.run(original) != StepByStepTwin.run(original))
    #expect(disagreement.world.isValid)
    #expect(fault.run(disagreement.world) != StepByStepTwin.run(disagreement.world))
    #expect(disagreement.actual != disagreement.expected)
    #expect(disagreement.world.requests.count <= original.requests.count)
    #expect(disagreement.world.requests.count <= 8, "\(disagreement)")
  }

  @Test func equalEnginesAgree() {
    for family in WorldFamily.allCases {
      #expect(family.disagreement(seeds: 3..<5, with: StepByStepTwin.run) == nil)
    }
  }

  @Test func reportNamesSeedWorldAndFirstDifference() throws {
    let found = WorldFamily.tinyKV.disagreement(
      seeds: 5..<6, with: FaultyEngine.oneOutputTooMany.run)
    let text = try #require(found).description
    #expect(text.contains("SmallWorldGenerator(seed: 5).world(.tinyKV)"))
    // The smallest world that shows it: one request of one token, finished one step too late.
    #expect(text.contains("promptTokens: 1, outputTokens: 1),"))
    #expect(text.contains("SmallRequest(id: 0"))
    #expect(!text.contains("SmallRequest(id: 1"))
    #expect(text.contains("  ! 2: twin 1 ns finished #0 | engine 2 ns finished #0"))
  }
}
