/// Step times from kernels. Everything is in picoseconds and uses `+ - * / max` only, in a fixed
/// order, because these numbers reach the event path.
///
/// Source of the form: kernel tables of NVIDIA AIConfigurator (vLLM 0.24.0; A100 vLLM 0.14.0) and
/// LLMServingSim's attention profiles, fitted 2026-07.
extension EngineDeployment {
  /// Picoseconds in a microsecond.
  private static var microsecond: Double { 1e6 }
  /// Picoseconds in a second.
  private static var second: Double { 1e12 }
  /// Bytes of one 16-bit activation.
  private static var activationBytes: Double { 2 }

  /// Decode table for 1…`maxSequences` sequences and coefficients of a step that prefills.
  func stepTime(_ kernels: Kernels, maxSequences: Int) -> StepTimeModel {
    let mixed = mixedCoefficients(kernels)
    let perKVToken = mixed.attentionPerKVToken
    var base: [Int64] = [0]
    base.reserveCapacity(maxSequences + 1)
    for batch in 1...maxSequences {
      let sequences = Double(batch)
      var time = mixed.base + mixed.perSequence * sequences
      time += mixed.gemmBase + mixed.gemmPerToken * sequences
      time += mixed.decodeAttentionBase + mixed.decodeAttentionPerSequence * sequences
      time += allReducePerToken(kernels) * sequences
      time += mixed.expertTime(tokens: batch)
      base.append(Int64(time.rounded(.toNearestOrEven)))
    }
    var model = StepTimeModel(
      decodeBase: base, perKVToken: Int64(perKVToken.rounded(.toNearestOrEven)), mixed: mixed)
    model.mixed.mixedPenalty =
      accelerator.mixedPenalty(groupSize: self.model.groupSize)?.table(maxSequences: maxSequences)
      ?? []
    return model
  }

  /// Every coefficient of a step. A decode-only step uses the same ones, without what belongs to
  /// prefill.
  private func mixedCoefficients(_ kernels: Kernels) -> StepTimeModel.MixedCoefficients {
    let shards = Double(tensorParallel)
    let layers = Double(model.layers)
    let memoryRate = accelerator.memoryBytesPerSecond
    var m = StepTimeModel.MixedCoefficients()

    // Query-key-value and output projection; a dense layer adds gate-and-up and down.
    let products: Double = model.experts == 0 ? 4 : 2
    let parameters = Double(model.denseParametersPerLayer) * layers / shards
    let layer = kernels.layer
    let bytes = parameters * layer.precision.bytesPerParameter
    m.gemmBase =
      layers * products * layer.launchMicroseconds * Self.microsecond
      + bytes / (layer.memoryEfficiency * memoryRate) * Self.second
    let perToken = 2 * parameters / layer.peakFLOPsPerSecond * Self.second
    m.gemmPerToken = perToken / layer.smallBatchEfficiency
    m.gemmPerTokenComputeBound = perToken / layer.largeBatchEfficiency

    // The output projection runs at 16 bits and once per sequence, whatever the prompt's length.
    let head = kernels.head
    let headParameters = Double(model.vocabularySize * model.hiddenSize) / shards
    let headBase =
      head.launchMicroseconds * Self.microsecond
      + headParameters * Precision.bf16.bytesPerParameter / (head.memoryEfficiency * memoryRate)
      * Self.second
    let headPerSequence =
      2 * headParameters / (head.peakFLOPsPerSecond * head.smallBatchEfficiency) * Self.second

    let decode = kernels.decode
    m.decodeAttentionBase = layers * decode.floorMicroseconds * Self.microsecond
    m.decodeAttentionPerSequence = layers * decode.perSequenceMicroseconds * Self.microsecond
    m.attentionPerKVToken =
      model.fullAttentionFraction
      * model.kvBytesPerToken(tensorParallel: tensorParallel, precision: kvPrecision)
      / (decode.memoryEfficiency * memoryRate) * Self.second

    let prefill = accelerator.prefillAttention
    m.prefillAttentionBase = layers * prefill.floorMicroseconds * Self.microsecond
    m.prefillAttentionPerToken = layers * prefill.perTokenMicroseconds * Self.microsecond
    // A score and a weighted value for each pair: two products of two operations.
    m.prefillAttentionPerPair =
      model.fullAttentionFraction * layers * 4 * (Double(model.heads) / shards)
      * Double(model.headDimension) / (head.peakFLOPsPerSecond * prefill.efficiency) * Self.second

    let allReduceBase =
      kernels.allReduce.map { 2 * layers * $0.floorMicroseconds * Self.microsecond } ?? 0
    m.perToken = elementwisePerToken() + allReducePerToken(kernels)
    m.perSequence = host.perSequenceMicroseconds * Self.microsecond + headPerSequence
    m.base =
      host.perStepMicroseconds * Self.microsecond
      + layers * host.perLayerMicroseconds * Self.microsecond + headBase + allReduceBase
    if let expert = kernels.expert { addExperts(expert, sixteenBit: head, to: &m) }
    return m
  }

  /// Norms, rotary embedding and residual move the hidden vector through memory twelve times a
  /// layer; the activation of a dense layer moves the feed-forward vector three times.
  private func elementwisePerToken() -> Double {
    let hidden = 12 * Double(model.hiddenSize)
    let feedForward =
      model.experts == 0 ? 3 * Double(model.feedForwardSize) / Double(tensorParallel) : 0
    return Double(model.layers) * (hidden + feedForward) * Self.activationBytes
      / (accelerator.elementwiseEfficiency * accelerator.memoryBytesPerSecond) * Self.second
  }

  /// Two all-reduces a layer over one hidden vector of each token.
  private func allReducePerToken(_ kernels: Kernels) -> Double {
    guard let allReduce = kernels.allReduce else { return 0 }
    return 2 * Double(model.layers) * Double(model.hiddenSize) * Self.activationBytes
      / allReduce.bytesPerSecond * Self.second
  }

  private func addExperts(
    _ expert: ExpertKernel, sixteenBit: MatrixKernel,
    to m: inout StepTimeModel.MixedCoefficients
  ) {
    let shards = Double(tensorParallel)
    let layers = Double(model.layers)
    let expertBytes = Double(model.feedForwardParameters) * expert.precision.bytesPerParameter
    let flopsPerToken = 2 * Double(model.feedForwardParameters) * Double(model.expertsPerToken)
    let scale = flopsPerToken / expert.referenceFLOPsPerToken
    m.experts = model.experts
    m.expertsPerToken = model.expertsPerToken
    m.perActiveExpert =
      layers * expertBytes
      / (shards * expert.memoryEfficiency * accelerator.memoryBytesPerSecond) * Self.second
    m.expertPerToken =
      layers * scale
      * (expert.perTokenMicroseconds / shards + expert.perTokenUnshardedMicroseconds)
      * Self.microsecond
    m.expertPerTokenComputeBound =
      layers * flopsPerToken
      / (shards * sixteenBit.peakFLOPsPerSecond * expert.computeEfficiency) * Self.second
    m.expertKneeTokens = ExpertKernel.kneeTokens
    m.base += layers * expert.launchMicroseconds * Self.microsecond
  }
}
