import ServingEngine

/// The columns of a linear step time: each a share of the time in proportion to something a step does.
public enum StepColumn: String, CaseIterable, Sendable {
  /// Every step.
  case base
  /// Each sequence, decoding or prefilling.
  case perSequence = "per_sequence"
  /// Each cached token of the decoding sequences.
  case perKVToken = "per_kv_token"
  /// Each step that prefills.
  case prefillBase = "prefill_base"
  /// Each prompt token computed.
  case prefillPerToken = "prefill_per_token"
  /// Each attention pair of the prompt tokens.
  case prefillPerPair = "prefill_per_pair"

  /// The column's element for a load.
  func value(_ load: StepLoad) -> Double {
    switch self {
    case .base: load.steps
    case .perSequence: load.decodes + load.prefills
    case .perKVToken: load.kvTokens
    case .prefillBase: load.prefillSteps
    case .prefillPerToken: load.prefillTokens
    case .prefillPerPair: load.pairs
    }
  }

  /// Keys of a profile that take the column's coefficient.
  var profileKeys: [String] {
    switch self {
    case .base: ["decode_base", "mixed_base"]
    case .perSequence: ["decode_per_sequence", "mixed_per_sequence"]
    case .perKVToken: ["decode_per_kv_token", "mixed_per_kv_token"]
    case .prefillBase: ["prefill_base"]
    case .prefillPerToken: ["prefill_per_token"]
    case .prefillPerPair: ["prefill_per_pair"]
    }
  }
}

extension StepCoefficients {
  /// The step time that is linear in the columns, coefficients in microseconds.
  init(linear values: [StepColumn: Double]) {
    self.init()
    func picoseconds(_ column: StepColumn) -> Double { (values[column] ?? 0) * 1e6 }
    decodeBase = picoseconds(.base)
    decodePerSequence = picoseconds(.perSequence)
    decodePerKVToken = picoseconds(.perKVToken)
    mixed.base = decodeBase
    mixed.perSequence = decodePerSequence
    mixed.attentionPerKVToken = decodePerKVToken
    mixed.prefillAttentionBase = picoseconds(.prefillBase)
    mixed.prefillAttentionPerToken = picoseconds(.prefillPerToken)
    mixed.prefillAttentionPerPair = picoseconds(.prefillPerPair)
  }

  /// What the physics says of a column, microseconds: where no row tells.
  func linearShare(_ column: StepColumn) -> Double {
    switch column {
    case .base: decodeBase / 1e6
    case .perSequence: decodePerSequence / 1e6
    case .perKVToken: decodePerKVToken / 1e6
    case .prefillBase: mixed.prefillAttentionBase / 1e6
    case .prefillPerToken:
      (max(mixed.gemmPerToken, mixed.gemmPerTokenComputeBound) + mixed.perToken
        + mixed.prefillAttentionPerToken
        + max(mixed.expertPerToken, mixed.expertPerTokenComputeBound))
        / 1e6
    case .prefillPerPair: mixed.prefillAttentionPerPair / 1e6
    }
  }
}
