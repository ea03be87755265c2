import SimulationKernel

/// Arrivals with independent gaps of one law.
///
/// The stream is stationary from its start: the first gap has the law of the time from a random
/// instant to the next arrival, so the expected number of requests in any interval is rate times
/// length, exactly, from the first second on.
struct RenewalSource: Sendable {
  private enum Gap {
    case weibull(inverseShape: Double, logScale: Double)
    case gamma(GammaGapTable)
  }

  private var draws: ExponentialDraws
  private let gap: Gap
  private let meanGap: Double
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64
  /// The number of the next request.
  private(set) var index: UInt64 = 0

  /// Gaps of a gamma law.
  ///
  /// A gap found by looking at a random instant is longer than others: its law has the density
  /// x f(x) / mean, for a gamma law the gamma law with one more shape; the rest of it from that instant
  /// on is a uniform part.
  init(
    gamma rate: Double, table: GammaGapTable, start: Int64, generator: Xoshiro256StarStar
  ) {
    let shape = table.shape
    var first = generator
    let found = DeterministicMath.gammaQuantile(shape: shape + 1, first.nextUnit()) / shape
    let rest = found * first.nextUnit()
    self.init(.gamma(table), rate, rest, start, first)
  }

  /// Gaps of a Weibull law; the gap found at a random instant is a power of a gamma variate.
  init(weibull rate: Double, shape: Double, start: Int64, generator: Xoshiro256StarStar) {
    let logScale = -DeterministicMath.logGamma(1 + 1 / shape)
    var first = generator
    let power = DeterministicMath.gammaQuantile(shape: 1 + 1 / shape, first.nextUnit())
    let found = DeterministicMath.exp(logScale + DeterministicMath.log(power) / shape)
    let rest = found * first.nextUnit()
    self.init(
      .weibull(inverseShape: 1 / shape, logScale: logScale), rate, rest, start, first)
  }

  private init(
    _ gap: Gap, _ rate: Double, _ rest: Double, _ start: Int64, _ generator: Xoshiro256StarStar
  ) {
    self.gap = gap
    draws = ExponentialDraws(generator)
    meanGap = 1e9 / rate
    time = later(start, by: rest * meanGap)
  }

  /// Goes on to the next request.
  mutating func advance() {
    let hazard = draws.next()
    let gap =
      switch gap {
      case .weibull(let inverseShape, let logScale):
        DeterministicMath.exp(logScale + inverseShape * DeterministicMath.log(hazard))
      case .gamma(let table): table.gap(hazard)
      }
    time = later(time, by: gap * meanGap)
    index += 1
  }
}
