/// How fast an accelerator attends from one new token per sequence to the paged KV cache.
///
/// One layer takes `floor + perSequence · sequences · KV heads + KV bytes / (memoryEfficiency · memory rate)`.
public struct DecodeAttentionKernel: Hashable, Sendable {
  /// Dimension of an attention head.
  public var headDimension: Int
  /// Format of the KV cache.
  public var kvPrecision: Precision
  /// Fixed time of one layer, microseconds.
  public var floorMicroseconds: Double
  /// Time each sequence adds to one layer for each KV head of the accelerator, microseconds.
  public var perSequenceMicroseconds: Double
  /// Share of the memory rate reached while the cache is read.
  public var memoryEfficiency: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates a kernel description.
  public init(
    headDimension: Int, kvPrecision: Precision, floorMicroseconds: Double,
    perSequenceMicroseconds: Double, memoryEfficiency: Double, evidence: Evidence
  ) {
    self.headDimension = headDimension
    self.kvPrecision = kvPrecision
    self.floorMicroseconds = floorMicroseconds
    self.perSequenceMicroseconds = perSequenceMicroseconds
    self.memoryEfficiency = memoryEfficiency
    self.evidence = evidence
  }
}
