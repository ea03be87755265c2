import ServingEngine

/// The ranges a small world is drawn from; a family turns some of them.
struct WorldDials {
  /// How many KV blocks there are.
  enum Room: Sendable {
    /// Enough for everybody at once.
    case plenty
    /// Enough for the largest request, and this many more at most.
    case tight(spare: Int)
    /// A half to all of what the largest needs: some are cut short or rejected.
    case short
  }

  /// How decode step time depends on the batch.
  enum DecodeShape: CaseIterable, Sendable {
    case constant
    case linear
    /// Padded to captured batch sizes 1, 2, 4, 8…
    case staircase
    /// Any number for any batch size.
    case arbitrary
  }

  /// Which coefficients a mixed step has.
  enum MixedShape: CaseIterable, Sendable {
    case baseOnly
    case dense
    case experts
  }

  var requests = 2...8
  var prompt = 1...40
  var output = 1...20
  /// Share of requests that arrive with the one before.
  var togetherPercent = 25
  /// Longest gap between arrivals, in typical steps.
  var gapSteps = 6
  var priorities = 0...0
  /// Whether later arrivals have the better priorities, so that the first to run are the worst.
  var latecomersAreBetter = false
  var cancelPercent = 0
  /// Latest cancel after arrival, in typical steps.
  var cancelSteps = 30
  /// Share of cancels that come together with the one before, as when a client goes away.
  var cancelTogetherPercent = 0
  var blockTokens = [16]
  var room = Room.plenty
  var budget = 16...128
  var sequences = 1...8
  var threshold = 0...0
  var reserves = [true, false]
  /// Share of worlds whose steps never mix prefill and decode.
  var apartPercent = 0
  var orders = [SchedulerSettings.Order.firstComeFirstServed]
  /// Share of worlds whose model length is near the requests' lengths.
  var modelLimitPercent = 0
  /// Picoseconds of a typical step.
  var scale = 1_000_000
  var decodeShape = DecodeShape.linear
  var mixedShape = MixedShape.dense
  var hasKVTerm = true
  /// Whether all times are multiples of one number of nanoseconds.
  var isRound = false

  /// The dials of a world of `family`.
  init(_ family: WorldFamily, _ random: inout SplitMix64) {
    scale = random.pick([1_500, 20_000, 1_000_000, 12_345_678_901])
    decodeShape = random.pick([.constant, .linear, .linear, .staircase])
    mixedShape = random.pick([.baseOnly, .dense, .dense])
    hasKVTerm = random.chance(70)
    gapSteps = random.pick([3, 6, 30])
    room = random.pick([.plenty, .plenty, .tight(spare: 4)])
    turn(family, &random)
  }

