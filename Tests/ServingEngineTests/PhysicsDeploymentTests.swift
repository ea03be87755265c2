import ServingEngine
import Testing

/// Deployments built by hand, without a catalog: numbers checked against the formula on paper.
@Suite struct PhysicsDeploymentTests {
  static let llama8B = LanguageModel(
    name: "llama-8b", layers: 32, hiddenSize: 4096, feedForwardSize: 14336, heads: 32, kvHeads: 8,
    headDimension: 128, vocabularySize: 128_256, contextTokens: 131_072)
  static let llama70B = LanguageModel(
    name: "llama-70b", layers: 80, hiddenSize: 8192, feedForwardSize: 28672, heads: 64, kvHeads: 8,
    headDimension: 128, vocabularySize: 128_256, contextTokens: 131_072)
  static let mixture = LanguageModel(
    name: "mixture", layers: 32, hiddenSize: 4096, feedForwardSize: 14336, heads: 32, kvHeads: 8,
    headDimension: 128, vocabularySize: 32_000, experts: 8, expertsPerToken: 2,
    contextTokens: 32_768)
  static let host = HostOverhead(
    name: "host", perStepMicroseconds: 424, perSequenceMicroseconds: 7.3, perLayerMicroseconds: 5)
  static let link = Interconnect(
    name: "link",
    allReduces: [
      .init(tensorParallel: 2, floorMicroseconds: 4.3, bytesPerSecond: 259e9),
      .init(tensorParallel: 4, floorMicroseconds: 4.7, bytesPerSecond: 180e9),
      .init(tensorParallel: 8, floorMicroseconds: 5.4, bytesPerSecond: 195e9),
    ], evidence: .measured)

  static func hopper(penalties: [MixedPenalty] = []) -> Accelerator {
    Accelerator(
      name: "hopper", memoryBytes: 80e9, memoryBytesPerSecond: 3.35e12,
      matrixKernels: [
        MatrixKernel(
          precision: .bf16, peakFLOPsPerSecond: 989e12, launchMicroseconds: 4.06,
          memoryEfficiency: 0.911, smallBatchEfficiency: 2.249, largeBatchEfficiency: 0.808,
          evidence: .measured)
      ],
      decodeAttentionKernels: [
        DecodeAttentionKernel(
          headDimension: 128, kvPrecision: .bf16, floorMicroseconds: 11.6,
          perSequenceMicroseconds: 0.0489 / 8, memoryEfficiency: 0.905, evidence: .measured),
        DecodeAttentionKernel(
          headDimension: 64, kvPrecision: .bf16, floorMicroseconds: 10.36,
          perSequenceMicroseconds: 0.0429 / 8, memoryEfficiency: 0.897, evidence: .measured),
      ],
      prefillAttentionKernels: [
        PrefillAttentionKernel(
          headDimension: 128, floorMicroseconds: 13.4, perTokenHeadMicroseconds: 0.0066 / 32,
          efficiency: 0.621, evidence: .measured)
      ],
      expertKernels: [
        ExpertKernel(
          precision: .bf16, launchMicroseconds: 32.9, memoryEfficiency: 0.913,
          perTokenMicroseconds: 0.418, perTokenUnshardedMicroseconds: 0,
          referenceFLOPsPerToken: 704_643_072, computeEfficiency: 0.61, evidence: .guess)
      ],
      elementwiseEfficiency: 0.8, mixedPenalties: penalties, defaultInterconnect: "link",
      defaultMaxBatchedTokens: 8192, defaultMaxSequences: 1024, evidence: .measured)
  }

  static func deployment(
    _ model: LanguageModel = llama8B, tensorParallel: Int = 1, precision: Precision? = nil
  ) -> EngineDeployment {
    EngineDeployment(
      accelerator: hopper(), model: model, precision: precision, tensorParallel: tensorParallel,
      interconnect: link, host: host)
  }

  @Test func `an 8B model on one H100 takes the time computed on paper`() throws {
    let configuration = try Self.deployment().resolve()
    let table = configuration.stepTime.decodeBase
    #expect(table.count == 1025)
    let slope = Double(table[101] - table[1]) / 100
    // 7.3 + 32·0.0489 + 2·6.98e9/(989e12·2.249) + output projection, µs.
    #expect(abs(slope / 1e6 - 15.613) < 0.001)
    // 424 + 32·(5 + 11.6 + 4·4.06) + 13.96 GB/(0.911·3.35 TB/s) + output projection, µs.
    #expect(abs((Double(table[1]) - slope) / 1e6 - 6397.0) < 0.1)
    // 32·2·8·128·2 bytes / (0.905·3.35 TB/s), ps.
    #expect(configuration.stepTime.perKVToken == 43233)
    #expect(configuration.evidence == .measured)
    #expect(configuration.scheduler.maxModelTokens == 131_072)
  }

