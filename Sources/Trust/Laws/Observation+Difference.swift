import Multicloud

/// Where two runs say different things.
extension Observation {
  /// The first request, by name and number, of which two runs say different things, one of them nothing.
  ///
  /// - Parameters:
  ///   - isCompared: Which requests of this one count.
  ///   - isExpected: Which requests of the other one must be in this one too.
  func difference(
    from other: Observation, where isCompared: (Key, Request) -> Bool = { _, _ in true },
    isExpected: (Key) -> Bool = { _ in true }
  ) -> String? {
    var first: Key?
    func note(_ key: Key) { first = min(first ?? key, key) }
    for (key, request) in requests where isCompared(key, request) && other.requests[key] != request
    {
      note(key)
    }
    for key in other.requests.keys where requests[key] == nil && isExpected(key) { note(key) }
    guard let key = first else { return nil }
    func told(_ request: Request?) -> String { request.map { "\($0)" } ?? "missing" }
    return "request \(key.index) of '\(key.workload)': \(told(requests[key])) against "
      + told(other.requests[key])
  }

  /// Where the bills differ.
  func billDifference(from other: BillSeen?) -> String? {
    switch (bill, other) {
    case (nil, nil): nil
    case (let mine?, let other?): mine.difference(from: other)
    default: "one of two runs is billed"
    }
  }

  /// Where requests or the bills differ.
  func differenceWithBill(from other: Observation) -> String? {
    difference(from: other) ?? billDifference(from: other.bill)
  }

  /// Where anything that was gathered differs: of runs of worlds whose things have the same numbers.
  func wholeDifference(from other: Observation) -> String? {
    if let detail = differenceWithBill(from: other) { return detail }
    func compare<Value: Equatable>(_ what: String, _ part: (Observation) -> Value) -> String? {
      part(self) == part(other) ? nil : "\(what): \(part(self)) against \(part(other))"
    }
    let parts: [String?] = [
      compare("requests with two rows", \.repeated),
      compare("fingerprint", \.result.fingerprint),
      compare("events", \.result.events),
      compare("totals", \.result.totals),
      compare("minutes of deployments", \.minuteTotals),
      compare("minutes of pools", \.poolMinutes),
      compare("limits raised", \.limitsRaised),
      compare("decisions", \.decisions),
      compare("attempts", \.attempts),
      compare("numbers of decisions", \.decisionNumbers),
      compare("decisions of attempts", \.attemptedDecisions),
      compare("deployments") { $0.result.deployments.map(\.totals) },
    ]
    return parts.compactMap { $0 }.first
  }
}
