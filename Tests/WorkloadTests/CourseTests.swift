import Foundation
import SimulationKernel
import Testing
import Workload

/// Surges and growth, for every law of arrivals that has a rate.
@Suite("The course of a workload")
struct CourseTests {
  static let hourly = (0..<24).map { hour -> Double in 1 + 0.9 * sin(Double(hour) * .pi / 12) }

  /// A crowd with ramps, a lull that overlaps it, a crowd without ramps, and as much growth as there may be.
  static let course = DemandCourse(
    surges: [
      Surge(start: .seconds(900), duration: .seconds(1_000), factor: 5, ramp: .seconds(300)),
      Surge(start: .seconds(1_600), duration: .seconds(600), factor: 0.4, ramp: .seconds(100)),
      Surge(start: .seconds(3_000), duration: .seconds(137), factor: 8),
    ], monthlyGrowth: 9)

  static let kinds: [ArrivalSpec] = [
    .poisson(rate: 3), .gamma(rate: 3, coefficientOfVariation: 2), .weibull(rate: 3, shape: 0.7),
    .diurnal(meanRate: 3, hourly: hourly, startUTCHour: 9),
    .piecewise(rates: [1, 9, 0, 4], binWidth: .seconds(700), repeats: true),
    .piecewise(rates: [1, 9, 0, 4], binWidth: .seconds(700), repeats: false),
    .bursts(states: [
      BurstState(rate: 9, meanDuration: .seconds(20)),
      BurstState(rate: 0, meanDuration: .seconds(40)),
    ]),
  ]

  static func spec(
    _ arrivals: ArrivalSpec, _ course: DemandCourse = course, start: Duration = .zero,
    end: Duration? = nil
  ) -> WorkloadSpec {
    var spec = WorkloadSpec(
      arrivals,
      origins: [
        OriginShare(origin: 0, share: 1), OriginShare(origin: 1, share: 1, utcOffsetHours: 6),
      ], start: start, end: end)
    spec.course = course
    return spec
  }

  @Test("the factor of surges is straight over ramps, crowds add up, growth compounds")
  func factor() {
    let course = DemandCourse(surges: Self.course.surges)
    #expect(course.factor(at: .seconds(899)) == 1)
    #expect(course.factor(at: .seconds(900)) == 1)
    #expect(abs(course.factor(at: .seconds(1_050)) - 3) < 1e-12)
    #expect(course.factor(at: .seconds(1_200)) == 5)
    // The crowd is half gone, the lull is whole: 1 + 4 / 2 - 0.6.
    #expect(abs(course.factor(at: .seconds(1_750)) - 2.4) < 1e-12)
    #expect(abs(course.factor(at: .seconds(2_000)) - 0.4) < 1e-12)
    #expect(course.factor(at: .seconds(2_200)) == 1)
    #expect(course.factor(at: .seconds(3_000)) == 8)
    #expect(course.factor(at: .seconds(3_137)) == 1)
    let growth = DemandCourse(monthlyGrowth: 0.06)
    let year = Duration.seconds(12 * 2_629_800)
    #expect(abs(growth.factor(at: year) - pow(1.06, 12)) < 1e-12)
    #expect(abs(growth.factor(at: .seconds(1_314_900)) - 1.06.squareRoot()) < 1e-12)
  }

