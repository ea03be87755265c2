import Multicloud
import SimulationKernel
import Testing

/// Rules under random load against what theory says of them.
@Suite struct QuotaOracleTests {
  /// Sizes of calls in hundreds of tokens.
  struct SizeLaw: Sendable {
    var sizes: [(size: Int, share: Double)]
    var mean: Double { sizes.reduce(0) { $0 + Double($1.size) * $1.share } }

    func draw(_ u: Double) -> Int {
      var rest = u
      for (size, share) in sizes {
        rest -= share
        if rest < 0 { return size }
      }
      return sizes[sizes.count - 1].size
    }

    /// The law of a minute's total where calls come as a Poisson process: Panjer's recursion
    /// (ASTIN Bulletin 12, 1981). Probabilities of 0 ... `largest`.
    func totals(callsPerMinute rate: Double, largest: Int) -> [Double] {
      var total = [Double](repeating: 0, count: largest + 1)
      total[0] = DeterministicMath.exp(-rate)
      for s in 1...largest {
        var sum = 0.0
        for (size, share) in sizes where size <= s {
          sum += Double(size) * share * total[s - size]
        }
        total[s] = rate / Double(s) * sum
      }
      return total
    }

    /// Mean of what a minute offers beyond `limit`.
    func meanExcess(callsPerMinute rate: Double, over limit: Int) -> Double {
      let largest = limit * 6
      let total = totals(callsPerMinute: rate, largest: largest)
      return (limit...largest).reduce(0.0) { $0 + Double($1 - limit) * total[$1] }
    }

    /// Mean of what a minute admits when calls go ahead while the total is below `limit`: the walk
    /// of the total, stopped at the limit, after a Poisson number of calls.
    func meanAdmitted(callsPerMinute rate: Double, limit: Int) -> Double {
      var walking = [Double](repeating: 0, count: limit)
      walking[0] = 1
      var stopped = 0.0
      var poisson = DeterministicMath.exp(-rate)
      var mean = 0.0
      for call in 1...Int(rate + 12 * rate.squareRoot()) {
        var next = [Double](repeating: 0, count: limit)
        for s in 0..<limit where walking[s] > 0 {
          for (size, share) in sizes {
            if s + size < limit {
              next[s + size] += walking[s] * share
            } else {
              stopped += walking[s] * share * Double(s + size)
            }
          }
        }
        walking = next
        poisson *= rate / Double(call)
        let total = stopped + (0..<limit).reduce(0.0) { $0 + Double($1) * walking[$1] }
        mean += poisson * total
      }
      return mean
    }
  }

  /// Means of a ratio of sums over minutes, with its standard error.
  private struct RatioEstimate {
    var n = 0.0
    var x = 0.0
    var y = 0.0
    var xx = 0.0
    var xy = 0.0
    var yy = 0.0

    mutating func add(_ part: Double, of whole: Double) {
      n += 1
      x += whole
      y += part
      xx += whole * whole
      xy += whole * part
      yy += part * part
    }

    var ratio: Double { y / x }
    var standardError: Double {
      let squares = yy - 2 * ratio * xy + ratio * ratio * xx
      return (squares / n).squareRoot() / (x / n) / n.squareRoot()
    }
  }

