/// A second tier for the prefix cache in the memory of the host: what the accelerator's blocks lose is
/// kept there, and loaded again where a prompt begins with it.
///
/// The tier takes what the accelerator evicts (SGLang's HiCache calls that `write_back`; vLLM's
/// OffloadingConnector stores all full blocks as they are computed instead). It is exclusive: what is
/// loaded leaves it. What one request said for itself alone is not kept. Its oldest go first.
///
/// A hit is loaded in the step that admits the request, before the step computes: one request's blocks
/// after the other's over one link, as an engine without layer-wise overlap does it. Writing takes no
/// time: it runs beside the steps on the link's other direction.
/// Source: SGLang `docs/advanced_features/hicache_design.md`, vLLM `vllm/v1/kv_offload`, 2025 and 2026.
public struct KVOffload: Hashable, Sendable {
  /// Blocks it holds.
  public var blocks: Int
  /// What each request's load takes beside its blocks, picoseconds.
  public var loadLatency: Int64
  /// What one block takes, picoseconds.
  public var loadPerBlock: Int64

  /// Creates a second tier.
  public init(blocks: Int, loadLatency: Int64, loadPerBlock: Int64) {
    precondition(blocks >= 1 && loadLatency >= 0 && loadPerBlock >= 0)
    self.blocks = blocks
    self.loadLatency = loadLatency
    self.loadPerBlock = loadPerBlock
  }
}
