import ServingEngine

/// How a load test was run, as far as its table does not say.
///
/// None of this describes an engine: it is what the client did. Two families of tests are known.
/// InferenceMAX (rows with a date) runs `benchmark_serving.py --random-range-ratio 0.8 --num-prompts
/// 10·clients`: lengths are uniform between 80 % of the nominal ones and all of them. The rows without
/// a date come from AIConfigurator's own sweeps, with fixed lengths; their budgets and numbers of
/// requests are not published and were inferred from the half for fitting: what makes times to first
/// token consistent over numbers of clients.
struct LoadProtocol {
  /// Requests in all, for each client.
  var rounds = 10
  /// Shortest lengths, as a share of the nominal ones.
  var shortest = 0.8
  /// Tokens of one step, where not the engine's default.
  var maxBatchedTokens: Int?
  /// Sequences fewer than clients that the engine was set to run at once; `nil` for its default.
  var missingSequences: Int?
  /// Format of the KV cache: TensorRT-LLM keeps it as it keeps weights; the rows leave no other
  /// explanation for how many requests they hold.
  var kvPrecision = Precision.bf16
  /// Share of memory the engine may use; SGLang's `mem_fraction_static` is about 0.85.
  var memoryUtilization = 0.9
  /// Why its rows are counted apart; `nil` for most.
  var setAside: String?

  /// The protocol of a row.
  init(_ point: LoadPoint) {
    if point.model == "openai/gpt-oss-120b", point.clients == 512 {
      setAside = "times per token of a batch far below the number of clients: it was limited"
    }
    if point.engine == "trtllm", point.precision == "fp8" { kvPrecision = .fp8 }
    if point.engine == "sglang" { memoryUtilization = 0.85 }
    if !point.date.isEmpty { return }
    shortest = 1
    switch (point.engine, point.model) {
    case ("vllm", "nvidia/Llama-3.1-8B-Instruct-FP8"):
      setAside = "times far below what its prompts take to compute: they came from a prefix cache"
    case ("vllm", _): maxBatchedTokens = 2048
    case ("sglang", "meta-llama/Llama-3.1-8B-Instruct"):
      rounds = 5
      shortest = 0.9
      maxBatchedTokens = 16_384
    case ("sglang", _): maxBatchedTokens = 16_384
    case ("trtllm", "meta-llama/Llama-3.1-8B-Instruct"):
      maxBatchedTokens = 2048
      // One request in as many as there are clients waits for a whole other one.
      missingSequences = 1
    case ("trtllm", _): maxBatchedTokens = 2048
    default: break
    }
  }
}
