/// One way to serve a model: the choices that decide step time and KV capacity of a replica.
public struct EngineDeployment: Hashable, Sendable {
  /// The accelerator of each rank.
  public var accelerator: Accelerator
  /// The model served.
  public var model: LanguageModel
  /// Format of the weights.
  public var precision: Precision
  /// Format of the KV cache.
  public var kvPrecision: Precision
  /// Accelerators each layer is sharded over.
  public var tensorParallel: Int
  /// Stages that layers are divided into, one after the other, each of `tensorParallel` accelerators.
  public var pipelineParallel: Int
  /// Groups of `tensorParallel` accelerators that attend to sequences of their own and share the
  /// experts of a mixture (data parallel attention).
  public var dataParallel: Int
  /// Groups of accelerators that each hold whole experts; 1 where every expert is sharded over all.
  public var expertParallel: Int
  /// How the accelerators of a node reach each other; not used where a replica is one accelerator.
  public var interconnect: Interconnect
  /// The engine's host code.
  public var host: HostOverhead
  /// Share of memory the engine may use (`gpu_memory_utilization`).
  public var memoryUtilization: Double
  /// Activations, communication buffers and captured graphs, bytes of each accelerator.
  public var reservedBytes: Double
  /// Scheduler settings that differ from the engine's defaults.
  public var scheduler: SchedulerOverrides
  /// How it speculates; `nil` where it does not.
  public var speculation: SpeculationPlan?
  /// The adapters it makes room for; `nil` for none.
  public var adapters: AdapterPlan?

  /// Creates a deployment.
  ///
  /// The default utilization is vLLM's up to 0.21. The default reserve is what remains after
  /// weights and KV blocks in 15 vLLM runs on H100 (five dense models, one to four accelerators,
  /// budgets of 1,024 to 8,192 tokens): 0.9 to 2.1 GB. Source: inference-sim's load tests,
  /// 2026-02.
  public init(
    accelerator: Accelerator, model: LanguageModel, precision: Precision? = nil,
    kvPrecision: Precision = .bf16, tensorParallel: Int = 1, pipelineParallel: Int = 1,
    dataParallel: Int = 1, expertParallel: Int = 1, interconnect: Interconnect,
    host: HostOverhead, memoryUtilization: Double = 0.9, reservedBytes: Double = 1.8e9,
    scheduler: SchedulerOverrides = SchedulerOverrides()
  ) {
    self.accelerator = accelerator
    self.model = model
    self.precision = precision ?? model.defaultPrecision
    self.kvPrecision = kvPrecision
    self.tensorParallel = tensorParallel
    self.pipelineParallel = pipelineParallel
    self.dataParallel = dataParallel
    self.expertParallel = expertParallel
    self.interconnect = interconnect
    self.host = host
    self.memoryUtilization = memoryUtilization
    self.reservedBytes = reservedBytes
    self.scheduler = scheduler
  }

  /// Accelerators of one replica.
  public var accelerators: Int { tensorParallel * pipelineParallel * dataParallel }

  /// Resolves the choices to scheduler settings and step times.
  ///
  /// Throws an ``EngineDeploymentError`` where heads do not divide, a kernel is unknown, a setting
  /// is out of range, or the model does not fit. An explicit `scheduler.kvBlocks` is believed: it
  /// stands for what a real engine reported.
  /// Complexity: O(maximum sequences · log maximum sequences).
  public func resolve() throws(EngineDeploymentError) -> ServingConfiguration {
    let kernels = try kernels()
    let blockTokens = try atLeastOne(scheduler.blockTokens ?? 16, "block_size")
    let memory = try memoryPlan(blockTokens: blockTokens)
    if scheduler.kvBlocks == nil && !memory.fits { throw doesNotFit(memory) }
    let blocks = try atLeastOne(
      scheduler.kvBlocks ?? memory.kvBlocks * dataParallel, "num_gpu_blocks")
    let settings = try schedulerSettings(blockTokens: blockTokens, blocks: blocks)
    var time = stepTime(kernels, maxSequences: settings.maxSequences)
    var evidence = kernels.evidence
    if let speculation {
      time = try speculating(
        time, speculation, perTokenInDecode: allReducePerToken(kernels))
      if speculation.drafter.evidence == .guess { evidence = .guess }
    }
    if let adapters {
      time.adapters = adapterTimes(adapters, head: kernels.head)
      if adapters.costs.evidence == .guess { evidence = .guess }
    }
    return ServingConfiguration(
      scheduler: settings, stepTime: time, memory: memory,
      frontEndNanoseconds: Int64((host.frontEndMicroseconds * 1e3).rounded()),
      frontEndTokenNanoseconds: Int64((host.frontEndTokenMicroseconds * 1e3).rounded()),
      error: host.error, evidence: evidence)
  }

  // MARK: Kernels

