import SimulationKernel

/// Arrivals with independent gaps of one law on a clock that runs as fast as a course says.
///
/// In a surge of ×5 the clock runs five times as fast, so gaps are a fifth as long and as uneven as ever.
/// The stream stays stationary on its own clock: the expected requests of any interval are the rate times
/// the integral of the course, exactly.
struct CourseRenewalSource: Sendable {
  private var renewal: RenewalSource
  private var walk: CourseWalk
  private let limit: Int64
  /// When the last request came by the clock of the renewals, nanoseconds.
  private var last: Int64 = 0
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64 = 0
  /// The number of the next request.
  var index: UInt64 { renewal.index }

  /// - Parameters:
  ///   - renewal: starts at zero by its own clock.
  ///   - walk: stands where the first request may come, along a curve of one a second.
  ///   - limit: from when on nothing is asked for.
  init(_ renewal: RenewalSource, _ walk: CourseWalk, limit: Int64) {
    self.renewal = renewal
    self.walk = walk
    self.limit = limit
    follow()
  }

  /// Goes on to the next request.
  mutating func advance() {
    renewal.advance()
    follow()
  }

  private mutating func follow() {
    if renewal.time == Int64.max {
      time = Int64.max
      return
    }
    var need = Double(renewal.time - last) / 1e9
    last = renewal.time
    time = walk.advance(by: &need, to: limit) ?? Int64.max
  }
}
