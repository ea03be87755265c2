import SimulationKernel
import Testing

@testable import Runner

@Suite("Use over time")
struct UseOverTimeTests {
  private static let minute: Int64 = 60_000_000_000

  private func series(_ minutes: Int, waiting: (Int) -> Int64 = { _ in 0 }) -> UseOverTime.Series {
    var series = UseOverTime.Series()
    for number in 0..<minutes {
      series.add(
        Double(number % 100), start: Int64(number) * Self.minute, length: Self.minute,
        waitingIntegral: Int128(waiting(number) * Self.minute), refused: 2, isMeasured: number >= 10
      )
    }
    return series
  }

  @Test("a bin a minute, then bins twice as long: never more than 128, nothing lost")
  func bounded() {
    for minutes in [1, 127, 128, 129, 255, 256, 257, 1000, 10_080] {
      let series = series(minutes) { _ in 3 }
      #expect(series.bins.count <= UseOverTime.Series.mostBins)
      #expect(series.bins.count * 2 > min(minutes, UseOverTime.Series.mostBins))
      #expect(series.bins.count == (minutes + series.minutesPerBin - 1) / series.minutesPerBin)
      #expect(series.bins.reduce(0) { $0 + $1.length } == Int64(minutes) * Self.minute)
      #expect(
        series.bins.reduce(0) { $0 + $1.waitingIntegral } == 3 * Int64(minutes) * Self.minute)
      for (place, bin) in series.bins.enumerated() {
        let first = place * series.minutesPerBin
        let last = min(first + series.minutesPerBin, minutes)
        #expect(bin.most == (first..<last).map { Double($0 % 100) }.max())
      }
      #expect(series.refused == Int64(2 * max(0, minutes - 10)))
    }
  }

  @Test("the peak is the first of the highest minutes after the warm-up")
  func peak() {
    #expect(series(10).peak == nil)
    #expect(series(60).peak?.value == 59)
    #expect(series(300).peak?.value == 99)
    #expect(series(300).peak?.start == .seconds(99 * 60))
  }

  @Test("waiting towards the end, a third against the third before it")
  func waiting() throws {
    #expect(series(2).waitingTowardsEnd == nil)
    let growing = try #require(series(9) { Int64($0) }.waitingTowardsEnd)
    #expect(growing.before == 4 && growing.last == 7)
    let level = try #require(series(1000) { _ in 5 }.waitingTowardsEnd)
    #expect(level.before == 5 && level.last == 5)
  }
}
