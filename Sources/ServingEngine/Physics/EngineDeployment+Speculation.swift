/// What speculation costs: a step checks every drafted token in the matrix products, and drafts the next.
///
/// The step reads each sequence's cache once for all tokens it checks. A drafting pass costs a decode step
/// of the drafting model on the same accelerators, without the engine's own host time; there is one for each
/// drafted token, one after the other. The drafting model goes over prompts too, once.
extension EngineDeployment {
  private static var microsecond: Double { 1e6 }

  /// What drafting adds to steps, picoseconds.
  private struct Drafting {
    var perStep = 0.0
    var perSequence = 0.0
    var perKVToken = 0.0
    var perPromptToken = 0.0
  }

  /// The deployment of the model that drafts; `nil` where none is computed.
  var draftingDeployment: EngineDeployment? {
    guard let speculation, speculation.passMicroseconds == nil,
      let drafting = speculation.drafting(for: model)
    else { return nil }
    var deployment = self
    deployment.model = drafting
    // A head comes in the format of what it is trained beside; a model of its own in its own.
    if speculation.drafter.needsModel { deployment.precision = drafting.defaultPrecision }
    if drafting.experts == 0 { deployment.precision = deployment.precision.dense }
    deployment.host = HostOverhead(
      name: "drafting", perStepMicroseconds: speculation.drafter.perDraftMicroseconds,
      perSequenceMicroseconds: 0, perLayerMicroseconds: host.perLayerMicroseconds)
    deployment.expertParallel = 1
    deployment.speculation = nil
    deployment.adapters = nil
    return deployment
  }

  /// Bytes of the drafting model's weights on each accelerator, and of its keys and values for a token.
  var draftingBytes: (weights: Double, perToken: Double) {
    guard let speculation, let drafting = speculation.drafting(for: model) else { return (0, 0) }
    var weights = drafting.weightBytes(
      speculation.drafter.needsModel
        ? drafting.defaultPrecision : drafting.experts == 0 ? precision.dense : precision)
    // Without a vocabulary of its own a head shares the model's embeddings.
    if !speculation.drafter.needsModel && speculation.drafter.vocabularySize == 0 {
      weights -= Double(drafting.embeddingParameters) * Precision.bf16.bytesPerParameter
    }
    let perToken = drafting.kvBytesPerToken(
      tensorParallel: tensorParallel, precision: kvPrecision)
    return (weights / Double(tensorParallel), speculation.drafter.hasCache ? perToken : 0)
  }

  private func drafting(_ speculation: SpeculationPlan) throws(EngineDeploymentError) -> Drafting {
    let drafter = speculation.drafter
    let passes = Double(speculation.draftTokens)
    var drafting = Drafting(
      perStep: drafter.perStepMicroseconds * Self.microsecond,
      perSequence: drafter.perSequenceMicroseconds * Self.microsecond)
    if let pass = speculation.passMicroseconds {
      drafting.perStep += passes * pass * Self.microsecond
      return drafting
    }
    guard let deployment = draftingDeployment else {
      drafting.perStep += passes * drafter.perDraftMicroseconds * Self.microsecond
      return drafting
    }
    let kernels = try deployment.kernels()
    let pass = deployment.stepTime(kernels, maxSequences: 1).mixed
    drafting.perStep += passes * (pass.base + pass.gemmBase + pass.decodeAttentionBase)
    drafting.perStep += passes * pass.expertTime(tokens: 1)
    drafting.perSequence +=
      passes
      * (pass.perSequence + pass.gemmPerToken + pass.decodeAttentionPerSequence + pass.perToken)
    drafting.perKVToken = passes * pass.attentionPerKVToken
    drafting.perPromptToken = pass.gemmPerTokenComputeBound + pass.perToken
    return drafting
  }

  /// Step times of a deployment that speculates, from those of one that does not.
  func speculating(
    _ plain: StepTimeModel, _ speculation: SpeculationPlan, perTokenInDecode: Double
  ) throws(EngineDeploymentError) -> StepTimeModel {
    let drafting = try drafting(speculation)
    let drafted = Double(speculation.draftTokens)
    var m = plain.mixed
    m.tokensPerDecode = 1 + speculation.draftTokens
    // The output projection runs for every token that is checked.
    let projection = m.perSequence - host.perSequenceMicroseconds * Self.microsecond
    m.decodeAttentionPerSequence += drafted * projection
    m.base += drafting.perStep
    m.perSequence += drafting.perSequence
    m.attentionPerKVToken += drafting.perKVToken

    var base: [Int64] = [0]
    for batch in 1..<plain.decodeBase.count {
      let sequences = Double(batch)
      let count = batch * m.tokensPerDecode
      let tokens = Double(count)
      var time = m.base + m.perSequence * sequences
      time += max(
        m.gemmBase + m.gemmPerToken * tokens, m.gemmFloor + m.gemmPerTokenComputeBound * tokens)
      time += m.decodeAttentionBase + m.decodeAttentionPerSequence * sequences
      time += perTokenInDecode * sequences + m.perToken * drafted * sequences
      time += m.expertTime(tokens: count)
      base.append(Int64(time.rounded(.toNearestOrEven)))
    }
    m.perToken += drafting.perPromptToken
    return StepTimeModel(
      decodeBase: base, perKVToken: Int64(m.attentionPerKVToken.rounded(.toNearestOrEven)), mixed: m
    )
  }
}
