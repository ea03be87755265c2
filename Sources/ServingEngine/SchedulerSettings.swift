/// The knobs of a continuous-batching scheduler, named as vLLM names them.
///
/// Source: vLLM V1 (`vllm/v1/core/sched/scheduler.py`, `vllm/config/scheduler.py`), 0.19 to 0.22.
public struct SchedulerSettings: Hashable, Sendable {
  /// In which order waiting requests are admitted and which running one is preempted.
  public enum Order: String, CaseIterable, Sendable {
    /// First come, first served; the latest admitted is preempted first.
    case firstComeFirstServed = "fcfs"
    /// Lower priority value first, then earlier arrival; the worst of the running is preempted.
    case priority
  }

  /// Tokens one step may compute over all sequences (`max_num_batched_tokens`).
  public var maxBatchedTokens: Int
  /// Sequences that may run at once (`max_num_seqs`); never above `maxBatchedTokens`.
  public var maxSequences: Int
  /// Tokens a KV block holds (`block_size`).
  public var blockTokens: Int
  /// KV blocks of one replica (`num_gpu_blocks`).
  public var kvBlocks: Int
  /// Prompt plus output tokens a request may reach (`max_model_len`); never more than the blocks
  /// hold, so that any admitted request can finish alone.
  public var maxModelTokens: Int
  /// Largest prefill chunk of one request in one step; 0 means only the step's budget limits it
  /// (`long_prefill_token_threshold`).
  public var longPrefillThreshold: Int
  /// Whether a request is admitted only when blocks for its whole prompt are free
  /// (`scheduler_reserve_full_isl`, vLLM 0.19 and later).
  public var reservesWholePrompt: Bool
  /// Admission and preemption order.
  public var order: Order
  /// Whether a step may prefill and decode. Where it may not, prompts go first and decoding sequences
  /// wait (SGLang without `enable_mixed_chunk`; vLLM before chunked prefill), except where blocks are
  /// short: such a step is formed as if it might.
  public var mixesPrefill: Bool
  /// Whether caches come to it from other engines, or go to them (a KV connector is set up).
  public var transfersCaches = false
  /// What is drafted for a decoding sequence in each step.
  public var speculation = SpeculationSettings()
  /// Blocks that stay free when a request is admitted (vLLM V0's `watermark`, a share of the blocks);
  /// running sequences may take them. With one, ``maxModelTokens`` is at most what the others hold.
  public var watermarkBlocks = 0
  /// Whether prompts are computed whole, in steps of their own that come before any decoding: vLLM V0
  /// without chunked prefill (`vllm/core/scheduler.py`, `_schedule_default`, 0.6).
  public var prefillsFirst = false

  /// The adapters it serves.
  public var adapters = AdapterSettings()
  /// Whether KV blocks whose text a later prompt begins with are used again
  /// (`enable_prefix_caching`); vLLM's default is yes, this one's no.
  public var prefixCache: Bool
  /// Where evicted blocks of the prefix cache are kept; `nil` where they are gone.
  public var offload: KVOffload?

  /// Creates scheduler settings; the defaults are vLLM's for a server with 70 GiB or more.
  public init(
    maxBatchedTokens: Int = 8192, maxSequences: Int = 1024, blockTokens: Int = 16,
    kvBlocks: Int, maxModelTokens: Int? = nil, longPrefillThreshold: Int = 0,
    reservesWholePrompt: Bool = true, order: Order = .firstComeFirstServed,
    mixesPrefill: Bool = true, prefixCache: Bool = false, offload: KVOffload? = nil
  ) {
    precondition(maxSequences >= 1 && maxSequences <= maxBatchedTokens)
    precondition(kvBlocks >= 1 && blockTokens >= 1 && longPrefillThreshold >= 0)
    self.maxBatchedTokens = maxBatchedTokens
    self.maxSequences = maxSequences
    self.blockTokens = blockTokens
    self.kvBlocks = kvBlocks
    self.maxModelTokens = min(maxModelTokens ?? Int.max, kvBlocks * blockTokens)
    self.longPrefillThreshold = longPrefillThreshold
    self.reservesWholePrompt = reservesWholePrompt
    self.order = order
    self.mixesPrefill = mixesPrefill
    precondition(offload == nil || prefixCache, "only a prefix cache has something to offload")
    self.prefixCache = prefixCache
    self.offload = offload
  }

  /// Keeps blocks free at admission, and lowers the model's length to what the others hold.
  ///
  /// - Precondition: fewer than there are.
  public mutating func keepFree(blocks: Int) {
    precondition(blocks >= 0 && blocks < kvBlocks)
    watermarkBlocks = blocks
    maxModelTokens = min(maxModelTokens, (kvBlocks - blocks) * blockTokens)
  }

  /// Why an engine cannot schedule so; `nil` where it can.
  public var problem: String? {
    if maxModelTokens > (kvBlocks - watermarkBlocks) * blockTokens {
      return
        "max-model-tokens \(maxModelTokens) exceeds what \(kvBlocks - watermarkBlocks) blocks hold "
        + "beside the watermark"
    }
    if prefillsFirst {
      if maxModelTokens > maxBatchedTokens {
        return
          "prefill-first computes prompts whole: max-batched-tokens \(maxBatchedTokens) must be "
          + "max-model-tokens \(maxModelTokens) or more"
      }
      if longPrefillThreshold > 0 {
        return "prefill-first computes prompts whole; leave long-prefill-threshold at 0"
      }
      if order != .firstComeFirstServed { return "prefill-first needs order fcfs" }
      if speculation.isOn {
        return "speculation cannot go with prefill-first; choose a version of 0.8 or later"
      }
      if adapters.isOn {
        return "adapters cannot go with prefill-first; choose a version of 0.8 or later"
      }
    }
    if !mixesPrefill {
      if speculation.isOn { return "speculation needs mix-prefill true" }
      if adapters.isOn { return "adapters need mix-prefill true" }
    }
    if transfersCaches {
      if !mixesPrefill || prefillsFirst { return "a split pool needs mix-prefill true" }
      if speculation.isOn { return "speculation cannot go with a split pool" }
      if adapters.isOn { return "adapters cannot go with a split pool" }
      if watermarkBlocks > 0 { return "a watermark cannot go with a split pool" }
    }
    if prefixCache {
      if !mixesPrefill || prefillsFirst { return "a prefix cache needs mix-prefill true" }
      if speculation.isOn { return "speculation cannot go with a prefix cache" }
      if adapters.isOn { return "adapters cannot go with a prefix cache" }
      if transfersCaches { return "a prefix cache cannot go with a split pool" }
      if watermarkBlocks > 0 { return "a watermark cannot go with a prefix cache" }
    }
    return speculation.problem(self)
  }

  /// Whether the engine keeps more of a sequence than its lengths (``SequenceExtras``).
  var usesExtras: Bool { transfersCaches || speculation.isOn || adapters.isOn || prefixCache }
}
