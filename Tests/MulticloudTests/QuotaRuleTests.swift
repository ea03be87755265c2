import Multicloud
import SimulationKernel
import Testing

/// The rules at their edges and on the examples of the providers' pages.
@Suite struct QuotaRuleTests {
  // MARK: Tokens by the fixed minute

  @Test func fixedMinuteRefusesFromTheLimitOnUntilTheEdge() {
    let book = TestedBook(.fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 1000)))
    #expect(book.ask(QuotaAsk(400, 599), at: 5) == .admitted)
    // 999 of 1000: one more goes ahead, however large.
    #expect(book.ask(QuotaAsk(1, 0), at: 6) == .admitted)
    let exactlyFull = book.ask(QuotaAsk(1, 0), at: 7)
    #expect(exactlyFull == .refused(.tokens, retryAfter: minute - 7))
    #expect(
      book.ask(QuotaAsk(1, 0), at: minute - 1) == .refused(.tokens, retryAfter: 1))
    #expect(book.used(at: minute - 1) == 1000)
    #expect(book.used(at: minute) == 0)
    #expect(book.ask(QuotaAsk(5000, 5000), at: minute) == .admitted)
    #expect(book.used(at: minute) == 10_000)
    #expect(
      book.ask(QuotaAsk(0, 0), at: minute) == .refused(.tokens, retryAfter: minute))
    // Many idle minutes later the edge is that of the minute of the call.
    #expect(book.ask(QuotaAsk(1000, 0), at: 100 * minute + 3) == .admitted)
    #expect(
      book.ask(QuotaAsk(1, 0), at: 100 * minute + 4)
        == .refused(.tokens, retryAfter: minute - 4))
  }

  @Test func fixedMinuteNeverCorrects() {
    let book = TestedBook(.fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 1000)))
    let ask = QuotaAsk(500, 500)
    #expect(book.ask(ask, at: 0) == .admitted)
    book.end(ask, .none, admittedAt: 0, at: second)
    #expect(book.used(at: second) == 1000)
    #expect(book.ask(ask, at: second) == .refused(.tokens, retryAfter: 59 * second))
  }

  // MARK: Requests by slices

  @Test(arguments: [(1, 10), (10, 100)])
  func sixHundredAMinuteBySlices(seconds: Int64, most: Int) {
    let book = TestedBook(
      .slicedRequests(SlicedRequests(requestsPerMinute: 600, slice: .seconds(seconds))))
    let start = 20 * second + 1
    #expect(book.fill(QuotaAsk(1, 1), at: start) == most)
    #expect(
      book.check(0, QuotaAsk(1, 1), at: start)
        == .refused(.requests, retryAfter: seconds * second - 1))
    let edge = (20 + seconds) * second
    #expect(
      book.check(0, QuotaAsk(1, 1), at: edge - 1) == .refused(.requests, retryAfter: 1))
    #expect(book.fill(QuotaAsk(1, 1), at: edge) == most)
  }

  @Test func aSliceAdmitsTheFloorAndAtLeastOne() {
    let book = TestedBook(.slicedRequests(SlicedRequests(requestsPerMinute: 119)))
    #expect(book.fill(QuotaAsk(1, 1), at: 0) == 1)
    // Forty a minute: one a second, but not more than forty a minute.
    let scarce = TestedBook(.slicedRequests(SlicedRequests(requestsPerMinute: 40)))
    for i in 0..<Int64(40) {
      #expect(scarce.fill(QuotaAsk(1, 1), at: i * second) == 1)
    }
    #expect(
      scarce.ask(QuotaAsk(1, 1), at: 40 * second)
        == .refused(.requests, retryAfter: 20 * second))
    #expect(scarce.ask(QuotaAsk(1, 1), at: minute) == .admitted)
  }

  @Test func readingsOfSlicesAndMinutesCompare() {
    let book = TestedBook(.slicedRequests(SlicedRequests(requestsPerMinute: 600)))
    for i in 0..<Int64(60) {
      #expect(book.fill(QuotaAsk(1, 1), at: i * second) == 10)
      let full = book.reading(0, at: i * second)
      #expect(full.used == 600 && full.limit == 600 && full.usedFraction == 1)
      // A second later the minute's own count is all there is.
      let later = book.reading(0, at: i * second + second)
      #expect(later.used == (i == 59 ? 0 : 10 * (i + 1)) && later.limit == 600)
    }
  }

  // MARK: Provisioned throughput

  /// Drains 600 tokens a minute, ten a second; holds 600.
  private var smallBucket: ProvisionedBucket {
    ProvisionedBucket(units: 2, inputTokensPerMinutePerUnit: 300, outputRatio: 8)
  }

  @Test func provisionedChecksBeforeItAdds() {
    let book = TestedBook(.provisionedBucket(smallBucket))
    // (100 - 40) + 8 x 50 = 460 of 600.
    #expect(book.ask(QuotaAsk(100, 50, cached: 40), at: 0) == .admitted)
    #expect(book.used(at: 0) == 460)
    // Exactly full is not above full.
    #expect(book.ask(QuotaAsk(140, 0), at: 0) == .admitted)
    #expect(book.reading(0, at: 0).usedFraction == 1)
    // So this one overshoots, to 700.
    #expect(book.ask(QuotaAsk(100, 0), at: 0) == .admitted)
    #expect(
      book.ask(QuotaAsk(0, 0), at: 0) == .refused(.provisioned, retryAfter: 10 * second))
    #expect(
      book.check(0, QuotaAsk(0, 0), at: 10 * second - 1)
        == .refused(.provisioned, retryAfter: 1))
    #expect(book.check(0, QuotaAsk(9000, 9000), at: 10 * second) == .admitted)
    #expect(book.used(at: 69 * second) == 10)
    #expect(book.used(at: 70 * second) == 0)
    #expect(book.used(at: 71 * second) == 0)
  }

  @Test func provisionedRetryIsTheFirstNanosecondThatAdmits() {
    // Seven a minute: the wait is no whole number of nanoseconds.
    let book = TestedBook(
      .provisionedBucket(
        ProvisionedBucket(units: 7, inputTokensPerMinutePerUnit: 1, outputRatio: 1)))
    #expect(book.ask(QuotaAsk(11, 0), at: 3) == .admitted)
    guard case .refused(.provisioned, let wait) = book.ask(QuotaAsk(1, 0), at: 4) else {
      Issue.record("an overfull bucket admits")
      return
    }
    // 4 tokens at 7 a minute: 34.285714285 s after the 3 ns, rounded up.
    #expect(wait == 34_285_714_286 - 1)
    #expect(book.check(0, QuotaAsk(1, 0), at: 4 + wait - 1) != .admitted)
    #expect(book.check(0, QuotaAsk(1, 0), at: 4 + wait) == .admitted)
  }

  @Test func provisionedIsCorrectedButNeverBelowEmpty() {
    let book = TestedBook(.provisionedBucket(smallBucket))
    let ask = QuotaAsk(100, 100)
    #expect(book.ask(ask, at: 0) == .admitted)
    #expect(book.used(at: 0) == 900)
    book.end(ask, QuotaUse(100, 10, cached: 50), admittedAt: 0, at: second)
    // 900 - 10 drained + (50 + 80) - 900 = 120.
    #expect(book.used(at: second) == 120)
    #expect(book.ask(ask, at: 13 * second) == .admitted)
    book.end(ask, .none, admittedAt: 13 * second, at: 14 * second)
    #expect(book.used(at: 14 * second) == 0)
    // The drained second is not kept as a credit.
    #expect(book.ask(QuotaAsk(600, 0), at: 14 * second) == .admitted)
    #expect(book.used(at: 14 * second) == 600)
  }

  @Test func longPromptsWeighMoreBeyondTheThreshold() {
    var rule = smallBucket
    rule.longContextThreshold = 100
    rule.longContextWeight = 2.5
    rule.cachedDiscount = 0.5
    let book = TestedBook(.provisionedBucket(rule))
    #expect(book.ask(QuotaAsk(100, 0), at: 0) == .admitted)
    #expect(book.used(at: 0) == 100)
    // 100 + 2.5 x 40 less half of the first 120, which weigh 100 + 2.5 x 20.
    #expect(book.ask(QuotaAsk(140, 0, cached: 120), at: 0) == .admitted)
    #expect(book.used(at: 0) == 100 + 200 - 75)
  }

  // MARK: Reserve and settle

  @Test(
    arguments: [(64_000, 31), (1000, 1333)],
    [ReserveAndSettle.Window.minuteEdges, .continuous])
  func twoMillionTokensAMinuteBound(_ vector: (Int, Int), window: ReserveAndSettle.Window) {
    let book = TestedBook(
      .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 2_000_000, window: window)))
    #expect(book.fill(QuotaAsk(500, Int64(vector.0)), at: 0) == vector.1)
  }

  @Test func reservedTokensComeBackInTheirMinuteOnly() {
    let book = TestedBook(.reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1000)))
    let ask = QuotaAsk(300, 700, cached: 200)
    #expect(book.ask(ask, at: 0) == .admitted)
    #expect(
      book.ask(QuotaAsk(1, 0), at: 0) == .refused(.tokens, retryAfter: minute))
    // 100 uncached + 5 x 20.
    book.end(ask, QuotaUse(300, 20, cached: 200), admittedAt: 0, at: second)
    #expect(book.used(at: second) == 200)
    // Exactly full fits.
    let fits = QuotaAsk(800, 0)
    #expect(book.ask(fits, at: minute - 1) == .admitted)
    #expect(book.used(at: minute) == 0)
    #expect(book.ask(ask, at: minute) == .admitted)
    book.end(fits, .none, admittedAt: minute - 1, at: minute + 1)
    #expect(book.used(at: minute + 1) == 1000)
    book.end(ask, .none, admittedAt: minute, at: minute + 2)
    #expect(book.used(at: minute + 2) == 0)
  }

  @Test func burndownMayTakeMoreThanWasReserved() {
    let book = TestedBook(.reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1000)))
    let ask = QuotaAsk(0, 100)
    #expect(book.ask(ask, at: 0) == .admitted)
    book.end(ask, QuotaUse(0, 100), admittedAt: 0, at: 1)
    #expect(book.used(at: 1) == 500)
  }

  @Test func aCallAboveTheWholeLimitIsNeverAdmitted() {
    let rules: [QuotaRule] = [
      .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1000)),
      .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1000, window: .continuous)),
      .separateTokens(SeparateTokens(inputTokensPerMinute: 5, outputTokensPerMinute: 1000)),
      .tokenBucket(TokenBucket(perMinute: 1_000_000, burst: 1000)),
    ]
    for rule in rules {
      let book = TestedBook(rule)
      #expect(
        book.ask(QuotaAsk(0, 1001), at: 0) == .refused(.maximumTokens, retryAfter: Int64.max))
      #expect(book.ask(QuotaAsk(0, 1000), at: 0) == .admitted)
    }
  }

  // MARK: Windows of provisioned throughput

  @Test func oneUnitBurnsItsWindowAndOverflows() {
    let book = TestedBook(
      .windowBurndown(
        WindowBurndown(units: 1, tokensPerSecondPerUnit: 3360, outputBurndown: 4)))
    #expect(book.reading(0, at: 0).limit == 100_800)
    let ask = QuotaAsk(800, 50)
    // 800 + 4 x 50 = 1000 each; the 800 that remain do not do.
    #expect(book.fill(ask, at: 0) == 100)
    #expect(book.ask(ask, at: 0) == .overflows)
    #expect(book.used(at: 0) == 100_000)
    #expect(book.ask(QuotaAsk(800, 0), at: 30 * second - 1) == .admitted)
    #expect(book.reading(0, at: 30 * second - 1).usedFraction == 1)
    #expect(book.ask(QuotaAsk(1, 0), at: 30 * second - 1) == .overflows)
    book.end(ask, QuotaUse(800, 25), admittedAt: 0, at: 30 * second - 1)
    #expect(book.used(at: 30 * second - 1) == 100_700)
    #expect(book.ask(ask, at: 30 * second) == .admitted)
    // What an earlier window gives back counts for nothing.
    book.end(ask, .none, admittedAt: 0, at: 30 * second)
    #expect(book.used(at: 30 * second) == 1000)
  }

  // MARK: Separate tokens

  @Test func separateTokensLimitEachForItself() {
    let book = TestedBook(
      .separateTokens(
        SeparateTokens(
          requestsPerMinute: 3, inputTokensPerMinute: 600, outputTokensPerMinute: 60)))
    // Cached input is free.
    #expect(book.ask(QuotaAsk(10_000, 10, cached: 9500), at: 0) == .admitted)
    #expect(book.ask(QuotaAsk(101, 1), at: 0) == .refused(.tokens, retryAfter: second / 10))
    #expect(book.ask(QuotaAsk(100, 30), at: 0) == .admitted)
    #expect(book.ask(QuotaAsk(0, 21), at: 0) == .refused(.tokens, retryAfter: second))
    #expect(book.ask(QuotaAsk(0, 20), at: 0) == .admitted)
    #expect(
      book.ask(QuotaAsk(0, 0), at: 0) == .refused(.requests, retryAfter: 20 * second))
    // All three refuse; the wait is the longest.
    #expect(
      book.ask(QuotaAsk(600, 60), at: 0) == .refused(.requests, retryAfter: minute))
    book.end(QuotaAsk(100, 30), QuotaUse(100, 5), admittedAt: 0, at: 20 * second)
    // Output: 60 - 20 drained - 25 given back.
    #expect(book.check(0, QuotaAsk(0, 45), at: 20 * second) == .admitted)
    #expect(
      book.check(0, QuotaAsk(0, 46), at: 20 * second) == .refused(.tokens, retryAfter: second))
  }

  @Test func separateTokensWithoutALimitAdmitAnything() {
    let book = TestedBook(.separateTokens(SeparateTokens(requestsPerMinute: 1)))
    #expect(book.ask(QuotaAsk(1_000_000_000, 1_000_000_000), at: 0) == .admitted)
    #expect(
      book.ask(QuotaAsk(0, 0), at: 1) == .refused(.requests, retryAfter: minute - 1))
  }

  // MARK: Totals of periods

  @Test(arguments: PeriodTotal.Period.allCases)
  func periodTotalsOvershootByWhatIsInFlight(_ period: PeriodTotal.Period) {
    let days: [PeriodTotal.Period: Int64] = [.day: 1, .week: 7, .month: 30, .year: 365]
    let hours = period == .hour ? 1 : days[period].map { $0 * 24 }
    let length = hours.map { $0 * 60 * minute }
    let book = TestedBook(.periodTotal(PeriodTotal(tokens: 1000, per: period)))
    let ask = QuotaAsk(600, 4000)
    for _ in 0..<5 { #expect(book.ask(ask, at: 0) == .admitted) }
    for i in 0..<Int64(5) { book.end(ask, QuotaUse(600, 399), admittedAt: 0, at: i) }
    #expect(book.used(at: 5) == 4995)
    #expect(
      book.ask(ask, at: 5)
        == .refused(.period, retryAfter: length.map { $0 - 5 } ?? Int64.max))
    guard let length else { return }
    #expect(book.ask(ask, at: length - 1) == .refused(.period, retryAfter: 1))
    #expect(book.ask(ask, at: length) == .admitted)
    book.end(ask, QuotaUse(600, 399), admittedAt: 0, at: length)
    #expect(book.ask(ask, at: length) == .admitted)
    book.end(ask, QuotaUse(1, 0), admittedAt: length, at: length)
    #expect(book.ask(ask, at: length) == .refused(.period, retryAfter: length))
  }

  // MARK: Ramp of the priority tier

  @Test func priorityTrafficMayRiseByHalfInAQuarterOfAnHour() {
    let book = TestedBook(
      .priorityRamp(
        PriorityRamp(floorTokensPerMinute: 1000, earlierTokensPerMinute: 2000)))
    let ask = QuotaAsk(50, 50)
    func at(_ m: Int64) -> Int64 { m * minute }
    // Half as much again as before the run.
    #expect(book.fill(ask, at: 0) == 30)
    #expect(book.ask(ask, at: minute - 1) == .downgraded)
    // Minute 0 held 32 calls, the two downgraded ones among them.
    for m in 1..<Int64(15) { #expect(book.fill(ask, at: at(m), limit: 20) == 20) }
    #expect(book.fill(ask, at: at(15)) == 48)
    #expect(book.fill(ask, at: at(16)) == 30)
    // After a quiet hour only the floor is left.
    #expect(book.fill(ask, at: at(100)) == 10)
  }

  @Test func priorityTrafficCountsWhatItUsedInTheMinuteItCame() {
    let book = TestedBook(.priorityRamp(PriorityRamp(floorTokensPerMinute: 1000)))
    let ask = QuotaAsk(500, 500)
    #expect(book.ask(ask, at: 0) == .admitted)
    #expect(book.used(at: 0) == 1000)
    book.end(ask, QuotaUse(500, 300), admittedAt: 0, at: 14 * minute)
    #expect(book.reading(0, at: 15 * minute).limit == 1200)
    // Too late: that minute is forgotten.
    #expect(book.ask(ask, at: 15 * minute) == .admitted)
    book.end(ask, .none, admittedAt: 0, at: 16 * minute)
    #expect(book.used(at: 16 * minute) == 0)
    #expect(book.reading(0, at: 30 * minute).limit == 1500)
  }

  @Test func longPromptsAreNeverOfThePriorityTier() {
    let book = TestedBook(.priorityRamp(PriorityRamp(floorTokensPerMinute: 1_000_000)))
    #expect(book.ask(QuotaAsk(128_001, 0), at: 0) == .downgraded)
    book.end(QuotaAsk(128_001, 0), QuotaUse(128_001, 9), admittedAt: 0, at: 1)
    #expect(book.used(at: 1) == 0)
    #expect(book.ask(QuotaAsk(128_000, 0), at: 1) == .admitted)
  }

  // MARK: Buckets of a gateway

  @Test func tokenBucketsRefillContinuouslyUpToTheirBurst() {
    let book = TestedBook(.tokenBucket(TokenBucket(perMinute: 600, burst: 50)))
    let ask = QuotaAsk(20, 10)
    #expect(book.ask(ask, at: 0) == .admitted)
    #expect(book.ask(ask, at: 0) == .refused(.tokens, retryAfter: second))
    #expect(book.ask(ask, at: second) == .admitted)
    book.end(ask, QuotaUse(20, 0), admittedAt: second, at: second)
    #expect(book.used(at: second) == 40)
    #expect(book.fill(QuotaAsk(1, 0), at: 3600 * second) == 50)
    let requests = TestedBook(.tokenBucket(TokenBucket(.requests, perMinute: 60, burst: 2)))
    #expect(requests.fill(QuotaAsk(1000, 1000), at: 0) == 2)
    requests.end(QuotaAsk(1000, 1000), .none, admittedAt: 0, at: 0)
    #expect(requests.ask(QuotaAsk(0, 0), at: 0) == .refused(.requests, retryAfter: second))
  }

  // MARK: Several quotas

  @Test func aRefusalByOneLeavesTheOthersUntouched() {
    let book = TestedBook([
      QuotaSpec(
        name: "tokens", rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 100))),
      QuotaSpec(name: "requests", rule: .slicedRequests(SlicedRequests(requestsPerMinute: 60))),
      QuotaSpec(
        name: "other", rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 100))),
    ])
    let ask = QuotaAsk(5, 5)
    func admits(_ book: TestedBook) -> Bool {
      for quota in 0..<2 where !book.check(quota, ask, at: 9).isYes { return false }
      for quota in 0..<2 { book.commit(quota, ask, at: 9) }
      return true
    }
    #expect(admits(book))
    #expect(!admits(book))
    #expect(book.reading(0, at: 9).used == 10)
    // The one request of its second: all that a minute's sixty allow it.
    #expect(book.reading(1, at: 9).used == 60)
    #expect(book.reading(2, at: 9).used == 0)
    #expect(book.count == 3)
  }
}
