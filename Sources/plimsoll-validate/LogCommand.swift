import ArgumentParser
import Catalog
import Foundation
import Multicloud
import Report
import SimulationKernel

/// Predicted against measured: a recorded run of a real engine, request by request.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Replay a recorded vLLM run and compare latencies.",
    discussion: """
      The log holds one JSON object per line: input_toks, output_toks, arrival_time (wall clock), \
      queued_ts, first_token_ts, last_token_ts (seconds of a monotonic clock).

      Example:
        plimsoll-validate log requests.jsonl --accelerator rtx-pro-6000 --model llama-3.1-8b \\
          --kv-blocks 36578 --max-sequences 128 --max-batched-tokens 2048
      """)

  @Argument(help: "Log of the engine's requests, JSON lines.")
  var log: String

  @Option(help: "Accelerator of the catalog.")
  var accelerator: String

  @Option(help: "Model of the catalog.")
  var model: String

  @Option(help: "Tensor-parallel degree.")
  var tensorParallel = 1

  @Option(help: "Host overhead of the catalog's engines.")
  var host = "vllm"

  @Option(help: "KV blocks the engine reported; default what memory leaves room for.")
  var kvBlocks: Int?

  @Option(help: "max_num_seqs of the engine.")
  var maxSequences: Int?

  @Option(help: "max_num_batched_tokens of the engine.")
  var maxBatchedTokens: Int?

  @Option(help: "Folder with tables that replace those of the catalog.")
  var catalog: String?

  @Option(help: "Fail where a mean is off by more than these percents: TTFT,TPOT,latency.")
  var limits: String?

  func run() throws {
    let measured = try MeasuredRun(path: log)
    let engine = try EngineChoice(
      accelerator: accelerator, model: model, tensorParallel: tensorParallel, host: host,
      kvBlocks: kvBlocks, maxSequences: maxSequences, maxBatchedTokens: maxBatchedTokens
    ).resolve(Catalog.withTables(inFolder: catalog))
    let predicted = try measured.predict(engine)
    print("\(measured.requests.count) requests of \(log) on \(accelerator), \(model), host \(host)")
    print("                 measured   predicted    error")
    var errors: [Double] = []
    for (name, value) in [
      ("mean TTFT", \LatencyMeans.timeToFirstToken), ("mean TPOT", \.timePerOutputToken),
      ("mean latency", \.endToEnd),
    ] {
      let (a, b) = (measured.means[keyPath: value], predicted.means[keyPath: value])
      errors.append((b / a - 1) * 100)
      print(
        row(
          name, Quantity.latency(nanoseconds: a * 1e9), Quantity.latency(nanoseconds: b * 1e9),
          Quantity.fixed((b / a - 1) * 100, 1) + " %"))
    }
    let each = zip(measured.requests, predicted.endToEnd).map { abs($1 / $0.endToEnd - 1) }
    let meanError = each.reduce(0, +) / Double(each.count) * 100
    print("mean absolute error of latency, request by request: \(Quantity.fixed(meanError, 1)) %")
    if let limits { try check(errors, limits) }
  }

  private func row(_ name: String, _ cells: String...) -> String {
    let widths = [11, 12, 9]
    let padded = zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(0, width - cell.count)) + cell
    }
    return name.padding(toLength: 14, withPad: " ", startingAt: 0) + padded.joined()
  }

  private func check(_ errors: [Double], _ limits: String) throws {
    let bounds = limits.split(separator: ",").compactMap { Double($0) }
    guard bounds.count == errors.count else {
      throw ValidationError("--limits takes three percents, such as 12,5,6")
    }
    if zip(errors, bounds).contains(where: { abs($0) > $1 }) {
      print("off by more than \(limits) %")
      throw ExitCode(1)
    }
  }
}
