import Foundation
import SimulationKernel
import Testing
import Workload

@Suite("Expected rates")
struct ExpectedRateTests {
  static let wave = (0..<24).map { hour -> Double in 1 + 0.9 * sin(Double(hour) * .pi / 12) }

  static func specs() throws -> [ArrivalSpec] {
    let trace = try rows((0..<300).map { row -> Double in Double(row % 30 + row / 30 * 40) })
    let profile = try TraceProfile(trace, name: "p", provenance: [])
    return [
      .poisson(rate: 3), .gamma(rate: 3, coefficientOfVariation: 2), .weibull(rate: 3, shape: 0.7),
      .diurnal(meanRate: 3, hourly: wave, startUTCHour: 9),
      .piecewise(rates: [1, 9, 0, 4], binWidth: .seconds(700), repeats: true),
      .piecewise(rates: [1, 9, 0, 4], binWidth: .seconds(700), repeats: false),
      .bursts(states: [
        BurstState(rate: 9, meanDuration: .seconds(20)),
        BurstState(rate: 1, meanDuration: .seconds(60)),
      ]),
      .trace(TraceReplay(source: .rows(trace), rateScale: 7.5, copyShift: .seconds(150))),
      .trace(TraceReplay(source: .rows(trace), rateScale: 0.5, timeScale: 0.7, loops: false)),
      .trace(
        TraceReplay(source: .rows(trace), rateScale: 3, copyShift: .seconds(900), timeScale: 2)),
      .trace(TraceReplay(source: .profile(profile), rateScale: 5.5, copyShift: .seconds(100))),
    ]
  }

  @Test("are what streams give on average over seeds, bin by bin", arguments: 0..<11)
  func agree(number: Int) throws {
    let arrivalsSpec = try Self.specs()[number]
    let origins = [
      OriginShare(origin: 0, share: 1), OriginShare(origin: 1, share: 1, utcOffsetHours: 6),
    ]
    let spec = WorkloadSpec(
      arrivalsSpec, origins: origins, start: .seconds(500), end: .seconds(4_300))
    let horizon = Duration.seconds(5_000)
    let bin = Duration.seconds(250)
    let expected = spec.expectedRates(binWidth: bin, horizon: horizon)
    let runs = 60
    var sums = [Double](repeating: 0, count: 20)
    var squares = [Double](repeating: 0, count: 20)
    for seed in 0..<runs {
      let all = try arrivals(spec, seed: UInt64(seed), horizon: horizon)
      for (i, count) in counts(all, binWidth: bin, horizon: horizon).enumerated() {
        sums[i] += count
        squares[i] += count * count
      }
    }
    #expect(expected.count == 20)
    for i in 0..<20 {
      let center = sums[i] / Double(runs)
      let spread = max(0, squares[i] / Double(runs) - center * center)
      let error = (spread / Double(runs)).squareRoot()
      #expect(abs(expected[i] * bin.seconds - center) <= 4.5 * error + 1e-6)
    }
    let total = expected.reduce(0, +) * bin.seconds
    #expect(abs(spec.meanRate(horizon: horizon) * horizon.seconds - total) < 1e-6 * (1 + total))
  }

  @Test("the mean of a diurnal day is the mean asked for, and a replay's its rows'")
  func means() throws {
    let day = WorkloadSpec(.diurnal(meanRate: 7, hourly: Self.wave, startUTCHour: 3.7))
    #expect(abs(day.meanRate(horizon: .seconds(86_400)) - 7) < 1e-9)
    #expect(abs(day.meanRate(horizon: .seconds(7 * 86_400)) - 7) < 1e-9)
    let trace = try rows([0, 1, 5])
    let replay = WorkloadSpec(
      .trace(TraceReplay(source: .rows(trace), rateScale: 4, copyShift: .seconds(2))))
    #expect(abs(replay.meanRate(horizon: .seconds(75)) - 4 * 3 / 7.5) < 1e-9)
    let clients = WorkloadSpec(.closedLoop(clients: 30, thinkTime: .seconds(5)))
    #expect(clients.meanRate(horizon: .seconds(10)) == 6)
  }

  @Test("the last bin may be shorter")
  func partialBin() {
    let spec = WorkloadSpec(.poisson(rate: 4))
    let rates = spec.expectedRates(binWidth: .seconds(4), horizon: .seconds(10))
    #expect(rates.count == 3 && rates.allSatisfy { abs($0 - 4) < 1e-12 })
  }
}
