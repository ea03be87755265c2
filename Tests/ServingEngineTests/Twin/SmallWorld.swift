import ServingEngine

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

  init(
    id: Int, arrival: Int64, promptTokens: Int, outputTokens: Int, priority: Int = 0,
    cancelTime: Int64? = nil
  ) {
    self.id = id
    self.arrival = arrival
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.priority = priority
    self.cancelTime = cancelTime
  }
}

/// One replica and all the requests it will ever see.
struct SmallWorld: Hashable, Sendable {
  var settings: SchedulerSettings
  var stepTime: StepTimeModel
  /// In order of id, which is the order of arrival.
  var requests: [SmallRequest]

  /// Whether the world keeps the promises that engines rely on.
  var isValid: Bool {
    let s = settings
    guard s.maxSequences >= 1, s.maxSequences <= s.maxBatchedTokens, s.kvBlocks >= 1,
      s.blockTokens >= 1, s.longPrefillThreshold >= 0, s.maxModelTokens >= 1,
      s.maxModelTokens <= s.kvBlocks * s.blockTokens,
      stepTime.decodeBase.count > s.maxSequences,
      stepTime.decodeBase.dropFirst().allSatisfy({ $0 >= 1000 }), stepTime.perKVToken >= 0,
      stepTime.mixed.base >= 1000
    else { return false }
    var previousArrival: Int64 = 0
    for (index, request) in requests.enumerated() {
      guard request.id == index, request.arrival >= previousArrival, request.promptTokens >= 1,
        request.outputTokens >= 1
      else { return false }
      if let cancel = request.cancelTime, cancel <= request.arrival { return false }
      previousArrival = request.arrival
    }
    return true
  }
}

/// Swift source that builds the world again, to paste a failing one into a test.
extension SmallWorld: CustomStringConvertible {
  var description: String {
    let s = settings
    var lines = ["SmallWorld("]
    lines.append("  settings: SchedulerSettings(")
    lines.append(
      "    maxBatchedTokens: \(s.maxBatchedTokens), maxSequences: \(s.maxSequences), "
        + "blockTokens: \(s.blockTokens), kvBlocks: \(s.kvBlocks),")
    lines.append(
      "    maxModelTokens: \(s.maxModelTokens), longPrefillThreshold: \(s.longPrefillThreshold), "
        + "reservesWholePrompt: \(s.reservesWholePrompt),")
    lines.append("    order: .\(s.order)),")
    lines.append("  stepTime: StepTimeModel(")
    lines.append(
      "    decodeBase: \(stepTime.decodeBase), perKVToken: \(stepTime.perKVToken),")
    lines.append("    mixed: {")
    lines.append("      var mixed = StepTimeModel.MixedCoefficients()")
    for (name, path) in StepTimeModel.MixedCoefficients.named {
      let value = stepTime.mixed[keyPath: path]
      if value != 0 { lines.append("      mixed.\(name) = \(value)") }
    }
    if !stepTime.mixed.mixedPenalty.isEmpty {
      lines.append("      mixed.mixedPenalty = \(stepTime.mixed.mixedPenalty)")
    }
    if stepTime.mixed.experts > 0 {
      lines.append("      mixed.experts = \(stepTime.mixed.experts)")
      lines.append("      mixed.expertsPerToken = \(stepTime.mixed.expertsPerToken)")
    }
    lines.append("      return mixed")
    lines.append("    }()),")
    lines.append("  requests: [")
    for r in requests {
      var line =
        "    SmallRequest(id: \(r.id), arrival: \(r.arrival), promptTokens: \(r.promptTokens), "
        + "outputTokens: \(r.outputTokens)"
      if r.priority != 0 { line += ", priority: \(r.priority)" }
      if let cancel = r.cancelTime { line += ", cancelTime: \(cancel)" }
      lines.append(line + "),")
    }
    lines.append("  ])")
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
      ("perActiveExpert", \.perActiveExpert),
    ]
  }
}
