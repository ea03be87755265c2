/// How fast an accelerator attends over the prompt tokens of a step.
///
/// One layer takes `floor + perTokenHead · tokens · heads + 4 · heads · head dimension · pairs /
/// (efficiency · 16-bit peak)`, where `pairs` counts the (query, key) pairs under the causal mask. A
/// chunk of `n` tokens reaches `n / (n + half)` of the efficiency.
public struct PrefillAttentionKernel: Hashable, Sendable {
  /// Dimension of an attention head.
  public var headDimension: Int
  /// Fixed time of one layer, microseconds.
  public var floorMicroseconds: Double
  /// Time each prompt token adds to one layer for each query head of the accelerator, microseconds.
  public var perTokenHeadMicroseconds: Double
  /// Share of the 16-bit peak reached by long chunks.
  public var efficiency: Double
  /// Tokens of a chunk at which half of the efficiency is reached.
  public var halfEfficiencyTokens: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates a kernel description.
  public init(
    headDimension: Int, floorMicroseconds: Double, perTokenHeadMicroseconds: Double,
    efficiency: Double, halfEfficiencyTokens: Double = 0, evidence: Evidence
  ) {
    self.headDimension = headDimension
    self.floorMicroseconds = floorMicroseconds
    self.perTokenHeadMicroseconds = perTokenHeadMicroseconds
    self.efficiency = efficiency
    self.halfEfficiencyTokens = halfEfficiencyTokens
    self.evidence = evidence
  }
}
