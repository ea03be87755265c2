import SimulationKernel
import Testing

@Suite("Time-weighted values")
struct TimeWeightedTests {
  @Test("the integral is exact and does not depend on idle updates")
  func integral() {
    var queue = TimeWeighted()
    queue.update(to: 3, at: SimTime(nanoseconds: 10))
    queue.update(to: 1, at: SimTime(nanoseconds: 15))
    queue.add(4, at: SimTime(nanoseconds: 15))
    #expect(queue.integral(to: SimTime(nanoseconds: 25)) == 3 * 5 + 5 * 10)
    #expect(queue.maximum == 5 && queue.value == 5)
    let mean = queue.mean(from: .zero, to: SimTime(nanoseconds: 25))
    #expect(mean == 65.0 / 25)

    var often = TimeWeighted()
    var once = TimeWeighted()
    often.update(to: 7, at: SimTime(nanoseconds: 1))
    once.update(to: 7, at: SimTime(nanoseconds: 1))
    for t in 2..<1_000 { often.update(to: 7, at: SimTime(nanoseconds: Int64(t))) }
    let end = SimTime(nanoseconds: 1_000)
    #expect(often.integral(to: end) == once.integral(to: end))
  }

  @Test("centuries of large and negative values neither overflow nor round")
  func extremes() {
    var tokens = TimeWeighted(Int64.max / 2)
    let year = SimTime.zero + .seconds(365 * 86_400)
    tokens.update(to: -5, at: year)
    let expected = Int128(Int64.max / 2) * Int128(year.nanoseconds) - 5 * 1_000
    #expect(tokens.integral(to: year + .microseconds(1)) == expected)
  }

  @Test("a restart forgets the warm-up but not the value")
  func restart() {
    var busy = TimeWeighted(9)
    busy.update(to: 2, at: SimTime(nanoseconds: 100))
    busy.restart(at: SimTime(nanoseconds: 200))
    #expect(busy.maximum == 2 && busy.integral(to: SimTime(nanoseconds: 210)) == 20)
    let late = busy.mean(from: SimTime(nanoseconds: 190), to: SimTime(nanoseconds: 210))
    #expect(late == 1)
  }
}