  private mutating func turn(_ family: WorldFamily, _ random: inout SplitMix64) {
    switch family {
    case .bursts:
      requests = 4...20
      sequences = 2...16
      togetherPercent = 85
      gapSteps = 40
      output = 1...12
    case .roundTimes:
      isRound = true
      scale = random.pick([1_000, 10_000, 1_000_000])
      cancelPercent = 30
      requests = 3...12
    case .snappedToBoundaries:
      cancelPercent = 30
      requests = 3...7
    case .tinyKV:
      requests = 3...12
      room = .tight(spare: random.pick([0, 1, 2, 5]))
      blockTokens = [1, 2, 4, 4, 16]
      output = 1...40
      gapSteps = 3
      budget = random.chance(50) ? 8...40 : 64...256
    case .chunkedPrefill:
      budget = 1...12
      prompt = 1...120
      output = 1...15
      gapSteps = 20
      blockTokens = [4, 16]
      if random.chance(50) { room = .tight(spare: random.pick([0, 4, 12])) }
    case .priorities:
      orders = [.priority]
      priorities = -1...random.integer(in: 0...3)
      latecomersAreBetter = random.chance(50)
      requests = 3...12
      room = random.chance(75) ? .tight(spare: random.pick([0, 1, 3, 6])) : .plenty
      blockTokens = [1, 4, 4, 16]
      output = 1...40
      gapSteps = 4
      if random.chance(30) { budget = 2...12 }
      if random.chance(20) { cancelPercent = 20 }
    case .cancellations:
      cancelPercent = 70
      cancelTogetherPercent = 40
      requests = 3...10
      if random.chance(50) { room = .tight(spare: 2) }
      blockTokens = [4, 16]
      orders = [.firstComeFirstServed, .priority]
      priorities = 0...1
    case .crowd:
      requests = 15...40
      sequences = 8...32
      prompt = 1...60
      output = 1...80
      budget = 32...512
      togetherPercent = 60
      gapSteps = 4
      blockTokens = [4, 16, 16]
      room = random.chance(70) ? .tight(spare: 40) : .plenty
      orders = [.firstComeFirstServed, .firstComeFirstServed, .priority]
      priorities = 0...2
      if random.chance(30) { cancelPercent = 20 }
      cancelTogetherPercent = 30
    case .longOutputs:
      requests = 1...4
      prompt = 1...200
      output = 400...3000
      sequences = 1...4
      gapSteps = 800
      room = random.chance(50) ? .tight(spare: 20) : .plenty
    case .prefillThreshold:
      threshold = 1...15
      prompt = 1...100
      budget = random.chance(40) ? 2...20 : 20...100
      requests = 3...14
      sequences = 3...10
      if random.chance(60) {
        // Short outputs end while longer prompts ahead of them still prefill.
        output = 1...5
        togetherPercent = 60
      }
      blockTokens = [4, 16]
    case .noReservation:
      reserves = [false]
      room = .tight(spare: random.pick([0, 2, 4]))
      prompt = 10...120
      budget = 2...30
      blockTokens = [1, 4, 16]
    case .blockSizes:
      blockTokens = [1, 4, 17]
      room = .tight(spare: random.pick([1, 3, 10]))
      output = 1...60
    case .singleToken:
      output = 1...1
      requests = 3...14
      budget = random.chance(50) ? 1...16 : 16...64
    case .modelLimit:
      modelLimitPercent = 80
      room = random.pick([.short, .tight(spare: 0), .plenty])
      blockTokens = [1, 4, 16]
      output = 1...40
    case .stepTimes:
      decodeShape = random.pick(DecodeShape.allCases)
      mixedShape = random.pick(MixedShape.allCases)
      hasKVTerm = random.chance(60)
      sequences = 1...16
      requests = 3...14
      togetherPercent = 40
      scale = random.pick([7_777, 1_000_003, 25_000_000_001])
    case .subNanosecond:
      scale = random.pick([1_001, 1_333, 1_999, 2_501])
      decodeShape = random.pick(DecodeShape.allCases)
      gapSteps = 12
      cancelPercent = 20
      output = 1...40
    case .failures, .brownOuts:
      // On top of what presses on other rules; most of all on steps that leave somebody out.
      turn(
        random.pick([
          .everything, .everything, .priorities, .priorities, .priorities, .prefillThreshold,
          .cancellations, .crowd,
        ]), &random)
    case .prefillFirst:
      turn(
        random.pick([
          .everything, .tinyKV, .chunkedPrefill, .priorities, .cancellations, .prefillThreshold,
          .noReservation, .crowd,
        ]), &random)
      apartPercent = 100
    case .transfers:
      turn(
        random.pick([
          .everything, .everything, .tinyKV, .priorities, .prefillThreshold, .noReservation,
          .cancellations, .crowd, .bursts, .roundTimes, .modelLimit,
        ]), &random)
      apartPercent = 0
    case .adapters:
      turn(
        random.pick([
          .everything, .everything, .bursts, .tinyKV, .priorities, .priorities, .cancellations,
          .crowd,
          .prefillThreshold, .chunkedPrefill, .roundTimes,
        ]), &random)
      apartPercent = 0
    case .speculation, .earlierEngines:
      turn(
        random.pick([
          .everything, .everything, .tinyKV, .tinyKV, .priorities, .cancellations, .crowd,
          .blockSizes, .modelLimit, .subNanosecond,
        ]), &random)
      apartPercent = 0
    case .prefixes, .prefixesAndFailures:
      requests = 3...16
      turn(
        random.pick([
          .everything, .everything, .tinyKV, .chunkedPrefill, .priorities, .prefillThreshold,
          .noReservation, .blockSizes, .cancellations, .crowd, .bursts, .roundTimes,
        ]), &random)
      apartPercent = 0
      if random.chance(50) { blockTokens = [1, 2, 4] }
      if random.chance(40) { gapSteps = 40 }
    case .everything:
      apartPercent = 15
      requests = 2...14
      prompt = 1...random.pick([8, 40, 120])
      output = 1...random.pick([3, 20, 80])
      togetherPercent = random.pick([0, 30, 80])
      gapSteps = random.pick([1, 6, 40])
      priorities = 0...random.integer(in: 0...3)
      latecomersAreBetter = random.chance(30)
      cancelPercent = random.pick([0, 20, 60])
      cancelTogetherPercent = 20
      blockTokens = [1, 2, 4, 16, 17]
      room = random.pick([.plenty, .tight(spare: 0), .tight(spare: 3), .tight(spare: 10), .short])
      budget = random.pick([1...8, 8...40, 40...200])
      sequences = 1...random.pick([2, 8, 16])
      threshold = 0...random.pick([0, 0, 3, 30])
      orders = SchedulerSettings.Order.allCases
      modelLimitPercent = random.pick([0, 0, 60])
      scale = random.pick([1_001, 1_999, 3_500, 20_000, 1_000_000, 12_345_678_901])
      decodeShape = random.pick(DecodeShape.allCases)
      mixedShape = random.pick(MixedShape.allCases)
      isRound = random.chance(15)
      if isRound { scale = max(1, scale / 1000) * 1000 }
    }
  }

