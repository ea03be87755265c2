/// An accelerator: what its specification sheet says and how well serving kernels use it.
public struct Accelerator: Hashable, Sendable {
  /// Name, unique in a catalog, such as `h100-sxm`.
  public var name: String
  /// Other names it answers to.
  public var aliases: [String]
  /// Memory the device reports, bytes.
  public var memoryBytes: Double
  /// Peak memory rate, bytes per second.
  public var memoryBytesPerSecond: Double
  /// Matrix products by precision; holds `bf16`.
  public var matrixKernels: [MatrixKernel]
  /// Decode attention by head dimension and KV format; holds `bf16`.
  public var decodeAttentionKernels: [DecodeAttentionKernel]
  /// Prefill attention by head dimension; at least one.
  public var prefillAttentionKernels: [PrefillAttentionKernel]
  /// Mixtures of experts by precision.
  public var expertKernels: [ExpertKernel]
  /// Share of the memory rate reached by element-wise kernels (norms, rotary embedding,
  /// activations) while they prefill.
  public var elementwiseEfficiency: Double
  /// Mixed-batch penalties by group size; empty where none is known, which means 1.
  public var mixedPenalties: [MixedPenalty]
  /// Name of the interconnect of the nodes it usually comes in.
  public var defaultInterconnect: String
  /// The engine's default for `max_num_batched_tokens` on this accelerator.
  public var defaultMaxBatchedTokens: Int
  /// The engine's default for `max_num_seqs` on this accelerator.
  public var defaultMaxSequences: Int
  /// What its coefficients rest on.
  public var evidence: Evidence

  /// Creates an accelerator.
  public init(
    name: String, aliases: [String] = [], memoryBytes: Double, memoryBytesPerSecond: Double,
    matrixKernels: [MatrixKernel], decodeAttentionKernels: [DecodeAttentionKernel],
    prefillAttentionKernels: [PrefillAttentionKernel], expertKernels: [ExpertKernel] = [],
    elementwiseEfficiency: Double, mixedPenalties: [MixedPenalty] = [],
    defaultInterconnect: String, defaultMaxBatchedTokens: Int, defaultMaxSequences: Int,
    evidence: Evidence
  ) {
    self.name = name
    self.aliases = aliases
    self.memoryBytes = memoryBytes
    self.memoryBytesPerSecond = memoryBytesPerSecond
    self.matrixKernels = matrixKernels
    self.decodeAttentionKernels = decodeAttentionKernels
    self.prefillAttentionKernels = prefillAttentionKernels
    self.expertKernels = expertKernels
    self.elementwiseEfficiency = elementwiseEfficiency
    self.mixedPenalties = mixedPenalties
    self.defaultInterconnect = defaultInterconnect
    self.defaultMaxBatchedTokens = defaultMaxBatchedTokens
    self.defaultMaxSequences = defaultMaxSequences
    self.evidence = evidence
  }

  /// The matrix kernel at `precision`, or `nil` where the accelerator has none.
  public func matrixKernel(_ precision: Precision) -> MatrixKernel? {
    matrixKernels.first { $0.precision == precision }
  }

  /// The expert kernel at `precision`, or `nil` where none is known.
  public func expertKernel(_ precision: Precision) -> ExpertKernel? {
    expertKernels.first { $0.precision == precision }
  }

  /// The decode attention kernel for KV of `kvPrecision` whose head dimension is nearest to
  /// `headDimension` (the larger of two equally near), or `nil` where none is known.
  public func decodeAttentionKernel(
    headDimension: Int, kvPrecision: Precision
  ) -> DecodeAttentionKernel? {
    var best: DecodeAttentionKernel?
    for kernel in decodeAttentionKernels where kernel.kvPrecision == kvPrecision {
      guard let current = best else {
        best = kernel
        continue
      }
      let distance = abs(kernel.headDimension - headDimension)
      let currentDistance = abs(current.headDimension - headDimension)
      if (distance, -kernel.headDimension) < (currentDistance, -current.headDimension) {
        best = kernel
      }
    }
    return best
  }

  /// The prefill attention kernel whose head dimension is nearest (the larger of two equally near),
  /// or `nil` where none is known.
  public func prefillAttentionKernel(headDimension: Int) -> PrefillAttentionKernel? {
    prefillAttentionKernels.min { a, b in
      (abs(a.headDimension - headDimension), -a.headDimension)
        < (abs(b.headDimension - headDimension), -b.headDimension)
    }
  }

  /// The penalty measured for the group size nearest to `groupSize` (the smaller of two equally
  /// near), or `nil` where none is known.
  public func mixedPenalty(groupSize: Int) -> MixedPenalty? {
    var best: MixedPenalty?
    for penalty in mixedPenalties {
      guard let current = best else {
        best = penalty
        continue
      }
      let distance = abs(penalty.groupSize - groupSize)
      let currentDistance = abs(current.groupSize - groupSize)
      if (distance, penalty.groupSize) < (currentDistance, current.groupSize) { best = penalty }
    }
    return best
  }
}
