/// Results of `vllm bench serve --save-result --save-detailed` and of SGLang's `bench_serving`.
///
/// Both write an object for each run: `input_lens`, `output_lens`, `ttfts` and `itls` (seconds) by
/// request, `start_times` in newer versions, beside means over the run. Source: vLLM 0.6 to 0.19
/// (`vllm/benchmarks/serve.py`), SGLang 0.4 to 0.5 (`python/sglang/bench_serving.py`), read 2026-07.
enum BenchmarkResults {
  static func runs(_ objects: JSONObjects, file: String) throws(RecordingError) -> [RecordedRun] {
    var runs: [RecordedRun] = []
    for (index, found) in objects.found.enumerated() {
      let fields = JSONFields(found, file: file)
      let name = objects.found.count > 1 ? "\(file) (run \(index + 1))" : file
      runs.append(try run(fields, name: name))
    }
    return runs
  }

  /// Whether an object is a result.
  static func isResult(_ fields: [String: Any]) -> Bool {
    fields["ttfts"] != nil || fields["mean_ttft_ms"] != nil
  }

  private static func run(_ fields: JSONFields, name: String) throws(RecordingError) -> RecordedRun
  {
    var run = RecordedRun(
      name: name, line: fields.line, arrivals: .unknown, requests: [], summary: nil, leftOut: 0)
    if fields.numberOrNil("mean_ttft_ms") != nil { run.summary = try summary(fields) }
    guard let prompts = try fields.numbers("input_lens"),
      let outputs = try fields.numbers("output_lens"), let ttfts = try fields.numbers("ttfts"),
      let gaps = try fields.lists("itls")
    else {
      guard run.summary != nil else {
        throw RecordingError(
          file: fields.file, line: fields.line,
          problem: "neither requests (input_lens, output_lens, ttfts, itls) nor means "
            + "(mean_ttft_ms, mean_tpot_ms); save with --save-result --save-detailed")
      }
      return run
    }
    let count = prompts.count
    guard outputs.count == count, ttfts.count == count, gaps.count == count else {
      throw RecordingError(
        file: fields.file, line: fields.line,
        problem: "input_lens, output_lens, ttfts and itls have \(count), \(outputs.count), "
          + "\(ttfts.count) and \(gaps.count) elements, expected as many of each")
    }
    let starts = try fields.numbers("start_times")
    if let starts, starts.count != count {
      throw RecordingError(
        file: fields.file, line: fields.line,
        problem: "start_times has \(starts.count) elements, expected \(count)")
    }
    for index in 0..<count {
      let (prompt, output) = (prompts[index], outputs[index])
      // A failed request has no output and a first token at no time.
      guard output >= 1, ttfts[index] > 0, prompt >= 1 else {
        run.leftOut += 1
        continue
      }
      guard output < 1e9, prompt < 1e9, output == output.rounded(), prompt == prompt.rounded()
      else {
        throw RecordingError(
          file: fields.file, line: fields.line,
          problem:
            "request \(index + 1) has lengths \(prompt) and \(output), expected whole numbers "
            + "of tokens")
      }
      let arrival = starts?[index] ?? 0
      let first = arrival + ttfts[index]
      let last = first + gaps[index].reduce(0, +)
      guard abs(arrival) <= RecordedRun.longest, last <= RecordedRun.longest,
        gaps[index].allSatisfy({ $0 >= 0 })
      else {
        throw RecordingError(
          file: fields.file, line: fields.line,
          problem: "request \(index + 1) was sent at \(arrival) s and ended at \(last) s, expected "
            + "times of less than ten years and no gap below zero")
      }
      // Tokens that came together count as one gap: gaps tell of steps only where there is one each.
      let hasEach = gaps[index].count == Int(output) - 1
      var request = RecordedRequest(
        arrival: arrival, firstToken: first, lastToken: last, promptTokens: Int(prompt),
        outputTokens: Int(output), gaps: hasEach ? gaps[index] : [], line: fields.line)
      // Where all tokens came at once nothing is known of its steps.
      if request.outputTokens > 1, last <= first { request.outputTokens = 1 }
      run.requests.append(request)
    }
    guard !run.requests.isEmpty else {
      throw RecordingError(
        file: fields.file, line: fields.line, problem: "found no request that was answered")
    }
    if let limit = fields.numberOrNil("max_concurrency") {
      run.isClosedLoop = limit < Double(run.requests.count)
    }
    if starts != nil {
      run.arrivals = .recorded
    } else if reconstruct(&run, fields) {
      run.arrivals = .reconstructed
    }
    if run.arrivals != .unknown { run.rebase() }
    return run
  }

  /// Requests sent as fast as a number of clients allows have arrivals that follow from the rest.
  private static func reconstruct(_ run: inout RecordedRun, _ fields: JSONFields) -> Bool {
    // Written as the word "inf", as null where it was infinite, or not at all.
    let rate = fields.numberOrNil("request_rate")
    guard fields.has("request_rate"), rate == nil else { return false }
    let most = Double(run.requests.count)
    let limit = min(fields.numberOrNil("max_concurrency") ?? most, most)
    guard limit >= 1 else { return false }
    var free = [Double](repeating: 0, count: Int(limit))
    for index in run.requests.indices {
      // The client that is free first sends the next request.
      let client = free.indices.min { free[$0] < free[$1] } ?? 0
      run.requests[index].arrival += free[client]
      run.requests[index].firstToken += free[client]
      run.requests[index].lastToken += free[client]
      free[client] = run.requests[index].lastToken
    }
    return true
  }

  private static func summary(_ fields: JSONFields) throws(RecordingError) -> RecordedRun.Summary {
    let completed = try fields.number("completed", "a number of requests")
    guard completed >= 1, completed < 1e15 else {
      throw fields.wrong("completed", "at least one request, and fewer than 1e15")
    }
    let duration = try fields.number("duration", "seconds")
    guard duration > 0 else { throw fields.wrong("duration", "seconds above 0") }
    let perToken = try fields.number("mean_tpot_ms", "milliseconds")
    let prompt = try fields.number("total_input_tokens", "a number of tokens")
    let output = try fields.number("total_output_tokens", "a number of tokens")
    return RecordedRun.Summary(
      requests: Int(completed), duration: duration, meanPromptTokens: prompt / completed,
      meanOutputTokens: output / completed,
      timeToFirstToken: try fields.number("mean_ttft_ms", "milliseconds") / 1000,
      timePerOutputToken: perToken / 1000)
  }
}
