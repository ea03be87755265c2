import Catalog
import ServingEngine
import Testing

/// The catalog's kernels beside a published table of step-time coefficients, computed elsewhere from the
/// same measurements with simpler forms: 189 rows over five models, ten accelerators and four
/// tensor-parallel degrees.
@Suite struct CoefficientsTests {
  static let file = "step-time/coefficients.csv"

  @Test(.enabled(if: MeasuredData.exists(file)))
  func `decode steps are near those of the coefficients table`() throws {
    let catalog = try Catalog.bundled()
    var deviations: [Double] = []
    for row in try MeasuredData.rows(Self.file) where row["status"] == "measured" {
      let label = "\(row["model"] ?? "") \(row["gpu"] ?? "") \(row["weights"] ?? "")"
      func column(_ name: String) throws -> Double {
        try #require(row[name].flatMap { Double($0) }, "\(label) \(name)")
      }
      let accelerator = try #require(row["gpu"].flatMap(catalog.accelerator(named:)), "\(label)")
      let model = try #require(row["model"].flatMap(catalog.model(named:)), "\(label)")
      // The table spreads tokens evenly over experts; the catalog does not.
      if model.experts > 0 { continue }
      let precision = try #require(row["weights"].flatMap(Precision.init(rawValue:)), "\(label)")
      var deployment = EngineDeployment(
        accelerator: accelerator, model: model, precision: precision,
        tensorParallel: Int(try column("tp")),
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: HostOverhead(
          name: "table", perStepMicroseconds: 424, perSequenceMicroseconds: 7.3,
          perLayerMicroseconds: 5))
      deployment.scheduler.maxSequences = 128
      deployment.scheduler.kvBlocks = 1000
      let stepTime = try deployment.resolve().stepTime
      for batch in [1, 32, 128] {
        let time = Double(stepTime.decodeStep(batch: batch, kvTokens: 1024 * batch)) / 1e9
        let expected = try column("T_ms_B\(batch)_ctx1k")
        deviations.append(abs(time / expected - 1))
        #expect(abs(time / expected - 1) < 0.15, "\(label) \(batch): \(time), table \(expected)")
      }
    }
    #expect(deviations.count > 150)
    #expect(deviations.sorted()[deviations.count / 2] < 0.03)
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
