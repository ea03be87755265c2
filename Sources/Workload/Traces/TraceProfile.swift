import SimulationKernel

/// A compact description of a trace: how many requests came in each second, and how often each pair
/// of lengths came.
///
/// What it keeps: the rate with its bursts down to a second, the joint law of the lengths to a bin's
/// width. What it loses: the order of lengths, and arrivals within a second. Replayed, each second is
/// a Poisson stream at the recorded rate, so its count varies around the recorded one.
public struct TraceProfile: Hashable, Sendable {
  /// What the profile is called, such as `azure-llm-2023-conv`.
  public let name: String
  /// Where it came from: source, licence, date, how it was derived; one line each.
  public let provenance: [String]
  /// Requests in each second of the trace, from its start; at least one second, at least one request.
  public let countsBySecond: [Int32]
  /// The pairs of lengths.
  public let lengths: JointLengthHistogram

  /// Longest profile, a year and a day: a count is kept for every second.
  static let secondLimit = 366 * 86_400

  init(
    name: String, provenance: [String], countsBySecond: [Int32], lengths: JointLengthHistogram
  ) {
    precondition(countsBySecond.contains { $0 > 0 })
    self.name = name
    self.provenance = provenance
    self.countsBySecond = countsBySecond
    self.lengths = lengths
  }

  /// Derives the profile of a trace; its last second is that of the last row.
  ///
  /// - Throws: where the trace is longer than a year and a day.
  public init(
    _ rows: TraceRows, name: String, provenance: [String], bitsOfLength: Int = 3
  ) throws(TraceError) {
    let seconds = Int(rows.times[rows.count - 1] / 1_000_000_000) + 1
    guard seconds <= Self.secondLimit else {
      throw TraceError(
        file: rows.name, problem: "the last row is at \(seconds) s, expected at most a year")
    }
    var counts = [Int32](repeating: 0, count: seconds)
    for time in rows.times { counts[Int(time / 1_000_000_000)] += 1 }
    self.init(
      name: name, provenance: provenance, countsBySecond: counts,
      lengths: JointLengthHistogram(rows, bits: bitsOfLength))
  }

  /// Requests in the trace.
  public var total: Int64 { lengths.total }
}
