import ServingEngine
import SimulationKernel

/// One request of a small world.
struct SmallRequest: Hashable, Sendable {
  /// 0, 1, 2… in order of arrival.
  var id: Int
  /// Nanoseconds.
  var arrival: Int64
  var promptTokens: Int
  /// Output tokens the request would produce if nothing cut it short.
  var outputTokens: Int
  /// Lower is better.
  var priority: Int
  /// Nanoseconds, later than `arrival`.
  var cancelTime: Int64?
  /// Where another engine has its cache, how that comes; nil where it has none.
  var transfer: SmallTransfer?
  /// How long its blocks stay taken after its last token, nanoseconds, at least 1; nil where they do not.
  var keepsFor: Int64?
  /// Steps in which the output after the first token appears, where the engine speculates; 0 for one
  /// token a step.
  var decodeSteps = 0
  /// The adapter it is served with; -1 for none.
  var adapter = -1
  /// The shared text it begins with; -1 for none.
  var prefix: Int
  /// The conversation it goes on with; 0 for none.
  var session: Int

  init(
    id: Int, arrival: Int64, promptTokens: Int, outputTokens: Int, priority: Int = 0,
    cancelTime: Int64? = nil, transfer: SmallTransfer? = nil, keepsFor: Int64? = nil,
    decodeSteps: Int = 0, adapter: Int = -1, prefix: Int = -1, session: Int = 0
  ) {
    self.prefix = prefix
    self.session = session
    self.id = id
    self.arrival = arrival
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.priority = priority
    self.cancelTime = cancelTime
    self.transfer = transfer
    self.keepsFor = keepsFor
    self.decodeSteps = decodeSteps
    self.adapter = adapter
  }
}

/// One replica and all the requests it will ever see.
struct SmallWorld: Hashable, Sendable {
  var settings: SchedulerSettings
  var stepTime: StepTimeModel
  /// In order of id, which is the order of arrival.
  var requests: [SmallRequest]
  /// When the replica dies, in order of time.
  var failures: [SmallFailure] = []
  /// How long after a failure a request that it lost comes back as a new one, nanoseconds, at least 1;
  /// nil where it does not. Its cancel stands where it was.
  var comebackDelay: Int64?
  /// Step times to change to.
  var otherStepTimes: [StepTimeModel] = []
  /// When the replica's step times change, in order of time.
  var profileChanges: [SmallProfileChange] = []

  /// Texts that requests share.
  var prefixes = PrefixTree()

  /// All step times, by profile.
  var stepTimes: [StepTimeModel] { [stepTime] + otherStepTimes }

  /// Whether the world keeps the promises that engines rely on.
  var isValid: Bool {
    let s = settings
    guard s.maxSequences >= 1, s.maxSequences <= s.maxBatchedTokens, s.kvBlocks >= 1,
      s.blockTokens >= 1, s.longPrefillThreshold >= 0, s.maxModelTokens >= 1,
      s.maxModelTokens <= s.kvBlocks * s.blockTokens, s.problem == nil,
      stepTimes.allSatisfy({ time in
        time.decodeBase.count > s.maxSequences
          && time.decodeBase.dropFirst().allSatisfy({ $0 >= 1000 }) && time.perKVToken >= 0
          && time.mixed.base >= 1000
      }),
      failures.allSatisfy({ $0.time >= 0 }),
      zip(failures, failures.dropFirst()).allSatisfy({ $0.time < $1.time }),
      comebackDelay.map({ $0 >= 1 }) ?? true,
      profileChanges.allSatisfy({ $0.time >= 0 && stepTimes.indices.contains($0.profile) }),
      zip(profileChanges, profileChanges.dropFirst()).allSatisfy({ $0.time <= $1.time })
    else { return false }
    var previousArrival: Int64 = 0
    for (index, request) in requests.enumerated() {
      guard request.id == index, request.arrival >= previousArrival, request.promptTokens >= 1,
        request.outputTokens >= 1, request.prefix < prefixes.nodes.count
      else { return false }
      if let cancel = request.cancelTime, cancel <= request.arrival { return false }
      if let transfer = request.transfer {
        guard s.transfersCaches, transfer.delay >= 1,
          !transfer.bringsFirstToken || request.outputTokens >= 2
        else { return false }
      }
      if let keepsFor = request.keepsFor, keepsFor < 1 || !s.transfersCaches { return false }
      let decodeSteps = request.decodeSteps
      if decodeSteps != 0, s.speculation.isOn {
        let tokens = request.outputTokens - 1
        guard (1...max(1, tokens)).contains(decodeSteps),
          decodeSteps * s.speculation.tokensPerStep >= tokens
        else { return false }
      }
      previousArrival = request.arrival
    }
    return true
  }
}

