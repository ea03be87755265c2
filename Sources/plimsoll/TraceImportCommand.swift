import ArgumentParser
import Tables
import Workload

struct TraceImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in a published or recorded trace as CSV that scenarios replay.",
    discussion: """
      Writes t_s, prompt_tokens and output_tokens in order of time, times exact to the nanosecond; of \
      Mooncake also hash_ids and block_tokens. The format is told by the file's first line where \
      --format does not say. Requests that failed, which have no output, are left out unless \
      --keep-failed. A trace that is packed (.gz) is unpacked first: gunzip -k FILE.

      Formats: azure-2023, azure-2024, burstgpt, mooncake, servegen (with --dataset; requests are \
      drawn by --seed, as it publishes rates), vllm-bench (results of vllm bench serve), plimsoll.

      Examples:
        plimsoll trace import AzureLLMInferenceTrace_conv.csv --output conv.csv
        plimsoll trace import BurstGPT_1.csv --model GPT-4 --output gpt4.csv
        plimsoll trace import mooncake_trace.jsonl --output mooncake.csv
      """)

  @OptionGroup var source: TraceSourceOptions

  @Option(help: "Write the trace to this file; default standard output.", completion: .file())
  var output: String?

  func run() throws {
    try OutputPlace.refuse(
      [("--output", output)], over: [source.trace] + (source.dataset.map { [$0] } ?? []))
    let (format, imported) = try source.read()
    if let output {
      do {
        try TextFile.write(to: output) {
          (write: ([UInt8]) throws(TableError) -> Void) throws(TableError) in
          try imported.write(write)
        }
      } catch {
        throw Failure(error)
      }
    } else {
      imported.write { standardOutputRaw($0) }
    }
    let seconds = Double(imported.times.last ?? 0) / 1e9
    standardError(
      "\(source.trace): \(format.rawValue): \(imported.count) requests over "
        + (seconds < 7200 ? "\(RealText.significant(seconds, digits: 4) ?? "") s" : hours(seconds)))
    for note in source.notes(imported) { standardError("  \(note)") }
  }

  private func hours(_ seconds: Double) -> String {
    "\(RealText.significant(seconds / 3600, digits: 4) ?? "") h"
  }
}
