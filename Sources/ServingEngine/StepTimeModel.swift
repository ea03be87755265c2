/// How long one engine step takes, in whole picoseconds.
///
/// A step that only decodes costs `decodeBase[batch] + perKVToken × kvTokens`. Both are integers,
/// so the time of `n` steps is an integer polynomial in `n` and comes out the same whether the
/// steps are summed one by one or in closed form: that is what makes spans exact.
/// A step that also prefills is evaluated once, by ``mixedStep(_:)``, and rounded once.
///
/// Units: picoseconds. One span may last at most 106 days (Int64 picoseconds); replicas trap above.
public struct StepTimeModel: Hashable, Sendable {
  /// What a step that prefills does.
  @frozen
  public struct MixedStep: Hashable, Sendable {
    /// Sequences that decode one token in this step.
    public var decodes: Int
    /// Tokens already in the KV cache of those sequences.
    public var decodeKVTokens: Int
    /// Sequences that prefill a chunk in this step; at least 1.
    public var prefills: Int
    /// Prompt tokens computed in this step, over all chunks.
    public var prefillTokens: Int
    /// Twice the attention pairs of the chunks: the sum of `2·n·c + n·n` over chunks of `n` tokens
    /// after `c` cached ones.
    public var doubledAttentionPairs: Int
    /// The sum of `2·c + n` over chunks of `n` tokens after `c` cached ones: twice the mean context of
    /// a chunk's tokens.
    public var doubledContextTokens: Int

    /// Creates the description of a step that prefills.
    public init(
      decodes: Int, decodeKVTokens: Int, prefills: Int, prefillTokens: Int,
      doubledAttentionPairs: Int, doubledContextTokens: Int
    ) {
      self.decodes = decodes
      self.decodeKVTokens = decodeKVTokens
      self.prefills = prefills
      self.prefillTokens = prefillTokens
      self.doubledAttentionPairs = doubledAttentionPairs
      self.doubledContextTokens = doubledContextTokens
    }
  }

  /// Coefficients of a step that prefills, in picoseconds.
  ///
  /// Time = max(gemmBase + gemmPerToken·M, gemmFloor + gemmPerTokenComputeBound·M)
  ///   + decodeAttention(d) + penalty[decodes]·attentionPerKVToken·decodeKVTokens/ranks
  ///   + prefillAttentionBase + prefillAttentionPerToken·p
  ///   + prefillAttentionPerPair·(pairs + prefillAttentionHalfTokens·context)/busy
  ///   + perToken·M + perSequence·(d + prefills/busy) + base + prefillBase + experts, with
  /// M = tokensPerDecode·d + p, the tokens of the busiest of `attentionRanks` that share nothing but experts:
  /// d = decodes/ranks, p = prefillTokens/busy, busy = min(prefills, ranks). For a mixture of
  /// experts, over the tokens T = tokensPerDecode·decodes + prefillTokens of all ranks,
  /// experts = max(perActiveExpert·active(T) + expertPerToken·min(T, expertKneeTokens)
  ///   + expertPerTokenComputeBound·max(0, T − expertKneeTokens), expertPerTokenComputeBound·T).
  public struct MixedCoefficients: Hashable, Sendable {
    /// Weight streaming and launches of the matrix products, whatever the token count.
    public var gemmBase: Double = 0
    /// Each token's share of the matrix products while weights dominate.
    public var gemmPerToken: Double = 0
    /// Launches of the matrix products, which compute does not hide.
    public var gemmFloor: Double = 0
    /// Each token's matrix products when compute dominates.
    public var gemmPerTokenComputeBound: Double = 0
    /// Decode attention launches of a step with at least one decode.
    public var decodeAttentionBase: Double = 0
    /// Decode attention of each decoding sequence, whatever its length.
    public var decodeAttentionPerSequence: Double = 0
    /// Decode attention of each cached token, before the mixed-batch penalty.
    public var attentionPerKVToken: Double = 0
    /// Factor on `attentionPerKVToken` in a step that also prefills, by number of decodes;
    /// counts beyond the table use its last entry. Empty means 1.
    public var mixedPenalty: [Double] = []
    /// Prefill attention launches of the step.
    public var prefillAttentionBase: Double = 0
    /// Prefill attention of each prompt token computed.
    public var prefillAttentionPerToken: Double = 0
    /// Prefill attention of each (query, key) pair.
    public var prefillAttentionPerPair: Double = 0
    /// Tokens of a chunk at which prefill attention reaches half of its efficiency.
    public var prefillAttentionHalfTokens: Double = 0
    /// What the host adds to a step that prefills: such a step is not one captured graph.
    public var prefillBase: Double = 0
    /// Ranks that attend to sequences of their own and share the experts (data parallel attention).
    public var attentionRanks: Int = 1
    /// Element-wise work and all-reduce of each token.
    public var perToken: Double = 0
    /// Host work and output projection of each sequence in the step.
    public var perSequence: Double = 0
    /// Host and per-layer work of the step, output projection's weights, all-reduce floors.
    public var base: Double = 0
    /// Mixture of experts, weight streaming of each active expert over all layers.
    public var perActiveExpert: Double = 0
    /// Number of experts; 0 for a dense model.
    public var experts: Int = 0
    /// Experts each token is routed to.
    public var expertsPerToken: Int = 0
    /// Active experts by tokens in the step, index 0 unused, the last entry for all beyond; empty
    /// means the mean under uniform routing.
    public var activeExpertTable: [Double] = []
    /// Mixture of experts, each token's share while weights dominate.
    public var expertPerToken: Double = 0
    /// Mixture of experts, each token's share when compute dominates.
    public var expertPerTokenComputeBound: Double = 0
    /// Tokens beyond which each further token costs `expertPerTokenComputeBound`.
    public var expertKneeTokens: Int = 0
    /// Tokens that a decoding sequence puts through the matrix products: one more than is drafted where
    /// the engine speculates.
    public var tokensPerDecode: Int = 1

