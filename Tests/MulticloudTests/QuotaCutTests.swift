import Multicloud
import SimulationKernel
import Testing

/// Temporary cuts of the limit in force.
@Suite struct QuotaCutTests {
  /// Every rule, each with room for a hundred calls of 6 tokens in and 4 out at one instant.
  static let rules: [QuotaRule] = [
    .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 1000)),
    .slicedRequests(SlicedRequests(requestsPerMinute: 6000)),
    .slicedRequests(SlicedRequests(requestsPerMinute: 600, slice: .seconds(10))),
    .provisionedBucket(
      ProvisionedBucket(units: 10, inputTokensPerMinutePerUnit: 99, outputRatio: 1)),
    .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1000, outputBurndown: 1)),
    .reserveAndSettle(
      ReserveAndSettle(tokensPerMinute: 1000, outputBurndown: 1, window: .continuous)),
    .windowBurndown(
      WindowBurndown(
        units: 1, tokensPerSecondPerUnit: 100, outputBurndown: 1, window: .seconds(10))),
    .separateTokens(SeparateTokens(requestsPerMinute: 100)),
    .separateTokens(SeparateTokens(inputTokensPerMinute: 600, outputTokensPerMinute: 401)),
    .periodTotal(PeriodTotal(tokens: 1000, per: .hour)),
    .priorityRamp(PriorityRamp(floorTokensPerMinute: 1000)),
    .tokenBucket(TokenBucket(perMinute: 60, burst: 1000)),
    .tokenBucket(TokenBucket(.requests, perMinute: 60, burst: 100)),
  ]

  private let ask = QuotaAsk(6, 4)

  /// Calls that go ahead until one does not; each ends at once with all it asked for.
  private func fill(_ book: TestedBook) -> (calls: Int, then: QuotaAnswer) {
    var calls = 0
    while calls < 1000 {
      let answer = book.check(0, ask, at: 1)
      guard answer == .admitted else { return (calls, answer) }
      book.commit(0, ask, at: 1)
      book.end(ask, QuotaUse(6, 4), admittedAt: 1, at: 1)
      calls += 1
    }
    return (calls, .admitted)
  }

  @Test(arguments: rules)
  func everyRuleHoldsAHundredCallsAndHalfUnderHalf(_ rule: QuotaRule) {
    let book = TestedBook(rule)
    let uncut = TestedBook(rule)
    let whole = fill(uncut)
    #expect(whole.calls == 100)
    book.reduce(0, toShare: 0.5, at: 1)
    let half = fill(book)
    #expect(half.calls == 50)
    let reading = book.reading(0, at: 1)
    #expect(reading.effectiveLimit == reading.limit / 2)
    switch half.then {
    case .refused(let cause, let retryAfter):
      #expect(cause == .reduced)
      #expect(retryAfter > 0 && retryAfter < Int64.max)
    case .overflows, .downgraded: #expect(half.then == whole.then)
    case .admitted: Issue.record("\(rule) has no end")
    }
    book.reduce(0, toShare: 1, at: 1)
    let rest = fill(book)
    #expect(rest.calls == 50)
    #expect(rest.then == whole.then)
    if case .refused(let cause, _) = rest.then { #expect(cause != .reduced) }
  }

  @Test(arguments: rules)
  func aCutToNothingAdmitsNothing(_ rule: QuotaRule) {
    let book = TestedBook(rule)
    book.commit(0, ask, at: 0)
    book.end(ask, QuotaUse(6, 4), admittedAt: 0, at: 0)
    book.reduce(0, toShare: 0, at: 0)
    switch book.check(0, ask, at: 0) {
    case .refused(let cause, let retryAfter):
      #expect(cause == .reduced)
      #expect(retryAfter == Int64.max)
    case .overflows, .downgraded: break
    case .admitted: Issue.record("\(rule) admits under a limit of zero")
    }
    #expect(book.reading(0, at: 0).usedFraction == 1)
    #expect(book.reading(0, at: 0).effectiveLimit == 0)
  }

  @Test func cutsDoNotAddUp() {
    let book = TestedBook(.fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 1000)))
    book.reduce(0, toShare: 0.5, at: 0)
    book.reduce(0, toShare: 0.29, at: 0)
    #expect(book.reading(0, at: 0).effectiveLimit == 290)
    #expect(book.reading(0, at: 0).limit == 1000)
  }

  @Test func aFullCounterIsNotToBeBlamedOnTheCut() {
    let book = TestedBook(.fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 100)))
    #expect(book.ask(QuotaAsk(100, 0), at: 0) == .admitted)
    book.reduce(0, toShare: 0.5, at: 0)
    #expect(book.check(0, QuotaAsk(1, 0), at: 0) == .refused(.tokens, retryAfter: minute))
  }

  @Test func aCutStillShowsAfterItsEnd() {
    let book = TestedBook(.tokenBucket(TokenBucket(perMinute: 60)))
    let ask = QuotaAsk(60, 0)
    #expect(book.ask(ask, at: 0) == .admitted)
    book.reduce(0, toShare: 0.5, at: 0)
    #expect(
      book.check(0, ask, at: 60 * second) == .refused(.reduced, retryAfter: Int64.max))
    book.reduce(0, toShare: 1, at: 60 * second)
    // Without the cut the bucket were full again; as it is, half of it is to come.
    #expect(
      book.check(0, ask, at: 60 * second) == .refused(.reduced, retryAfter: 30 * second))
    #expect(book.ask(ask, at: 90 * second) == .admitted)
    // Now the cut is forgotten but for the half minute it cost.
    #expect(
      book.check(0, ask, at: 91 * second) == .refused(.tokens, retryAfter: 59 * second))
  }
}
