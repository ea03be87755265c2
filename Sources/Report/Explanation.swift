import SimulationKernel
import Tables

/// One request's story, read back from a run's tables: every decision, attempt and wait, and where the
/// time went.
public struct Explanation {
  /// Something that happened, and when.
  struct Event {
    /// Nanoseconds since the run's start.
    var time: Int64
    var text: String
    /// Place among what happened at the same instant: an attempt's decision before its end.
    var rank: Int
    /// Lines that say more.
    var details: [String] = []
  }

  let request: RequestsTable.Record
  let events: [Event]
  /// How many replicas were ready, where that was fewer than wanted.
  let readyReplicas: String?
  /// Tables that would say more and are not there.
  let missing: [String]

  /// Reads the story of a request.
  ///
  /// - Throws: ``ExplanationError`` where the run has no such request; ``TableError`` where its tables
  ///   cannot be read.
  /// - Complexity: O(rows of the tables).
  public init(run path: String, request number: UInt64) throws {
    let run = try StoredRun(path: path, allowsIncomplete: true)
    let names = run.manifest.tables.map(\.file)
    guard names.contains(RequestsTable.schema.fileName) else {
      throw ExplanationError(
        "\(path): the run kept no requests.csv; run the scenario again with --tables audit")
    }
    request = try Self.find(number, in: run, path)
    readyReplicas = try ReadyReplicas.words(run, of: request)
    let audit = AuditTables(run)
    var events = try audit.events(of: number)
    missing = audit.missing
    events += Self.milestones(request)
    // Stable: what happened at one instant keeps its order.
    self.events = events.enumerated()
      .sorted {
        ($0.element.time, $0.element.rank, $0.offset) < (
          $1.element.time, $1.element.rank, $1.offset
        )
      }
      .map(\.element)
  }

  private static func find(
    _ number: UInt64, in run: StoredRun, _ path: String
  ) throws -> RequestsTable.Record {
    var table = try run.table(of: RequestsTable.Record.self)
    var least = UInt64.max
    var greatest: UInt64 = 0
    var rows = 0
    while let row = try table.next() {
      if row.requestID == number { return row }
      least = min(least, row.requestID)
      greatest = max(greatest, row.requestID)
      rows += 1
    }
    guard rows > 0 else { throw ExplanationError("\(path): requests.csv holds no request") }
    let kept =
      number >= least && number <= greatest && rows < run.manifest.requests
      ? "; the run kept the rows of \(rows) of its \(run.manifest.requests) requests (--sample)"
      : ""
    throw ExplanationError(
      "\(path): no request \(number) in requests.csv: its requests are \(least) to \(greatest)\(kept)"
    )
  }

  /// What the request's own row knows.
  private static func milestones(_ request: RequestsTable.Record) -> [Event] {
    var events: [Event] = []
    let arrival = request.arrival.nanoseconds
    if let first = request.timeToFirstToken {
      events.append(
        Event(
          time: arrival + first.nanoseconds, text: "the first token is at the client",
          rank: Int.max))
    }
    if let end = request.endToEnd {
      let tokens = request.outputTokens ?? 0
      var text = "completed: \(Quantity.grouped(Int64(tokens))) output tokens"
      if request.picodollars > 0 { text += ", \(Self.dollars(request.picodollars))" }
      events.append(Event(time: arrival + end.nanoseconds, text: text, rank: Int.max))
    }
    return events
  }

  static func dollars(_ picodollars: Int64) -> String {
    "\(Quantity.fixed(Double(picodollars) / 1e12, 6)) USD"
  }

  // MARK: Text

