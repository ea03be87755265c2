/// Logs with a row for each request.
enum RequestLogs {
  private static let longest = 1_000_000_000

  /// A log of a vLLM engine, JSON lines: `input_toks`, `output_toks`, `arrival_time`, `queued_ts`,
  /// `first_token_ts`, `last_token_ts`.
  ///
  /// The arrival is of the wall clock, the others of a monotonic one; the queueing of the first request
  /// ties the two.
  static func vLLM(_ objects: JSONObjects, file: String) throws(RecordingError) -> RecordedRun {
    struct Line {
      var arrival: Double
      var queued: Double
      var request: RecordedRequest
    }
    var lines: [Line] = []
    for found in objects.found {
      let fields = JSONFields(found, file: file)
      let time = "seconds"
      lines.append(
        Line(
          arrival: try fields.number("arrival_time", time),
          queued: try fields.number("queued_ts", time),
          request: RecordedRequest(
            arrival: 0, firstToken: try fields.number("first_token_ts", time),
            lastToken: try fields.number("last_token_ts", time),
            promptTokens: try fields.count("input_toks", 1...longest),
            outputTokens: try fields.count("output_toks", 1...longest), line: found.line)))
    }
    let order = lines.indices.sorted { (lines[$0].arrival, $0) < (lines[$1].arrival, $1) }
    let first = lines[order[0]]
    var requests: [RecordedRequest] = []
    for index in order {
      var request = lines[index].request
      request.arrival = lines[index].arrival - first.arrival
      request.firstToken -= first.queued
      request.lastToken -= first.queued
      try check(request, file: file)
      requests.append(request)
    }
    return RecordedRun(
      name: file, line: 1, arrivals: .recorded, requests: requests, summary: nil, leftOut: 0)
  }

  /// A table of requests: `arrival_s`, `prompt_tokens`, `output_tokens`, `ttft_ms`, `e2e_ms`, as this
  /// program's own `requests.csv` has them; where it has `network_ms`, `server_ttft_ms` and
  /// `server_e2e_ms` too, those are taken and the way to the server is half of the network. Rows whose `status` is not `completed` are left out, each
  /// `deployment` and `replica` is a run of its own.
  static func table(_ csv: CSVText) throws(RecordingError) -> [RecordedRun] {
    let what = "a table of requests"
    let arrival = try csv.required("arrival_s", of: what)
    let prompt = try csv.required("prompt_tokens", of: what)
    let output = try csv.required("output_tokens", of: what)
    let ttft = try csv.required("ttft_ms", of: what)
    let e2e = try csv.required("e2e_ms", of: what)
    let status = csv.column("status")
    let server = ["network_ms", "server_ttft_ms", "server_e2e_ms"].compactMap { csv.column($0) }
    let place = ["deployment", "replica"].compactMap { csv.column($0) }
    var runs: [RecordedRun] = []
    var leftOut = 0
    for row in csv.rows {
      if let status, row.fields[status] != "completed" {
        leftOut += 1
        continue
      }
      var start = try csv.number(row, arrival, "seconds of 0 or more")
      var columns = (first: ttft, last: e2e)
      if server.count == 3 {
        start += try csv.number(row, server[0], "milliseconds") / 2000
        columns = (server[1], server[2])
      }
      let request = RecordedRequest(
        arrival: start,
        firstToken: start + (try csv.number(row, columns.first, "milliseconds")) / 1000,
        lastToken: start + (try csv.number(row, columns.last, "milliseconds")) / 1000,
        promptTokens: try csv.count(row, prompt, 1...longest, "a whole number of tokens"),
        outputTokens: try csv.count(row, output, 1...longest, "a whole number of tokens"),
        line: row.line)
      try check(request, file: csv.file)
      let parts = place.map { String(row.fields[$0]) }
      let name = place.isEmpty ? csv.file : "\(csv.file) (\(parts.joined(separator: " ")))"
      if let index = runs.firstIndex(where: { $0.name == name }) {
        runs[index].requests.append(request)
      } else {
        runs.append(
          RecordedRun(
            name: name, line: row.line, arrivals: .recorded, requests: [request], summary: nil,
            leftOut: 0))
      }
    }
    guard !runs.isEmpty else {
      throw RecordingError(file: csv.file, problem: "found no completed request")
    }
    runs[0].leftOut = leftOut
    for index in runs.indices { runs[index].rebase() }
    return runs
  }

  /// Times of a request in order.
  static func check(_ request: RecordedRequest, file: String) throws(RecordingError) {
    guard request.firstToken >= request.arrival, request.lastToken >= request.firstToken else {
      throw RecordingError(
        file: file, line: request.line,
        problem: "arrival, first and last token at \(request.arrival), \(request.firstToken) and "
          + "\(request.lastToken) s of the run, expected them in order")
    }
    guard request.lastToken - request.arrival <= RecordedRun.longest,
      abs(request.arrival) <= RecordedRun.longest
    else {
      throw RecordingError(
        file: file, line: request.line,
        problem:
          "sent at \(request.arrival) s and ended at \(request.lastToken) s, expected less than ten "
          + "years")
    }
    guard request.outputTokens == 1 || request.lastToken > request.firstToken else {
      throw RecordingError(
        file: file, line: request.line,
        problem:
          "\(request.outputTokens) output tokens in no time, expected a last token after the "
          + "first")
    }
  }
}

extension RecordedRun {
  /// Orders the requests by arrival and counts time from the first.
  mutating func rebase() {
    let order = requests.indices.sorted {
      (requests[$0].arrival, $0) < (requests[$1].arrival, $1)
    }
    guard let first = order.first else { return }
    let start = requests[first].arrival
    requests = order.map { index in
      var request = requests[index]
      request.arrival -= start
      request.firstToken -= start
      request.lastToken -= start
      return request
    }
  }
}