  @Test func `a step that prefills adds up to its parts`() throws {
    let model = try Self.deployment().resolve().stepTime
    // One prompt of 2,048 tokens on an idle engine, by the published formula, in µs.
    let (tokens, layers): (Double, Double) = (2048, 32)
    let (memory, peak): (Double, Double) = (3.35e6, 989e6)
    let layerBytes: Double = layers * 218_103_808 * 2
    let streaming: Double = layers * 4 * 4.06 + layerBytes / (0.911 * memory)
    let gemm: Double = max(
      streaming + tokens * layerBytes / (peak * 2.249),
      layers * 4 * 4.06 + tokens * layerBytes / (peak * 0.808))
    let pairs: Double = tokens * tokens / 2
    let pairTime: Double = layers * 4 * 4096 * pairs / (peak * 0.621)
    let attention: Double = layers * (13.4 + 0.0066 * tokens) + pairTime
    let elementwiseBytes: Double = 24 * 4096 + 6 * 14336
    let elementwise: Double = tokens * layers * elementwiseBytes / (0.8 * memory)
    let headBytes: Double = 128_256 * 4096 * 2
    let head: Double = 4.06 + headBytes / (0.911 * memory) + headBytes / (peak * 2.249)
    let host: Double = 424 + 7.3 + layers * 5
    let expected = gemm + attention + elementwise + head + host
    let time = model.mixedStep(
      .init(
        decodes: 0, decodeKVTokens: 0, prefills: 1, prefillTokens: 2048,
        doubledAttentionPairs: 2048 * 2048, doubledContextTokens: 2048))
    #expect(abs(Double(time) / 1e6 / expected - 1) < 1e-9)
  }

  @Test func `a prompt in two chunks costs the same attention as in one`() throws {
    var model = try Self.deployment().resolve().stepTime
    let perPair = model.mixed.prefillAttentionPerPair
    model.mixed = StepTimeModel.MixedCoefficients()
    model.mixed.prefillAttentionPerPair = perPair
    func time(chunk: Int, after cached: Int) -> Int64 {
      model.mixedStep(
        .init(
          decodes: 0, decodeKVTokens: 0, prefills: 1, prefillTokens: chunk,
          doubledAttentionPairs: 2 * chunk * cached + chunk * chunk,
          doubledContextTokens: 2 * cached + chunk))
    }
    let whole = time(chunk: 1024, after: 0)
    #expect(abs(time(chunk: 512, after: 0) + time(chunk: 512, after: 512) - whole) <= 1)
    // 32 layers · 4 · 32 heads · 128 · 1,024²/2 pairs at 62.1 % of 989 TFLOP/s.
    #expect(abs(Double(whole) / 4.4758e8 - 1) < 1e-3)
  }

