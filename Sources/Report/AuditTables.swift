import SimulationKernel
import Tables

/// The gateway's tables of a run, searched for one request.
struct AuditTables {
  private let run: StoredRun
  private let names: [String]

  init(_ run: StoredRun) {
    self.run = run
    names = run.manifest.tables.map(\.file)
  }

  /// Tables of the audit that the run did not keep.
  var missing: [String] {
    [DecisionRow.schema, AttemptRow.schema, DecisionCandidateRow.schema].map(\.fileName)
      .filter { !names.contains($0) }
  }

  /// What happened to a request, in the order of the tables.
  func events(of request: UInt64) throws -> [Explanation.Event] {
    let rejections = try rejections(of: try decisions(of: request))
    return try decisionEvents(request, rejections) + attemptEvents(request) + stageEvents(request)
  }

  /// Calls `body` with every row of a table in which a column holds a number; the table may be
  /// missing.
  private func rows(
    _ schema: TableSchema, where column: Int, is number: UInt64,
    _ body: (borrowing CSVReader) throws -> Void
  ) throws {
    guard var reader = try run.rows(of: schema) else { return }
    while try reader.nextRow() {
      if try reader.unsigned(column) == number { try body(reader) }
    }
  }

  private func decisions(of request: UInt64) throws -> [UInt64] {
    var numbers: [UInt64] = []
    try rows(DecisionRow.schema, where: 1, is: request) { numbers.append(try $0.unsigned(0)) }
    return numbers
  }

  /// By decision: who could not be chosen, and why.
  private func rejections(of decisions: [UInt64]) throws -> [UInt64: [String]] {
    var found: [UInt64: [String]] = [:]
    guard let first = decisions.min(), let last = decisions.max(),
      var reader = try run.rows(of: DecisionCandidateRow.schema)
    else { return [:] }
    while try reader.nextRow() {
      let decision = try reader.unsigned(0)
      // Rows stand in order of decisions.
      if decision > last { break }
      guard decision >= first, decisions.contains(decision) else { continue }
      if try reader.flag(2) == false {
        found[decision, default: []].append(
          "not eligible: \(try reader.text(1)) (\(try reader.text(3)))")
      }
    }
    return found
  }

  private func decisionEvents(
    _ request: UInt64, _ rejections: [UInt64: [String]]
  ) throws -> [Explanation.Event] {
    var events: [Explanation.Event] = []
    try rows(DecisionRow.schema, where: 1, is: request) { row in
      let occasion = try row.text(11)
      let chosen = try row.text(7)
      let eligible = try row.count(6)
      var text: String
      if occasion == "spillover" {
        text = "the provider sent it on to \(chosen)"
      } else {
        let policy = try row.text(4)
        let lead =
          switch occasion {
          case "retry": "retry: "
          case "failover": "failover: "
          case "client_retry": "the client asked again: "
          default: ""
          }
        text =
          eligible == 1
          ? "\(lead)only \(chosen) was eligible, of \(try row.count(5))"
          : "\(lead)\(policy) chose \(chosen) from \(eligible) eligible of \(try row.count(5))"
        if let score = try row.real(8), eligible > 1 {
          text += ", score \(Quantity.fixed(score, 4))"
        }
        if !row.isEmpty(9), let score = try row.real(10) {
          text += "; next best \(try row.text(9)), \(Quantity.fixed(score, 4))"
        }
      }
      var details = rejections[try row.unsigned(0)] ?? []
      if let age = try row.fixed(12, decimals: 6), age > 0 {
        details.append("its load figures were \(Quantity.latency(nanoseconds: Double(age))) old")
      }
      guard let time = try row.fixed(3, decimals: 9) else { return }
      events.append(
        Explanation.Event(
          time: time, text: text, rank: 2 * Self.attempt(try row.count(2)), details: details))
    }
    return events
  }

  /// A number of attempts as a run makes them; a table that says more was made by hand.
  private static func attempt(_ count: Int) -> Int { min(count, Int(Int16.max)) }

  private func attemptEvents(_ request: UInt64) throws -> [Explanation.Event] {
    var events: [Explanation.Event] = []
    try rows(AttemptRow.schema, where: 1, is: request) { row in
      let place = try row.text(4)
      guard let end = try row.fixed(6, decimals: 9) else {
        if let start = try row.fixed(5, decimals: 9) {
          events.append(
            Explanation.Event(
              time: start, text: "\(place) had not ended when the run did", rank: Int.max))
        }
        return
      }
      var text = "\(place) answered \(try row.integer(7).map { "\($0)" } ?? "nothing")"
      if !row.isEmpty(8) { text += " (\(try row.text(8)))" }
      if let after = try row.fixed(9, decimals: 6), after > 0 {
        text += ", asking to wait \(Quantity.latency(nanoseconds: Double(after)))"
      }
      var details: [String] = []
      if row.isEmpty(8) {
        let cached = try row.count(12)
        if cached > 0 { details.append("\(Quantity.grouped(Int64(cached))) prompt tokens cached") }
        if let cost = try row.fixed(14, decimals: 12), cost > 0 {
          details.append("cost \(Explanation.dollars(cost))")
        }
      }
      events.append(
        Explanation.Event(
          time: end, text: text, rank: 2 * Self.attempt(try row.count(3)) + 1, details: details))
    }
    return events
  }

  private func stageEvents(_ request: UInt64) throws -> [Explanation.Event] {
    var events: [Explanation.Event] = []
    try rows(ChainStageRow.schema, where: 0, is: request) { row in
      guard let start = try row.fixed(4, decimals: 9), let end = try row.fixed(5, decimals: 9)
      else { return }
      let time = Quantity.latency(nanoseconds: Double(end) - Double(start))
      var text = "stage \(try row.text(1)) (\(try row.text(2))) \(try row.text(6)) after \(time)"
      if !row.isEmpty(3) { text += " in \(try row.text(3))" }
      var details: [String] = []
      if !row.isEmpty(7) { details.append("by request \(try row.unsigned(7))") }
      let egress = try row.count(10)
      if egress > 0 {
        details.append("\(Quantity.grouped(Int64(egress))) bytes came from \(try row.text(11))")
      }
      events.append(Explanation.Event(time: end, text: text, rank: 0, details: details))
    }
    return events
  }
}