  /// The kernels a deployment uses, looked up once.
  struct Kernels {
    var layer: MatrixKernel
    var head: MatrixKernel
    var decode: DecodeAttentionKernel
    var prefill: PrefillAttentionKernel
    var expert: ExpertKernel?
    var allReduce: Interconnect.AllReduce?
    /// Between data parallel ranks.
    var exchange: Interconnect.AllReduce?
    /// Between stages.
    var stage: Interconnect.AllReduce?
    var evidence: Evidence
  }

  func kernels() throws(EngineDeploymentError) -> Kernels {
    guard model.supports(tensorParallel: tensorParallel) else {
      throw .tensorParallelDoesNotDivideHeads(
        model: model.name, degree: tensorParallel, heads: model.heads, kvHeads: model.kvHeads,
        valid: (1...model.heads).filter(model.supports(tensorParallel:)))
    }
    try checkParallelism()
    if precision != precision.dense && model.experts == 0 {
      throw .precisionIsForExpertsOnly(model: model.name, precision: precision)
    }
    let supported = accelerator.matrixKernels.map(\.precision)
    guard let layer = accelerator.matrixKernel(precision.dense) else {
      throw .precisionNotSupported(
        accelerator: accelerator.name, precision: precision.dense, supported: supported)
    }
    guard let head = accelerator.matrixKernel(.bf16) else {
      throw .precisionNotSupported(
        accelerator: accelerator.name, precision: .bf16, supported: supported)
    }
    guard
      let decode = accelerator.decodeAttentionKernel(
        headDimension: model.headDimension, kvPrecision: kvPrecision)
    else {
      let formats = Precision.allCases.filter { format in
        accelerator.decodeAttentionKernels.contains { $0.kvPrecision == format }
      }
      throw .kvPrecisionNotSupported(
        accelerator: accelerator.name, precision: kvPrecision, supported: formats)
    }
    guard let prefill = accelerator.prefillAttentionKernel(headDimension: model.headDimension)
    else {
      preconditionFailure("an accelerator without a prefill attention kernel")
    }
    var evidence = [accelerator.evidence, layer.evidence, head.evidence, decode.evidence]
    var expert: ExpertKernel?
    if model.experts > 0 {
      expert = accelerator.expertKernel(precision)
      guard let expert else {
        throw .noExpertKernel(
          accelerator: accelerator.name, precision: precision,
          supported: accelerator.expertKernels.map(\.precision))
      }
      evidence.append(expert.evidence)
    }
    let allReduce = tensorParallel > 1 ? try link(tensorParallel) : nil
    let exchange = dataParallel > 1 ? try link(tensorParallel * dataParallel) : nil
    let stage = pipelineParallel > 1 ? try link(2) : nil
    if accelerators > 1 { evidence.append(interconnect.evidence) }
    return Kernels(
      layer: layer, head: head, decode: decode, prefill: prefill, expert: expert,
      allReduce: allReduce, exchange: exchange, stage: stage,
      evidence: evidence.contains(.guess) ? .guess : .measured)
  }

  private func link(_ degree: Int) throws(EngineDeploymentError) -> Interconnect.AllReduce {
    guard let link = interconnect.allReduce(tensorParallel: degree) else {
      throw .noAllReduce(
        interconnect: interconnect.name, degree: degree,
        known: interconnect.allReduces.map(\.tensorParallel))
    }
    return link
  }

  private func checkParallelism() throws(EngineDeploymentError) {
    guard pipelineParallel >= 1 && pipelineParallel <= model.layers else {
      throw .settingOutOfRange(
        setting: "pipeline_parallel", value: "\(pipelineParallel)",
        expected: "1 to the model's \(model.layers) layers")
    }
    guard dataParallel >= 1, dataParallel == 1 || model.experts > 0 else {
      throw .settingOutOfRange(
        setting: "data_parallel", value: "\(dataParallel)",
        expected: "1, as \(model.name) has no experts to share; use more replicas")
    }
    guard dataParallel == 1 || pipelineParallel == 1 else {
      throw .settingOutOfRange(
        setting: "pipeline_parallel", value: "\(pipelineParallel)",
        expected: "1 with data_parallel \(dataParallel)")
    }
    if speculation != nil || adapters != nil, pipelineParallel > 1 || dataParallel > 1 {
      throw .cannotSchedule(
        "\(speculation == nil ? "adapters" : "speculation") cannot go with pipeline_parallel or "
          + "data_parallel above 1")
    }
    let ranks = tensorParallel * dataParallel
    guard expertParallel >= 1, ranks % expertParallel == 0,
      expertParallel == 1 || (model.experts > 0 && model.experts % expertParallel == 0)
    else {
      throw .settingOutOfRange(
        setting: "expert_parallel", value: "\(expertParallel)",
        expected: model.experts == 0
          ? "1, as \(model.name) has no experts"
          : "a divisor of tensor_parallel x data_parallel, which is \(ranks), and of the "
            + "\(model.experts) experts")
    }
  }