  /// A world within these dials.
  func world(_ random: inout SplitMix64) -> SmallWorld {
    let requests = drawRequests(&random)
    let settings = drawSettings(for: requests, &random)
    return SmallWorld(
      settings: settings,
      stepTime: isRound
        ? roundStepTime(settings.maxSequences, &random)
        : drawStepTime(settings.maxSequences, &random),
      requests: requests)
  }

  private func drawRequests(_ random: inout SplitMix64) -> [SmallRequest] {
    // Gaps and cancels are counted in `unit`, so that round worlds stay round.
    let stepNanoseconds = max(1, scale / 1000)
    let unit = isRound ? stepNanoseconds : 1
    let longestGap = gapSteps * stepNanoseconds / unit
    let longestWait = max(1, cancelSteps * stepNanoseconds / unit)
    var previousCancel: Int64 = 0
    var arrival = Int64(unit * random.integer(in: 0...longestGap))
    if random.chance(30) { arrival = 0 }
    var requests: [SmallRequest] = []
    for id in 0..<random.integer(in: self.requests) {
      if id > 0 && !random.chance(togetherPercent) {
        arrival += Int64(unit * random.integer(in: 0...longestGap))
      }
      var cancelTime: Int64?
      if random.chance(cancelPercent) {
        cancelTime = arrival + Int64(unit * random.integer(in: 1...longestWait))
        if random.chance(cancelTogetherPercent) && previousCancel > arrival {
          cancelTime = previousCancel
        }
        previousCancel = cancelTime!
      }
      requests.append(
        SmallRequest(
          id: id, arrival: arrival, promptTokens: random.integer(in: prompt),
          outputTokens: random.integer(in: output), priority: random.integer(in: priorities),
          cancelTime: cancelTime))
    }
    if latecomersAreBetter {
      let falling = requests.map(\.priority).sorted(by: >)
      for id in requests.indices { requests[id].priority = falling[id] }
    }
    return requests
  }

