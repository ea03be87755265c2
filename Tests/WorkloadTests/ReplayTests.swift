import SimulationKernel
import Testing
import Workload

@Suite("Replays of traces")
struct ReplayTests {
  static func replay(
    _ rows: TraceRows, scale: Double = 1, shift: Duration = .zero, time: Double = 1,
    loops: Bool = false, seconds: Int64 = 1_000_000, seed: UInt64 = 1
  ) throws -> [Arrival] {
    let replay = TraceReplay(
      source: .rows(rows), rateScale: scale, copyShift: shift, timeScale: time, loops: loops)
    return try arrivals(WorkloadSpec(.trace(replay)), seed: seed, horizon: .seconds(seconds))
  }

  @Test("a plain replay is the trace itself, lengths and all")
  func plain() throws {
    let trace = try rows([0, 1.5, 1.5, 7])
    let all = try Self.replay(trace, shift: .seconds(3))
    #expect(all.map(\.time.nanoseconds) == trace.times)
    #expect(all.map(\.promptTokens) == [1, 2, 3, 4] && all.map(\.outputTokens) == [5, 5, 5, 5])
    #expect(all.map(\.index) == [0, 1, 2, 3] && all.allSatisfy { $0.client == -1 })
  }

  @Test("a looping replay goes on one mean gap after the last row")
  func looping() throws {
    let all = try Self.replay(rows([0, 1, 5]), loops: true, seconds: 18)
    #expect(all.map(\.time.seconds) == [0, 1, 5, 7.5, 8.5, 12.5, 15, 16])
    #expect(all.map(\.promptTokens) == [1, 2, 3, 1, 2, 3, 1, 2])
    #expect(Set(all.map(\.index)).count == 8)
  }

  @Test("time scaling squeezes times and span alike")
  func timeScale() throws {
    let all = try Self.replay(rows([0, 1, 5]), time: 2, loops: true, seconds: 9)
    #expect(all.map(\.time.seconds) == [0, 0.5, 2.5, 3.75, 4.25, 6.25, 7.5, 8])
  }

  @Test("whole copies send every row each, shifted around the span, in order of time")
  func superposition() throws {
    let trace = try rows([0, 1, 2, 4, 8, 16])
    let span = trace.span.seconds
    let all = try Self.replay(trace, scale: 5, shift: .seconds(10))
    #expect(all.count == 30 && zip(all, all.dropFirst()).allSatisfy { $0.time <= $1.time })
    #expect(all.allSatisfy { $0.time.seconds < span })
    for copy in 0..<5 {
      let own = all.filter { $0.index >> 40 == copy }
      // Each row is once there, at its time plus one shift, around the span.
      let sorted = own.sorted { $0.promptTokens < $1.promptTokens }
      #expect(sorted.map(\.promptTokens) == [1, 2, 3, 4, 5, 6])
      let shift = sorted[0].time.nanoseconds
      #expect(copy == 0 ? shift == 0 : shift < 10_000_000_000)
      for (row, arrival) in sorted.enumerated() {
        let expected = (trace.times[row] + shift) % trace.span.nanoseconds
        #expect(arrival.time.nanoseconds == expected)
      }
    }
    let shifts = Set(all.filter { $0.promptTokens == 1 }.map(\.time))
    #expect(shifts.count == 5)
  }

  @Test("looping copies repeat with the span, whatever their shift")
  func loopingCopies() throws {
    let trace = try rows([0, 3, 4, 9])
    let span = trace.span
    let all = try Self.replay(trace, scale: 3, shift: .seconds(100), loops: true, seconds: 60)
    let first = all.filter { $0.time < .zero + span }
    let second = all.filter { $0.time >= .zero + span && $0.time < .zero + span + span }
    #expect(first.count == 12)
    #expect(second.map(\.promptTokens) == first.map(\.promptTokens))
    #expect(second.map(\.time) == first.map { $0.time + span })
  }

  @Test("thinning keeps the fraction asked for, and the same rows whatever the horizon")
  func thinning() throws {
    let trace = try rows((0..<10_000).map { Double($0) })
    let third = try Self.replay(trace, scale: 0.3)
    // Five standard errors of a binomial count.
    #expect(abs(third.count - 3_000) < 230)
    let half = try Self.replay(trace, scale: 0.5)
    // The same draws: what 0.3 keeps, 0.5 keeps.
    #expect(Set(half.map(\.index)).isSuperset(of: third.map(\.index)))
    let mixed = try Self.replay(trace, scale: 2.25, shift: .seconds(60))
    #expect(abs(mixed.count - 22_500) < 217)
    let looping = try Self.replay(trace, scale: 0.5, loops: true, seconds: 20_000)
    #expect(looping.filter { $0.time < .zero + .seconds(10_000) } == half)
    let later = looping.filter { $0.time >= .zero + .seconds(10_000) }.map(\.promptTokens)
    #expect(later != half.map(\.promptTokens))
  }

  @Test("more copies leave the requests of those before them as they are")
  func copiesAreStable() throws {
    let trace = try rows((0..<50).map { Double($0 * $0) / 10 })
    let few = try Self.replay(trace, scale: 3, shift: .seconds(30))
    let many = try Self.replay(trace, scale: 9, shift: .seconds(30))
    #expect(many.filter { $0.index >> 40 < 3 } == few)
  }

  @Test("the order of the merge is that of a plain sort, for many copies and passes")
  func merge() throws {
    var generator = SplitMix64(seed: 2)
    let trace = try rows((0..<97).map { _ in Double(generator.next() % 500) / 10 })
    let all = try Self.replay(trace, scale: 37, shift: .seconds(45), loops: true, seconds: 500)
    let sorted = all.sorted {
      ($0.time, $0.index >> 40, $0.index) < ($1.time, $1.index >> 40, $1.index)
    }
    #expect(all.map(\.index) == sorted.map(\.index))
    let passes = 500 / trace.span.seconds
    #expect(abs(Double(all.count) / (37 * 97 * passes) - 1) < 0.02)
  }

  @Test("a profile is replayed at its counts by second, with its lengths")
  func profile() throws {
    let times = (0..<400).map { row -> Double in
      Double(row / 100 * 10) + Double(row % 100) / 200
    }
    let trace = try rows(times)
    let profile = try TraceProfile(trace, name: "steps", provenance: [])
    let replay = TraceReplay(source: .profile(profile), rateScale: 50, copyShift: .zero)
    let horizon = Duration.seconds(31)
    let all = try arrivals(WorkloadSpec(.trace(replay)), horizon: horizon)
    let bins = counts(all, binWidth: .seconds(1), horizon: horizon)
    for (second, count) in bins.enumerated() {
      #expect(second % 10 == 0 ? abs(count - 5_000) < 300 : count == 0)
    }
    #expect(abs(mean(all.map { Double($0.promptTokens) }) / 200.5 - 1) < 0.03)
    let spread = TraceReplay(source: .profile(profile), rateScale: 50, copyShift: .seconds(10))
    let smooth = counts(
      try arrivals(WorkloadSpec(.trace(spread)), horizon: horizon), binWidth: .seconds(1),
      horizon: horizon)
    #expect(smooth.count { $0 > 0 } > 25 && smooth.reduce(0, +) > 19_000)
  }
}
