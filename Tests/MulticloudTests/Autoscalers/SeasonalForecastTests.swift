import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Forecasts of seasons")
struct SeasonalForecastTests {
  private let weights = SeasonalForecast.Weights(level: 0.5, trend: 0.25, season: 0.5)
  private let day: [Double] = [4, 8, 16, 12]

  @Test("a series that repeats exactly is forecast exactly, whatever the weights")
  func exact() {
    var forecast = SeasonalForecast(bins: 4, first: 0, weights: weights)
    for round in 0..<3 {
      for (bin, value) in day.enumerated() {
        #expect(forecast.isReady == (round > 0))
        if round > 0 { #expect(forecast.value(ahead: 1) == day[bin]) }
        forecast.observe(value)
      }
    }
    #expect((1...8).map(forecast.value(ahead:)) == day + day)
    #expect(forecast.deviation == 0)
  }

  @Test("a season may begin anywhere, and a known one is the first")
  func phase() {
    var late = SeasonalForecast(bins: 4, first: 3, weights: weights)
    for value in [12.0, 4, 8, 16] { late.observe(value) }
    #expect((1...4).map(late.value(ahead:)) == [12, 4, 8, 16])
    let known = SeasonalForecast(bins: 4, first: 2, weights: weights, history: day)
    #expect(known.isReady)
    #expect((1...5).map(known.value(ahead:)) == [16, 12, 4, 8, 16])
  }

  @Test("one step by hand")
  func step() {
    var forecast = SeasonalForecast(bins: 4, first: 0, weights: weights, history: day)
    // Level 10, seasons −6, −2, 6, 2. The error is 4: level ½ · 14 + ½ · 10 = 12, trend ¼ · 2 = ½,
    // season ½ (8 − 12) + ½ · −6 = −5.
    forecast.observe(8)
    #expect(forecast.value(ahead: 1) == 12 + 0.5 - 2)
    #expect(forecast.value(ahead: 4) == 12 + 2 - 5)
    #expect(forecast.deviation == 4)
    // Expected 10.5, seen 10.5: no error.
    forecast.observe(10.5)
    #expect(forecast.deviation == 8.0.squareRoot())
  }

  @Test("growth is followed: after ten days of one more a bin the error is small beside the growth")
  func trend() {
    var forecast = SeasonalForecast(
      bins: 4, first: 0,
      weights: SeasonalForecast.Weights(level: 0.3, trend: 0.1, season: 0.1))
    for step in 0..<200 { forecast.observe(day[step % 4] + Double(step)) }
    for ahead in 1...8 {
      let truth = day[(199 + ahead) % 4] + Double(199 + ahead)
      #expect(abs(forecast.value(ahead: ahead) - truth) < 0.5)
    }
  }

  @Test("nothing negative is expected")
  func negative() {
    var forecast = SeasonalForecast(bins: 2, first: 0, weights: weights, history: [100, 2])
    forecast.observe(0)
    #expect(forecast.value(ahead: 1) == 0)
  }

  @Test(
    "bins: a sample over an edge counts in both, a first part by what was seen, the slowest pool waits"
  )
  func bins() {
    func sample(_ end: Int64, length: Int64, _ arrivals: Int64) -> PoolSample {
      var sample = PoolSample(
        time: SimTime(nanoseconds: end * 1_000_000_000), length: .seconds(length))
      sample.arrivals = arrivals
      return sample
    }
    // The run begins 40 s into bin 1.
    var bins = LoadBins(length: .seconds(100), begin: .seconds(140), pools: 2)
    func pop() -> Double? { bins.popComplete() }
    #expect(bins.next == 1)
    #expect(bins.index(of: .zero) == 1)
    #expect(bins.index(of: SimTime(nanoseconds: 60_000_000_000)) == 2)
    bins.take(sample(50, length: 50, 500), of: 0)
    bins.take(sample(50, length: 50, 100), of: 1)
    #expect(pop() == nil)
    // 10 of 30 s belong to the first bin: 100 of 300.
    bins.take(sample(80, length: 30, 300), of: 0)
    #expect(pop() == nil)
    bins.take(sample(80, length: 30, 0), of: 1)
    #expect(pop() == 700.0 / 60)
    #expect(bins.next == 2 && pop() == nil)
    bins.take(sample(380, length: 300, 600), of: 0)
    bins.take(sample(380, length: 300, 0), of: 1)
    #expect(pop() == (200.0 + 160) / 100)
    #expect(pop() == 2)
    #expect(pop() == 2)
    #expect(pop() == nil)
    // Read right at its end, a bin is complete.
    bins.take(sample(460, length: 80, 40), of: 0)
    #expect(pop() == nil)
    bins.take(sample(460, length: 80, 40), of: 1)
    #expect(pop() == (40.0 + 80) / 100)
  }
}
