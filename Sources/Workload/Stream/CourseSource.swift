import SimulationKernel

/// Poisson arrivals whose rate follows a curve and a course.
///
/// Drawn by inversion like ``CurveSource``, one draw per request, none thinned: exact for the rate as it is
/// written.
struct CourseSource: Sendable {
  private var walk: CourseWalk
  private let limit: Int64
  private var draws: ExponentialDraws
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64 = 0
  /// The number of the next request.
  private(set) var index: UInt64 = 0

  /// - Parameters:
  ///   - walk: stands where the first request may come.
  ///   - limit: from when on nothing is asked for.
  init(_ walk: CourseWalk, limit: Int64, generator: Xoshiro256StarStar) {
    self.walk = walk
    self.limit = limit
    draws = ExponentialDraws(generator)
    advance()
    index = 0
  }

  /// Goes on to the next request.
  mutating func advance() {
    index += 1
    var need = draws.next()
    time = walk.advance(by: &need, to: limit) ?? Int64.max
  }
}
