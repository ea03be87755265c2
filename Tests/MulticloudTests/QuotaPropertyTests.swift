import Multicloud
import SimulationKernel
import Testing

/// Every rule against its slow twin on random histories, and what must hold of any history.
@Suite struct QuotaPropertyTests {
  /// A rule, its twin, and the largest prompt or output to try it with.
  struct Pair: Sendable, CustomTestStringConvertible {
    var rule: QuotaRule
    var largest: Int64
    var twin: @Sendable () -> any QuotaTwin
    var testDescription: String { "\(rule)" }
  }

  private static func all(_ ask: QuotaAsk) -> Fraction {
    Fraction(ask.promptTokens + ask.maximumOutputTokens)
  }
  private static func all(_ use: QuotaUse) -> Fraction {
    Fraction(use.promptTokens + use.outputTokens)
  }

  /// `n` tenths of a token each.
  private static func tenths(_ tokens: Int64, _ n: Int64) -> Fraction {
    Fraction(Int128(tokens * n), over: 10)
  }

  static let pairs: [Pair] = [
    Pair(rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 997)), largest: 200) {
      WindowTwin(
        limit: 997, width: minute, style: .refusesAtLimit(.tokens), estimate: { all($0) },
        actual: nil)
    },
    Pair(rule: .slicedRequests(SlicedRequests(requestsPerMinute: 130)), largest: 9) {
      SliceTwin(perMinute: 130, width: second)
    },
    Pair(
      rule: .slicedRequests(SlicedRequests(requestsPerMinute: 5, slice: .seconds(10))), largest: 9
    ) {
      SliceTwin(perMinute: 5, width: 10 * second)
    },
    Pair(
      rule: .provisionedBucket(
        ProvisionedBucket(
          units: 7, inputTokensPerMinutePerUnit: 101, outputRatio: 6.3, cachedDiscount: 0.7,
          longContextThreshold: 60, longContextWeight: 1.5)), largest: 100
    ) {
      func input(_ count: Int64) -> Fraction {
        Fraction(count) + Fraction(Int128(max(0, count - 60)), over: 2)
      }
      func weighted(_ prompt: Int64, _ cached: Int64, _ output: Int64) -> Fraction {
        input(prompt) - input(cached) * Fraction(7, over: 10) + tenths(output, 63)
      }
      return LevelTwin(
        perMinute: 707, capacity: 707, cause: .provisioned, checksBeforeAdding: true,
        estimate: { weighted($0.promptTokens, $0.cachedTokens, $0.maximumOutputTokens) },
        actual: { weighted($0.promptTokens, $0.cachedTokens, $0.outputTokens) })
    },
    Pair(
      rule: .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1009, outputBurndown: 4.9)),
      largest: 600
    ) {
      WindowTwin(
        limit: 1009, width: minute, style: .refusesWhatDoesNotFit, estimate: { all($0) },
        actual: { Fraction($0.promptTokens - $0.cachedTokens) + tenths($0.outputTokens, 49) })
    },
    Pair(
      rule: .reserveAndSettle(
        ReserveAndSettle(tokensPerMinute: 1009, outputBurndown: 4.9, window: .continuous)),
      largest: 600
    ) {
      LevelTwin(
        perMinute: 1009, capacity: 1009, estimate: { all($0) },
        actual: { Fraction($0.promptTokens - $0.cachedTokens) + tenths($0.outputTokens, 49) })
    },
    Pair(
      rule: .windowBurndown(
        WindowBurndown(
          units: 3, tokensPerSecondPerUnit: 11, outputBurndown: 2.3, cachedDiscount: 0.9,
          window: .seconds(30))), largest: 300
    ) {
      func weighted(_ prompt: Int64, _ cached: Int64, _ output: Int64) -> Fraction {
        Fraction(prompt) - tenths(cached, 9) + tenths(output, 23)
      }
      return WindowTwin(
        limit: 990, width: 30 * second, style: .overflows,
        estimate: { weighted($0.promptTokens, $0.cachedTokens, $0.maximumOutputTokens) },
        actual: { weighted($0.promptTokens, $0.cachedTokens, $0.outputTokens) })
    },
    Pair(
      rule: .separateTokens(
        SeparateTokens(
          requestsPerMinute: 13, inputTokensPerMinute: 503, outputTokensPerMinute: 701)),
      largest: 600
    ) {
      TogetherTwin(parts: [
        LevelTwin(
          perMinute: 13, capacity: 13, cause: .requests, estimate: { _ in Fraction(1) },
          actual: nil),
        LevelTwin(
          perMinute: 503, capacity: 503,
          estimate: { Fraction($0.promptTokens - $0.cachedTokens) },
          actual: { Fraction($0.promptTokens - $0.cachedTokens) }),
        LevelTwin(
          perMinute: 701, capacity: 701, estimate: { Fraction($0.maximumOutputTokens) },
          actual: { Fraction($0.outputTokens) }),
      ])
    },
    Pair(rule: .periodTotal(PeriodTotal(tokens: 2003, per: .hour)), largest: 100) {
      WindowTwin(
        limit: 2003, width: 60 * minute, style: .refusesAtLimit(.period), estimate: nil,
        actual: { all($0) })
    },
    Pair(
      rule: .priorityRamp(
        PriorityRamp(
          windowMinutes: 3, floorTokensPerMinute: 400, longestPrompt: 90,
          earlierTokensPerMinute: 350)), largest: 100
    ) {
      RampTwin(floor: 400, earlier: 350, window: 3, longest: 90)
    },
    Pair(rule: .tokenBucket(TokenBucket(perMinute: 997, burst: 301)), largest: 200) {
      LevelTwin(
        perMinute: 997, capacity: 301, estimate: { all($0) }, actual: { all($0) })
    },
    Pair(rule: .tokenBucket(TokenBucket(.requests, perMinute: 17, burst: 5)), largest: 9) {
      LevelTwin(
        perMinute: 17, capacity: 5, cause: .requests, estimate: { _ in Fraction(1) }, actual: nil)
    },
  ]

  private struct Call {
    var ask: QuotaAsk
    var use: QuotaUse
    var admittedAt: Int64
  }

  /// A step of time: none, some, or to an edge or a nanosecond beside one.
  private func step(_ now: Int64, _ draws: inout QuotaDraws) -> Int64 {
    switch draws.next(0...9) {
    case 0...2: return now
    case 3...6: return now + draws.next(0...(5 * second))
    case 7: return now + draws.next(0...(3 * minute))
    default:
      let widths = [second, 10 * second, 30 * second, minute, 60 * minute]
      let width = draws.chance(0.05) ? widths[4] : widths[Int(draws.next(0...3))]
      return max(now, (now / width + 1) * width + draws.next(-1...1))
    }
  }

  @Test(arguments: pairs, [false, true])
  func everyRuleSaysWhatItsTwinSays(_ pair: Pair, withCuts: Bool) {
    var admitted = 0
    var notAdmitted = 0
    for seed in 0..<UInt64(12) {
      var draws = QuotaDraws(seed)
      let book = TestedBook(pair.rule)
      var twin = pair.twin()
      var inFlight: [Call] = []
      var now: Int64 = 0
      for _ in 0..<120 {
        now = step(now, &draws)
        if withCuts && draws.chance(0.08) {
          let percent = [0, 29, 50, 83, 100, 100][Int(draws.next(0...5))]
          book.reduce(0, toShare: Double(percent) / 100, at: now)
          twin.cut(to: Fraction(Int128(percent), over: 100), at: now)
        }
        if !inFlight.isEmpty && draws.chance(0.4) {
          let call = inFlight.remove(at: Int(draws.next(0...Int64(inFlight.count - 1))))
          book.end(call.ask, call.use, admittedAt: call.admittedAt, at: now)
          twin.end(call.ask, call.use, admittedAt: call.admittedAt, at: now)
        }
        let (ask, use) = draws.call(pair.largest)
        let answer = book.check(0, ask, at: now)
        let expected = twin.answer(ask, at: now)
        guard answer == expected else {
          Issue.record("seed \(seed), at \(now), \(ask): \(answer), expected \(expected)")
          return
        }
        if case .refused(let cause, let wait) = answer, wait < Int64.max {
          // Not a nanosecond too early or late, and the cause is not for ever.
          #expect(!book.check(0, ask, at: now + wait - 1).isYes, "\(cause)")
          #expect(book.check(0, ask, at: now + wait).isYes, "\(cause)")
        }
        if answer == .admitted { admitted += 1 } else { notAdmitted += 1 }
        if answer.isYes {
          book.commit(0, ask, at: now)
          if answer != .overflows {
            twin.take(ask, at: now)
            inFlight.append(Call(ask: ask, use: use, admittedAt: now))
          }
        }
      }
    }
    // The histories must try both.
    #expect(admitted > 100 && notAdmitted > 100, "\(admitted) admitted, \(notAdmitted) not")
  }

  /// The rules that give back, each with ample room.
  static let givingBack: [QuotaRule] = [
    .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1_000_000_000, outputBurndown: 4.9)),
    .reserveAndSettle(
      ReserveAndSettle(
        tokensPerMinute: 1_000_000_000, outputBurndown: 4.9, window: .continuous)),
    .windowBurndown(
      WindowBurndown(units: 1000, tokensPerSecondPerUnit: 1_000_000, outputBurndown: 0.123456)),
    .provisionedBucket(
      ProvisionedBucket(
        units: 1000, inputTokensPerMinutePerUnit: 100_000, outputRatio: 7.654321,
        cachedDiscount: 0.333333, longContextThreshold: 10, longContextWeight: 1.234567)),
    .separateTokens(
      SeparateTokens(
        inputTokensPerMinute: 1_000_000_000, outputTokensPerMinute: 1_000_000_000)),
    .tokenBucket(TokenBucket(perMinute: 1_000_000_000)),
  ]

  @Test(arguments: givingBack)
  func whatFailedCallsReservedComesBackWhole(_ rule: QuotaRule) {
    var draws = QuotaDraws(7)
    let book = TestedBook(rule)
    var asks: [QuotaAsk] = []
    for _ in 0..<500 {
      let ask = draws.call(4000).ask
      #expect(book.ask(ask, at: 17) == .admitted)
      asks.append(ask)
    }
    #expect(book.used(at: 17) > 0)
    while !asks.isEmpty {
      let ask = asks.remove(at: Int(draws.next(0...Int64(asks.count - 1))))
      book.end(ask, .none, admittedAt: 17, at: 17)
    }
    // Not a millionth of a token is left.
    #expect(book.reading(0, at: 17).usedFraction == 0)
  }

  @Test func settledReservationsLeaveWhatWasUsed() {
    var draws = QuotaDraws(8)
    let book = TestedBook(
      .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1_000_000_000)))
    var used: Int64 = 0
    for i in 0..<Int64(1000) {
      let (ask, use) = draws.call(4000)
      #expect(book.ask(ask, at: i) == .admitted)
      book.end(ask, use, admittedAt: i, at: i + 1)
      used += use.promptTokens - use.cachedTokens + 5 * use.outputTokens
    }
    #expect(book.used(at: 1000) == used)
    #expect(book.used(at: minute) == 0)
  }

  @Test(arguments: givingBack)
  func anIdleQuotaIsEmptyInTheEnd(_ rule: QuotaRule) {
    var draws = QuotaDraws(9)
    let book = TestedBook(rule)
    var now: Int64 = 0
    for _ in 0..<300 {
      now += draws.next(0...second)
      let (ask, use) = draws.call(4000)
      if book.ask(ask, at: now) == .admitted {
        book.end(ask, use, admittedAt: now, at: now + 1)
        now += 1
      }
    }
    #expect(book.reading(0, at: now + 2 * minute).usedFraction == 0)
  }

  @Test func checksAndReadingsChangeNothing() {
    for pair in Self.pairs {
      var draws = QuotaDraws(10)
      let asked = TestedBook(pair.rule)
      let left = TestedBook(pair.rule)
      for i in 0..<Int64(200) {
        let (ask, use) = draws.call(pair.largest)
        let now = i * second
        for later in [0, second, 5 * minute] {
          _ = asked.check(0, ask, at: now + later)
          _ = asked.reading(0, at: now + later)
        }
        let answer = asked.ask(ask, at: now)
        #expect(answer == left.ask(ask, at: now))
        if answer.isYes && answer != .overflows {
          asked.end(ask, use, admittedAt: now, at: now)
          left.end(ask, use, admittedAt: now, at: now)
        }
        #expect(asked.reading(0, at: now) == left.reading(0, at: now))
      }
    }
  }
}