@Suite("Log-linear histogram")
struct LogLinearHistogramTests {
  @Test("buckets tile the numbers from zero to the largest, each at most 1/128 wide")
  func tiling() {
    var histogram = LogLinearHistogram()
    for shift in 0..<63 {
      for offset in [-1, 0, 1] {
        histogram.record(max(0, Int64(1) << Int64(shift) + Int64(offset)))
      }
    }
    for value in 0..<2_000 { histogram.record(Int64(value)) }
    histogram.record(.max)
    var next: Int64 = 0
    var total: Int64 = 0
    histogram.forEachBucket { lower, upper, count in
      #expect(lower >= next && upper >= lower && count > 0)
      if lower < 2_000 { #expect(lower == next) }
      #expect(Double(upper - lower) <= Double(lower) / 128)
      if lower < 256 { #expect(upper == lower) }
      next = upper == .max ? .max : upper + 1
      total += count
    }
    #expect(next == .max && total == histogram.count)
  }

  @Test("quantiles are within 1/128 of the nearest-rank values, on skewed data")
  func quantiles() throws {
    var generator = SplitMix64(seed: 3)
    let law = Distribution.lognormal(median: 3e8, sigma: 2)
    let values = (0..<20_000).map { _ in Int64(law.quantile(unitInterval(generator.next()))) }
    var histogram = LogLinearHistogram()
    for value in values { histogram.record(value) }
    let sorted = values.sorted()
    for thousandth in 0...1_000 {
      let q = Double(thousandth) / 1_000
      let exact = sorted[max(0, (thousandth * 20_000 + 999) / 1_000 - 1)]
      let estimate = try #require(histogram.quantile(q))
      #expect(abs(estimate - exact) <= exact / 128)
    }
    #expect(histogram.minimum == sorted.first && histogram.maximum == sorted.last)
    #expect(histogram.quantile(0) == sorted.first && histogram.quantile(1) == sorted.last)
    #expect(histogram.sum == values.reduce(Int128(0)) { $0 + Int128($1) })
  }

  @Test("a change of 1 % shows as 1 %, wherever it lies in a bucket")
  func smallChanges() throws {
    var generator = SplitMix64(seed: 5)
    let law = Distribution.lognormal(median: 3e8, sigma: 0.5)
    let values = (0..<20_000).map { _ in law.quantile(unitInterval(generator.next())) }
    func p95(_ factor: Double) throws -> Double {
      var histogram = LogLinearHistogram()
      for value in values { histogram.record(Int64(value * factor)) }
      return Double(try #require(histogram.quantile(0.95)))
    }
    for start in stride(from: 1.0, to: 1.02, by: 0.0007) {
      let change = try p95(start * 1.01) / p95(start) - 1
      #expect(abs(change - 0.01) < 0.0015, "\(start): \(change)")
    }
  }

  @Test("values that share a bucket are spread evenly over it, in whole numbers")
  func spread() {
    var histogram = LogLinearHistogram()
    // The bucket of 1,024 to 1,031.
    histogram.record(1024, times: 3)
    histogram.record(1, times: 1)
    histogram.record(5000, times: 1)
    #expect([0.4, 0.6, 0.8].map { histogram.quantile($0) } == [1025, 1027, 1029])
    var one = LogLinearHistogram()
    for value: Int64 in [1, 1024, 5000] { one.record(value) }
    #expect(one.quantile(0.5) == 1027)
  }

  @Test("ranks are not pushed up by a fraction that is not exact")
  func ranks() {
    var histogram = LogLinearHistogram()
    for value in 1...100 { histogram.record(Int64(value)) }
    for percent in 1...100 {
      #expect(histogram.quantile(Double(percent) / 100) == Int64(percent))
    }
  }

  @Test("merging commutes and equals recording everything in one")
  func merge() {
    var generator = SplitMix64(seed: 4)
    var whole = LogLinearHistogram()
    var a = LogLinearHistogram()
    var b = LogLinearHistogram()
    for i in 0..<5_000 {
      let value = Int64(generator.next() >> (1 + generator.next() % 63))
      whole.record(value)
      if i % 3 == 0 { a.record(value) } else { b.record(value) }
    }
    var ab = a
    ab.merge(b)
    var ba = b
    ba.merge(a)
    #expect(ab == ba && ab == whole)
    ab.merge(LogLinearHistogram())
    #expect(ab == whole)
  }

  @Test("values above the range are counted, with exact extremes")
  func saturation() {
    var histogram = LogLinearHistogram(largest: 1_000)
    histogram.record(5_000_000)
    histogram.record(10, times: 3)
    #expect(histogram.count == 4 && histogram.maximum == 5_000_000 && histogram.sum == 5_000_030)
    #expect(histogram.quantile(0.75) == 10 && histogram.quantile(1) == 5_000_000)
    histogram.record(7, times: 0)
    #expect(histogram.minimum == 10 && histogram.mean == 5_000_030.0 / 4)
  }

  @Test("an empty histogram has no statistics")
  func empty() {
    let histogram = LogLinearHistogram()
    #expect(histogram.quantile(0.5) == nil && histogram.minimum == nil && histogram.mean == nil)
  }
}

@Suite("Fingerprint")
struct FingerprintTests {
  /// Values of a separate computation.
  @Test("is the stored hash")
  func knownAnswers() {
    var fingerprint = Fingerprint()
    #expect(fingerprint.description == "1185f604243ca198")
    fingerprint.combine(1, 2)
    #expect(fingerprint.description == "b0e9c1ba83d19c63")
    fingerprint.combine(kind: 3, entity: 7, at: .zero + .seconds(5))
    #expect(fingerprint.description == "eedf8ab54c6cadb1")
  }

  @Test("sees order, loss, doubling and every single bit")
  func sensitivity() {
    func hash(_ events: [(UInt64, UInt64)]) -> UInt64 {
      var fingerprint = Fingerprint()
      for (a, b) in events { fingerprint.combine(a, b) }
      return fingerprint.value
    }
    let events: [(UInt64, UInt64)] = [(1, 10), (2, 20), (0, 0), (3, 30)]
    var seen: Set<UInt64> = [hash(events)]
    #expect(seen.insert(hash([(2, 20), (1, 10), (0, 0), (3, 30)])).inserted)
    #expect(seen.insert(hash([(10, 1), (2, 20), (0, 0), (3, 30)])).inserted)
    #expect(seen.insert(hash([(1, 10), (2, 20), (3, 30)])).inserted)
    #expect(seen.insert(hash([(1, 10), (2, 20), (0, 0), (0, 0), (3, 30)])).inserted)
    for index in events.indices {
      for bit in 0..<64 {
        var changed = events
        changed[index].0 ^= 1 << UInt64(bit)
        #expect(seen.insert(hash(changed)).inserted)
        changed = events
        changed[index].1 ^= 1 << UInt64(bit)
        #expect(seen.insert(hash(changed)).inserted)
      }
    }
  }

  @Test("prints sixteen digits")
  func padding() {
    for i in 0..<2_000 {
      var fingerprint = Fingerprint()
      fingerprint.combine(UInt64(i), 0)
      #expect(fingerprint.description.utf8.count == 16)
    }
  }
}
