import Multicloud
import SimulationKernel

/// The minute of each workload in which the largest share of requests got a 429.
public struct WorstMinutes: Sendable {
  /// One minute.
  public struct Minute: Sendable {
    /// Start, from the run's start.
    public var start: Duration
    /// Requests that ended in it, and those of them that got a 429.
    public var ended: Int64
    /// Those of them that got a 429.
    public var throttled: Int64
    /// The cause of most of them.
    public var cause: RequestRecord.Reason

    /// Share of requests that got a 429.
    public var share: Double { Double(throttled) / Double(max(1, ended)) }
  }

  /// By workload; `nil` where no request got a 429.
  public private(set) var minutes: [Minute?]
  private let measuredFrom: Int64

  init(_ world: World) {
    minutes = world.workloads.map { _ in nil }
    measuredFrom = world.warmup.nanoseconds
  }

  /// Looks at a minute. Those of the warm-up do not count.
  mutating func look(at minute: borrowing TenantMinute) {
    guard minute.start >= measuredFrom else { return }
    var throttled: Int64 = 0
    var cause = RequestRecord.Reason.none
    var most: Int64 = 0
    var lost: Int64 = 0
    for reason in RequestRecord.Reason.allCases {
      let count = minute.lost[Int(reason.rawValue)]
      lost += count
      guard reason.httpStatus == 429 else { continue }
      throttled += count
      if count > most { (most, cause) = (count, reason) }
    }
    guard throttled > 0 else { return }
    let found = Minute(
      start: Duration(nanoseconds: minute.start), ended: minute.completions + lost,
      throttled: throttled, cause: cause)
    // Compared as whole numbers, so that equal shares stay with the first.
    if let worst = minutes[minute.workload],
      found.throttled * worst.ended <= worst.throttled * found.ended
    {
      return
    }
    minutes[minute.workload] = found
  }
}
