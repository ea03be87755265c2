/// What a file holds that tells of an engine's speed.
public enum Recording: Sendable {
  /// Steps, one by one.
  case steps([RecordedStep])
  /// Runs, request by request or in means.
  case runs([RecordedRun])

  /// Reads a file and tells by its content what it is: a table of steps or of requests (CSV), a vLLM
  /// engine's log of requests (JSON lines), or results of vLLM's or SGLang's benchmark (JSON).
  ///
  /// - Throws: ``RecordingError`` with the line, what was found and what was expected.
  /// - Complexity: O(bytes).
  public init(_ bytes: [UInt8], name: String) throws(RecordingError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    if bytes.starts(with: [0x1F, 0x8B]) {
      throw RecordingError(file: name, problem: "is compressed; unpack it first: gunzip -k \(name)")
    }
    let blanks = Set(" \t\r\n".utf8)
    guard let first = bytes.first(where: { !blanks.contains($0) }) else {
      throw RecordingError(file: name, problem: "the file is empty")
    }
    if first == UInt8(ascii: "{") {
      let objects = try JSONObjects(bytes, file: name)
      if BenchmarkResults.isResult(objects.found[0].fields) {
        self = .runs(try BenchmarkResults.runs(objects, file: name))
      } else if objects.found[0].fields["input_toks"] != nil {
        self = .runs([try RequestLogs.vLLM(objects, file: name)])
      } else {
        throw RecordingError(
          file: name, line: objects.found[0].line,
          problem:
            "not a log that is known: expected input_toks, first_token_ts … of a vLLM engine's "
            + "log, or ttfts, mean_ttft_ms … of a benchmark's result")
      }
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let csv = try CSVText(text[...], file: name)
    if csv.column("step_ms") != nil {
      let steps = try RecordedStep.table(csv)
      guard !steps.isEmpty else { throw RecordingError(file: name, problem: "found no steps") }
      self = .steps(steps)
    } else if csv.column("ttft_ms") != nil {
      self = .runs(try RequestLogs.table(csv))
    } else {
      throw RecordingError(
        file: name, line: 1,
        problem: "neither a table of steps (a column step_ms) nor of requests (a column ttft_ms); "
          + "found \(csv.columns.prefix(12).joined(separator: ", "))")
    }
  }
}
