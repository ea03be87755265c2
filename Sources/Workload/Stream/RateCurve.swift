import SimulationKernel

/// A rate of arrivals that changes linearly or not at all over each of a row of segments, and that
/// repeats after the last or is zero from there on.
struct RateCurve: Sendable {
  /// Start of each segment, nanoseconds from the start of the curve, then the end of the last one.
  let bounds: [Int64]
  /// Requests per second at the start of each segment.
  let ratesAtStart: [Double]
  /// Requests per second at the end of each segment.
  let ratesAtEnd: [Double]
  let repeats: Bool
  /// Expected requests before each segment, then those of the whole curve.
  let cumulative: [Double]

  init(bounds: [Int64], ratesAtStart: [Double], ratesAtEnd: [Double], repeats: Bool) {
    precondition(bounds.count == ratesAtStart.count + 1 && ratesAtStart.count == ratesAtEnd.count)
    self.bounds = bounds
    self.ratesAtStart = ratesAtStart
    self.ratesAtEnd = ratesAtEnd
    self.repeats = repeats
    var sum = 0.0
    var cumulative = [0.0]
    cumulative.reserveCapacity(bounds.count)
    for i in ratesAtStart.indices {
      let seconds = Double(bounds[i + 1] - bounds[i]) / 1e9
      sum += 0.5 * (ratesAtStart[i] + ratesAtEnd[i]) * seconds
      cumulative.append(sum)
    }
    self.cumulative = cumulative
  }

  /// A rate that is constant in each of the bins, which are `binWidth` nanoseconds wide.
  static func constantInBins(_ rates: [Double], binWidth: Int64, repeats: Bool) -> RateCurve {
    RateCurve(
      bounds: (0...rates.count).map { Int64($0) * binWidth }, ratesAtStart: rates,
      ratesAtEnd: rates, repeats: repeats)
  }

  var segmentCount: Int { ratesAtStart.count }

  /// How long one pass takes, nanoseconds.
  var period: Int64 { bounds[segmentCount] }

  func seconds(_ segment: Int) -> Double {
    Double(bounds[segment + 1] - bounds[segment]) / 1e9
  }

  func segment(at time: Int64) -> Int {
    max(0, min(bounds.partitioningIndex { $0 > time } - 1, segmentCount - 1))
  }

  /// Expected requests from the start of the curve to `time`, which may be beyond one pass.
  func expected(to time: Int64) -> Double {
    if time <= 0 { return 0 }
    let whole = cumulative[segmentCount]
    if !repeats && time >= period { return whole }
    let (passes, rest) = time.quotientAndRemainder(dividingBy: period)
    let i = segment(at: rest)
    let x = Double(rest - bounds[i]) / 1e9
    let slope = (ratesAtEnd[i] - ratesAtStart[i]) / seconds(i)
    return Double(passes) * whole + cumulative[i] + x * (ratesAtStart[i] + 0.5 * slope * x)
  }
}
