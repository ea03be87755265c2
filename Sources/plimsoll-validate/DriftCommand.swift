import ArgumentParser
import Catalog
import Foundation
import Report
import ServingEngine

/// The model's own predictions of a fixed grid of load tests, so that none moves unseen.
struct DriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Predict a fixed grid of load tests and compare with predictions kept in a file.",
    discussion: """
      Fails where a prediction differs by more than one part in ten thousand, and says by how much: \
      whoever changes the model writes the file anew and gives the reason.

      Example:
        plimsoll-validate drift docs/fidelity/predictions.csv
        plimsoll-validate drift docs/fidelity/predictions.csv --write
      """)

  @Argument(help: "File of predictions, CSV.")
  var file: String

  @Flag(help: "Write the file instead of comparing with it.")
  var write = false

  static let header =
    "engine,accelerator,model,precision,tensor_parallel,expert_parallel,prompt_tokens,"
    + "output_tokens,clients,ttft_ms,tpot_ms"

  /// A deployment of the grid.
  struct Case {
    var engine: String
    var accelerator: String
    var model: String
    var precision: Precision
    var tensorParallel: Int
    var expertParallel = 1
  }

  /// Every kernel family, engine and way to divide a model, once.
  static let cases = [
    Case(
      engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", precision: .bf16,
      tensorParallel: 1),
    Case(
      engine: "vllm", accelerator: "h100-sxm", model: "llama-3.3-70b", precision: .fp8,
      tensorParallel: 4),
    Case(
      engine: "vllm-0.12", accelerator: "h200-sxm", model: "llama-3.3-70b", precision: .fp8,
      tensorParallel: 2),
    Case(
      engine: "vllm", accelerator: "b200-sxm", model: "llama-3.3-70b", precision: .nvfp4,
      tensorParallel: 1),
    Case(
      engine: "vllm", accelerator: "a100-sxm", model: "qwen3-32b", precision: .bf16,
      tensorParallel: 4),
    Case(
      engine: "vllm", accelerator: "rtx-pro-6000", model: "llama-3.1-8b", precision: .w4a16,
      tensorParallel: 1),
    Case(
      engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-120b", precision: .mxfp4,
      tensorParallel: 2),
    Case(
      engine: "vllm", accelerator: "h100-sxm", model: "minimax-m2.5", precision: .fp8,
      tensorParallel: 4, expertParallel: 4),
    Case(
      engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", precision: .nvfp4,
      tensorParallel: 8),
    Case(
      engine: "sglang", accelerator: "h100-sxm", model: "qwen3-32b", precision: .bf16,
      tensorParallel: 2),
    Case(
      engine: "trtllm", accelerator: "h100-sxm", model: "qwen3-235b-a22b", precision: .fp8,
      tensorParallel: 8, expertParallel: 8),
  ]
  static let loads = [(1024, 128, 4), (1024, 1024, 32), (8192, 256, 16)]

  func run() throws {
    let lines = try predictions()
    if write {
      let text = ([Self.header] + lines).joined(separator: "\n") + "\n"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      print("wrote \(lines.count) predictions to \(file)")
      return
    }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw ValidationError("cannot read '\(file)'; write it first with --write")
    }
    let kept = text.split(separator: "\n").map(String.init)
    guard kept.first == Self.header, kept.count == lines.count + 1 else {
      print("\(file) holds another grid; write it anew with --write")
      throw ExitCode(1)
    }
    var moved = 0
    for (before, now) in zip(kept.dropFirst(), lines) where before != now {
      let (a, b) = (Self.parts(before), Self.parts(now))
      let changes = zip(a.figures, b.figures).map { abs($1 / $0 - 1) }
      if a.name == b.name, (changes.max() ?? .infinity) <= 1e-4 { continue }
      moved += 1
      print(
        "\(b.name): TTFT \(a.figures[0]) -> \(b.figures[0]) ms, TPOT \(a.figures[1]) -> \(b.figures[1]) ms"
      )
    }
    print("\(lines.count) predictions, \(moved) moved by more than 0.01 %")
    if moved > 0 { throw ExitCode(1) }
  }

  private static func parts(_ line: String) -> (name: String, figures: [Double]) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    // A line that somebody cut has none of them, and differs from every prediction.
    guard fields.count > 2 else { return (line, [.nan, .nan]) }
    return (
      fields.dropLast(2).joined(separator: " "), fields.suffix(2).map { Double($0) ?? .nan }
    )
  }

  private func predictions() throws -> [String] {
    let catalog = try Catalog.bundled()
    var lines: [String] = []
    for each in Self.cases {
      guard let accelerator = catalog.accelerator(named: each.accelerator),
        let model = catalog.model(named: each.model), let host = catalog.engine(named: each.engine),
        let interconnect = catalog.defaultInterconnect(of: accelerator)
      else { throw ValidationError("the catalog lacks a part of the grid: \(each)") }
      let engine = try EngineDeployment(
        accelerator: accelerator, model: model, precision: each.precision,
        tensorParallel: each.tensorParallel, expertParallel: each.expertParallel,
        interconnect: interconnect, host: host
      ).resolve()
      for (prompt, output, clients) in Self.loads {
        let lengths = ClosedLoopRun.lengths(
          count: 4 * clients, prompt: prompt, output: output, share: 0.8)
        guard let result = ClosedLoopRun(clients: clients, requests: lengths, engine: engine).run()
        else { throw ValidationError("\(each) cannot hold a request") }
        lines.append(
          "\(each.engine),\(each.accelerator),\(each.model),\(each.precision.rawValue),"
            + "\(each.tensorParallel),\(each.expertParallel),\(prompt),\(output),\(clients),"
            + "\(Quantity.fixed(result.meanTimeToFirstToken * 1e3, 4)),"
            + "\(Quantity.fixed(result.meanTimePerOutputToken * 1e3, 5))")
      }
    }
    return lines
  }
}