  @Test(arguments: [2, 4, 8]) func `sharding divides weights and adds all-reduces`(
    degree: Int
  ) throws {
    let one = try Self.deployment().resolve().stepTime.mixed
    let many = try Self.deployment(tensorParallel: degree).resolve().stepTime.mixed
    let reduce = try #require(Self.link.allReduce(tensorParallel: degree))
    let launches = 32 * 4 * 4.06e6
    #expect(
      abs((many.gemmBase - launches) * Double(degree) / (one.gemmBase - launches) - 1) < 1e-12)
    #expect(abs(many.attentionPerKVToken * Double(degree) / one.attentionPerKVToken - 1) < 1e-12)
    let bytes: Double = 24 * 4096 + 6 * 14336 / Double(degree)
    let elementwise: Double = 32 * bytes / (0.8 * 3.35)
    let reducing: Double = 2 * 32 * 4096 * 2 / (reduce.bytesPerSecond / 1e12)
    #expect(abs(many.perToken / (elementwise + reducing) - 1) < 1e-12)
  }

  @Test func `KV heads are replicated, never split`() {
    let model = Self.llama8B
    #expect(model.kvHeadsPerAccelerator(tensorParallel: 8) == 1)
    #expect(model.kvHeadsPerAccelerator(tensorParallel: 16) == 1)
    #expect(model.kvBytesPerToken(tensorParallel: 16, precision: .bf16) == 32 * 2 * 128 * 2)
    #expect(model.supports(tensorParallel: 16))
    #expect(!model.supports(tensorParallel: 3))
  }

  @Test func `parameters are those the models are named for`() {
    #expect(Self.llama8B.parameters == 8_029_995_008)
    #expect(Self.llama70B.parameters == 70_552_387_584)
    #expect(abs(Double(Self.mixture.parameters) / 46.7e9 - 1) < 0.001)
    #expect(abs(Double(Self.mixture.activeParameters) / 12.75e9 - 1) < 0.01)
  }

  @Test func `one token activates its experts, many tokens activate all`() throws {
    let stepTime = try Self.deployment(Self.mixture, tensorParallel: 2).resolve().stepTime
    let mixed = stepTime.mixed
    // Active experts at 1, 2 and 4 tokens: 2, 3.5, 8·(1 − 0.75⁴).
    let active = [1: 2.0, 2: 3.5, 4: 5.46875]
    let rest = Double(stepTime.decodeBase[1]) - 2 * mixed.perActiveExpert
    let slope =
      (Double(stepTime.decodeBase[2]) - 3.5 * mixed.perActiveExpert) - rest
    for batch in [1, 2, 4] {
      let expected = try #require(active[batch]) * mixed.perActiveExpert
      let found = Double(stepTime.decodeBase[batch]) - rest - slope * Double(batch - 1)
      #expect(abs(found - expected) < 4)
    }
  }

  @Test func `expert time never falls and ends at the arithmetic's slope`() throws {
    let mixed = try Self.deployment(Self.mixture, tensorParallel: 2).resolve().stepTime.mixed
    var coefficients = StepTimeModel.MixedCoefficients()
    coefficients.experts = mixed.experts
    coefficients.expertsPerToken = mixed.expertsPerToken
    coefficients.perActiveExpert = mixed.perActiveExpert
    coefficients.expertPerToken = mixed.expertPerToken
    coefficients.expertPerTokenComputeBound = mixed.expertPerTokenComputeBound
    coefficients.expertKneeTokens = mixed.expertKneeTokens
    let model = StepTimeModel(decodeBase: [0, 1000], perKVToken: 0, mixed: coefficients)
    func time(_ tokens: Int) -> Int64 {
      model.mixedStep(
        .init(
          decodes: 0, decodeKVTokens: 0, prefills: 1, prefillTokens: tokens,
          doubledAttentionPairs: 0, doubledContextTokens: 0))
    }
    var last: Int64 = 0
    for tokens in [1, 2, 8, 64, 512, 1023, 1024, 1025, 2048, 8192, 16384] {
      #expect(time(tokens) >= last)
      last = time(tokens)
    }
    // 16,384 tokens of Mixtral over two H100: 8.9 ms a layer in the kernel tables.
    #expect(abs(Double(time(16384)) / 32 / 8.9e9 - 1) < 0.1)
  }

  @Test func `a penalty is linear between points and flat outside`() {
    let penalty = MixedPenalty(
      groupSize: 4, points: [.init(decodes: 2, factor: 1), .init(decodes: 6, factor: 2)])
    #expect(penalty.table(maxSequences: 100) == [1, 1, 1, 1.25, 1.5, 1.75, 2])
    #expect(penalty.table(maxSequences: 3) == [1, 1, 1, 1.25])
    #expect(MixedPenalty(groupSize: 4, points: []).table(maxSequences: 3).isEmpty)
  }

  @Test func `the penalty of the nearest group is used`() throws {
    var deployment = Self.deployment()
    deployment.accelerator = Self.hopper(penalties: [
      MixedPenalty(groupSize: 8, points: [.init(decodes: 1, factor: 3)]),
      MixedPenalty(groupSize: 3, points: [.init(decodes: 1, factor: 2)]),
    ])
    #expect(try deployment.resolve().stepTime.mixed.mixedPenalty == [2, 2])
    #expect(deployment.accelerator.mixedPenalty(groupSize: 6)?.groupSize == 8)
    #expect(Self.hopper().mixedPenalty(groupSize: 4) == nil)
  }

  @Test func `the nearest head dimension's kernel is used`() {
    let accelerator = Self.hopper()
    func dimension(_ size: Int) -> Int? {
      accelerator.decodeAttentionKernel(headDimension: size, kvPrecision: .bf16)?.headDimension
    }
    #expect(dimension(64) == 64)
    #expect(dimension(96) == 128)
    #expect(dimension(256) == 128)
    #expect(dimension(80) == 64)
  }
}

/// What a deployment refuses, and what it says.
@Suite struct PhysicsRefusalTests {
  private typealias Base = PhysicsDeploymentTests

