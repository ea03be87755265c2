import SimulationKernel
import Statistics
import Testing

@Suite("Series of events")
struct ProcessTests {
  /// Nanoseconds of a process that is Poisson at a rate by state, states in turn for exponential times.
  private static func switched(
    _ process: SwitchedPoisson, seconds: Double, seed: UInt64
  ) -> [Int64] {
    var generator = SplitMix64(seed: seed)
    func exponential(_ mean: Double) -> Double {
      Distribution.exponential(mean: mean).quantile(unitInterval(generator.next()))
    }
    var times: [Int64] = []
    var (now, isHigh) = (0.0, unitInterval(generator.next()) < process.highShare)
    while now < seconds {
      let end = now + exponential(isHigh ? process.highMean : process.lowMean)
      let rate = isHigh ? process.highRate : process.lowRate
      var event = now
      while rate > 0 {
        event += exponential(1 / rate)
        if event >= min(end, seconds) { break }
        times.append(Int64(event * 1e9))
      }
      (now, isHigh) = (end, !isHigh)
    }
    return times
  }

  @Test("a Poisson process: 1 at every window, no correlation")
  func poisson() throws {
    let process = SwitchedPoisson(lowRate: 20, highRate: 20, lowMean: 1, highMean: 1)
    let times = Self.switched(process, seconds: 20_000, seed: 1)
    for window in [1, 10, 60] {
      let found = try #require(
        CountDispersion(times: times, window: Int64(window) * 1_000_000_000))
      #expect(abs(found.index - 1) < 4 * found.chance)
      #expect(abs(found.mean / Double(20 * window) - 1) < 0.01)
      let correlation = try #require(found.nextCorrelation)
      #expect(abs(correlation) < 4 / Double(found.windows).squareRoot())
      #expect(process.dispersion(window: Double(window)) == 1)
    }
  }

  /// Two states, short against the run: what is counted is the formula.
  @Test("a switched process: the dispersion its formula says")
  func formula() throws {
    let process = SwitchedPoisson(lowRate: 5, highRate: 40, lowMean: 3, highMean: 1.5)
    #expect(abs(process.rate - (5 * 3 + 40 * 1.5) / 4.5) < 1e-12)
    #expect(process.memory == 1)
    // v = 2/9 · 35², λ = 50/3: the limit is 1 + 2 v / λ.
    #expect(abs(process.dispersion(window: 1e9) - (1 + 2 * 2.0 / 9 * 1225 * 3 / 50)) < 1e-6)
    for seed in 1...3 {
      let times = Self.switched(process, seconds: 60_000, seed: UInt64(seed))
      for window in [0.1, 1, 5, 30] {
        let found = try #require(CountDispersion(times: times, window: Int64(window * 1e9)))
        #expect(abs(found.index / process.dispersion(window: window) - 1) < 0.1, "\(window)")
      }
    }
  }

  @Test("counts by hand: windows from the first event, neighbours' correlation")
  func byHand() throws {
    // Counts 2, 0, 2, 0 and a last, partial window.
    let times: [Int64] = [100, 101, 120, 125, 140]
    let found = try #require(CountDispersion(times: times, window: 10))
    #expect(found.windows == 4 && found.mean == 1)
    #expect(abs(found.index - 4.0 / 3) < 1e-12)
    #expect(abs(try #require(found.nextCorrelation) + 0.75) < 1e-12)
    #expect(CountDispersion(times: [1, 15], window: 10) == nil)
    #expect(CountDispersion(times: [], window: 10) == nil)
    #expect(try #require(CountDispersion(times: [0, 1, 2, 3], window: 1)).nextCorrelation == nil)
  }

  @Test("a fit of dispersions that a switched process has finds it again", arguments: [0.3, 4, 50])
  func fit(memory: Double) throws {
    let truth = SwitchedPoisson(
      lowRate: 4, highRate: 16, lowMean: 2 * memory, highMean: 2 * memory)
    let seen = [1.0, 10, 60, 600].map { (window: $0, index: truth.dispersion(window: $0)) }
    let found = try #require(SwitchedPoisson.fit(rate: truth.rate, seen: seen))
    #expect(abs(found.rate / truth.rate - 1) < 1e-9)
    for (window, index) in seen {
      #expect(abs(found.dispersion(window: window) / index - 1) < 0.02)
    }
    #expect(abs(found.memory / truth.memory - 1) < 0.1)
  }

  @Test("bursts too strong for equal states leave the slow one silent; no bursts, no process")
  func extremes() throws {
    let seen = [1.0, 10, 60].map { (window: $0, index: 400 * $0 / ($0 + 5)) }
    let found = try #require(SwitchedPoisson.fit(rate: 2, seen: seen))
    #expect(found.lowRate == 0 && found.highRate > 4 && abs(found.rate - 2) < 1e-9)
    #expect(SwitchedPoisson.fit(rate: 2, seen: [(1, 1), (10, 0.8)]) == nil)
    #expect(SwitchedPoisson.fit(rate: 2, seen: []) == nil)
  }

  @Test("Kolmogorov's and Smirnov's distance by hand, and as often exceeded as it says")
  func kolmogorov() {
    #expect(KolmogorovSmirnov.distance([1, 2, 3, 4], [1, 2, 3, 4]) == 0)
    #expect(KolmogorovSmirnov.distance([1, 2], [3, 4, 5]) == 1)
    #expect(KolmogorovSmirnov.distance([1, 1, 2, 3], [1, 2, 2, 3]) == 0.25)
    #expect(KolmogorovSmirnov.distance([0.5]) { $0 } == 0.5)
    #expect(KolmogorovSmirnov.distance([1, 1, 2, 2], isWhole: true) { $0 / 2 } == 0)
    // Critical values of the limit: 1.2238 at 10 %, 1.3581 at 5 %.
    #expect(
      abs(KolmogorovSmirnov.probability(atLeast: 0.013581 / 1.0000012, count: 10_000) - 0.05) < 6e-4
    )
    var generator = SplitMix64(seed: 5)
    var above = 0
    for _ in 0..<2000 {
      let sample = (0..<60).map { _ in unitInterval(generator.next()) }.sorted()
      let distance = KolmogorovSmirnov.distance(sample) { $0 }
      if KolmogorovSmirnov.probability(atLeast: distance, count: 60) < 0.1 { above += 1 }
    }
    #expect((150...250).contains(above), "\(above) of 2000 below a tenth")
  }

  @Test("windows without end are not counted")
  func farApart() {
    let year: Int64 = 365 * 86_400
    #expect(CountDispersion(times: [0, year], window: 1)?.windows == Int(year))
    #expect(CountDispersion(times: [0, 40 * year], window: 1) == nil)
  }

  @Test("Welch's degrees of numbers whose squares are lost", arguments: [1e200, 1e308, 1e-200])
  func squaresLost(scale: Double) throws {
    let a = SampleMoments([1, 2, 4].map { $0 * scale })
    let b = SampleMoments([2, 3, 7, 1].map { $0 * scale })
    let difference = try #require(WelchDifference(a, b))
    #expect(difference.degrees >= 2 && difference.degrees.isFinite)
  }
}
