import Foundation
import Report
import SimulationKernel
import Tables
import Testing

@testable import Page

@Suite("Charts")
struct ChartTests {
  @Test(
    "points are put together by the stated rule",
    arguments: [1, 60, 200, 201, 1440, 10_080, 1_500_000])
  func bins(minutes: Int) {
    let bins = TimeBins(minutes: minutes)
    #expect(bins.count <= TimeBins.most && bins.count * bins.width >= minutes)
    #expect((0..<bins.count).reduce(0) { $0 + bins.length($1) } == minutes)
    #expect(bins.bin(0) == 0 && bins.bin(minutes - 1) == bins.count - 1)
    #expect(Set(bins.labels).count == bins.count)
  }

  @Test("a week is shown by the hour")
  func week() {
    let bins = TimeBins(minutes: 10_080)
    #expect(bins.width == 60 && bins.count == 168 && bins.words == "an hour")
    #expect(bins.label(25) == "day 2, 1:00")
    #expect(TimeBins(minutes: 60).labels.last == "0:59")
  }

  @Test("putting points together loses no extreme")
  func extremes() throws {
    let minutes = 10_080
    var waiting = [Int](repeating: 2, count: minutes)
    for (index, minute) in [0, 59, 60, 5000, minutes - 1].enumerated() {
      waiting[minute] = 1000 + index
    }
    let fixture = try StoredRunFixture(minutes: minutes, tables: [.pools], waiting: waiting)
    let bins = TimeBins(minutes: minutes)
    let history = try RunContents(
      fixture.run, name: "x", figures: RunContents.figures(fixture.run), bins: bins)
    let pools = try #require(history.pools)
    for breakdown in [pools.waitingByPool, pools.waitingByRegion] {
      let values = try #require(breakdown.values(breakdown.names[0]))
      let expected = (0..<bins.count).map { bin in
        Double(waiting[(bin * 60)..<((bin + 1) * 60)].max()!)
      }
      #expect(values.compactMap { $0 } == expected)
    }
    #expect(pools.arrivalsByRegion.values("azure/eastus2")?.first == 10)
  }

  @Test("the highest minute of a region is that of the sum of its pools")
  func sumsOfMinutes() {
    let bins = TimeBins(minutes: 400)
    var breakdown = Breakdown(bins, .largest)
    var sums = MinuteSums()
    let id = breakdown.id("r")
    for minute in 0..<400 {
      for pool in [1.0, 2.0] {
        sums.add(id, minute: minute, minute == 3 ? pool * 10 : pool, into: &breakdown)
      }
    }
    sums.flush(into: &breakdown)
    #expect(breakdown.values("r")?.prefix(2) == [3, 30])
    #expect(breakdown.values("r")?.last == 3)
  }

  @Test("past seven things the smallest are put together, and nothing is lost")
  func others() throws {
    let bins = TimeBins(minutes: 2)
    var breakdown = Breakdown(bins, .sum)
    for thing in 0..<100 {
      let id = breakdown.id("pool \(thing)")
      breakdown.add(id, minute: thing % 2, Double(thing))
    }
    let choice = SeriesChoice([("run", breakdown)])
    #expect(choice.chosen == (93..<100).reversed().map { "pool \($0)" })
    #expect(choice.othersName == "others (92)" && choice.idle == 1)
    let sum = choice.series.flatMap(\.values).compactMap { $0 }.reduce(0, +)
    #expect(sum == Double(99 * 100 / 2))
    #expect(
      choice.words == "the 7 largest of 99, the others added up; 1 of nothing but zeros left out")
    let pair = SeriesChoice([("a", breakdown), ("b", breakdown)])
    #expect(pair.chosen.count == 3 && pair.series.count == 8)
    #expect(Set(pair.series.map { "\($0.colour) \($0.dash)" }).count == 8)
  }

  @Test("shares of latencies count exactly at the limits of the grid")
  func latencies() throws {
    var shares = LatencyShares()
    for milliseconds in [100, 200, 200, 400] { shares.add(Int64(milliseconds) * 1_000_000) }
    let index = LatencyGrid.index(200_000_000)
    #expect(LatencyGrid.limits[index] == 200_000_000)
    #expect(shares.shares((index - 1)...index) == [0.25, 0.75])
    #expect(LatencyGrid.limits == LatencyGrid.limits.sorted())
    #expect(LatencyGrid.label(index) == "200 ms")
    #expect(LatencyGrid.position(milliseconds: 200) == Double(index))
    let range = try #require(shares.range)
    #expect(shares.shares(range).last == 1)
  }

  @Test(
    "axes end at a round number with few ticks",
    arguments: [1e-6, 0.03, 0.97, 1, 7, 62, 999, 12_345, 7.5e8])
  func scales(top: Double) {
    let scale = NiceScale(top: top, form: .count)
    #expect(scale.top >= top * (1 - 1e-9) && scale.top <= top * 2.01)
    #expect(3...8 ~= scale.ticks.count)
    #expect(Set(scale.ticks.map(scale.label)).count == scale.ticks.count)
  }

  @Test("ticks say what is there and no more")
  func ticks() {
    #expect(
      NiceScale(top: 1, form: .percent).ticks.map(NiceScale(top: 1, form: .percent).label)
        == ["0", "20 %", "40 %", "60 %", "80 %", "100 %"])
    #expect(NiceScale(top: 7.3e8, form: .dollars).label(2e8) == "200M")
    #expect(NiceScale(top: 0.04, form: .percent).label(0.01) == "1 %")
    #expect(NiceScale(top: 2000, form: .milliseconds).label(1500) == "1.5 s")
  }

  @Test("numbers for drawings are short and exact to what they show")
  func coordinates() {
    #expect(
      [12.0, 12.54, -0.04, -0.26, 719.96].map(Coordinate.text) == [
        "12", "12.5", "0", "-0.3", "720",
      ])
    let numbers = [0.0, 1, 0.830_966_4, 123_456.7, 1e9, 0.000_012_345_6, -2.5]
    #expect(
      numbers.map(Coordinate.significant)
        == ["0", "1", "0.83097", "123457", "1000000000", "0.000012346", "-2.5"])
  }

  @Test("a number reads the same on the page and on the terminal")
  func sameWords() {
    for exponent in -3...9 {
      for mantissa in [1.0, 1.204_9, 2.5, 4.995, 9.994_9, 9.999_99] {
        var value = mantissa
        for _ in 0..<abs(exponent) { value = exponent < 0 ? value / 10 : value * 10 }
        #expect(
          Figure.latency(milliseconds: value) == Quantity.latency(nanoseconds: value * 1e6))
        #expect(Figure.rate(value) == Quantity.rate(value))
        #expect(Figure.percent(value / 100) == Quantity.percent(value / 100))
        #expect(Figure.fixed(value, 2) == Quantity.fixed(value, 2))
        #expect(Figure.grouped(Int64(value)) == Quantity.grouped(Int64(value)))
      }
    }
    for seconds in [0, 5, 90, 119, 120, 3300, 3301, 7200, 172_800, 604_800] {
      #expect(Figure.span(seconds: Double(seconds)) == Quantity.span(.seconds(Int64(seconds))))
    }
  }
}
