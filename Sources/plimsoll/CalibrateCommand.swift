import ArgumentParser
import Calibrate
import Catalog
import Recordings
import Scenario
import ServingEngine
import Tables

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit an engine's step times to its own logs, and say how far to trust the fit.",
    discussion: """
      Reads tables of steps (CSV: decodes, decode_kv_tokens, prefills, prefill_tokens, step_ms and, \
      where known, attention_pairs), logs of requests (a vLLM engine's JSON lines; CSV with arrival_s, \
      prompt_tokens, output_tokens, ttft_ms, e2e_ms) and results of vllm bench serve or SGLang's \
      bench_serving. The profile it writes is named by a pool: engine: { profile: my.profile.csv }.

      Examples:
        plimsoll calibrate requests.jsonl --model llama-3.1-8b --accelerator rtx-pro-6000 \\
          --kv-blocks 36578 --max-sequences 128 --max-batched-tokens 2048 --output my.profile.csv
        plimsoll calibrate steps.csv --model llama-3.1-8b --accelerator H100-SXM
        plimsoll calibrate c1.json c8.json c64.json --model qwen3-32b --accelerator H200-SXM --json
      """)

  @Argument(help: "Logs of the engine.", completion: .file())
  var logs: [String]

  @Option(help: "Model that was served, from the catalog.")
  var model: String

  @Option(help: "Accelerator it ran on, from the catalog.")
  var accelerator: String

  @Option(help: "Accelerators of a replica.")
  var tensorParallel = 1

  @Option(help: "Number format of the weights; default the model's own.")
  var precision: Precision?

  @Option(help: "Number format of the KV cache.")
  var kvPrecision = Precision.bf16

  @Option(help: "Interconnect of the node; default the accelerator's usual one.")
  var interconnect: String?

  @Option(help: "Engine of the catalog whose host overhead the physics begin with.")
  var host = "vllm"

  @Option(help: "KV blocks the engine reported; default what memory leaves room for.")
  var kvBlocks: Int?

  @Option(help: "Tokens of a KV block.")
  var blockTokens: Int?

  @Option(help: "max_num_seqs of the engine; default the accelerator's.")
  var maxSequences: Int?

  @Option(help: "max_num_batched_tokens of the engine; default the accelerator's.")
  var maxBatchedTokens: Int?

  @Option(
    help: ArgumentHelp(
      "linear: shares of base, sequences, KV cache, prompts; scaled: the catalog's physics with four "
        + "factors. Default linear for steps, scaled for requests."))
  var form: CalibrationMethod.Form?

  @Flag(help: "Do not put logs of requests through the simulator.")
  var noReplay = false

  @Option(
    help: ArgumentHelp(
      "Share of rows kept out of the fit to measure its error.", valueName: "percent"))
  var holdOut = 30.0

  @Option(help: "What is held out as a whole: row or run.")
  var split = HoldOut.Unit.row

  @Option(help: "Key of the choice of rows held out.")
  var seed: UInt64 = 1

  @Option(
    help: "Write the profile to this file: .csv, or .yaml.",
    completion: .file(extensions: ["csv", "yaml", "yml"]))
  var output: String?

  @Option(
    name: .customLong("catalog"),
    help: "Folder with CSV tables that replace the bundled ones of the same name.")
  var catalogDirectory: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if logs.isEmpty { throw ValidationError("give at least one log") }
    if !(0..<100).contains(holdOut) {
      throw ValidationError("--hold-out is a percentage from 0 to below 100")
    }
    // What a scenario may say of an engine; more is a mistake of units.
    let sizes = [
      ("--kv-blocks", kvBlocks, 1 << 30), ("--block-tokens", blockTokens, 4096),
      ("--max-sequences", maxSequences, 65_536),
      ("--max-batched-tokens", maxBatchedTokens, 1 << 30),
    ]
    for (option, value, most) in sizes {
      if let value, !(1...most ~= value) {
        throw ValidationError("\(option) is from 1 to \(most)")
      }
    }
    if let output, ![".csv", ".yaml", ".yml"].contains(where: output.hasSuffix) {
      throw ValidationError("--output ends in .csv, .yaml or .yml")
    }
  }

  func run() throws {
    try OutputPlace.refuse([("--output", output)], over: logs)
    let facts = try facts()
    var recordings: [(name: String, recording: Recording)] = []
    var provenance = ["written by plimsoll calibrate \(Version.current)"]
    for log in logs {
      let bytes: [UInt8]
      do {
        bytes = try RowFile.contents(of: log)
      } catch {
        throw Failure(error)
      }
      do {
        recordings.append((log, try Recording(bytes, name: log)))
      } catch {
        throw Failure.input("error: \(error)")
      }
      let name = log.split(separator: "/").last.map(String.init) ?? log
      provenance.append("log: \(name), sha256 \(SHA256.hexDigest(of: bytes))")
    }
    let method = CalibrationMethod(
      form: form, replays: !noReplay,
      holdOut: HoldOut(share: holdOut / 100, unit: split, seed: seed))
    let calibration: Calibration
    do {
      calibration = try Calibration(
        recordings, facts: facts, method: method, provenance: provenance)
    } catch {
      throw Failure.input("error: \(error)")
    }
    if let output {
      let engine = calibration.engine
      do {
        try TextFile.write(output.hasSuffix(".csv") ? engine.text : engine.yaml, to: output)
      } catch {
        throw Failure(error)
      }
    }
    let text = CalibrationText(calibration: calibration, method: method, output: output)
    standardOutput(json ? text.json : text.text)
  }

  private func facts() throws -> EngineFacts {
    let catalog: Catalog
    do {
      catalog = try Catalog.withTables(ofFolder: catalogDirectory)
    } catch {
      throw Failure.input("error: \(error)")
    }
    func unknown(_ noun: String, _ name: String, _ names: [String]) -> Failure {
      .input(
        "error: the catalog has no \(noun) '\(name)'\(NearestName.hint(for: name, among: names))")
    }
    guard let chip = catalog.accelerator(named: accelerator) else {
      throw unknown("accelerator", accelerator, catalog.acceleratorNames)
    }
    guard let shape = catalog.model(named: model) else {
      throw unknown("model", model, catalog.modelNames)
    }
    guard let overhead = catalog.engine(named: host) else {
      throw unknown("engine host", host, catalog.engineNames)
    }
    let link =
      interconnect.map { catalog.interconnect(named: $0) }
      ?? catalog.defaultInterconnect(of: chip)
    guard let link else {
      throw unknown(
        "interconnect", interconnect ?? chip.defaultInterconnect, catalog.interconnectNames)
    }
    var scheduler = SchedulerOverrides()
    scheduler.kvBlocks = kvBlocks
    scheduler.blockTokens = blockTokens
    scheduler.maxSequences = maxSequences
    scheduler.maxBatchedTokens = maxBatchedTokens
    do {
      return try EngineFacts(
        EngineDeployment(
          accelerator: chip, model: shape, precision: precision, kvPrecision: kvPrecision,
          tensorParallel: tensorParallel, interconnect: link, host: overhead, scheduler: scheduler))
    } catch {
      throw Failure.input("error: \(error.description)")
    }
  }
}

extension Precision: ExpressibleByArgument {}
extension CalibrationMethod.Form: ExpressibleByArgument {}
extension HoldOut.Unit: ExpressibleByArgument {}
