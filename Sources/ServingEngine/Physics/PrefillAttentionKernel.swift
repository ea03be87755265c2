/// How fast an accelerator attends over the prompt tokens of a step.
///
/// One layer takes `floor + perToken · tokens + 4 · heads · head dimension · pairs / (efficiency ·
/// 16-bit peak)`, where `pairs` counts the (query, key) pairs under the causal mask.
public struct PrefillAttentionKernel: Hashable, Sendable {
  /// Fixed time of one layer, microseconds.
  public var floorMicroseconds: Double
  /// Time each prompt token adds to one layer, microseconds.
  public var perTokenMicroseconds: Double
  /// Share of the 16-bit peak reached.
  public var efficiency: Double

  /// Creates a kernel description.
  public init(floorMicroseconds: Double, perTokenMicroseconds: Double, efficiency: Double) {
    self.floorMicroseconds = floorMicroseconds
    self.perTokenMicroseconds = perTokenMicroseconds
    self.efficiency = efficiency
  }
}