  private func refusal(_ deployment: EngineDeployment) -> EngineDeploymentError? {
    do {
      _ = try deployment.resolve()
      return nil
    } catch {
      return error
    }
  }

  @Test func `a model that does not fit says how much and what would do`() throws {
    let error = try #require(refusal(Base.deployment(Base.llama70B)))
    guard case .doesNotFit(_, _, _, 1, let needed, let usable, let smallest) = error else {
      Issue.record("\(error)")
      return
    }
    // 141.1 GB of weights, 1.8 reserved, 2,048 tokens of 320 KiB.
    #expect(abs(needed - 143.576e9) < 1e7)
    #expect(usable == 72e9)
    #expect(smallest == 4)
    #expect(
      error.description
        == "llama-70b at bf16 needs 143.6 GB on each of 1 hopper, which has 72.0 GB usable; "
        + "use tensor_parallel 4 or more")
    #expect(refusal(Base.deployment(Base.llama70B, tensorParallel: 4)) == nil)
  }

  @Test func `a model no degree of the node fits is refused without a promise`() throws {
    var deployment = Base.deployment(Base.llama70B)
    deployment.accelerator.memoryBytes = 16e9
    let error = try #require(refusal(deployment))
    guard case .doesNotFit(_, _, _, _, _, _, nil) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("choose a larger accelerator"))
  }

  @Test func `an explicit number of blocks is believed`() throws {
    var deployment = Base.deployment(Base.llama70B)
    deployment.scheduler.kvBlocks = 500
    let configuration = try deployment.resolve()
    #expect(configuration.scheduler.kvBlocks == 500)
    #expect(configuration.scheduler.maxModelTokens == 8000)
    deployment.scheduler.kvBlocks = 0
    #expect(
      refusal(deployment)
        == .settingOutOfRange(setting: "num_gpu_blocks", value: "0", expected: "1 or more"))
  }

  @Test func `heads must divide`() {
    #expect(
      refusal(Base.deployment(tensorParallel: 3))
        == .tensorParallelDoesNotDivideHeads(
          model: "llama-8b", degree: 3, heads: 32, kvHeads: 8, valid: [1, 2, 4, 8, 16, 32]))
    #expect(refusal(Base.deployment(tensorParallel: 0)) != nil)
  }

  @Test func `a degree the interconnect does not know is refused`() {
    #expect(
      refusal(Base.deployment(tensorParallel: 16))
        == .noAllReduce(interconnect: "link", degree: 16, known: [2, 4, 8]))
  }

  @Test func `formats without a kernel are refused`() {
    #expect(
      refusal(Base.deployment(precision: .fp8))
        == .precisionNotSupported(accelerator: "hopper", precision: .fp8, supported: [.bf16]))
    #expect(
      refusal(Base.deployment(precision: .mxfp4))
        == .precisionIsForExpertsOnly(model: "llama-8b", precision: .mxfp4))
    #expect(
      refusal(Base.deployment(Base.mixture, tensorParallel: 2, precision: .mxfp4))
        == .noExpertKernel(accelerator: "hopper", precision: .mxfp4, supported: [.bf16]))
    var deployment = Base.deployment()
    deployment.kvPrecision = .fp8
    #expect(
      refusal(deployment)
        == .kvPrecisionNotSupported(accelerator: "hopper", precision: .fp8, supported: [.bf16]))
  }

  @Test func `settings out of range are named as the engine names them`() {
    var deployment = Base.deployment()
    deployment.memoryUtilization = 1.2
    #expect(refusal(deployment)?.description.hasPrefix("gpu_memory_utilization is 1.2") == true)
    deployment = Base.deployment()
    deployment.scheduler.maxSequences = 4096
    deployment.scheduler.maxBatchedTokens = 2048
    #expect(refusal(deployment)?.description.hasPrefix("max_num_seqs is 4096") == true)
    deployment.scheduler.maxBatchedTokens = nil
    #expect(refusal(deployment) == nil)
    deployment.scheduler.longPrefillThreshold = -1
    #expect(refusal(deployment)?.description.hasPrefix("long_prefill_token") == true)
  }

  @Test func `a small budget brings the number of sequences down with it`() throws {
    var deployment = Base.deployment()
    deployment.scheduler.maxBatchedTokens = 512
    #expect(try deployment.resolve().scheduler.maxSequences == 512)
  }

  @Test func `what rests on a guess says so`() throws {
    #expect(
      try Base.deployment(Base.mixture, tensorParallel: 2).resolve().evidence == .guess)
  }
}
