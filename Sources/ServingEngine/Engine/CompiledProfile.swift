/// An engine profile as the event loop reads it: plain integers beside the step-time model.
struct CompiledProfile {
  let maxBatchedTokens: Int
  let maxSequences: Int
  let blockTokens: Int
  let kvBlocks: Int
  let maxModelTokens: Int
  /// Largest chunk of a prefill in one step.
  let chunkLimit: Int
  /// Whether a chunk limit below the budget is set, so that several prefills may be under way.
  let limitsChunks: Bool
  let reservesWholePrompt: Bool
  let byPriority: Bool
  /// Whether a step may prefill and decode.
  let mixesPrefill: Bool
  let transfersCaches: Bool
  let prefixCache: Bool
  let offload: KVOffload?
  /// log2 of `blockTokens` where that is a power of two, else -1.
  let blockShift: Int
  let stepTime: StepTimeModel
  let speculates: Bool
  /// Tokens that a decoding sequence takes of a step's budget.
  let stepTokens: Int
  /// Slots it needs beyond its cached tokens.
  let slotTokens: Int
  let watermarkBlocks: Int
  let prefillsFirst: Bool
  let adapters: AdapterSettings
  let usesAdapters: Bool

  init(_ profile: EngineProfile) {
    let s = profile.settings
    maxBatchedTokens = s.maxBatchedTokens
    maxSequences = s.maxSequences
    blockTokens = s.blockTokens
    kvBlocks = s.kvBlocks
    maxModelTokens = s.maxModelTokens
    limitsChunks = s.longPrefillThreshold > 0
    chunkLimit = limitsChunks ? s.longPrefillThreshold : Int.max
    reservesWholePrompt = s.reservesWholePrompt || s.prefillsFirst
    watermarkBlocks = s.watermarkBlocks
    prefillsFirst = s.prefillsFirst
    adapters = s.adapters
    usesAdapters = s.adapters.isOn
    byPriority = s.order == .priority
    mixesPrefill = s.mixesPrefill && !s.prefillsFirst
    transfersCaches = s.transfersCaches
    prefixCache = s.prefixCache
    offload = s.offload
    let isPowerOfTwo = s.blockTokens & (s.blockTokens - 1) == 0
    blockShift = isPowerOfTwo ? s.blockTokens.trailingZeroBitCount : -1
    stepTime = profile.stepTime
    speculates = s.speculation.isOn
    stepTokens = s.speculation.tokensPerStep
    slotTokens = s.speculation.tokensPerStep + s.speculation.lookaheadTokens
  }

  /// Whether the scheduler's settings are the same, whatever the step times.
  func schedulesLike(_ other: CompiledProfile) -> Bool {
    maxBatchedTokens == other.maxBatchedTokens && maxSequences == other.maxSequences
      && blockTokens == other.blockTokens && kvBlocks == other.kvBlocks
      && maxModelTokens == other.maxModelTokens && chunkLimit == other.chunkLimit
      && limitsChunks == other.limitsChunks && reservesWholePrompt == other.reservesWholePrompt
      && byPriority == other.byPriority && mixesPrefill == other.mixesPrefill
      && transfersCaches == other.transfersCaches && stepTokens == other.stepTokens
      && slotTokens == other.slotTokens && watermarkBlocks == other.watermarkBlocks
      && prefillsFirst == other.prefillsFirst && adapters == other.adapters
      && prefixCache == other.prefixCache && offload == other.offload
  }

  /// Blocks that `tokens` cached tokens take.
  @inline(__always)
  func blocks(_ tokens: Int) -> Int {
    blockShift >= 0
      ? (tokens + blockTokens - 1) >> blockShift : (tokens + blockTokens - 1) / blockTokens
  }

  /// `value` modulo the block size, for a value that is not negative.
  @inline(__always)
  func residue(_ value: Int) -> Int {
    blockShift >= 0 ? value & (blockTokens - 1) : value % blockTokens
  }

  /// The class of decoding sequences that need a block in the step that begins at `step`.
  @inline(__always)
  func crossingClass(_ step: UInt32) -> Int {
    let r = residue(Int(step))
    return r == 0 ? 0 : blockTokens - r
  }

  /// The class of a sequence with `computed` cached tokens at `step`.
  @inline(__always)
  func residueClass(computed: Int, step: UInt32) -> Int {
    let difference = residue(computed) - residue(Int(step))
    return difference < 0 ? difference + blockTokens : difference
  }
}