  // MARK: Memory

  /// How memory is spent, whether or not the model fits.
  public func memoryPlan(blockTokens: Int) throws(EngineDeploymentError) -> MemoryPlan {
    guard memoryUtilization > 0 && memoryUtilization <= 1 else {
      throw .settingOutOfRange(
        setting: "gpu_memory_utilization", value: "\(memoryUtilization)",
        expected: "more than 0 and at most 1")
    }
    guard reservedBytes >= 0 && reservedBytes < accelerator.memoryBytes else {
      throw .settingOutOfRange(
        setting: "reserved memory", value: "\(reservedBytes) bytes",
        expected: "0 or more and less than the accelerator's memory")
    }
    return memoryPlan(tensorParallel: tensorParallel, blockTokens: blockTokens)
  }

  private func memoryPlan(tensorParallel: Int, blockTokens: Int) -> MemoryPlan {
    MemoryPlan(
      usableBytes: accelerator.memoryBytes * memoryUtilization,
      weightBytes: (model.weightBytes(precision) - model.expertBytes(precision))
        / Double(tensorParallel * pipelineParallel)
        + model.expertBytes(precision) / Double(tensorParallel * pipelineParallel * dataParallel)
        + draftingBytes.weights,
      reservedBytes: reservedBytes + adapterBytes,
      blockBytes: (model.kvBytesPerToken(tensorParallel: tensorParallel, precision: kvPrecision)
        / Double(pipelineParallel) + draftingBytes.perToken) * Double(blockTokens),
      blockTokens: blockTokens)
  }

  private func doesNotFit(_ memory: MemoryPlan) -> EngineDeploymentError {
    let smallest = interconnect.allReduces.map(\.tensorParallel).sorted().first { degree in
      degree > tensorParallel && model.supports(tensorParallel: degree)
        && memoryPlan(tensorParallel: degree, blockTokens: memory.blockTokens).fits
    }
    return .doesNotFit(
      model: model.name, accelerator: accelerator.name, precision: precision,
      tensorParallel: tensorParallel, neededBytes: memory.neededBytes,
      usableBytes: memory.usableBytes, smallestTensorParallel: smallest)
  }

  // MARK: Scheduler

  private func schedulerSettings(
    blockTokens: Int, blocks: Int
  ) throws(EngineDeploymentError) -> SchedulerSettings {
    let sequences = try scheduler.maxSequences.map { value throws(EngineDeploymentError) in
      try atLeastOne(value, "max_num_seqs")
    }
    // Each data parallel rank has a scheduler of its own.
    let defaultTokens = max(
      accelerator.defaultMaxBatchedTokens * dataParallel, sequences ?? 1)
    let tokens = try atLeastOne(
      scheduler.maxBatchedTokens ?? defaultTokens, "max_num_batched_tokens")
    let threshold = scheduler.longPrefillThreshold ?? 0
    guard threshold >= 0 else {
      throw .settingOutOfRange(
        setting: "long_prefill_token_threshold", value: "\(threshold)", expected: "0 or more")
    }
    if let sequences, sequences > tokens {
      throw .settingOutOfRange(
        setting: "max_num_seqs", value: "\(sequences)",
        expected: "at most max_num_batched_tokens, which is \(tokens)")
    }
    let modelTokens = try atLeastOne(
      scheduler.maxModelTokens ?? model.contextTokens, "max_model_len")
    var settings = SchedulerSettings(
      maxBatchedTokens: tokens,
      maxSequences: sequences ?? min(accelerator.defaultMaxSequences * dataParallel, tokens),
      blockTokens: blockTokens, kvBlocks: blocks, maxModelTokens: modelTokens,
      longPrefillThreshold: threshold,
      reservesWholePrompt: scheduler.reservesWholePrompt ?? true,
      order: scheduler.order ?? .firstComeFirstServed,
      mixesPrefill: scheduler.mixesPrefill ?? host.mixesPrefill,
      prefixCache: scheduler.prefixCache ?? false, offload: scheduler.offload)
    // As V0 does: `int(watermark * num_gpu_blocks)`.
    let share = scheduler.watermark ?? 0
    guard share >= 0 && share < 1 else {
      throw .settingOutOfRange(
        setting: "watermark", value: "\(share)", expected: "0 or more and less than 1")
    }
    settings.keepFree(blocks: Int(share * Double(settings.kvBlocks)))
    settings.prefillsFirst = scheduler.prefillsFirst ?? false
    if let speculation { settings.speculation = speculation.settings }
    if let adapters { settings.adapters = adapterSettings(adapters) }
    if let problem = settings.problem { throw .cannotSchedule(problem) }
    return settings
  }

  private func atLeastOne(
    _ value: Int, _ setting: String
  ) throws(EngineDeploymentError) -> Int {
    guard value >= 1 else {
      throw .settingOutOfRange(setting: setting, value: "\(value)", expected: "1 or more")
    }
    return value
  }
}
