import SimulationKernel
import Testing

@testable import Workload

@Suite("Windows of workloads")
struct WindowTests {
  private func spec(_ arrivals: ArrivalSpec) -> WorkloadSpec {
    WorkloadSpec(
      name: "w", arrivals: arrivals, shape: .fixed(prompt: 10, output: 10),
      origins: [OriginShare(origin: 0, share: 1, utcOffsetHours: 1)])
  }

  private var kinds: [ArrivalSpec] {
    get throws {
      let rows = try TraceRows(
        name: "t", times: (0..<100).map { $0 * $0 * 10_000_000 },
        promptTokens: [Int32](repeating: 5, count: 100),
        outputTokens: [Int32](repeating: 5, count: 100))
      return [
        .poisson(rate: 3),
        .diurnal(meanRate: 5, hourly: (0..<24).map { Double($0 + 1) }, startUTCHour: 3),
        .piecewise(rates: [1, 5, 2], binWidth: .seconds(90), repeats: true),
        .piecewise(rates: [1, 5, 2], binWidth: .seconds(900), repeats: false),
        .trace(TraceReplay(source: .rows(rows), rateScale: 3)),
        .trace(TraceReplay(source: .rows(rows), timeScale: 0.05, loops: false)),
      ]
    }
  }

  @Test("a window expects what the whole expects there")
  func advanced() throws {
    for kind in try kinds {
      let whole = spec(kind).expectedRates(binWidth: .seconds(60), horizon: .seconds(3600))
      let later = spec(kind).advanced(by: .seconds(1200))
        .expectedRates(binWidth: .seconds(60), horizon: .seconds(2400))
      for (a, b) in zip(whole[20...], later) {
        #expect(abs(a - b) <= 1e-6 + 0.02 * a, "\(kind)")
      }
    }
  }

  @Test("a recording that is over is silent")
  func over() throws {
    for kind in try kinds.suffix(1) {
      let later = spec(kind).advanced(by: .seconds(7200))
      #expect(
        later.expectedRates(binWidth: .seconds(60), horizon: .seconds(600)).allSatisfy { $0 == 0 })
    }
  }

  @Test("twice the requests are twice the rate")
  func scaled() throws {
    for kind in try kinds {
      let one = spec(kind).expectedRates(binWidth: .seconds(60), horizon: .seconds(600))
      let two = spec(kind).scaled(by: 2)
        .expectedRates(binWidth: .seconds(60), horizon: .seconds(600))
      let total = (one.reduce(0, +), two.reduce(0, +))
      #expect(abs(total.1 - 2 * total.0) < 0.02 * total.1 + 1e-9, "\(kind)")
    }
  }

  @Test("a sample of lengths has the moments of its law")
  func sample() {
    var spec = spec(.poisson(rate: 1))
    spec.shape = .independent(
      prompt: .lognormal(median: 900, sigma: 0.8, max: 16_000),
      output: .lognormal(median: 260, sigma: 0.7, max: 2000))
    let moments = spec.lengthMoments
    let sample = spec.lengthSample()
    let n = Double(sample.count)
    let prompt = sample.prompts.reduce(0.0) { $0 + Double($1) } / n
    let output = sample.outputs.reduce(0.0) { $0 + Double($1) } / n
    let product =
      zip(sample.prompts, sample.outputs).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / n
    #expect(abs(prompt / moments.meanPrompt - 1) < 2e-3)
    #expect(abs(output / moments.meanOutput - 1) < 2e-3)
    #expect(abs(product / moments.meanProduct - 1) < 5e-3)
  }
}
