import SimulationKernel

/// Markov-modulated Poisson arrivals over a ring of states.
///
/// The first state is drawn in proportion to the mean durations, so the stream is stationary from its
/// start. Durations and gaps come from generators of their own: other rates in the same states see
/// the same changes of state. A course multiplies the rates and leaves the states their durations.
struct BurstSource: Sendable {
  private let states: [BurstState]
  private let limit: Int64
  private var gaps: ExponentialDraws
  private var durations: Xoshiro256StarStar
  private var state: Int
  private var stateEnd: Int64
  /// Along the course at one a second, where there is a course.
  private var walk: CourseWalk?
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64
  /// The number of the next request.
  private(set) var index: UInt64 = 0

  init(
    _ states: [BurstState], start: Int64, limit: Int64, gaps: Xoshiro256StarStar,
    durations: Xoshiro256StarStar, walk: CourseWalk? = nil
  ) {
    self.walk = walk
    self.states = states
    self.limit = limit
    self.gaps = ExponentialDraws(gaps)
    self.durations = durations
    let shares = RequestAttributes.cumulative(states.map { Double($0.meanDuration.nanoseconds) })
    let u = self.durations.nextUnit()
    state = shares.firstIndex { $0 > u } ?? states.count - 1
    time = start
    stateEnd = start
    // Exponential durations have no memory: the rest of the first one has the same law.
    stateEnd = nextStateEnd()
    advance()
    index = 0
  }

  private mutating func nextStateEnd() -> Int64 {
    let mean = Double(states[state].meanDuration.nanoseconds)
    // A state lasts at least a nanosecond, so that time goes on.
    let length = Distribution.unitExponential(durations.nextUnit()) * mean
    return later(stateEnd, by: max(1, length))
  }

  /// Goes on to the next request.
  mutating func advance() {
    index += 1
    if time == Int64.max { return }
    if walk != nil { return advanceOnCourse() }
    // Expected requests until the next one, used up at the rate of each state that passes.
    var need = gaps.next()
    while true {
      let perNanosecond = states[state].rate / 1e9
      let next = later(time, by: need / perNanosecond)
      if next < stateEnd {
        time = next
        return
      }
      if stateEnd >= limit {
        time = Int64.max
        return
      }
      need = max(0, need - perNanosecond * Double(stateEnd - time))
      time = stateEnd
      state = state + 1 == states.count ? 0 : state + 1
      stateEnd = nextStateEnd()
    }
  }

  /// The same along a course: the rate of a state is that many requests for each of the walk's.
  private mutating func advanceOnCourse() {
    var need = gaps.next()
    while true {
      let rate = states[state].rate
      var left = need / rate
      if let next = walk?.advance(by: &left, to: min(stateEnd, limit)) {
        time = next
        return
      }
      if stateEnd >= limit {
        time = Int64.max
        return
      }
      if rate > 0 { need = left * rate }
      state = state + 1 == states.count ? 0 : state + 1
      stateEnd = nextStateEnd()
    }
  }
}
