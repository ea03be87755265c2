import Calibrate
import Catalog
import Recordings
import ServingEngine

/// Logs of engines and results of benchmarks.
enum RecordingTargets {
  static let all = [recording, calibration]

  private static var name: String { FuzzTarget.fileName }

  private static let words = [
    "arrival_s,prompt_tokens,output_tokens,ttft_ms,e2e_ms", "status", "completed", "network_ms",
    "server_ttft_ms", "server_e2e_ms", "deployment", "replica", "step_ms", "decodes",
    "decode_kv_tokens",
    "prefills", "prefill_tokens", "attention_pairs", "input_toks", "output_toks", "first_token_ts",
    "last_token_ts", "queued_ts", "arrival_time", "ttfts", "itls", "input_lens", "output_lens",
    "start_times", "max_concurrency", "request_rate", "mean_ttft_ms", "completed", "duration",
    "mean_tpot_ms", "total_input_tokens", "total_output_tokens", "Infinity", "-Infinity", "NaN",
    "null",
    "1e400", "-1e308", "1099511627776",
  ]

  private static let recording = FuzzTarget(
    "recording", parses: "logs of engines and results of benchmarks", weight: 90, dictionary: words,
    namesFile: true
  ) { input in
    switch try Recording(input, name: name) {
    case .steps(let steps): try FuzzViolation.unless(!steps.isEmpty, "a recording without steps")
    case .runs(let runs): try FuzzViolation.unless(!runs.isEmpty, "a recording without runs")
    }
  }

  private static let facts: EngineFacts = {
    let catalog = ScenarioTargets.catalog
    guard let chip = catalog.accelerator(named: "h100-sxm"),
      let model = catalog.model(named: "llama-3.1-8b"), let host = catalog.engine(named: "vllm"),
      let link = catalog.defaultInterconnect(of: chip),
      let facts = try? EngineFacts(
        EngineDeployment(
          accelerator: chip, model: model, precision: nil, kvPrecision: .bf16, tensorParallel: 1,
          interconnect: link, host: host, scheduler: SchedulerOverrides()))
    else { preconditionFailure("the bundled catalog has an H100 that serves llama-3.1-8b") }
    return facts
  }()

  /// What is accepted can be fitted, or the fit says why not.
  private static let calibration = FuzzTarget(
    "calibrate", parses: "logs of engines, and a fit to them", weight: 5, dictionary: words
  ) { input in
    let recording = try Recording(input, name: name)
    switch recording {
    case .steps(let steps): if steps.count > 200 { throw FuzzRefusal("too many to fit here") }
    case .runs(let runs):
      if runs.reduce(0, { $0 + $1.requests.count }) > 100 {
        throw FuzzRefusal("too many to fit here")
      }
    }
    let engine = try Calibration([(name, recording)], facts: facts).engine
    do {
      _ = try CalibratedEngine(text: engine.text, name: name)
    } catch {
      throw FuzzViolation("the profile of a fit is refused: \(error)\n\(engine.text)")
    }
  }
}
