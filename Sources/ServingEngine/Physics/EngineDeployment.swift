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
  /// Accelerators one replica is sharded over.
  public var tensorParallel: Int
  /// How the accelerators of a node reach each other; not used where `tensorParallel` is 1.
  public var interconnect: Interconnect
  /// The engine's host code.
  public var host: HostOverhead
  /// Share of memory the engine may use (`gpu_memory_utilization`).
  public var memoryUtilization: Double
  /// Activations, communication buffers and captured graphs, bytes of each accelerator.
  public var reservedBytes: Double
  /// Scheduler settings that differ from the engine's defaults.
  public var scheduler: SchedulerOverrides

  /// Creates a deployment.
  ///
  /// The default utilization is vLLM's up to 0.21. The default reserve is what remains after
  /// weights and KV blocks in 15 vLLM runs on H100 (five dense models, one to four accelerators,
  /// budgets of 1,024 to 8,192 tokens): 0.9 to 2.1 GB. Source: inference-sim's load tests,
  /// 2026-02.
  public init(
    accelerator: Accelerator, model: LanguageModel, precision: Precision? = nil,
    kvPrecision: Precision = .bf16, tensorParallel: Int = 1, interconnect: Interconnect,
    host: HostOverhead, memoryUtilization: Double = 0.9, reservedBytes: Double = 1.8e9,
    scheduler: SchedulerOverrides = SchedulerOverrides()
  ) {
    self.accelerator = accelerator
    self.model = model
    self.precision = precision ?? model.defaultPrecision
    self.kvPrecision = kvPrecision
    self.tensorParallel = tensorParallel
    self.interconnect = interconnect
    self.host = host
    self.memoryUtilization = memoryUtilization
    self.reservedBytes = reservedBytes
    self.scheduler = scheduler
  }

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
    let blocks = try atLeastOne(scheduler.kvBlocks ?? memory.kvBlocks, "num_gpu_blocks")
    let settings = try schedulerSettings(blockTokens: blockTokens, blocks: blocks)
    return ServingConfiguration(
      scheduler: settings,
      stepTime: stepTime(kernels, maxSequences: settings.maxSequences), memory: memory,
      evidence: kernels.evidence)
  }

  // MARK: Kernels

  /// The kernels a deployment uses, looked up once.
  struct Kernels {
    var layer: MatrixKernel
    var head: MatrixKernel
    var decode: DecodeAttentionKernel
    var expert: ExpertKernel?
    var allReduce: Interconnect.AllReduce?
    var evidence: Evidence
  }

  func kernels() throws(EngineDeploymentError) -> Kernels {
    guard model.supports(tensorParallel: tensorParallel) else {
      throw .tensorParallelDoesNotDivideHeads(
        model: model.name, degree: tensorParallel, heads: model.heads, kvHeads: model.kvHeads,
        valid: (1...model.heads).filter(model.supports(tensorParallel:)))
    }
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
    var allReduce: Interconnect.AllReduce?
    if tensorParallel > 1 {
      allReduce = interconnect.allReduce(tensorParallel: tensorParallel)
      guard allReduce != nil else {
        throw .noAllReduce(
          interconnect: interconnect.name, degree: tensorParallel,
          known: interconnect.allReduces.map(\.tensorParallel))
      }
      evidence.append(interconnect.evidence)
    }
    return Kernels(
      layer: layer, head: head, decode: decode, expert: expert, allReduce: allReduce,
      evidence: evidence.contains(.guess) ? .guess : .measured)
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
      weightBytes: model.weightBytes(precision) / Double(tensorParallel),
      reservedBytes: reservedBytes,
      blockBytes: model.kvBytesPerToken(tensorParallel: tensorParallel, precision: kvPrecision)
        * Double(blockTokens), blockTokens: blockTokens)
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
    let defaultTokens = max(accelerator.defaultMaxBatchedTokens, sequences ?? 1)
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
    return SchedulerSettings(
      maxBatchedTokens: tokens,
      maxSequences: sequences ?? min(accelerator.defaultMaxSequences, tokens),
      blockTokens: blockTokens, kvBlocks: blocks, maxModelTokens: modelTokens,
      longPrefillThreshold: threshold,
      reservesWholePrompt: scheduler.reservesWholePrompt ?? true,
      order: scheduler.order ?? .firstComeFirstServed)
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
