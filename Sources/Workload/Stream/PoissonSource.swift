import SimulationKernel

/// Arrivals with independent exponential gaps.
struct PoissonSource: Sendable {
  private var draws: ExponentialDraws
  private let meanGap: Double
  /// When the next request comes, nanoseconds; `Int64.max` for never.
  private(set) var time: Int64
  /// The number of the next request.
  private(set) var index: UInt64 = 0

  init(rate: Double, start: Int64, generator: Xoshiro256StarStar) {
    draws = ExponentialDraws(generator)
    meanGap = 1e9 / rate
    time = start
    advance()
    index = 0
  }

  /// Goes on to the next request.
  mutating func advance() {
    time = later(time, by: draws.next() * meanGap)
    index &+= 1
  }
}
