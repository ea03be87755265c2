/// How the memory of one accelerator of a replica is spent.
public struct MemoryPlan: Hashable, Sendable {
  /// Fewest tokens the KV cache must hold for a deployment to count as fitting: a replica with
  /// less could not finish one ordinary request.
  public static let fewestCacheTokens = 2048

  /// Memory the engine may use, bytes.
  public var usableBytes: Double
  /// Weights, bytes.
  public var weightBytes: Double
  /// Activations, communication buffers and captured graphs, bytes.
  public var reservedBytes: Double
  /// One KV block, bytes.
  public var blockBytes: Double
  /// Tokens a KV block holds.
  public var blockTokens: Int

  /// KV blocks that memory leaves room for; 0 or more.
  public var kvBlocks: Int {
    let free = usableBytes - weightBytes - reservedBytes
    return free <= 0 ? 0 : Int(free / blockBytes)
  }

  /// Whether the KV cache holds at least ``fewestCacheTokens``.
  public var fits: Bool { kvBlocks * blockTokens >= Self.fewestCacheTokens }

  /// Bytes the deployment needs to count as fitting.
  public var neededBytes: Double {
    let blocks = (Self.fewestCacheTokens + blockTokens - 1) / blockTokens
    return weightBytes + reservedBytes + blockBytes * Double(blocks)
  }
}
