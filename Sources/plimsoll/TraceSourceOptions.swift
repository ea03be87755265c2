import ArgumentParser
import Recordings
import Tables
import Workload

/// A recording of any format, and what to make of it.
struct TraceSourceOptions: ParsableArguments {
  @Argument(help: "Trace as it was published.", completion: .file())
  var trace: String

  @Option(help: "Format of the trace; default told by its first line.")
  var format: TraceFormat?

  @Flag(help: "Keep requests that failed, with an output of 0 tokens.")
  var keepFailed = false

  @Option(help: "Keep the requests of this model only (burstgpt).")
  var model: String?

  @Option(help: "Tokens of a hashed block (mooncake).")
  var blockTokens = 512

  @Option(help: "Lengths of the client's requests, chunk-*-dataset.json (servegen).")
  var dataset: String?

  @Option(help: "Seed of the requests that are drawn (servegen).")
  var seed: UInt64 = 1

  func validate() throws {
    if !(1...1_000_000).contains(blockTokens) {
      throw ValidationError("--block-tokens is from 1 to 1000000")
    }
  }

  /// Reads the trace.
  func read() throws -> (format: TraceFormat, trace: ImportedTrace) {
    let format = try format ?? guessed()
    let imported = try imported(format)
    // Of JSON the parser tells what is cut off.
    if format != .vLLMBench {
      do {
        try RowFile.reportOpenEnd(of: trace)
      } catch {
        throw Failure(error)
      }
    }
    return (format, imported)
  }

  /// Lines for people on what was left out or assumed.
  func notes(_ trace: ImportedTrace) -> [String] {
    let failed =
      trace.leftOut > 0
      ? [
        "\(trace.leftOut) requests without output, which failed, were left out (--keep-failed keeps "
          + "them)"
      ] : []
    return failed + trace.notes
  }

  private func guessed() throws -> TraceFormat {
    struct Found: Error { var line: String? }
    var first: String?
    do {
      try InputFile.forEachLine(of: trace) { line, number in
        let text = String(decoding: line.prefix(4096), as: UTF8.self)
        let plain = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        if line.starts(with: [0x1F, 0x8B]) {
          throw Failure.input(
            "error: \(trace): is compressed; unpack it first: gunzip -k \(trace)")
        }
        if plain.allSatisfy({ $0 == " " || $0 == "\r" }) { return }
        throw Found(line: plain)
      }
    } catch let found as Found {
      first = found.line
    } catch let error as TableError {
      throw Failure(error)
    }
    guard let first else { throw Failure.input("error: \(trace): the file is empty") }
    let line = first.hasSuffix("\r") ? String(first.dropLast()) : first
    guard let format = TraceFormat.guess(line) else {
      let names = TraceFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.input(
        "error: \(trace):1: found \"\(line.prefix(60))\", which begins none of the formats; give "
          + "--format, one of \(names)")
    }
    return format
  }

  private func imported(_ format: TraceFormat) throws -> ImportedTrace {
    do {
      switch format {
      case .vLLMBench:
        return try ImportedTrace(
          runs: try InputFile.contents(of: trace, maximumBytes: 1 << 30), name: trace)
      case .serveGen: return try serveGen()
      default: return try lines(format)
      }
    } catch let error as TableError {
      throw Failure(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.input("error: \(error)")
    }
  }

  private func lines(_ format: TraceFormat) throws -> ImportedTrace {
    var options = TraceImporter.Options()
    options.keepsFailed = keepFailed
    options.model = model
    options.blockTokens = blockTokens
    var importer = TraceImporter(format: format, file: trace, options: options)
    try InputFile.forEachLine(of: trace) { line, number in
      try importer.read(line, number: number)
    }
    return try importer.finish()
  }

  private func serveGen() throws -> ImportedTrace {
    guard let dataset else {
      throw Failure.input(
        "error: \(trace): ServeGen publishes a client's rates here and its lengths beside it; give "
          + "--dataset chunk-*-dataset.json of the same client")
    }
    let lengths = try ServeGenDataset.lengths(
      try InputFile.contents(of: dataset, maximumBytes: 1 << 30), name: dataset)
    var client = ServeGenClient(file: trace)
    try InputFile.forEachLine(of: trace) { line, number in
      try client.read(String(decoding: line, as: UTF8.self), number: number)
    }
    return try client.draw(lengths: lengths, seed: seed)
  }
}

extension TraceFormat: ExpressibleByArgument {}
