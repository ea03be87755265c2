/// Attention that caches one compressed vector a token in place of keys and values for every head
/// (multi-head latent attention).
///
/// Source: DeepSeek-V2 (arXiv 2405.04434), section 2.1.
public struct LatentAttention: Hashable, Sendable {
  /// Width of the compressed vector.
  public var rank: Int
  /// Width of the rotary key beside it.
  public var ropeDimension: Int
  /// Width of the compressed query; 0 where queries are not compressed.
  public var queryRank: Int
  /// Width of a value head.
  public var valueDimension: Int

  /// Creates a shape.
  public init(rank: Int, ropeDimension: Int, queryRank: Int, valueDimension: Int) {
    precondition(rank > 0 && ropeDimension >= 0 && queryRank >= 0 && valueDimension > 0)
    self.rank = rank
    self.ropeDimension = ropeDimension
    self.queryRank = queryRank
    self.valueDimension = valueDimension
  }

  /// Numbers cached of one token in one layer.
  var cachedWidth: Int { rank + ropeDimension }
}
