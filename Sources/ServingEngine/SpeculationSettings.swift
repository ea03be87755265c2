/// How an engine speculates: every step of a decoding sequence checks a few drafted tokens at once.
///
/// Source: vLLM V1 (`vllm/v1/core/sched/scheduler.py`, `vllm/config/speculative.py`), read 2026-07.
public struct SpeculationSettings: Hashable, Sendable {
  /// Tokens drafted for each decoding sequence in each step (`num_speculative_tokens`); 0 where the
  /// engine does not speculate.
  public var draftTokens = 0
  /// Slots kept free behind them for the drafter's next tokens (`num_lookahead_tokens`): as many again
  /// where a drafter has a KV cache of its own, 0 where drafts come from the prompt's n-grams.
  public var lookaheadTokens = 0

  /// Creates the settings of an engine that does not speculate.
  public init() {}

  /// Creates settings.
  ///
  /// - Precondition: neither is negative.
  public init(draftTokens: Int, lookaheadTokens: Int) {
    precondition(draftTokens >= 0 && lookaheadTokens >= 0)
    self.draftTokens = draftTokens
    self.lookaheadTokens = lookaheadTokens
  }

  /// Whether anything is drafted.
  public var isOn: Bool { draftTokens > 0 }

  /// Tokens that one decoding sequence takes of a step's budget.
  public var tokensPerStep: Int { 1 + draftTokens }

  /// Why an engine with these scheduler settings cannot speculate so; `nil` where it can.
  ///
  /// A step's budget must reach for every decoding sequence with all its drafts, since an engine that
  /// checks fewer of them gets fewer tokens than were drawn.
  public func problem(_ scheduler: SchedulerSettings) -> String? {
    if !isOn { return nil }
    if scheduler.longPrefillThreshold > 0 {
      return
        "long-prefill-threshold is not supported with speculation: decoding sequences could find "
        + "too little of the budget left for their drafts; leave it at 0"
    }
    if scheduler.maxSequences * tokensPerStep > scheduler.maxBatchedTokens {
      return "max-sequences \(scheduler.maxSequences) with \(tokensPerStep) tokens each exceeds "
        + "max-batched-tokens \(scheduler.maxBatchedTokens); give max-sequences of at most "
        + "\(scheduler.maxBatchedTokens / tokensPerStep)"
    }
    return nil
  }
}