/// Swift source that builds the world again, to paste a failing one into a test.
extension SmallWorld: CustomStringConvertible {
  var description: String {
    let s = settings
    // To be followed by settings.transfersCaches = true where it says so below.
    var lines = [s.transfersCaches ? "// transfersCaches\nSmallWorld(" : "SmallWorld("]
    lines.append("  settings: SchedulerSettings(")
    lines.append(
      "    maxBatchedTokens: \(s.maxBatchedTokens), maxSequences: \(s.maxSequences), "
        + "blockTokens: \(s.blockTokens), kvBlocks: \(s.kvBlocks),")
    lines.append(
      "    maxModelTokens: \(s.maxModelTokens), longPrefillThreshold: \(s.longPrefillThreshold), "
        + "reservesWholePrompt: \(s.reservesWholePrompt),")
    lines.append(
      "    order: .\(s.order), mixesPrefill: \(s.mixesPrefill), prefixCache: \(s.prefixCache)"
        + (s.offload.map {
          ", offload: KVOffload(blocks: \($0.blocks), loadLatency: \($0.loadLatency), "
            + "loadPerBlock: \($0.loadPerBlock))"
        } ?? "") + "),")
    if s.watermarkBlocks > 0 || s.prefillsFirst {
      lines.append(
        "  // settings.watermarkBlocks = \(s.watermarkBlocks), .prefillsFirst = \(s.prefillsFirst)")
    }
    if s.adapters.isOn { lines.append("  // settings.adapters = \(s.adapters)") }
    if s.speculation.isOn {
      lines.append(
        "  // settings.speculation = SpeculationSettings(draftTokens: \(s.speculation.draftTokens), "
          + "lookaheadTokens: \(s.speculation.lookaheadTokens))")
    }
    lines.append("  stepTime:")
    lines.append("    \(stepTime.source),")
    lines.append("  requests: [")
    for r in requests {
      var line =
        "    SmallRequest(id: \(r.id), arrival: \(r.arrival), promptTokens: \(r.promptTokens), "
        + "outputTokens: \(r.outputTokens)"
      if r.priority != 0 { line += ", priority: \(r.priority)" }
      if let cancel = r.cancelTime { line += ", cancelTime: \(cancel)" }
      if let t = r.transfer {
        line += ", transfer: SmallTransfer(delay: \(t.delay), "
        line += "bringsFirstToken: \(t.bringsFirstToken))"
      }
      if let keepsFor = r.keepsFor { line += ", keepsFor: \(keepsFor)" }
      if r.adapter >= 0 { line += ", adapter: \(r.adapter)" }
      if r.decodeSteps != 0 { line += ", decodeSteps: \(r.decodeSteps)" }
      if r.prefix >= 0 { line += ", prefix: \(r.prefix)" }
      if r.session != 0 { line += ", session: \(r.session)" }
      lines.append(line + "),")
    }
    lines.append("  ],")
    lines.append("  failures: [")
    for f in failures {
      lines.append("    SmallFailure(time: \(f.time), isEarly: \(f.isEarly)),")
    }
    lines.append("  ], comebackDelay: \(comebackDelay.map(String.init) ?? "nil"),")
    lines.append("  otherStepTimes: [")
    for other in otherStepTimes { lines.append("    \(other.source),") }
    lines.append("  ], profileChanges: [")
    for c in profileChanges {
      lines.append("    SmallProfileChange(time: \(c.time), profile: \(c.profile)),")
    }
    lines.append("  ], prefixes: {")
    lines.append("    var tree = PrefixTree()")
    for (number, node) in prefixes.nodes.enumerated() {
      let parent = Int(node.parent)
      let tokens = prefixes.endTokens(of: number) - prefixes.endTokens(of: parent)
      lines.append("    _ = tree.add(after: \(parent), tokens: \(tokens))")
    }
    lines.append("    return tree")
    lines.append("  }())")
    return lines.joined(separator: "\n")
  }
}

extension StepTimeModel {
  /// Swift source that builds the model again.
  fileprivate var source: String {
    var lines = ["StepTimeModel("]
    lines.append("      decodeBase: \(decodeBase), perKVToken: \(perKVToken),")
    lines.append("      mixed: {")
    lines.append("        var mixed = StepTimeModel.MixedCoefficients()")
    for (name, path) in MixedCoefficients.named {
      let value = mixed[keyPath: path]
      if value != 0 { lines.append("        mixed.\(name) = \(value)") }
    }
    if !mixed.mixedPenalty.isEmpty {
      lines.append("        mixed.mixedPenalty = \(mixed.mixedPenalty)")
    }
    if mixed.tokensPerDecode != 1 {
      lines.append("        mixed.tokensPerDecode = \(mixed.tokensPerDecode)")
    }
    if mixed.experts > 0 {
      lines.append("        mixed.experts = \(mixed.experts)")
      lines.append("        mixed.expertsPerToken = \(mixed.expertsPerToken)")
      lines.append("        mixed.activeExpertTable = \(mixed.activeExpertTable)")
    }
    if mixed.attentionRanks > 1 {
      lines.append("        mixed.attentionRanks = \(mixed.attentionRanks)")
    }
    lines.append("        return mixed")
    lines.append("      }())")
    if adapters != AdapterTimes() { lines.append("      // .adapters = \(adapters)") }
    return lines.joined(separator: "\n")
  }
}

extension StepTimeModel.MixedCoefficients {
  /// Every plain coefficient with its name, to print and to simplify them one by one.
  static var named: [(name: String, path: WritableKeyPath<Self, Double>)] {
    [
      ("base", \.base), ("perToken", \.perToken), ("perSequence", \.perSequence),
      ("gemmBase", \.gemmBase), ("gemmPerToken", \.gemmPerToken),
      ("gemmPerTokenComputeBound", \.gemmPerTokenComputeBound),
      ("decodeAttentionBase", \.decodeAttentionBase),
      ("decodeAttentionPerSequence", \.decodeAttentionPerSequence),
      ("attentionPerKVToken", \.attentionPerKVToken),
      ("prefillAttentionBase", \.prefillAttentionBase),
      ("prefillAttentionPerToken", \.prefillAttentionPerToken),
      ("prefillAttentionPerPair", \.prefillAttentionPerPair),
      ("perActiveExpert", \.perActiveExpert), ("gemmFloor", \.gemmFloor),
      ("prefillAttentionHalfTokens", \.prefillAttentionHalfTokens),
      ("prefillBase", \.prefillBase),
    ]
  }
}
