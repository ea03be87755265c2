/// How fast an accelerator runs the expert layers of a mixture of experts.
///
/// One layer with `M` tokens takes `launch + active experts · expert bytes / (memoryEfficiency ·
/// memory rate) + M · (perToken / tensor parallel + perTokenUnsharded)`. The slope holds up to
/// ``kneeTokens``; beyond, and as a floor throughout, each token takes its arithmetic at
/// `computeEfficiency` of the 16-bit peak. `perToken` was measured on one model shape and is scaled
/// by arithmetic per token to others.
public struct ExpertKernel: Hashable, Sendable {
  /// Tokens in a step beyond which compute dominates: in the kernel tables the slope changes
  /// between 512 and 2,048 tokens on every accelerator. Source: NVIDIA AIConfigurator kernel
  /// tables for vLLM 0.24.0, read 2026-07.
  public static let kneeTokens = 1024

  /// Format of the expert weights.
  public var precision: Precision
  /// Fixed time of one layer, microseconds.
  public var launchMicroseconds: Double
  /// Share of the memory rate reached while expert weights are streamed.
  public var memoryEfficiency: Double
  /// Time each token adds to one layer, microseconds, divided by the tensor-parallel degree.
  public var perTokenMicroseconds: Double
  /// Time each token adds to one layer at any tensor-parallel degree, microseconds.
  public var perTokenUnshardedMicroseconds: Double
  /// Floating-point operations of one token in one layer of the shape measured.
  public var referenceFLOPsPerToken: Double
  /// Factor on each token's time for every doubling of the ranks that hold whole experts: the busiest
  /// rank gets more than its share.
  public var imbalancePerDoubling: Double
  /// Share of the 16-bit peak reached when compute dominates.
  public var computeEfficiency: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates a kernel description.
  public init(
    precision: Precision, launchMicroseconds: Double, memoryEfficiency: Double,
    perTokenMicroseconds: Double, perTokenUnshardedMicroseconds: Double,
    referenceFLOPsPerToken: Double, computeEfficiency: Double, imbalancePerDoubling: Double = 1,
    evidence: Evidence
  ) {
    self.precision = precision
    self.launchMicroseconds = launchMicroseconds
    self.memoryEfficiency = memoryEfficiency
    self.perTokenMicroseconds = perTokenMicroseconds
    self.perTokenUnshardedMicroseconds = perTokenUnshardedMicroseconds
    self.referenceFLOPsPerToken = referenceFLOPsPerToken
    self.computeEfficiency = computeEfficiency
    self.imbalancePerDoubling = imbalancePerDoubling
    self.evidence = evidence
  }
}