  /// Against sums over a fine grid of the law's own expected rates times the factor.
  @Test("expected rates are the integral of law and course", arguments: 0..<7)
  func integrals(number: Int) {
    let fast = DemandCourse(surges: Self.course.surges, monthlyGrowth: 9)
    let spec = Self.spec(Self.kinds[number], fast, start: .seconds(500), end: .seconds(4_300))
    var law = spec
    law.course = DemandCourse()
    let horizon = Duration.seconds(5_000)
    let cell = Duration.milliseconds(100)
    let fine = law.expectedRates(binWidth: cell, horizon: horizon)
    var sums = [Double](repeating: 0, count: 20)
    for (i, rate) in fine.enumerated() {
      let middle = cell * Int64(i) + Duration.milliseconds(50)
      sums[i / 2_500] += rate * fast.factor(at: middle) / 2_500
    }
    let rates = spec.expectedRates(binWidth: .seconds(250), horizon: horizon)
    for (rate, sum) in zip(rates, sums) { #expect(abs(rate - sum) < 2e-5 * (1 + sum)) }
    let mean = spec.meanRate(horizon: horizon)
    #expect(abs(mean - rates.reduce(0, +) / 20) < 1e-12 * mean)
  }

  /// Sixty days in which demand grows a hundredfold, a crowd that takes days to come, and hours of the day.
  @Test("expected rates of a long run are the integral of law and course")
  func longIntegrals() {
    let course = DemandCourse(
      surges: [
        Surge(
          start: .seconds(1_000_000), duration: .seconds(900_000), factor: 3,
          ramp: .seconds(400_000))
      ], monthlyGrowth: 9)
    let spec = Self.spec(.diurnal(meanRate: 3, hourly: Self.hourly, startUTCHour: 9), course)
    var law = spec
    law.course = DemandCourse()
    let horizon = Duration.seconds(60 * 86_400)
    let fine = law.expectedRates(binWidth: .seconds(100), horizon: horizon)
    var sums = [Double](repeating: 0, count: 60)
    for (i, rate) in fine.enumerated() {
      sums[i / 864] += rate * course.factor(at: .seconds(Int64(i) * 100 + 50)) / 864
    }
    let rates = spec.expectedRates(binWidth: .seconds(86_400), horizon: horizon)
    for (rate, sum) in zip(rates, sums) { #expect(near(rate, sum, 1e-6)) }
    #expect(rates[59] > 50 * rates[5])
  }

  /// 60 seeds, 20 bins: each mean count within 4.5 standard errors of the integral.
  @Test("streams give on average what is expected, bin by bin", arguments: 0..<7)
  func counts(number: Int) throws {
    let spec = Self.spec(Self.kinds[number], start: .seconds(500), end: .seconds(4_300))
      .scaled(by: 0.1)
    let horizon = Duration.seconds(5_000)
    let bin = Duration.seconds(250)
    let expected = spec.expectedRates(binWidth: bin, horizon: horizon)
    let runs = 60
    var sums = [Double](repeating: 0, count: 20)
    var squares = [Double](repeating: 0, count: 20)
    for seed in 0..<runs {
      let all = try arrivals(spec, seed: UInt64(seed), horizon: horizon)
      for (i, count) in WorkloadTests.counts(all, binWidth: bin, horizon: horizon).enumerated() {
        sums[i] += count
        squares[i] += count * count
      }
    }
    for i in 0..<20 {
      let center = sums[i] / Double(runs)
      let spread = max(0, squares[i] / Double(runs) - center * center)
      let error = (spread / Double(runs)).squareRoot()
      #expect(abs(expected[i] * bin.seconds - center) <= 4.5 * error + 1e-6, "bin \(i)")
    }
  }

  /// By the theorem of time change: the expected requests up to each arrival are a Poisson process of
  /// rate 1. Kolmogorov's statistic of the gaps against the exponential law; 1.95 is passed by one
  /// sample in a thousand.
  @Test("Poisson arrivals along a course are Poisson", arguments: [0, 3, 4])
  func poisson(number: Int) throws {
    let spec = Self.spec(Self.kinds[number])
    let all = try arrivals(spec, seed: 7, horizon: .seconds(5_000))
    let cell = 0.1
    let rates = spec.expectedRates(binWidth: Duration(seconds: cell), horizon: .seconds(5_000))
    var sums = [0.0]
    for rate in rates { sums.append(sums[sums.count - 1] + rate * cell) }
    let expected =
      [0]
      + all.map { arrival -> Double in
        let place = arrival.time.seconds / cell
        let i = min(Int(place), rates.count - 1)
        return sums[i] + (place - Double(i)) * rates[i] * cell
      }
    let hazards = zip(expected, expected.dropFirst()).map { $1 - $0 }
    let sorted = hazards.map { 1 - exp(-$0) }.sorted()
    let n = Double(sorted.count)
    #expect(n > 10_000)
    let distance = sorted.enumerated().map { i, u in
      max(abs(u - Double(i) / n), abs(u - Double(i + 1) / n))
    }.max()!
    #expect(distance * n.squareRoot() < 1.95)
  }

  /// A renewal stream along a course is the same stream on a clock of its own.
  @Test("gaps of a renewal stream are as uneven in a surge as out of it", arguments: [0.4, 2])
  func renewals(variation: Double) throws {
    let course = DemandCourse(
      surges: [Surge(start: .seconds(1_000), duration: .seconds(1_000), factor: 20)])
    let spec = Self.spec(.gamma(rate: 5, coefficientOfVariation: variation), course)
    let all = try arrivals(spec, seed: 3, horizon: .seconds(2_000)).map(\.time.seconds)
    let inside = all.filter { $0 > 1_001 }
    let gaps = zip(inside, inside.dropFirst()).map { $1 - $0 }
    #expect(gaps.count > 90_000)
    #expect(near(mean(gaps), 1 / 100.0, 0.03))
    #expect(near(variance(gaps).squareRoot() / mean(gaps), variation, 0.03))
  }

  @Test("a year of growth by 6 % a month sends what the integral says")
  func year() throws {
    let spec = Self.spec(.poisson(rate: 0.01), DemandCourse(monthlyGrowth: 0.06))
    let horizon = Duration.seconds(12 * 2_629_800)
    let expected = 0.01 * 2_629_800 * (pow(1.06, 12) - 1) / log(1.06)
    #expect(near(spec.meanRate(horizon: horizon) * horizon.seconds, expected, 1e-12))
    // Poisson: within 4.5 standard deviations, and the last month within as many of its own.
    let all = try arrivals(spec, seed: 5, horizon: horizon)
    #expect(abs(Double(all.count) - expected) < 4.5 * expected.squareRoot())
    let last = 0.01 * 2_629_800 * (pow(1.06, 12) - pow(1.06, 11)) / log(1.06)
    let inLast = Double(all.count { $0.time.seconds >= 11 * 2_629_800 })
    #expect(abs(inLast - last) < 4.5 * last.squareRoot())
  }

  @Test("a window expects what the whole expects there", arguments: 0..<7)
  func window(number: Int) {
    let spec = Self.spec(Self.kinds[number], start: .seconds(60))
    let bin = Duration.seconds(50)
    let whole = spec.expectedRates(binWidth: bin, horizon: .seconds(5_000))
    // In the midst of a ramp, after all surges, and from a window on.
    for offset in [1_050, 4_000] {
      let later = spec.advanced(by: .seconds(Int64(offset)))
      let rates = later.expectedRates(binWidth: bin, horizon: .seconds(Int64(5_000 - offset)))
      for (a, b) in zip(whole[(offset / 50)...], rates) { #expect(abs(a - b) < 1e-8 * (1 + a)) }
    }
    let twice = spec.advanced(by: .seconds(1_000)).advanced(by: .seconds(650))
    let once = spec.advanced(by: .seconds(1_650))
    #expect(twice.course == once.course)
    let double = spec.scaled(by: 2).meanRate(horizon: .seconds(5_000))
    #expect(near(double, 2 * spec.meanRate(horizon: .seconds(5_000)), 1e-12))
  }

  @Test("a crowd changes the times of arrivals and nothing else of a request")
  func sameRequests() throws {
    let plain = try arrivals(Self.spec(.poisson(rate: 3), DemandCourse()), horizon: .seconds(900))
    let crowded = try arrivals(Self.spec(.poisson(rate: 3)), horizon: .seconds(900))
    for (a, b) in zip(plain, crowded) {
      #expect(a.index == b.index && a.promptTokens == b.promptTokens && a.origin == b.origin)
    }
  }

  @Test("a steady course leaves the stream as it was, to the bit")
  func steady() throws {
    for kind in Self.kinds {
      let plain = try arrivals(Self.spec(kind, DemandCourse()), horizon: .seconds(400))
      let steady = try arrivals(
        Self.spec(kind, DemandCourse(elapsed: .seconds(77))), horizon: .seconds(400))
      #expect(plain == steady)
    }
  }

  @Test("the first 500 requests along a course are the stored ones", arguments: 0..<7)
  func golden(number: Int) throws {
    let stored = [
      "5c808075f9343eda", "3b56d030d4d97f37", "71f04e10ae373c9d", "62277afe532495c8",
      "5d696a6fbea68d9b", "5d696a6fbea68d9b", "f6a704c5977b379a",
    ]
    var stream = try DemandStream(
      [Self.spec(Self.kinds[number], start: .seconds(800))], seed: 42, horizon: .seconds(100_000))
    var fingerprint = Fingerprint()
    for _ in 0..<500 {
      let arrival = stream.pull()
      fingerprint.combine(kind: 0, entity: UInt32(arrival.origin), at: arrival.time)
    }
    #expect(fingerprint.description == stored[number])
  }

  @Test("what cannot follow a course is refused, and so are courses that make no sense")
  func errors() throws {
    func problem(_ arrivals: ArrivalSpec = .poisson(rate: 1), _ course: DemandCourse) -> String? {
      do {
        try Self.spec(arrivals, course).validate()
        return nil
      } catch { return "\(error.field): \(error.problem)" }
    }
    let surge = Surge(start: .seconds(1), duration: .seconds(10), factor: 2)
    func with(_ change: (inout Surge) -> Void) -> DemandCourse {
      var changed = surge
      change(&changed)
      return DemandCourse(surges: [changed])
    }
    #expect(problem(.poisson(rate: 1), DemandCourse(surges: [surge])) == nil)
    let growth = DemandCourse(monthlyGrowth: 0.1)
    #expect(
      problem(.closedLoop(clients: 2, thinkTime: .seconds(1)), growth)?.contains("closed loop")
        == true)
    #expect(
      problem(.trace(TraceReplay(source: .rows(try rows([0, 1])))), growth)?.contains("recording")
        == true)
    #expect(
      problem(.poisson(rate: 1), DemandCourse(monthlyGrowth: 11))
        == "course.monthlyGrowth: is 11.0, expected -0.5 to 10")
    #expect(
      problem(.poisson(rate: 1), with { $0.ramp = .seconds(6) })
        == "course.surges[0].ramp: is 6.0 s, expected zero to half of the duration, 5.0 s")
    #expect(problem(.poisson(rate: 1), with { $0.duration = .zero })?.contains("duration") == true)
    #expect(problem(.poisson(rate: 1), with { $0.factor = -1 })?.contains("factor") == true)
    #expect(problem(.poisson(rate: 1), with { $0.start = .seconds(-1) })?.contains("start") == true)
    let lulls = DemandCourse(surges: [
      Surge(start: .seconds(1), duration: .seconds(10), factor: 0.3),
      Surge(start: .seconds(5), duration: .seconds(10), factor: 0.3),
    ])
    #expect(problem(.poisson(rate: 1), lulls)?.contains("below zero at 5.0 s") == true)
  }
}
