import Testing

@testable import ServingEngine

/// Ways to divide a model, and the shapes of newer ones: numbers checked against the rule on paper or a published
/// figure.
@Suite struct PhysicsDivisionTests {
  private static func mixture(
    tensorParallel: Int = 1, pipelineParallel: Int = 1, dataParallel: Int = 1,
    expertParallel: Int = 1, skew: Double = 0, graphs: [Int] = []
  ) -> EngineDeployment {
    var model = PhysicsDeploymentTests.mixture
    model.routingSkew = skew
    var host = PhysicsDeploymentTests.host
    host.graphBatches = graphs
    // One accelerator is too small for the model; that is not what is tested.
    var scheduler = SchedulerOverrides()
    scheduler.kvBlocks = 1000
    return EngineDeployment(
      accelerator: PhysicsDeploymentTests.hopper(), model: model, tensorParallel: tensorParallel,
      pipelineParallel: pipelineParallel, dataParallel: dataParallel,
      expertParallel: expertParallel, interconnect: PhysicsDeploymentTests.link, host: host,
      scheduler: scheduler)
  }

  @Test func `a latent is 70,272 bytes a token, as DeepSeek-V3's paper says`() {
    let model = LanguageModel(
      name: "deepseek", layers: 61, hiddenSize: 7168, feedForwardSize: 2048, heads: 128,
      kvHeads: 128, headDimension: 192, vocabularySize: 129_280, experts: 256, expertsPerToken: 8,
      sharedExpertSize: 2048, denseLayers: 3, denseFeedForwardSize: 18_432,
      latent: LatentAttention(rank: 512, ropeDimension: 64, queryRank: 1536, valueDimension: 128),
      contextTokens: 163_840)
    // arXiv 2505.09343, table 1: 70.272 KB for DeepSeek-V3, at 16 bits; every rank keeps it whole.
    #expect(model.kvBytesPerToken(tensorParallel: 1, precision: .bf16) == 70_272)
    #expect(model.kvBytesPerToken(tensorParallel: 8, precision: .bf16) == 70_272)
    // 671 billion parameters, 37 of them active.
    #expect(abs(Double(model.parameters) / 671e9 - 1) < 0.005)
    #expect(abs(Double(model.activeParameters) / 37e9 - 1) < 0.02)
  }

  @Test func `layers with a window read it, keep no more, and cost the same at any length`() throws
  {
    var model = PhysicsDeploymentTests.llama8B
    model.fullAttentionFraction = 0.5
    model.slidingWindowTokens = 128
    let whole = try PhysicsDeploymentTests.deployment().resolve()
    let half = try PhysicsDeploymentTests.deployment(model).resolve()
    #expect(abs(2 * half.stepTime.perKVToken - whole.stepTime.perKVToken) <= 1)
    #expect(half.memory.blockBytes * 2 == whole.memory.blockBytes)
    // 16 layers read 128 tokens of each sequence, whatever its length.
    let window = 128 * Double(whole.stepTime.perKVToken) / 2
    let more =
      half.stepTime.mixed.decodeAttentionPerSequence
      - whole.stepTime.mixed.decodeAttentionPerSequence
    #expect(abs(more / window - 1) < 1e-4)
  }

  @Test func `two stages give two batches their tokens in the time of one, and the way between`()
    throws
  {
    let one = try Self.mixture().resolve().stepTime
    let two = try Self.mixture(pipelineParallel: 2).resolve()
    // A vector of 4,096 16-bit numbers from stage to stage, twice the floor of the link.
    let vector = 4096 * 2 / 259e9 * 1e12
    for batch in [1, 7, 100] {
      let expected = Double(one.decodeBase[batch]) + 2 * 4.3e6 + vector * Double(2 * batch)
      #expect(abs(Double(two.stepTime.decodeBase[2 * batch]) / expected - 1) < 1e-6, "\(batch)")
    }
    #expect(abs(2 * two.stepTime.perKVToken - one.perKVToken) <= 1)
    let whole = try Self.mixture().resolve().memory
    #expect(two.memory.blockBytes * 2 == whole.blockBytes)
    #expect(two.memory.weightBytes * 2 == whole.weightBytes)
  }

