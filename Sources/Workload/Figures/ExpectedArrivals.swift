import SimulationKernel

/// How many requests a workload is expected to send up to a time: what its stream gives on average
/// over seeds.
struct ExpectedArrivals: Sendable {
  private enum Kind {
    case constant(perSecond: Double)
    case curve(RateCurve, base: Int64)
    case rows(ExpectedReplay, base: Int64)
    case course(CourseWalk)
  }

  private let kind: Kind
  private let start: Int64
  private let end: Int64
  private let beforeStart: Double

  init(_ spec: WorkloadSpec) {
    start = spec.start.nanoseconds
    end = spec.end?.nanoseconds ?? Int64.max
    if !spec.course.isSteady, let law = spec.lawfulRate {
      kind = .course(
        CourseWalk(law.curve, base: law.base, course: spec.course, at: spec.start.nanoseconds))
      beforeStart = 0
      return
    }
    switch spec.arrivals {
    case .poisson(let rate), .gamma(let rate, _), .weibull(let rate, _):
      kind = .constant(perSecond: rate)
    case .diurnal(let rate, let hourly, let startHour):
      let profile = DiurnalProfile(hourly: hourly, startUTCHour: startHour, origins: spec.origins)
      kind = .curve(profile.curve(meanRate: rate), base: 0)
    case .piecewise(let rates, let binWidth, let repeats):
      kind = .curve(
        .constantInBins(rates, binWidth: binWidth.nanoseconds, repeats: repeats), base: start)
    case .bursts(let states):
      let time = states.reduce(0) { $0 + $1.meanDuration.seconds }
      let count = states.reduce(0) { $0 + $1.rate * $1.meanDuration.seconds }
      kind = .constant(perSecond: count / time)
    case .closedLoop(let clients, let thinkTime):
      kind = .constant(perSecond: Double(clients) / max(thinkTime.seconds, 1e-9))
    case .pacedLoop(let clients, let every):
      kind = .constant(perSecond: Double(clients) / every.seconds)
    case .trace(let replay):
      switch replay.source {
      case .rows(let rows): kind = .rows(ExpectedReplay(rows, replay), base: start)
      case .profile(let profile): kind = .curve(profile.meanCurve(replay), base: start)
      }
    }
    beforeStart = Self.integral(kind, to: start)
  }

  private static func integral(_ kind: Kind, to time: Int64) -> Double {
    switch kind {
    case .constant(let rate): rate * Double(time) / 1e9
    case .curve(let curve, let base): curve.expected(to: time - base)
    case .rows(let replay, let base): replay.expected(to: time - base)
    case .course(var walk): walk.advance(to: time)
    }
  }

  /// Expected requests from the start of the run to `time`, nanoseconds.
  func expected(to time: Int64) -> Double {
    let inside = min(time, end)
    return inside <= start ? 0 : Self.integral(kind, to: inside) - beforeStart
  }

  /// Expected requests between two times, nanoseconds; does not walk a course from its start.
  func expected(from: Int64, to time: Int64) -> Double {
    guard case .course(var walk) = kind else { return expected(to: time) - expected(to: from) }
    let (first, last) = (max(from, start), min(time, end))
    if last <= first { return 0 }
    walk.move(to: first)
    return walk.advance(to: last)
  }

  /// Whether the time from one moment to another is quicker to count than that from the start.
  var isLocal: Bool {
    if case .course = kind { return true }
    return false
  }
}

/// The expected course of a replay of rows over all draws of its shifts and its thinning.
///
/// A copy shifted by a uniform draw below s has sent, by time t, the mean of N(t - x) over x of 0 to s,
/// where N counts rows up to a time and goes on periodically both ways; with I the integral of N that
/// is (I(t) - I(t - s)) / s, less its value at zero.
struct ExpectedReplay: Sendable {
  private let rows: TraceRows
  private let scale: Double
  private let span: Double
  private let shift: Double
  private let loops: Bool
  private let first: Double
  private let others: Double
  /// Sum of the times of all rows before each, recorded seconds.
  private let sums: [Double]

  init(_ rows: TraceRows, _ replay: TraceReplay) {
    self.rows = rows
    scale = replay.timeScale
    span = rows.span.seconds
    // A shift by any number of whole spans is none.
    shift = replay.copyShift.seconds * replay.timeScale
    loops = replay.loops
    first = min(replay.rateScale, 1)
    others = replay.rateScale - first
    var sums = [0.0]
    sums.reserveCapacity(rows.count + 1)
    for time in rows.times { sums.append(sums[sums.count - 1] + Double(time) / 1e9) }
    self.sums = sums
  }

  /// Expected requests of the replay's first `time` nanoseconds.
  func expected(to time: Int64) -> Double {
    var t = Double(time) / 1e9 * scale
    if !loops { t = min(t, span) }
    var sum = first * count(t)
    if others > 0 {
      sum += others * (shift > 0 ? shiftedCount(t) - shiftedCount(0) : count(t))
    }
    return sum
  }

  private func shiftedCount(_ t: Double) -> Double {
    (integral(t) - integral(t - shift)) / shift
  }

  private func split(_ t: Double) -> (passes: Double, rest: Double, row: Int) {
    var passes = Double(Int(t / span))
    if passes * span > t { passes -= 1 }
    let rest = t - passes * span
    return (passes, rest, rows.rows(before: nearestInteger(rest * 1e9)))
  }

  private func count(_ t: Double) -> Double {
    let (passes, _, row) = split(t)
    return passes * Double(rows.count) + Double(row)
  }

  /// The integral of the count from zero to t: over p whole passes, p I(span) + span · n · p (p - 1) / 2,
  /// then what the next pass adds.
  private func integral(_ t: Double) -> Double {
    let (passes, rest, row) = split(t)
    let n = Double(rows.count)
    let whole = span * n - sums[rows.count]
    let part = rest * Double(row) - sums[row]
    return passes * whole + span * n * passes * (passes - 1) / 2 + passes * n * rest + part
  }
}
