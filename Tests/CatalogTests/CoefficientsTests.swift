import Catalog
import ServingEngine
import Testing

/// The catalog's kernels must give back a published table of step-time coefficients: 189 rows over
/// five models, ten accelerators and four tensor-parallel degrees, computed elsewhere from the same
/// kernel fits.
@Suite struct CoefficientsTests {
  static let file = "step-time/coefficients.csv"

  /// The table counts memory in the units of the specification sheet and reserves 3.3 GB.
  static let sheetMemory: [String: Double] = [
    "a100-sxm": 80e9, "h100-sxm": 80e9, "h200-sxm": 141e9, "b200-sxm": 180e9, "l40s": 48e9,
    "rtx-pro-6000": 96e9, "mi300x": 192e9, "l4": 24e9, "a10g": 24e9, "t4": 16e9,
  ]

  @Test(.enabled(if: MeasuredData.exists(file)))
  func `every row and column of the coefficients table is reproduced within 1 percent`() throws {
    let catalog = try Catalog.bundled()
    var worst: [String: Double] = [:]
    var compared = 0
    for row in try MeasuredData.rows(Self.file) {
      let label = "\(row["model"] ?? "") \(row["gpu"] ?? "") \(row["weights"] ?? "")"
      func column(_ name: String) throws -> Double {
        try #require(row[name].flatMap { Double($0) }, "\(label) \(name)")
      }
      let accelerator = try #require(row["gpu"].flatMap(catalog.accelerator(named:)), "\(label)")
      let degree = Int(try column("tp"))
      let model = try #require(row["model"].flatMap(catalog.model(named:)), "\(label)")
      let precision = try #require(row["weights"].flatMap(Precision.init(rawValue:)), "\(label)")
      var deployment = EngineDeployment(
        accelerator: accelerator, model: model, precision: precision, tensorParallel: degree,
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: try #require(catalog.engine(named: "vllm")), reservedBytes: 3.3e9)
      deployment.accelerator.memoryBytes = try #require(Self.sheetMemory[accelerator.name])
      deployment.scheduler.maxSequences = 128
      // Some rows leave fewer blocks than a deployment needs to count as fitting.
      deployment.scheduler.kvBlocks = 1000
      let configuration = try deployment.resolve()
      let stepTime = configuration.stepTime
      let mixed = stepTime.mixed

      func expect(_ name: String, _ found: Double) throws {
        let expected = try column(name)
        let deviation = abs(found / expected - 1)
        worst[name] = max(worst[name] ?? 0, deviation)
        compared += 1
        #expect(deviation < 0.01, "\(label) tp \(degree) \(name): \(found), expected \(expected)")
      }
      // Decode table without the experts' weights: a straight line in the batch.
      func line(_ batch: Int) -> Double {
        var missed = 1.0
        for _ in 0..<batch {
          missed *=
            model.experts == 0 ? 1 : 1 - Double(model.expertsPerToken) / Double(model.experts)
        }
        return Double(stepTime.decodeBase[batch])
          - mixed.perActiveExpert * Double(model.experts) * (1 - missed)
      }
      let slope = (line(101) - line(1)) / 100
      try expect("f0_us", (line(1) - slope) / 1e6)
      try expect("f1_us_per_seq", slope / 1e6)
      try expect("g_ns_per_kv_token", Double(stepTime.perKVToken) / 1e3)
      if model.experts > 0 {
        try expect("moe_us_per_active_expert_allL", mixed.perActiveExpert / 1e6)
      }
      try expect("prefill_gemm_us_per_token", mixed.gemmPerTokenComputeBound / 1e6)
      // The column holds attention per token and all-reduce, not the element-wise kernels.
      let feedForward = model.experts == 0 ? 6 * Double(model.feedForwardSize) / Double(degree) : 0
      let elementwise =
        Double(model.layers) * (24 * Double(model.hiddenSize) + feedForward)
        / (0.8 * accelerator.memoryBytesPerSecond) * 1e12
      try expect(
        "prefill_elem_ar_us_per_token",
        (mixed.prefillAttentionPerToken + mixed.perToken - elementwise) / 1e6)
      try expect("prefill_attn_ns_per_tok2", mixed.prefillAttentionPerPair / 1e3)
      try expect("kv_blocks16_at_util0.9", Double(configuration.memory.kvBlocks))
      for batch in [1, 32, 128] {
        let time = stepTime.decodeStep(batch: batch, kvTokens: 1024 * batch)
        try expect("T_ms_B\(batch)_ctx1k", Double(time) / 1e9)
      }
      let guess = row["status"] == "GUESS"
      #expect((configuration.evidence == .guess) == guess, "\(label) tp \(degree)")
    }
    #expect(compared > 1900)
  }

  /// Shapes of the models that were run, as their configuration files state them.
  static let runModels = [
    "meta-llama/Llama-2-7b-hf": LanguageModel(
      name: "llama-2-7b", layers: 32, hiddenSize: 4096, feedForwardSize: 11008, heads: 32,
      kvHeads: 32, headDimension: 128, vocabularySize: 32_000, contextTokens: 4096),
    "meta-llama/Llama-3.1-70B-Instruct": LanguageModel(
      name: "llama-3.1-70b", layers: 80, hiddenSize: 8192, feedForwardSize: 28672, heads: 64,
      kvHeads: 8, headDimension: 128, vocabularySize: 128_256, contextTokens: 131_072),
    "mistralai/Mistral-Nemo-Instruct-2407": LanguageModel(
      name: "mistral-nemo", layers: 40, hiddenSize: 5120, feedForwardSize: 14336, heads: 32,
      kvHeads: 8, headDimension: 128, vocabularySize: 131_072, contextTokens: 131_072),
    "Qwen/Qwen2.5-7B-Instruct": LanguageModel(
      name: "qwen2.5-7b", layers: 28, hiddenSize: 3584, feedForwardSize: 18944, heads: 28,
      kvHeads: 4, headDimension: 128, vocabularySize: 152_064, contextTokens: 32_768),
    "01-ai/Yi-34B": LanguageModel(
      name: "yi-34b", layers: 60, hiddenSize: 7168, feedForwardSize: 20480, heads: 56,
      kvHeads: 8, headDimension: 128, vocabularySize: 64_000, contextTokens: 4096),
  ]

  static let runsFile = "vllm_h100_experiments_spec.csv"

  @Test(.enabled(if: MeasuredData.exists(runsFile)))
  func `KV blocks are within 2 percent of what vLLM reported on H100`() throws {
    let catalog = try Catalog.bundled()
    let accelerator = try #require(catalog.accelerator(named: "H100"))
    var compared = 0
    for row in try MeasuredData.rows(Self.runsFile) {
      guard let model = row["model"].flatMap({ Self.runModels[$0] }) else { continue }
      let degree = try #require(row["tp"].flatMap { Int($0) })
      let reported = try #require(row["kv_blocks"].flatMap { Double($0) })
      let deployment = EngineDeployment(
        accelerator: accelerator, model: model, tensorParallel: degree,
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: catalog.engines[0])
      let blocks = Double(try deployment.resolve().scheduler.kvBlocks)
      #expect(
        abs(blocks / reported - 1) < 0.02, "\(model.name) tp \(degree): \(blocks), \(reported)")
      compared += 1
    }
    #expect(compared == 11)
  }
}
