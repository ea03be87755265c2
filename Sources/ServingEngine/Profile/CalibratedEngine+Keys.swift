extension CalibratedEngine {
  /// A number of a profile: its key, its unit, and where it lies.
  struct NumberKey: Sendable {
    var name: String
    var unit: String
    var path: any WritableKeyPath<CalibratedEngine, Double> & Sendable
  }

  /// A whole number of a profile.
  struct CountKey: Sendable {
    var name: String
    var unit: String
    var range: ClosedRange<Int>
    var read: @Sendable (CalibratedEngine) -> Int?
    var write: @Sendable (inout CalibratedEngine, Int) -> Void
  }

  /// Picoseconds in a microsecond, the unit of times in the text.
  static let picosecondsPerMicrosecond = 1e6

  /// Times, microseconds in the text and picoseconds in memory.
  static let times: [NumberKey] = [
    NumberKey(name: "decode_base", unit: "us", path: \.coefficients.decodeBase),
    NumberKey(name: "decode_per_sequence", unit: "us", path: \.coefficients.decodePerSequence),
    NumberKey(name: "decode_per_kv_token", unit: "us", path: \.coefficients.decodePerKVToken),
    NumberKey(name: "mixed_base", unit: "us", path: \.coefficients.mixed.base),
    NumberKey(name: "mixed_per_sequence", unit: "us", path: \.coefficients.mixed.perSequence),
    NumberKey(name: "mixed_per_token", unit: "us", path: \.coefficients.mixed.perToken),
    NumberKey(name: "gemm_base", unit: "us", path: \.coefficients.mixed.gemmBase),
    NumberKey(name: "gemm_floor", unit: "us", path: \.coefficients.mixed.gemmFloor),
    NumberKey(name: "mixed_prefill_base", unit: "us", path: \.coefficients.mixed.prefillBase),
    NumberKey(name: "gemm_per_token", unit: "us", path: \.coefficients.mixed.gemmPerToken),
    NumberKey(
      name: "gemm_per_token_compute_bound", unit: "us",
      path: \.coefficients.mixed.gemmPerTokenComputeBound),
    NumberKey(
      name: "decode_attention_base", unit: "us", path: \.coefficients.mixed.decodeAttentionBase),
    NumberKey(
      name: "decode_attention_per_sequence", unit: "us",
      path: \.coefficients.mixed.decodeAttentionPerSequence),
    NumberKey(
      name: "mixed_per_kv_token", unit: "us", path: \.coefficients.mixed.attentionPerKVToken),
    NumberKey(name: "prefill_base", unit: "us", path: \.coefficients.mixed.prefillAttentionBase),
    NumberKey(
      name: "prefill_per_token", unit: "us", path: \.coefficients.mixed.prefillAttentionPerToken),
    NumberKey(
      name: "prefill_per_pair", unit: "us", path: \.coefficients.mixed.prefillAttentionPerPair),
    NumberKey(
      name: "per_active_expert", unit: "us", path: \.coefficients.mixed.perActiveExpert),
    NumberKey(name: "expert_per_token", unit: "us", path: \.coefficients.mixed.expertPerToken),
    NumberKey(
      name: "expert_per_token_compute_bound", unit: "us",
      path: \.coefficients.mixed.expertPerTokenComputeBound),
  ]

  /// Ends of bands, in the order of the text.
  static let bands:
    [(name: String, path: any WritableKeyPath<CalibratedEngine, Band?> & Sendable)] = [
      ("step", \.stepError), ("tpot", \.timePerOutputTokenError), ("ttft", \.timeToFirstTokenError),
    ]

  /// Whole numbers.
  static let counts: [CountKey] = [
    CountKey(
      name: "tensor_parallel", unit: "accelerators", range: 1...64,
      read: { $0.tensorParallel }, write: { $0.tensorParallel = $1 }),
    CountKey(
      name: "prefill_half_tokens", unit: "tokens", range: 1...1_000_000,
      read: {
        let half = $0.coefficients.mixed.prefillAttentionHalfTokens
        return half > 0 ? Int(half) : nil
      }, write: { $0.coefficients.mixed.prefillAttentionHalfTokens = Double($1) }),
    CountKey(
      name: "max_batched_tokens", unit: "tokens", range: 1...1 << 30,
      read: { $0.scheduler.maxBatchedTokens }, write: { $0.scheduler.maxBatchedTokens = $1 }),
    CountKey(
      name: "max_sequences", unit: "sequences", range: 1...65_536,
      read: { $0.scheduler.maxSequences }, write: { $0.scheduler.maxSequences = $1 }),
    CountKey(
      name: "block_tokens", unit: "tokens", range: 1...4096,
      read: { $0.scheduler.blockTokens }, write: { $0.scheduler.blockTokens = $1 }),
    CountKey(
      name: "kv_blocks", unit: "blocks", range: 1...1 << 30,
      read: { $0.scheduler.kvBlocks }, write: { $0.scheduler.kvBlocks = $1 }),
    CountKey(
      name: "experts", unit: "", range: 0...65_536,
      read: { $0.coefficients.mixed.experts > 0 ? $0.coefficients.mixed.experts : nil },
      write: { $0.coefficients.mixed.experts = $1 }),
    CountKey(
      name: "experts_per_token", unit: "", range: 0...65_536,
      read: { $0.coefficients.mixed.experts > 0 ? $0.coefficients.mixed.expertsPerToken : nil },
      write: { $0.coefficients.mixed.expertsPerToken = $1 }),
    CountKey(
      name: "expert_knee_tokens", unit: "tokens", range: 0...1 << 30,
      read: { $0.coefficients.mixed.experts > 0 ? $0.coefficients.mixed.expertKneeTokens : nil },
      write: { $0.coefficients.mixed.expertKneeTokens = $1 }),
  ]

  static let penaltyPrefix = "mixed_penalty_"
}