  @Test func `ranks attend to their own and share the experts`() throws {
    let one = try Self.mixture().resolve().stepTime
    let two = try Self.mixture(dataParallel: 2).resolve().stepTime
    // Attention, products and host as for half of the batch; experts of all tokens, over two.
    let batch = 32
    let rest = Double(one.decodeBase[batch]) - one.mixed.expertTime(tokens: batch)
    let exchange =
      2 * 32 * 4.3e6 + Double(batch) * 2 * 32 * 2 * 4096 * 2 / 259e9 * 1e12
    let expected = rest + two.mixed.expertTime(tokens: 2 * batch) + exchange
    #expect(abs(Double(two.decodeBase[2 * batch]) / expected - 1) < 1e-6)
    #expect(abs(2 * two.mixed.perActiveExpert / one.mixed.perActiveExpert - 1) < 1e-12)
    // One prompt keeps one rank busy, two prompts two: the second costs attention and products nothing.
    func prefill(_ prompts: Int) -> Int64 {
      two.mixedStep(
        .init(
          decodes: 0, decodeKVTokens: 0, prefills: prompts, prefillTokens: prompts * 500,
          doubledAttentionPairs: prompts * 250_000, doubledContextTokens: prompts * 500))
    }
    let added = Double(prefill(2) - prefill(1))
    let experts = two.mixed.expertTime(tokens: 1000) - two.mixed.expertTime(tokens: 500)
    #expect(abs(added - experts) < 2)
  }

  @Test func `awake experts are those of uniform choice, fewer where some are popular`() {
    let uniform = ExpertRouting(experts: 128, perToken: 4, skew: 0, ranks: 1)
      .activeTable(batches: 1)
    for tokens in [1, 2, 32, 500] {
      var missed = 1.0
      for _ in 0..<tokens { missed *= 1 - 4.0 / 128 }
      #expect(abs(uniform[tokens] - 128 * (1 - missed)) < 1e-9)
    }
    let skewed = ExpertRouting(experts: 128, perToken: 4, skew: 0.8, ranks: 1)
      .activeTable(batches: 1)
    #expect(abs(skewed[1] - 4) < 1e-9)
    for tokens in [8, 64, 500] { #expect(skewed[tokens] < uniform[tokens]) }
    // The busiest of four ranks has more than a quarter, and never more than there are.
    let ranks = ExpertRouting(experts: 128, perToken: 4, skew: 0, ranks: 4).activeTable(batches: 1)
    #expect(ranks[4] > 1.2 * uniform[4] && ranks[2000] <= 128)
    // No expert is chosen twice by a token, however popular.
    let steep = ExpertRouting(experts: 16, perToken: 8, skew: 3, ranks: 1).activeTable(batches: 1)
    #expect(abs(steep[1] - 8) < 1e-9)
  }

  @Test func `a batch is padded to the next captured graph`() throws {
    let sizes = HostOverhead.captureSizes(upTo: 512)
    #expect(
      sizes.prefix(5) == [1, 2, 4, 8, 16] && sizes.last == 512 && sizes.contains(264) == false)
    let table = try Self.mixture(graphs: [8, 32]).resolve().stepTime
    let mixed = table.mixed
    // From 9 to 32 only what belongs to sequences grows.
    let perSequence = mixed.perSequence + mixed.decodeAttentionPerSequence
    #expect(abs(Double(table.decodeBase[32] - table.decodeBase[9]) - 23 * perSequence) < 2)
    let plain = try Self.mixture().resolve().stepTime
    #expect(
      table.decodeBase[9] > plain.decodeBase[9] && table.decodeBase[32] == plain.decodeBase[32])
  }

  @Test func `what cannot be divided so is refused`() {
    #expect(throws: EngineDeploymentError.self) {
      var dense = PhysicsDeploymentTests.deployment()
      dense.dataParallel = 2
      _ = try dense.resolve()
    }
    #expect(throws: EngineDeploymentError.self) { try Self.mixture(expertParallel: 2).resolve() }
    #expect(throws: EngineDeploymentError.self) {
      try Self.mixture(tensorParallel: 2, expertParallel: 3).resolve()
    }
    #expect(throws: EngineDeploymentError.self) { try Self.mixture(pipelineParallel: 33).resolve() }
  }
}
