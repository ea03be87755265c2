import SimulationKernel
import Statistics
import Workload

/// Synthetic arrivals fitted to a trace, and how near they come when this program's own stream plays them.
public struct ArrivalTwin: Sendable {
  /// The law.
  public enum Law: Hashable, Sendable {
    /// Poisson at the mean rate.
    case poisson
    /// Gaps of a gamma law with the recorded variation.
    case gamma(coefficientOfVariation: Double)
    /// Gaps of a Weibull law with the recorded variation.
    case weibull(shape: Double)
    /// Poisson that switches between two rates, fitted to the recorded dispersions.
    case bursts(SwitchedPoisson)
  }

  /// The law, with what was fitted.
  public let law: Law
  /// The dispersion of the twin's counts in the recorded windows, mean over the courses played.
  public let dispersions: [Double]
  /// Distance of Kolmogorov and Smirnov between recorded gaps and the twin's.
  public let gapDistance: Double
  /// Mean size of the logarithm of the twin's dispersion over the recorded one.
  public let miss: Double

  /// Variations of gaps that arrivals take.
  private static let variations = 0.01...20.0

  /// The laws fitted to a trace, the nearest in dispersion first.
  static func fitted(
    times: [Int64], rate: Double, gapVariation: Double, dispersions: [CountDispersion], seeds: Int
  ) -> [ArrivalTwin] {
    let variation = min(max(gapVariation, variations.lowerBound), variations.upperBound)
    var laws: [Law] = [
      .poisson, .gamma(coefficientOfVariation: variation),
      .weibull(shape: WeibullShape.shape(coefficientOfVariation: variation)),
    ]
    let seen = dispersions.map { (window: Double($0.window) / 1e9, index: $0.index) }
    if let process = SwitchedPoisson.fit(rate: rate, seen: seen) { laws.append(.bursts(process)) }
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
    let span = (times.last ?? 0) - (times.first ?? 0)
    let twins = laws.compactMap { law in
      ArrivalTwin(law, rate: rate, span: span, gaps: gaps, recorded: dispersions, seeds: seeds)
    }
    return twins.enumerated().sorted { ($0.element.miss, $0.offset) < ($1.element.miss, $1.offset) }
      .map(\.element)
  }

  /// The arrivals as a scenario's workload has them.
  private static func arrivals(_ law: Law, rate: Double) -> ArrivalSpec {
    switch law {
    case .poisson: .poisson(rate: rate)
    case .gamma(let variation): .gamma(rate: rate, coefficientOfVariation: variation)
    case .weibull(let shape): .weibull(rate: rate, shape: shape)
    case .bursts(let process):
      .bursts(states: [
        BurstState(rate: process.lowRate, meanDuration: Duration(seconds: process.lowMean)),
        BurstState(rate: process.highRate, meanDuration: Duration(seconds: process.highMean)),
      ])
    }
  }

  private init?(
    _ law: Law, rate: Double, span: Int64, gaps: [Int64], recorded: [CountDispersion], seeds: Int
  ) {
    let spec = WorkloadSpec(
      name: "twin", arrivals: Self.arrivals(law, rate: rate), shape: .fixed(prompt: 1, output: 1),
      origins: [OriginShare(origin: 0, share: 1)])
    var sums = [Double](repeating: 0, count: recorded.count)
    var twinGaps: [Int64] = []
    for seed in 1...max(1, seeds) {
      guard
        var stream = try? DemandStream(
          [spec], seed: UInt64(seed), horizon: Duration(nanoseconds: span))
      else { return nil }
      var times: [Int64] = []
      while stream.nextTime != .never { times.append(stream.pull().time.nanoseconds) }
      for (index, window) in recorded.map(\.window).enumerated() {
        // A course without requests in two windows has the dispersion of a process that is never seen.
        sums[index] += CountDispersion(times: times, window: window)?.index ?? 1
      }
      twinGaps += zip(times, times.dropFirst()).map { $1 - $0 }
    }
    twinGaps.sort()
    guard !twinGaps.isEmpty else { return nil }
    let means = sums.map { $0 / Double(max(1, seeds)) }
    self.init(
      law, dispersions: means, gapDistance: KolmogorovSmirnov.distance(gaps, twinGaps),
      miss: Self.miss(means, recorded))
  }

  private init(_ law: Law, dispersions: [Double], gapDistance: Double, miss: Double) {
    self.law = law
    self.dispersions = dispersions
    self.gapDistance = gapDistance
    self.miss = miss
  }

  private static func miss(_ twin: [Double], _ recorded: [CountDispersion]) -> Double {
    let sizes = zip(twin, recorded).filter { $0 > 0 && $1.index > 0 }.map {
      abs(DeterministicMath.log($0 / $1.index))
    }
    return sizes.isEmpty ? 0 : sizes.reduce(0, +) / Double(sizes.count)
  }
}
