import SimulationKernel

/// Poisson arrivals whose rate follows a curve.
///
/// Drawn by inversion: the expected number of requests between two arrivals is an exponential variate
/// of mean 1, and the next time is where the curve's integral has grown by that much. Exact for
/// linear segments (a quadratic equation), one draw per request, no thinning.
struct CurveSource: Sendable {
  private let curve: RateCurve
  private let limit: Int64
  private var draws: ExponentialDraws
  private var segment: Int
  /// Seconds from the start of the segment.
  private var offset: Double
  /// When the current pass of the curve began, nanoseconds.
  private var base: Int64
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64
  /// The number of the next request.
  private(set) var index: UInt64 = 0

  /// - Parameters:
  ///   - base: when the curve's first pass begins.
  ///   - start: the first request comes after it.
  ///   - limit: from when on nothing is asked for; ends the search where the curve stays at zero.
  init(
    _ curve: RateCurve, base: Int64, start: Int64, limit: Int64, generator: Xoshiro256StarStar
  ) {
    self.curve = curve
    self.limit = limit
    draws = ExponentialDraws(generator)
    let into = start - base
    let passes = curve.repeats ? into / curve.period : 0
    self.base = base + passes * curve.period
    let rest = into - passes * curve.period
    segment = curve.segment(at: rest)
    offset = Double(rest - curve.bounds[segment]) / 1e9
    time = start
    advance()
    index = 0
  }

  /// Goes on to the next request.
  mutating func advance() {
    index += 1
    var need = draws.next()
    while true {
      let length = curve.seconds(segment)
      let slope = (curve.ratesAtEnd[segment] - curve.ratesAtStart[segment]) / length
      let rate = curve.ratesAtStart[segment] + slope * offset
      let left = 0.5 * (rate + curve.ratesAtEnd[segment]) * (length - offset)
      if need < left {
        // rate · dt + slope · dt² / 2 = need, solved without cancellation.
        let discriminant = max(0, rate * rate + 2 * slope * need)
        let step = 2 * need / (rate + discriminant.squareRoot())
        offset = min(offset + step, length)
        time = base + curve.bounds[segment] + nearestInteger(offset * 1e9)
        return
      }
      need -= max(0, left)
      offset = 0
      segment += 1
      if segment == curve.segmentCount {
        segment = 0
        base += curve.period
        if !curve.repeats { base = Int64.max / 2 }
      }
      if base + curve.bounds[segment] >= limit {
        // Nothing more comes; staying here makes further calls end at once.
        segment = 0
        base = Int64.max / 2
        time = Int64.max
        return
      }
    }
  }
}