  @Test(arguments: [
    (SizeLaw(sizes: [(1, 0.5), (2, 0.3), (5, 0.2)]), 50.0, 110),
    (SizeLaw(sizes: [(1, 0.9), (40, 0.1)]), 30.0, 120),
    (SizeLaw(sizes: [(1, 1)]), 80.0, 90),
  ])
  func shareRefusedByTheMinuteCounter(_ load: (law: SizeLaw, rate: Double, limit: Int)) {
    let law = load.law
    let minutes: Int64 = 6000
    var draws = QuotaDraws(UInt64(load.limit))
    let book = TestedBook(
      .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: Int64(load.limit) * 100)))
    var excess = RatioEstimate()
    var refused = RatioEstimate()
    let gap = Double(minute) / load.rate
    var time = draws.exponential(mean: gap)
    for m in 0..<minutes {
      var offered = 0
      var turnedAway = 0
      while time < Double((m + 1) * minute) {
        let size = law.draw(draws.generator.nextUnit())
        offered += size
        let ask = QuotaAsk(Int64(size) * 70, Int64(size) * 30)
        let now = Int64(time)
        switch book.ask(ask, at: now) {
        case .admitted: break
        case .refused(let cause, let wait):
          #expect(cause == .tokens && wait == (m + 1) * minute - now)
          turnedAway += size
        default: Issue.record("only admitted or refused")
        }
        time += draws.exponential(mean: gap)
      }
      // What is offered beyond the limit is refused, but for what the last call overshot.
      let used = Int(book.used(at: (m + 1) * minute - 1)) / 100
      let over = turnedAway + max(0, used - load.limit)
      #expect(over == max(0, offered - load.limit))
      excess.add(Double(over), of: Double(offered))
      refused.add(Double(turnedAway), of: Double(offered))
    }
    let mean = load.rate * law.mean
    let oracle = law.meanExcess(callsPerMinute: load.rate, over: load.limit) / mean
    let admitted = law.meanAdmitted(callsPerMinute: load.rate, limit: load.limit)
    let exact = 1 - admitted / mean
    // Four standard errors; and these are small enough for the test to tell.
    #expect(abs(excess.ratio - oracle) < 4 * excess.standardError, "\(excess.ratio), \(oracle)")
    #expect(excess.standardError < 0.08 * oracle)
    #expect(abs(refused.ratio - exact) < 4 * refused.standardError, "\(refused.ratio), \(exact)")
    #expect(refused.standardError < 0.08 * exact)
    #expect(refused.ratio <= excess.ratio)
  }

  /// Sums of probabilities and means hold the oracle itself to account.
  @Test func theOracleIsALaw() {
    let law = SizeLaw(sizes: [(1, 0.5), (2, 0.3), (5, 0.2)])
    let total = law.totals(callsPerMinute: 50, largest: 600)
    #expect(abs(total.reduce(0, +) - 1) < 1e-12)
    let mean = total.indices.reduce(0.0) { $0 + Double($1) * total[$1] }
    #expect(abs(mean - 105) < 1e-9)
    // With nothing to stop the walk it admits all there is.
    #expect(abs(law.meanAdmitted(callsPerMinute: 50, limit: 2000) - 105) < 1e-9)
  }

  private struct Running {
    var end: Int64
    var start: Int64
    var ask: QuotaAsk
    var use: QuotaUse
  }

  /// Calls come at twice what the units sustain, run for a while and put out less than they may.
  @Test(arguments: [1.0, 0.6])
  func saturatedUnitsSustainTheirThroughput(share: Double) {
    let book = TestedBook(
      .provisionedBucket(
        ProvisionedBucket(
          units: 50, inputTokensPerMinutePerUnit: 3400, outputRatio: 8, cachedDiscount: 1)))
    book.reduce(0, toShare: share, at: 0)
    let sustained = 50.0 * 3400 * share
    var draws = QuotaDraws(11)
    var running: [Running] = []
    var served: Int64 = 0
    var refused = 0
    // Mean of a call: 1000 - 250 + 8 x 150 normalised tokens.
    let gap = Double(minute) * 1950 / (2 * 50 * 3400)
    var time = 0.0
    let (from, until) = (5 * minute, 185 * minute)
    while time < Double(until) {
      time += draws.exponential(mean: gap)
      let now = Int64(time)
      while let next = running.last, next.end <= now {
        running.removeLast()
        book.end(next.ask, next.use, admittedAt: next.start, at: next.end)
        if next.end >= from && next.end < until {
          served += next.use.promptTokens - next.use.cachedTokens + 8 * next.use.outputTokens
        }
      }
      let prompt = draws.next(500...1500)
      let cached = draws.chance(0.5) ? prompt / 2 : 0
      let ask = QuotaAsk(prompt, 400, cached: cached)
      let answer = book.ask(ask, at: now)
      guard answer == .admitted else {
        refused += 1
        continue
      }
      let output = draws.next(0...300)
      let call = Running(
        end: now + second + output * 20_000_000, start: now, ask: ask,
        use: QuotaUse(prompt, output, cached: cached))
      let place = running.lastIndex { $0.end > call.end }.map { $0 + 1 } ?? 0
      running.insert(call, at: place)
    }
    let throughput = Double(served) / Double((until - from) / minute)
    #expect(abs(throughput / sustained - 1) < 0.01, "\(throughput) of \(sustained)")
    #expect(refused > 1000)
  }
}
