/// How fast an accelerator multiplies matrices at one precision.
///
/// A product of `M` rows with a weight matrix takes
/// `launch + weightBytes / (memoryEfficiency · memory rate) + M · FLOPs / (smallBatchEfficiency ·
/// peak)`, and never less than `launch + M · (FLOPs / (largeBatchEfficiency · peak) + perElement ·
/// elements of a row of input and output)`. The small-batch
/// efficiency may be above 1: it is the slope that remains beside the streaming of the weights.
public struct MatrixKernel: Hashable, Sendable {
  /// Format of weights and activations.
  public var precision: Precision
  /// Dense peak of the specification sheet, FLOP per second.
  public var peakFLOPsPerSecond: Double
  /// Fixed time of one product, microseconds.
  public var launchMicroseconds: Double
  /// Share of the memory rate reached while weights are streamed.
  public var memoryEfficiency: Double
  /// Peak share that describes each row's time while weights dominate.
  public var smallBatchEfficiency: Double
  /// Peak share reached when compute dominates.
  public var largeBatchEfficiency: Double
  /// Time each element of an input or output row adds when compute dominates, picoseconds: moving
  /// and quantising activations, which weighs on the small shards of high tensor-parallel degrees.
  public var perElementPicoseconds: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates a kernel description.
  public init(
    precision: Precision, peakFLOPsPerSecond: Double, launchMicroseconds: Double,
    memoryEfficiency: Double, smallBatchEfficiency: Double, largeBatchEfficiency: Double,
    perElementPicoseconds: Double = 0, evidence: Evidence
  ) {
    self.precision = precision
    self.peakFLOPsPerSecond = peakFLOPsPerSecond
    self.launchMicroseconds = launchMicroseconds
    self.memoryEfficiency = memoryEfficiency
    self.smallBatchEfficiency = smallBatchEfficiency
    self.largeBatchEfficiency = largeBatchEfficiency
    self.perElementPicoseconds = perElementPicoseconds
    self.evidence = evidence
  }
}
