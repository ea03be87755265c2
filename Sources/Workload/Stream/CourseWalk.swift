import SimulationKernel

/// A walk along a rate: the curve of a workload's law times its course.
///
/// Time is cut where the curve's segments begin, where a surge begins to change otherwise, and, with
/// growth, once a day. Within a piece the rate is a product of two straight lines and an exponential.
/// Without growth its integral is a polynomial; with growth it is a Gauss–Legendre sum of five points,
/// exact for polynomials of degree nine, where the exponential over a day differs from its first terms by
/// less than a double holds. The inverse is found by Newton's steps inside a bracket, to a tenth of a
/// nanosecond.
struct CourseWalk: Sendable {
  private let curve: RateCurve
  /// When the curve's first pass begins, nanoseconds.
  private let base: Int64
  private let elapsed: Int64
  private let growthPerSecond: Double
  private let course: DemandCourse
  /// Times of the course at which surges begin to change otherwise, and what they multiply the rate by
  /// just before and just after.
  private let knots: [Int64]
  private let crowdBefore: [Double]
  private let crowdAfter: [Double]

  // The piece we are in. Lines over the seconds from its start.
  private var start: Int64 = 0
  private var end: Int64 = 0
  private var rate = 0.0
  private var rateSlope = 0.0
  private var factor = 0.0
  private var factorSlope = 0.0
  /// Seconds from the start of the piece.
  private var offset = 0.0
  /// Whether a curve that does not repeat has ended.
  private var isOver = false

  private static let day: Int64 = 86_400_000_000_000

  /// Stands at `time`, nanoseconds, not before `base`, at which the curve begins.
  init(_ curve: RateCurve, base: Int64, course: DemandCourse, at time: Int64) {
    self.curve = curve
    self.base = base
    self.course = course
    elapsed = course.elapsed.nanoseconds
    growthPerSecond = course.growthPerSecond
    let knots = course.knots
    self.knots = knots
    crowdBefore = knots.map { course.crowd(at: $0, after: false) }
    crowdAfter = knots.map { course.crowd(at: $0, after: true) }
    move(to: time)
  }

  /// Stands at `time` from now on. O(log segments + log surges).
  mutating func move(to time: Int64) {
    let into = time - base
    precondition(into >= 0, "a course is walked from the start of its curve on")
    offset = 0
    start = time
    isOver = !curve.repeats && into >= curve.period
    if isOver {
      end = Int64.max
      return
    }
    let (passes, rest) = into.quotientAndRemainder(dividingBy: curve.period)
    let segment = curve.segment(at: rest)
    rateSlope =
      (curve.ratesAtEnd[segment] - curve.ratesAtStart[segment]) / curve.seconds(segment)
    rate =
      curve.ratesAtStart[segment] + rateSlope * (Double(rest - curve.bounds[segment]) / 1e9)
    end = base + passes * curve.period + curve.bounds[segment + 1]

    let now = time + elapsed
    let next = knots.partitioningIndex { $0 > now }
    factor = next == 0 ? 1 : crowdAfter[next - 1]
    factorSlope = 0
    if next < knots.count {
      end = min(end, knots[next] - elapsed)
      if next > 0 {
        let before = Double(now - knots[next - 1]) / 1e9
        factorSlope =
          (crowdBefore[next] - factor) / (Double(knots[next] - knots[next - 1]) / 1e9)
        factor += factorSlope * before
      }
    }
    if growthPerSecond != 0 {
      end = min(end, (now / Self.day + 1) * Self.day - elapsed)
      let growth = course.growth(at: now)
      factor *= growth
      factorSlope *= growth
    }
  }

  /// Goes on until `need` more requests are expected, but not beyond `limit`, nanoseconds.
  ///
  /// - Returns: The time at which that is so; `nil` where we stand at the limit, with `need` less what
  ///   was expected until there.
  mutating func advance(by need: inout Double, to limit: Int64) -> Int64? {
    while !isOver {
      let stop = min(end, limit)
      let stopOffset = Double(stop - start) / 1e9
      let left = stopOffset > offset ? max(0, expected(offset, stopOffset - offset)) : 0
      if need < left {
        offset = min(offset + solve(need, stopOffset - offset), stopOffset)
        return start + nearestInteger(offset * 1e9)
      }
      need -= left
      if stop == limit {
        offset = max(offset, stopOffset)
        return nil
      }
      move(to: end)
    }
    return nil
  }

  /// Goes on to `limit`, nanoseconds; gives the requests expected until there.
  mutating func advance(to limit: Int64) -> Double {
    var sum = 0.0
    while !isOver {
      let stop = min(end, limit)
      let stopOffset = Double(stop - start) / 1e9
      if stopOffset > offset { sum += max(0, expected(offset, stopOffset - offset)) }
      offset = max(offset, stopOffset)
      if stop == limit { return sum }
      move(to: end)
    }
    return sum
  }

  // MARK: Within a piece

  private func value(_ x: Double) -> Double {
    let lines = (rate + rateSlope * x) * (factor + factorSlope * x)
    return growthPerSecond == 0 ? lines : lines * Self.exponential(growthPerSecond * x)
  }

  /// Requests expected in the `h` seconds from `x` on.
  private func expected(_ x: Double, _ h: Double) -> Double {
    if growthPerSecond == 0 {
      let (r, f) = (rate + rateSlope * x, factor + factorSlope * x)
      let linear = 0.5 * (r * factorSlope + f * rateSlope)
      return h * (r * f + h * (linear + h * (rateSlope * factorSlope / 3)))
    }
    let half = 0.5 * h
    let middle = x + half
    // Points and weights of the rule of five points, Abramowitz and Stegun, 25.4.30.
    let inner = value(middle - 0.538_469_310_105_683_1 * half)
    let inner2 = value(middle + 0.538_469_310_105_683_1 * half)
    let outer = value(middle - 0.906_179_845_938_664 * half)
    let outer2 = value(middle + 0.906_179_845_938_664 * half)
    return half
      * (0.568_888_888_888_888_9 * value(middle) + 0.478_628_670_499_366_5 * (inner + inner2)
        + 0.236_926_885_056_189_1 * (outer + outer2))
  }

  /// e^x by nine terms of its series: a day's growth has an exponent below 0.08, where what is left out
  /// is below the last bit.
  private static func exponential(_ x: Double) -> Double {
    let high = 1 + x * (1.0 / 6) * (1 + x * (1.0 / 7) * (1 + x * (1.0 / 8)))
    return 1 + x * (1 + x * 0.5 * (1 + x * (1.0 / 3) * (1 + x * 0.25 * (1 + x * 0.2 * high))))
  }

  /// Seconds from here on until `need` more requests are expected, of `room`, in which more are.
  private func solve(_ need: Double, _ room: Double) -> Double {
    var (low, high) = (0.0, room)
    let here = value(offset)
    var h = here > 0 ? min(need / here, room) : 0.5 * room
    for _ in 0..<100 {
      let excess = expected(offset, h) - need
      let slope = value(offset + h)
      if abs(excess) <= slope * 1e-10 { return h }
      if excess > 0 { high = h } else { low = h }
      let next = slope > 0 ? h - excess / slope : low
      h = next > low && next < high ? next : 0.5 * (low + high)
    }
    return h
  }
}