  private func drawSettings(
    for requests: [SmallRequest], _ random: inout SplitMix64
  ) -> SchedulerSettings {
    let block = random.pick(blockTokens)
    let lengths = requests.map { $0.promptTokens + $0.outputTokens }
    let largest = (lengths.max()! + block - 1) / block
    let blocks: Int
    switch room {
    case .plenty: blocks = lengths.reduce(requests.count) { $0 + $1 / block } + 1
    case .tight(let spare): blocks = largest + random.integer(in: 0...spare)
    case .short: blocks = random.integer(in: max(1, largest / 2)...largest)
    }
    var modelTokens: Int?
    if random.chance(modelLimitPercent) {
      let one = random.pick(requests)
      modelTokens = max(
        2, one.promptTokens + random.pick([0, 1, one.outputTokens - 1, one.outputTokens]))
    }
    let budget = random.integer(in: budget)
    return SchedulerSettings(
      maxBatchedTokens: budget,
      maxSequences: min(budget, random.integer(in: sequences)), blockTokens: block,
      kvBlocks: blocks, maxModelTokens: modelTokens,
      longPrefillThreshold: random.integer(in: threshold),
      reservesWholePrompt: random.pick(reserves), order: random.pick(orders),
      mixesPrefill: !random.chance(apartPercent))
  }

  /// Decode steps of one length, mixed steps of one, both whole multiples of the unit of arrivals.
  private func roundStepTime(_ sequences: Int, _ random: inout SplitMix64) -> StepTimeModel {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = max(1000, Double(scale * random.integer(in: 1...3)))
    return StepTimeModel(
      decodeBase: Array(
        repeating: max(1000, Int64(scale * random.integer(in: 1...2))), count: sequences + 1),
      perKVToken: 0, mixed: mixed)
  }

  private func drawStepTime(_ sequences: Int, _ random: inout SplitMix64) -> StepTimeModel {
    let base = random.integer(in: max(1000, scale / 2)...max(1000, scale * 3 / 2))
    let slope = random.integer(in: 0...(scale / 8))
    var decodeBase: [Int64] = [0]
    for batch in 1...sequences {
      switch decodeShape {
      case .constant: decodeBase.append(Int64(base))
      case .linear: decodeBase.append(Int64(base + slope * batch))
      case .staircase:
        var padded = 1
        while padded < batch { padded *= 2 }
        decodeBase.append(Int64(base + slope * padded))
      case .arbitrary: decodeBase.append(Int64(random.integer(in: 1000...max(1000, 2 * scale))))
      }
    }
    return StepTimeModel(
      decodeBase: decodeBase,
      perKVToken: hasKVTerm ? Int64(random.integer(in: 0...max(2, scale / 100))) : 0,
      mixed: drawMixed(&random))
  }

  private func drawMixed(_ random: inout SplitMix64) -> StepTimeModel.MixedCoefficients {
    // Eighths of a picosecond, so that rounding to whole ones matters and ties occur.
    func amount(_ limit: Int) -> Double {
      Double(random.integer(in: 0...max(1, limit * 8))) / 8
    }
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = amount(scale) + 1000
    if mixedShape == .baseOnly { return mixed }
    mixed.gemmBase = amount(scale / 2)
    mixed.gemmPerToken = amount(scale / 40)
    mixed.gemmPerTokenComputeBound = amount(scale / 20)
    mixed.decodeAttentionBase = amount(scale / 10)
    mixed.decodeAttentionPerSequence = amount(scale / 50)
    mixed.attentionPerKVToken = amount(scale / 200)
    if random.chance(60) {
      mixed.mixedPenalty = (0...random.integer(in: 1...5)).map { 1 + Double($0) * 0.37 }
    }
    mixed.prefillAttentionBase = amount(scale / 10)
    mixed.prefillAttentionPerToken = amount(scale / 100)
    mixed.prefillAttentionPerPair = amount(scale / 5_000)
    mixed.gemmFloor = amount(scale / 4)
    mixed.prefillAttentionHalfTokens = amount(8)
    mixed.prefillBase = amount(scale / 4)
    mixed.attentionRanks = random.pick([1, 1, 1, 2, 3])
    mixed.perToken = amount(scale / 100)
    mixed.perSequence = amount(scale / 50)
    if mixedShape == .experts {
      mixed.experts = random.pick([4, 8, 60])
      mixed.expertsPerToken = random.integer(in: 1...3)
      mixed.perActiveExpert = amount(scale / 10)
      if random.chance(50) {
        mixed.activeExpertTable = (0...random.integer(in: 1...20)).map { Double($0) * 1.375 }
      }
    }
    return mixed
  }
}