  /// The story in lines.
  public var lines: [String] {
    var lines = [heading, asked, ""]
    let arrival = request.arrival.nanoseconds
    let times = events.map { Quantity.fixed((Double($0.time) - Double(arrival)) / 1e9, 3) + " s" }
    let width = times.map(\.count).max() ?? 0
    for (event, time) in zip(events, times) {
      lines.append(
        "  " + String(repeating: " ", count: width - time.count) + "\(time)  \(event.text)")
      let indent = String(repeating: " ", count: width + 6)
      lines += event.details.map { indent + $0 }
    }
    lines += ["", verdict]
    if let readyReplicas { lines.append("  " + readyReplicas) }
    if let shares { lines.append("  where the time went: " + shares) }
    if let table = missing.first {
      let level = table == DecisionCandidateRow.schema.fileName ? "full" : "audit"
      lines.append("  (no \(table) in this run: --tables \(level) would say more)")
    }
    return lines
  }

  private var heading: String {
    let who = [request.tenant, request.project].compactMap { $0 }.joined(separator: "/")
    let at = Quantity.fixed(Double(request.arrival.nanoseconds) / 1e9, 3)
    return "request \(request.requestID) of workload \(request.workload)"
      + (who.isEmpty ? "" : " (\(who))") + ", from \(request.origin), sent at \(at) s"
  }

  private var asked: String {
    let expected = request.estimatedOutputTokens.map {
      ", about \(Quantity.grouped(Int64($0))) output tokens expected"
    }
    return "  asked \(request.model): \(Quantity.grouped(Int64(request.promptTokens ?? 0))) prompt "
      + "tokens" + (expected ?? "")
  }

  private var verdict: String {
    let place = request.deployment.map { " at \($0)" } ?? ""
    switch request.status {
    case .completed:
      let time = Quantity.latency(nanoseconds: request.endToEnd.map { Double($0.nanoseconds) })
      let met = request.metObjective.map { $0 ? ", within its targets" : ", MISSING a target" }
      return "  completed\(place) in \(time), \(attempts)\(met ?? "")"
    case .inFlight: return "  still under way when the run ended, \(attempts)"
    case .rejected, .cancelled, .failed:
      return "  \(request.status.word)\(place): \(request.reason ?? "no reason"), \(attempts)"
    }
  }

  private var attempts: String {
    "\(request.attempts) attempt\(request.attempts == 1 ? "" : "s")"
  }

  /// Network, earlier attempts and pauses, queue, prefill and decoding as shares of the whole.
  private var shares: String? {
    guard let whole = request.endToEnd?.nanoseconds, whole > 0,
      let first = request.timeToFirstToken?.nanoseconds
    else { return nil }
    let network = request.network?.nanoseconds ?? 0
    let queue = request.queue?.nanoseconds ?? 0
    let server = request.serverTimeToFirstToken?.nanoseconds ?? first
    // The network figure counts from the client's sending to the last deployment: earlier attempts
    // and pauses are in it.
    let way = Double(max(0, network))
    let prefill = max(0, Double(server) - Double(queue))
    let decode = max(0, Double(whole) - Double(first))
    func share(_ part: Double) -> String { Quantity.percent(part / Double(whole)) }
    let wayName = request.attempts > 1 ? "network, earlier attempts and pauses" : "network"
    return
      "\(share(way)) \(wayName), \(share(Double(queue))) queue, \(share(prefill)) to the first token, "
      + "\(share(decode)) decoding"
  }

  // MARK: JSON

  /// The story as JSON, for programs.
  public var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.integer(request.requestID, "request_id")
    json.string(request.workload, "workload")
    json.string(request.status.word, "status")
    json.string(request.reason ?? "", "reason")
    json.string(request.deployment ?? "", "deployment")
    json.integer(request.attempts, "attempts")
    if let readyReplicas { json.string(readyReplicas, "capacity") }
    json.beginArray("events")
    for event in events {
      json.beginObject()
      json.fixed(event.time, decimals: 9, "time_s")
      json.string(event.text, "text")
      json.beginArray("details")
      for detail in event.details { json.string(detail) }
      json.end()
      json.end()
    }
    json.end()
    json.end()
    return json.finish()
  }
}

/// Why a request's story cannot be told.
public struct ExplanationError: Error, Hashable, CustomStringConvertible {
  /// What is missing, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}
