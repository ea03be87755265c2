import Foundation
import SimulationKernel
import Testing
import Workload

@Suite("Arrival streams")
struct ArrivalStreamTests {
  /// Mean and index of dispersion (variance over mean) of counts in bins.
  private func dispersion(
    _ arrivals: ArrivalSpec, seconds: Int64, bin: Duration
  ) throws -> (rate: Double, index: Double) {
    let horizon = Duration.seconds(seconds)
    let all = try Self.pulled(arrivals, horizon: horizon)
    let bins = counts(all, binWidth: bin, horizon: horizon)
    return (Double(all.count) / horizon.seconds, variance(bins) / mean(bins))
  }

  static func pulled(_ spec: ArrivalSpec, horizon: Duration) throws -> [Arrival] {
    try arrivals(WorkloadSpec(spec), horizon: horizon)
  }

  @Test("Poisson counts have their rate and a dispersion of one")
  func poisson() throws {
    // 400,000 requests: the rate's standard error is 0.16 %, the index's 0.7 %.
    let (rate, index) = try dispersion(.poisson(rate: 20), seconds: 20_000, bin: .milliseconds(500))
    #expect(near(rate, 20, 0.006) && abs(index - 1) < 0.03)
  }

  @Test("Poisson gaps are exponential: Kolmogorov-Smirnov")
  func poissonGaps() throws {
    let times = try Self.pulled(.poisson(rate: 100), horizon: .seconds(1_000)).map(\.time.seconds)
    let gaps = zip(times.dropFirst(), times).map(-).sorted()
    var distance = 0.0
    for (i, gap) in gaps.enumerated() {
      let exact = 1 - exp(-100 * gap)
      distance = max(distance, abs(exact - Double(i) / Double(gaps.count)))
    }
    // The 99.9 % point is 1.95 / √n.
    #expect(distance < 1.95 / Double(gaps.count).squareRoot())
  }

  @Test("gamma and Weibull gaps have the mean and variation asked for")
  func renewal() throws {
    let firstMoment: Double = tgamma(1 + 1 / 0.6)
    let secondMoment: Double = tgamma(1 + 2 / 0.6)
    let weibullVariation = (secondMoment / (firstMoment * firstMoment) - 1).squareRoot()
    let cases: [(ArrivalSpec, Double)] = [
      (.gamma(rate: 50, coefficientOfVariation: 2), 2),
      (.gamma(rate: 50, coefficientOfVariation: 0.3), 0.3),
      (.gamma(rate: 50, coefficientOfVariation: 1), 1),
      (.weibull(rate: 50, shape: 0.6), weibullVariation),
    ]
    for (spec, variation) in cases {
      let times = try Self.pulled(spec, horizon: .seconds(4_000)).map(\.time.seconds)
      let gaps = zip(times.dropFirst(), times).map(-)
      #expect(abs(mean(gaps) * 50 - 1) < 0.015)
      #expect(abs(variance(gaps).squareRoot() / mean(gaps) / variation - 1) < 0.02)
    }
  }

  @Test("counts of a gamma stream over long bins disperse as the square of the gaps' variation")
  func gammaDispersion() throws {
    let (rate, index) = try dispersion(
      .gamma(rate: 50, coefficientOfVariation: 2), seconds: 20_000, bin: .seconds(10))
    #expect(near(rate, 50, 0.01) && near(index, 4, 0.12))
  }

  @Test(
    "renewal streams are stationary from the first instant: no burst and no gap at the start",
    arguments: [
      ArrivalSpec.gamma(rate: 1, coefficientOfVariation: 3), .weibull(rate: 1, shape: 0.5),
      .gamma(rate: 1, coefficientOfVariation: 0.2),
    ])
  func stationaryStart(spec: ArrivalSpec) throws {
    // Of 20,000 streams the number of requests in the first second, where an ordinary renewal stream
    // would be far off: 2.3 a stream for the first law, nearly none for the last.
    let streams = (0..<20_000).map { WorkloadSpec("\($0)", spec) }
    var stream = try DemandStream(streams, seed: 1, horizon: .seconds(1))
    var total = 0
    while stream.nextTime < .never {
      _ = stream.pull()
      total += 1
    }
    #expect(near(total, 20_000, 0.08))
  }

  @Test("a ring of bursts has the mean rate and the dispersion of its states")
  func bursts() throws {
    let states = [
      BurstState(rate: 40, meanDuration: .seconds(2)),
      BurstState(rate: 5, meanDuration: .seconds(3)),
    ]
    let (rate, index) = try dispersion(.bursts(states: states), seconds: 50_000, bin: .seconds(1))
    // With two states and total switching rate s = 1/2 + 1/3, the variance of the count over t is
    // that of Poisson plus 2 p q Δ² (t/s - (1 - e^-st)/s²).
    let switching = 1.0 / 2 + 1.0 / 3
    let spread = 2 * 0.4 * 0.6 * 35 * 35
    let memory: Double = (1 - exp(-switching)) / (switching * switching)
    let extra: Double = spread * (1 / switching - memory)
    #expect(near(rate, 19, 0.02))
    #expect(abs(index / (1 + extra / 19) - 1) < 0.04)
  }