    /// Creates coefficients that are all zero.
    public init() {}
  }

  /// Time of a decode-only step by batch size, index 0 unused; one entry per batch size up to
  /// `maxSequences`.
  public var decodeBase: [Int64]
  /// Time each cached token adds to a decode-only step.
  public var perKVToken: Int64
  /// Coefficients of a step that prefills.
  public var mixed: MixedCoefficients
  /// What adapters add to any step.
  public var adapters = AdapterTimes()

  /// No step is shorter than this, picoseconds: with a nanosecond between boundaries no two of one
  /// replica share an instant of the clock.
  public static let shortestStep: Int64 = 1000

  /// … and none that prefills longer: 46 days, where a clock of picoseconds has an end.
  static let longestStep = 4e18

  /// Creates a model from its decode table and mixed-step coefficients, all in picoseconds.
  public init(decodeBase: [Int64], perKVToken: Int64, mixed: MixedCoefficients) {
    precondition(decodeBase.count >= 2 && perKVToken >= 0)
    precondition(
      decodeBase.dropFirst().allSatisfy { $0 >= Self.shortestStep },
      "a step takes at least a nanosecond")
    self.decodeBase = decodeBase
    self.perKVToken = perKVToken
    self.mixed = mixed
  }

  /// The time of one decode-only step, picoseconds.
  @inlinable
  public func decodeStep(batch: Int, kvTokens: Int) -> Int64 {
    decodeBase[batch] + perKVToken * Int64(kvTokens)
  }

  /// The time of one step that prefills, picoseconds, rounded once, half to even.
  ///
  /// Only `+ - * / max` on doubles, in this order, so that the bits are the same everywhere.
  /// Complexity: O(log tokens) for a mixture of experts, else O(1).
  public func mixedStep(_ step: MixedStep) -> Int64 {
    let m = mixed
    // Ranks with data parallel attention wait for the one that has most to do.
    let ranks = Double(m.attentionRanks)
    let busy = Double(max(1, min(step.prefills, m.attentionRanks)))
    let decodes = Double(step.decodes) / ranks
    let prefillTokens = Double(step.prefillTokens) / busy
    let tokens = decodes * Double(m.tokensPerDecode) + prefillTokens
    var time = max(
      m.gemmBase + m.gemmPerToken * tokens, m.gemmFloor + m.gemmPerTokenComputeBound * tokens)
    if step.decodes > 0 {
      let penalty =
        m.mixedPenalty.isEmpty
        ? 1 : m.mixedPenalty[min(step.decodes, m.mixedPenalty.count - 1)]
      time += m.decodeAttentionBase + m.decodeAttentionPerSequence * decodes
      time += penalty * m.attentionPerKVToken * Double(step.decodeKVTokens) / ranks
    }
    time += m.prefillAttentionBase + m.prefillAttentionPerToken * prefillTokens
    let pairs =
      Double(step.doubledAttentionPairs) / 2
      + m.prefillAttentionHalfTokens * (Double(step.doubledContextTokens) / 2)
    time += m.prefillAttentionPerPair * pairs / busy
    time += m.perToken * tokens + m.perSequence * (decodes + Double(step.prefills) / busy)
    time += m.base + m.prefillBase
    time += m.expertTime(tokens: step.decodes * m.tokensPerDecode + step.prefillTokens)
    return max(Self.shortestStep, Int64(min(time, Self.longestStep).rounded(.toNearestOrEven)))
  }
}

extension StepTimeModel.MixedCoefficients {
  /// Time of the expert layers of a step with `tokens` tokens, picoseconds; 0 for a dense model.
  ///
  /// Complexity: O(log tokens).
  func expertTime(tokens: Int) -> Double {
    guard experts > 0, tokens > 0 else { return 0 }
    let below = Double(min(tokens, expertKneeTokens))
    let beyond = Double(max(0, tokens - expertKneeTokens))
    let streaming = perActiveExpert * activeExperts(tokens: tokens) + expertPerToken * below
    return max(
      streaming + expertPerTokenComputeBound * beyond, expertPerTokenComputeBound * Double(tokens))
  }

  /// Experts that at least one of `tokens` tokens is routed to: from the table or, without one, the
  /// mean under uniform routing, `N (1 - (1 - k/N)^tokens)`.
  func activeExperts(tokens: Int) -> Double {
    if let last = activeExpertTable.last {
      return tokens < activeExpertTable.count ? activeExpertTable[tokens] : last
    }
    var missed = 1.0
    var factor = 1 - Double(expertsPerToken) / Double(experts)
    var exponent = tokens
    while exponent > 0 {
      if exponent & 1 == 1 { missed *= factor }
      factor *= factor
      exponent >>= 1
    }
    return Double(experts) * (1 - missed)
  }
}
