import SimulationKernel

/// A law that a run has broken, and where: an error of Plimsoll, never of a scenario.
public struct InvariantViolation: Error, Hashable, Sendable, CustomStringConvertible {
  /// The law.
  public var invariant: Invariant
  /// What was seen, with its figures.
  public var detail: String
  /// Number of the event in which it was seen, from 1; 0 for what is not of the events, such as the bill.
  /// It broke the law where ``isExact`` says so; else that happened in this event or one before it.
  public var event: Int64
  /// Simulated time of that event.
  public var time: SimTime
  /// Whether the event is the one that broke the law.
  public var isExact: Bool
  /// Seed of the run, which tells it from others of the same command; `nil` where it is not known.
  public var seed: UInt64?

  /// Creates a violation.
  public init(
    _ invariant: Invariant, _ detail: String, event: Int64, time: SimTime, isExact: Bool
  ) {
    self.invariant = invariant
    self.detail = detail
    self.event = event
    self.time = time
    self.isExact = isExact
  }

  /// The law, what was seen, and when.
  public var description: String {
    let run = seed.map { " of the run with seed \($0)" } ?? ""
    let place = event == 0 ? "" : isExact ? " in event \(event)" : " in or before event \(event)"
    return "\(invariant.rawValue) is broken\(place) at "
      + "\(FixedSeconds(nanoseconds: time.nanoseconds))\(run): \(detail) (\(invariant.statement))"
  }
}

/// A time as seconds with nine decimals, without floating point.
private struct FixedSeconds: CustomStringConvertible {
  var nanoseconds: Int64

  var description: String {
    let fraction = String(nanoseconds % 1_000_000_000)
    let zeros = String(repeating: "0", count: max(0, 9 - fraction.utf8.count))
    return "\(nanoseconds / 1_000_000_000).\(zeros)\(fraction) s"
  }
}
