extension StepCoefficients {
  /// What a step does, as means over many steps: counts need not be whole.
  public struct MeanStep: Hashable, Sendable {
    /// Sequences that decode.
    public var decodes: Double
    /// Tokens already in their KV cache.
    public var decodeKVTokens: Double
    /// Sequences that prefill.
    public var prefills: Double
    /// Prompt tokens computed.
    public var prefillTokens: Double
    /// Attention pairs of those.
    public var attentionPairs: Double

    /// Creates a mean step.
    public init(
      decodes: Double, decodeKVTokens: Double, prefills: Double = 0, prefillTokens: Double = 0,
      attentionPairs: Double = 0
    ) {
      self.decodes = decodes
      self.decodeKVTokens = decodeKVTokens
      self.prefills = prefills
      self.prefillTokens = prefillTokens
      self.attentionPairs = attentionPairs
    }
  }

  /// The time of a step that prefills nothing, picoseconds, not rounded: what
  /// ``StepTimeModel/decodeStep(batch:kvTokens:)`` says to half a picosecond a part.
  public func decodeTime(_ step: MeanStep) -> Double {
    decodeBase + decodePerSequence * step.decodes + decodePerKVToken * step.decodeKVTokens
      + mixed.expertTime(tokens: Int(step.decodes.rounded()))
  }

  /// The time of a step that prefills, picoseconds, not rounded: for whole counts what
  /// ``StepTimeModel/mixedStep(_:)`` says to half a picosecond.
  public func mixedTime(_ step: MeanStep) -> Double {
    let tokens = step.decodes + step.prefillTokens
    var time = max(
      mixed.gemmBase + mixed.gemmPerToken * tokens,
      mixed.gemmFloor + mixed.gemmPerTokenComputeBound * tokens)
    if step.decodes > 0 {
      time += mixed.decodeAttentionBase + mixed.decodeAttentionPerSequence * step.decodes
      time += penalty(step.decodes) * mixed.attentionPerKVToken * step.decodeKVTokens
    }
    time += mixed.prefillAttentionBase + mixed.prefillAttentionPerToken * step.prefillTokens
    // Chunks as long as each other: their mean context is a prompt's pairs by its tokens.
    let context =
      step.prefillTokens > 0 ? step.attentionPairs * step.prefills / step.prefillTokens : 0
    time +=
      mixed.prefillAttentionPerPair
      * (step.attentionPairs + mixed.prefillAttentionHalfTokens * context)
    time +=
      mixed.perToken * tokens + mixed.perSequence * (step.decodes + step.prefills) + mixed.base
    time += mixed.prefillBase
    return time + mixed.expertTime(tokens: Int(tokens.rounded()))
  }

  /// The mixed-batch penalty, straight between points and flat outside.
  private func penalty(_ decodes: Double) -> Double {
    guard let first = mixedPenalty.first, let last = mixedPenalty.last else { return 1 }
    if decodes <= Double(first.decodes) { return first.factor }
    if decodes >= Double(last.decodes) { return last.factor }
    for (low, high) in zip(mixedPenalty, mixedPenalty.dropFirst())
    where decodes <= Double(high.decodes) {
      let share = (decodes - Double(low.decodes)) / Double(high.decodes - low.decodes)
      return low.factor + (high.factor - low.factor) * share
    }
    return last.factor
  }
}
