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
  ///
  /// With pipeline stages a step is a round in which every sequence gets its token: as many batches
  /// as stages follow each other through them, so a round takes what one batch of that part takes
  /// through all layers.
  func stepTime(_ kernels: Kernels, maxSequences: Int) -> StepTimeModel {
    let mixed = mixedCoefficients(kernels)
    let ranks = Double(dataParallel)
    let largestGraph = host.graphBatches.last ?? maxSequences
    var base: [Int64] = [0]
    base.reserveCapacity(maxSequences + 1)
    for batch in 1...maxSequences {
      // The fullest rank, and the graph it is padded to.
      let onRank = (batch + dataParallel - 1) / dataParallel
      let sequences = Double(onRank)
      let padded = host.padded(onRank)
      let tokens = Double(padded)
      var time = mixed.base + mixed.perSequence * sequences
      time += max(
        mixed.gemmBase + mixed.gemmPerToken * tokens,
        mixed.gemmFloor + mixed.gemmPerTokenComputeBound * tokens)
      time += mixed.decodeAttentionBase + mixed.decodeAttentionPerSequence * sequences
      time +=
        (allReducePerToken(kernels) + dispatchPerToken(kernels) + stagePerToken(kernels)) * tokens
      time += mixed.expertTime(tokens: padded * dataParallel)
      if onRank > largestGraph { time += mixed.prefillBase }
      base.append(Int64(time.rounded(.toNearestOrEven)))
    }
    var model = StepTimeModel(
      decodeBase: base,
      perKVToken: Int64((mixed.attentionPerKVToken / ranks).rounded(.toNearestOrEven)),
      mixed: mixed)
    model.mixed.mixedPenalty =
      accelerator.mixedPenalty(groupSize: self.model.groupSize)?.table(maxSequences: maxSequences)
      ?? []
    return model
  }

  /// Every coefficient of a step. A decode-only step uses the same ones, without what belongs to
  /// prefill.
  private func mixedCoefficients(_ kernels: Kernels) -> StepTimeModel.MixedCoefficients {
    let layers = Double(model.layers)
    var m = StepTimeModel.MixedCoefficients()
    m.attentionRanks = dataParallel
    addMatrixProducts(kernels.layer, to: &m)
    addAttention(kernels, to: &m)

    // The output projection runs at 16 bits and once per sequence, whatever the prompt's length.
    let head = kernels.head
    let headParameters = Double(model.vocabularySize * model.hiddenSize) / Double(tensorParallel)
    let headBase =
      head.launchMicroseconds * Self.microsecond
      + headParameters * Precision.bf16.bytesPerParameter
      / (head.memoryEfficiency * accelerator.memoryBytesPerSecond) * Self.second
    let headPerSequence =
      2 * headParameters / (head.peakFLOPsPerSecond * head.smallBatchEfficiency) * Self.second

    let allReduceBase =
      kernels.allReduce.map { 2 * layers * $0.floorMicroseconds * Self.microsecond } ?? 0
    m.perToken =
      elementwisePerToken() + allReducePerToken(kernels) + dispatchPerToken(kernels)
      + stagePerToken(kernels)
    m.perSequence =
      (host.perSequenceMicroseconds * Self.microsecond + headPerSequence) / Double(pipelineParallel)
    m.base =
      host.perStepMicroseconds * Self.microsecond
      + layers * host.perLayerMicroseconds * Self.microsecond + headBase + allReduceBase
      + exchangeBase(kernels)
    m.prefillBase =
      (host.prefillStepMicroseconds + layers * host.prefillLayerMicroseconds) * Self.microsecond
    if let expert = kernels.expert { addExperts(expert, sixteenBit: head, to: &m) }
    return m
  }

  /// The matrix products of all layers outside the experts.
  private func addMatrixProducts(
    _ kernel: MatrixKernel, to m: inout StepTimeModel.MixedCoefficients
  ) {
    let shards = Double(tensorParallel)
    let batches = Double(pipelineParallel)
    let hidden = Double(model.hiddenSize)
    let parameters = Double(model.denseLayerParameters) / shards

    // Query-key-value and output projection; a latent is compressed and expanded besides.
    var products = Double(model.layers) * (model.latent == nil ? 2 : 4)
    let width = Double(model.heads * model.headDimension) / shards
    let cached = Double(model.cachedWidth(tensorParallel: tensorParallel))
    var elements = Double(model.layers) * (2 * hidden + 2 * width + cached)
    if let latent = model.latent {
      elements += Double(model.layers * 2 * (latent.queryRank + latent.rank))
    }
    // Gate-and-up and down, wherever a layer has a feed-forward part that all tokens pass.
    let feedForwards: [(layers: Int, size: Int)] =
      model.experts == 0
      ? [(model.layers, model.feedForwardSize)]
      : [
        (model.denseLayers, model.denseFeedForwardSize),
        (model.sharedExpertSize > 0 ? model.expertLayers : 0, model.sharedExpertSize),
      ]
    for part in feedForwards {
      products += 2 * Double(part.layers)
      elements += Double(part.layers) * (2 * hidden + 3 * Double(part.size) / shards)
    }

    m.gemmFloor = products * kernel.launchMicroseconds * Self.microsecond
    m.gemmBase =
      m.gemmFloor + parameters * kernel.precision.bytesPerParameter
      / (kernel.memoryEfficiency * accelerator.memoryBytesPerSecond) * Self.second
    let perToken = 2 * parameters / kernel.peakFLOPsPerSecond * Self.second / batches
    m.gemmPerToken = perToken / kernel.smallBatchEfficiency
    m.gemmPerTokenComputeBound =
      perToken / kernel.largeBatchEfficiency + elements * kernel.perElementPicoseconds / batches
  }

  private func addAttention(_ kernels: Kernels, to m: inout StepTimeModel.MixedCoefficients) {
    let shards = Double(tensorParallel)
    let batches = Double(pipelineParallel)
    let layers = Double(model.layers)
    let windowed = layers * (1 - model.fullAttentionFraction)
    let window = Double(model.slidingWindowTokens)
    let memoryRate = accelerator.memoryBytesPerSecond
    let heads = Double(model.heads) / shards
    let peak = kernels.head.peakFLOPsPerSecond

    let decode = kernels.decode
    let tokenBytes =
      Double(model.cachedWidth(tensorParallel: tensorParallel)) * kvPrecision.bytesPerParameter
    var perLayerToken = tokenBytes / (decode.memoryEfficiency * memoryRate)
    if let latent = model.latent {
      // All heads attend to one vector, so arithmetic may outweigh reading it.
      let operations = 2 * heads * Double(latent.cachedWidth + latent.rank)
      perLayerToken = max(perLayerToken, operations / (peak * kernels.prefill.efficiency))
    }
    m.decodeAttentionBase = layers * decode.floorMicroseconds * Self.microsecond
    let kvHeads =
      model.latent == nil ? Double(model.kvHeadsPerAccelerator(tensorParallel: tensorParallel)) : 1
    m.decodeAttentionPerSequence =
      (layers * decode.perSequenceMicroseconds * kvHeads * Self.microsecond
        + windowed * window * perLayerToken * Self.second) / batches
    m.attentionPerKVToken =
      layers * model.fullAttentionFraction * perLayerToken * Self.second / batches

    let prefill = kernels.prefill
    // A score and a weighted value for each pair: two products of two operations.
    let width =
      model.latent.map { Double(model.headDimension + $0.valueDimension) / 2 }
      ?? Double(model.headDimension)
    let perPair = 4 * heads * width / (peak * prefill.efficiency) * Self.second
    m.prefillAttentionBase = layers * prefill.floorMicroseconds * Self.microsecond
    m.prefillAttentionPerToken =
      (layers * prefill.perTokenHeadMicroseconds * heads * Self.microsecond
        + windowed * window * perPair) / batches
    m.prefillAttentionPerPair = layers * model.fullAttentionFraction * perPair / batches
    m.prefillAttentionHalfTokens = prefill.halfEfficiencyTokens
  }

  /// Norms, rotary embedding and residual move the hidden vector through memory twelve times a
  /// layer; the activation of a dense layer moves the feed-forward vector three times.
  private func elementwisePerToken() -> Double {
    let hidden = 12 * Double(model.hiddenSize)
    let feedForward =
      model.experts == 0 ? 3 * Double(model.feedForwardSize) / Double(tensorParallel) : 0
    let moved =
      Double(model.layers) * (hidden + feedForward) * Self.activationBytes
      / (accelerator.elementwiseEfficiency * accelerator.memoryBytesPerSecond) * Self.second
    let sorted = Double(model.expertLayers) * host.expertTokenMicroseconds * Self.microsecond
    return (moved + sorted) / Double(pipelineParallel)
  }

  /// Bytes of one token's hidden vector.
  private var hiddenBytes: Double { Double(model.hiddenSize) * Self.activationBytes }

  /// Two all-reduces a layer over one hidden vector of each token.
  func allReducePerToken(_ kernels: Kernels) -> Double {
    guard let allReduce = kernels.allReduce else { return 0 }
    return 2 * Double(model.layers) * hiddenBytes / allReduce.bytesPerSecond * Self.second
      / Double(pipelineParallel)
  }

  /// With data parallel attention each token's hidden vector travels to the ranks of its experts, and
  /// their results back.
  private func dispatchPerToken(_ kernels: Kernels) -> Double {
    guard let exchange = kernels.exchange else { return 0 }
    let copies = Double(min(model.expertsPerToken, tensorParallel * dataParallel))
    return 2 * Double(model.expertLayers) * copies * hiddenBytes / exchange.bytesPerSecond
      * Self.second / Double(pipelineParallel)
  }

  /// From stage to stage travels one hidden vector of each token.
  private func stagePerToken(_ kernels: Kernels) -> Double {
    guard let stage = kernels.stage else { return 0 }
    return hiddenBytes / stage.bytesPerSecond * Self.second
  }

  /// Floors of the exchanges between data parallel ranks and between stages.
  private func exchangeBase(_ kernels: Kernels) -> Double {
    let exchange =
      kernels.exchange.map { 2 * Double(model.expertLayers) * $0.floorMicroseconds } ?? 0
    let stages = kernels.stage.map { Double(pipelineParallel) * $0.floorMicroseconds } ?? 0
    return (exchange + stages) * Self.microsecond
  }

  private func addExperts(
    _ expert: ExpertKernel, sixteenBit: MatrixKernel,
    to m: inout StepTimeModel.MixedCoefficients
  ) {
    let shards = Double(tensorParallel * dataParallel)
    let batches = Double(pipelineParallel)
    let layers = Double(model.expertLayers)
    let expertBytes = Double(model.feedForwardParameters) * expert.precision.bytesPerParameter
    let flopsPerToken = 2 * Double(model.feedForwardParameters) * Double(model.expertsPerToken)
    let scale = flopsPerToken / expert.referenceFLOPsPerToken
    var imbalance = 1.0
    var ranks = expertParallel
    while ranks > 1 {
      imbalance *= expert.imbalancePerDoubling
      ranks /= 2
    }
    m.experts = model.experts
    m.expertsPerToken = model.expertsPerToken
    if model.routingSkew > 0 || expertParallel > 1 || pipelineParallel > 1 {
      m.activeExpertTable = ExpertRouting(
        experts: model.experts, perToken: model.expertsPerToken, skew: model.routingSkew,
        ranks: expertParallel
      ).activeTable(batches: pipelineParallel)
    }
    m.perActiveExpert =
      layers * expertBytes
      / (shards * expert.memoryEfficiency * accelerator.memoryBytesPerSecond) * Self.second
    m.expertPerToken =
      layers * scale * imbalance
      * (expert.perTokenMicroseconds / shards + expert.perTokenUnshardedMicroseconds)
      * Self.microsecond / batches
    m.expertPerTokenComputeBound =
      layers * flopsPerToken * imbalance
      / (shards * sixteenBit.peakFLOPsPerSecond * expert.computeEfficiency) * Self.second / batches
    m.expertKneeTokens = ExpertKernel.kneeTokens * pipelineParallel
    m.base +=
      layers * (expert.launchMicroseconds + host.expertLayerMicroseconds) * Self.microsecond
  }
}