  @Test("a silent state of a ring sends nothing and does not stop the stream")
  func silentState() throws {
    let states = [
      BurstState(rate: 0, meanDuration: .seconds(1)),
      BurstState(rate: 10, meanDuration: .seconds(1)),
    ]
    let all = try Self.pulled(.bursts(states: states), horizon: .seconds(20_000))
    #expect(near(all.count, 100_000, 0.05))
    #expect(try Self.pulled(.bursts(states: [states[0]]), horizon: .seconds(50)).isEmpty)
  }

  @Test("a piecewise rate is kept bin by bin, repeats, and ends where it should")
  func piecewise() throws {
    let rates = [100.0, 0, 300, 50]
    let repeating = try Self.pulled(
      .piecewise(rates: rates, binWidth: .seconds(100), repeats: true), horizon: .seconds(1_000))
    let bins = counts(repeating, binWidth: .seconds(100), horizon: .seconds(1_000))
    for (bin, count) in bins.enumerated() {
      let expected = rates[bin % 4] * 100
      #expect(abs(count - expected) <= 4 * expected.squareRoot())
    }
    let once = try Self.pulled(
      .piecewise(rates: rates, binWidth: .seconds(100), repeats: false), horizon: .seconds(1_000))
    #expect(once.allSatisfy { $0.time < .zero + .seconds(400) })
    #expect(once == repeating.filter { $0.time < .zero + .seconds(400) })
    let silent = ArrivalSpec.piecewise(rates: [0, 0], binWidth: .seconds(1), repeats: true)
    #expect(try Self.pulled(silent, horizon: .seconds(3_600)).isEmpty)
  }

  @Test("a diurnal day peaks at each origin's local hour and has the mean asked for")
  func diurnal() throws {
    var hourly = (0..<24).map { hour -> Double in 1 + 0.8 * cos(Double(hour - 14) * .pi / 12) }
    hourly[14] = 2.2
    let origins = [
      OriginShare(origin: 0, share: 3), OriginShare(origin: 4, share: 2, utcOffsetHours: 5.5),
      OriginShare(origin: 7, share: 1, utcOffsetHours: -8),
    ]
    let startHour = 6.0
    let spec = WorkloadSpec(
      .diurnal(meanRate: 4, hourly: hourly, startUTCHour: startHour), origins: origins)
    let all = try arrivals(spec, horizon: .seconds(2 * 86_400))
    let expectedTotal = 691_200.0
    #expect(near(all.count, expectedTotal, 0.006))
    for origin in origins {
      let own = all.filter { $0.origin == Int32(origin.origin) }
      let ownShare = Double(own.count) / Double(all.count)
      #expect(abs(ownShare * 6 / origin.share - 1) < 0.015)
      var byLocalHour = [Double](repeating: 0, count: 24)
      for arrival in own {
        let local: Double = arrival.time.seconds / 3_600 + startHour + origin.utcOffsetHours + 48
        byLocalHour[Int(local) % 24] += 1
      }
      #expect(byLocalHour.firstIndex(of: byLocalHour.max() ?? 0) == 14)
      // Every hour is within five standard errors of the profile (its hour's mean: interpolation
      // takes an eighth from each neighbour).
      let scale = hourly.reduce(0, +)
      for hour in 0..<24 {
        let neighbours = hourly[(hour + 23) % 24] + hourly[(hour + 1) % 24]
        let weight: Double = (0.75 * hourly[hour] + 0.125 * neighbours) / scale
        let expected = weight * Double(own.count)
        #expect(abs(byLocalHour[hour] - expected) < 5 * expected.squareRoot())
      }
    }
  }

  @Test("the window of a workload is kept: not before start, nothing at or after end or horizon")
  func window() throws {
    let specs: [ArrivalSpec] = [
      .poisson(rate: 50), .gamma(rate: 50, coefficientOfVariation: 0.5),
      .diurnal(meanRate: 50, hourly: Array(repeating: 1, count: 24), startUTCHour: 0),
      .piecewise(rates: [50], binWidth: .seconds(1), repeats: true),
      .bursts(states: [BurstState(rate: 50, meanDuration: .seconds(1))]),
      .trace(TraceReplay(source: .rows(try rows([0, 0.02])))),
    ]
    for spec in specs {
      let workload = WorkloadSpec(spec, start: .seconds(10), end: .seconds(20))
      let all = try arrivals(workload, horizon: .seconds(100))
      let times = all.map(\.time.seconds)
      #expect(try #require(times.first) >= 10 && #require(times.last) < 20)
      #expect(try #require(times.first) < 10.5 && #require(times.last) > 19.5)
      #expect(abs(Double(all.count) - 500) < 120)
      let cut = try arrivals(workload, horizon: .seconds(15))
      #expect(cut == all.filter { $0.time < .zero + .seconds(15) })
      #expect(try arrivals(workload, horizon: .seconds(10)).isEmpty)
    }
  }

  @Test("rates of zero and of a billion a second do what they say")
  func extremes() throws {
    #expect(try Self.pulled(.poisson(rate: 0), horizon: .seconds(1_000_000_000)).isEmpty)
    let dense = try Self.pulled(.poisson(rate: 1e9), horizon: .microseconds(20))
    #expect(near(dense.count, 20_000, 0.05))
    #expect(zip(dense, dense.dropFirst()).allSatisfy { $0.time <= $1.time && $0.index < $1.index })
    let rare = try Self.pulled(.poisson(rate: 1e-15), horizon: .seconds(1_000_000_000))
    #expect(rare.isEmpty)
  }
}
