/// What a deployment sets on its scheduler; everything left `nil` takes the engine's default for
/// the accelerator.
public struct SchedulerOverrides: Hashable, Sendable {
  /// Tokens one step may compute over all sequences.
  public var maxBatchedTokens: Int?
  /// Sequences that may run at once.
  public var maxSequences: Int?
  /// Tokens a KV block holds.
  public var blockTokens: Int?
  /// KV blocks of one replica, in place of what memory leaves room for.
  public var kvBlocks: Int?
  /// Prompt plus output tokens a request may reach.
  public var maxModelTokens: Int?
  /// Largest prefill chunk of one request in one step.
  public var longPrefillThreshold: Int?
  /// Whether a request is admitted only when blocks for its whole prompt are free.
  public var reservesWholePrompt: Bool?
  /// Whether a step may prefill and decode.
  public var mixesPrefill: Bool?
  /// Share of the blocks that stay free when a request is admitted.
  public var watermark: Double?
  /// Whether prompts are computed whole and before anybody decodes.
  public var prefillsFirst: Bool?
  /// Admission and preemption order.
  public var order: SchedulerSettings.Order?
  /// Whether KV blocks are used again for prompts that begin alike; no unless set.
  public var prefixCache: Bool?
  /// Where evicted blocks of the prefix cache are kept; nowhere unless set.
  public var offload: KVOffload?

  /// Creates overrides that leave every default in place.
  public init() {}
}
