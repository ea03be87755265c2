/// The coefficients that a step-time table is made of, whatever the largest batch.
///
/// A decode-only step of `batch` sequences over `kv` cached tokens takes
/// `decodeBase + decodePerSequence · batch + experts + perKVToken · kv`; a step that prefills takes what
/// ``StepTimeModel/MixedCoefficients`` say. Picoseconds throughout; only `+ - * / max` in a fixed
/// order, because these numbers reach the event path.
public struct StepCoefficients: Hashable, Sendable {
  /// Factors on the four things that a fit tells apart.
  public struct Scales: Hashable, Sendable {
    /// Work of each step, whatever is in it: host, launches, weight streaming.
    public var base: Double
    /// Work of each sequence.
    public var perSequence: Double
    /// Reading the KV cache.
    public var perKVToken: Double
    /// Computing prompt tokens.
    public var prefill: Double

    /// Creates factors.
    public init(
      base: Double = 1, perSequence: Double = 1, perKVToken: Double = 1, prefill: Double = 1
    ) {
      self.base = base
      self.perSequence = perSequence
      self.perKVToken = perKVToken
      self.prefill = prefill
    }
  }

  /// Time of a decode-only step, whatever is in it.
  public var decodeBase: Double
  /// Time each sequence adds to a decode-only step.
  public var decodePerSequence: Double
  /// Time each cached token adds to a decode-only step.
  public var decodePerKVToken: Double
  /// Coefficients of a step that prefills, without the penalty table.
  public var mixed: StepTimeModel.MixedCoefficients
  /// Points of the mixed-batch penalty, by rising number of decodes; empty means 1.
  public var mixedPenalty: [MixedPenalty.Point]

  /// Creates coefficients that are all zero.
  public init() {
    decodeBase = 0
    decodePerSequence = 0
    decodePerKVToken = 0
    mixed = StepTimeModel.MixedCoefficients()
    mixedPenalty = []
  }

  /// The coefficients behind a model whose decode table is a straight line in the batch but for its
  /// experts, as the physics makes it.
  ///
  /// Graphs that batches are padded to become that straight line, and uneven routing to experts an even
  /// one: the fit's own numbers make up for it.
  ///
  /// - Parameter mixedPenalty: The points that the model's table of penalties was drawn through.
  public init(_ model: StepTimeModel, mixedPenalty: [MixedPenalty.Point]) {
    mixed = model.mixed
    mixed.mixedPenalty = []
    mixed.activeExpertTable = []
    self.mixedPenalty = mixedPenalty
    var model = model
    model.mixed.activeExpertTable = []
    let last = model.decodeBase.count - 1
    let first = Double(model.decodeBase[1]) - model.mixed.expertTime(tokens: 1)
    let end = Double(model.decodeBase[last]) - model.mixed.expertTime(tokens: last)
    decodePerSequence = last > 1 ? (end - first) / Double(last - 1) : 0
    decodeBase = first - decodePerSequence
    decodePerKVToken = Double(model.perKVToken)
  }

  /// The table for 1…`maxSequences` sequences.
  ///
  /// - Complexity: O(maxSequences · log maxSequences) for a mixture of experts, else O(maxSequences).
  public func stepTime(maxSequences: Int) -> StepTimeModel {
    var table: [Int64] = [0]
    table.reserveCapacity(maxSequences + 1)
    for batch in 1...maxSequences {
      let time = decodeBase + decodePerSequence * Double(batch) + mixed.expertTime(tokens: batch)
      table.append(max(StepTimeModel.shortestStep, Int64(time.rounded(.toNearestOrEven))))
    }
    var coefficients = mixed
    coefficients.mixedPenalty = MixedPenalty(groupSize: 1, points: mixedPenalty)
      .table(maxSequences: maxSequences)
    return StepTimeModel(
      decodeBase: table, perKVToken: Int64(decodePerKVToken.rounded(.toNearestOrEven)),
      mixed: coefficients)
  }

  /// The coefficients with the four groups scaled.
  ///
  /// - Precondition: every factor is finite and not negative.
  public func scaled(by scales: Scales) -> StepCoefficients {
    precondition(
      [scales.base, scales.perSequence, scales.perKVToken, scales.prefill].allSatisfy {
        $0 >= 0 && $0.isFinite
      })
    var result = self
    result.decodeBase *= scales.base
    result.mixed.base *= scales.base
    result.mixed.gemmBase *= scales.base
    result.mixed.gemmFloor *= scales.base
    result.mixed.prefillBase *= scales.base
    result.mixed.decodeAttentionBase *= scales.base
    result.mixed.prefillAttentionBase *= scales.base
    result.mixed.perActiveExpert *= scales.base
    result.decodePerSequence *= scales.perSequence
    result.mixed.perSequence *= scales.perSequence
    result.mixed.decodeAttentionPerSequence *= scales.perSequence
    result.decodePerKVToken *= scales.perKVToken
    result.mixed.attentionPerKVToken *= scales.perKVToken
    result.mixed.gemmPerToken *= scales.prefill
    result.mixed.gemmPerTokenComputeBound *= scales.prefill
    result.mixed.prefillAttentionPerToken *= scales.prefill
    result.mixed.prefillAttentionPerPair *= scales.prefill
    result.mixed.perToken *= scales.prefill
    result.mixed.expertPerToken *= scales.prefill
    result.mixed.expertPerTokenComputeBound *= scales.prefill
    return result
  }

  /// The longest a step can take with these bounds, picoseconds: what a world must be able to count.
  public func longestStep(sequences: Int, cacheTokens: Int, budget: Int, longest: Int) -> Double {
    let penalty = mixedPenalty.map(\.factor).max() ?? 1
    let tokens = Double(sequences + budget)
    var time = decodeBase + decodePerSequence * Double(sequences)
    time += max(1, penalty) * max(decodePerKVToken, mixed.attentionPerKVToken) * Double(cacheTokens)
    time += mixed.gemmFloor + mixed.prefillBase
    time += mixed.base + mixed.gemmBase + mixed.decodeAttentionBase + mixed.prefillAttentionBase
    time += (mixed.gemmPerToken + mixed.gemmPerTokenComputeBound + mixed.perToken) * tokens
    time += (mixed.expertPerToken + mixed.expertPerTokenComputeBound) * tokens
    time += mixed.perActiveExpert * Double(mixed.experts)
    time += (mixed.perSequence + mixed.decodeAttentionPerSequence) * tokens
    time += mixed.prefillAttentionPerToken * Double(budget)
    time +=
      mixed.prefillAttentionPerPair
      * (Double(budget) + mixed.prefillAttentionHalfTokens * Double(sequences)) * Double(longest)
    return time
  }
}
