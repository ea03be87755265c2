import Multicloud
import SimulationKernel
import Testing

/// Sizes of provisioned throughput, and parameters that make no sense.
@Suite struct QuotaSizingTests {
  private let regional = ProvisionedSizing(
    inputTokensPerMinutePerUnit: 3400, outputRatio: 8, minimumUnits: 50, unitIncrement: 50)

  @Test(arguments: [(0.0, 360_000.0, 105.88, 150), (0.5, 260_000, 76.47, 100)])
  func aThousandRequestsAMinute(
    _ vector: (cache: Double, normalised: Double, exact: Double, units: Int64)
  ) {
    let (input, output): (Int64, Int64) = (1000 * 200, 1000 * 20)
    let normalised = regional.normalisedTokensPerMinute(
      inputTokensPerMinute: input, outputTokensPerMinute: output, cacheRate: vector.cache)
    #expect(normalised == vector.normalised)
    let exact = regional.exactUnits(
      inputTokensPerMinute: input, outputTokensPerMinute: output, cacheRate: vector.cache)
    #expect((exact * 100).rounded() / 100 == vector.exact)
    let units = regional.units(
      inputTokensPerMinute: input, outputTokensPerMinute: output, cacheRate: vector.cache)
    #expect(units == vector.units)
  }

  @Test func sizesStartAtTheMinimumAndHoldExactLoads() {
    let sizing = ProvisionedSizing(
      inputTokensPerMinutePerUnit: 1000, outputRatio: 4, minimumUnits: 15, unitIncrement: 5)
    func units(_ input: Int64, _ cache: Double = 0) -> Int64 {
      sizing.units(inputTokensPerMinute: input, outputTokensPerMinute: 0, cacheRate: cache)
    }
    #expect(units(0) == 15)
    #expect(units(15_000) == 15)
    #expect(units(15_001) == 20)
    #expect(units(20_000) == 20)
    // 0.9 is no binary fraction; twenty units' worth is still twenty.
    #expect(units(200_000, 0.9) == 20)
    #expect(units(200_010, 0.9) == 25)
  }

  private func problems(_ rule: QuotaRule) -> [String] {
    QuotaSpec(name: "x", rule: rule).problems()
  }

  @Test(arguments: [(49, 50), (120, 100), (130, 150), (51, 50)])
  func wrongSizesNameTheNearest(units: Int64, nearest: Int64) {
    let messages = problems(
      .provisionedBucket(
        ProvisionedBucket(
          units: units, inputTokensPerMinutePerUnit: 3400, outputRatio: 8, minimumUnits: 50,
          unitIncrement: 50)))
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix("quota 'x': \(units) units are "))
    #expect(messages[0].hasSuffix("the nearest size is \(nearest)"))
  }

  @Test func soundRulesHaveNoProblems() {
    for rule in QuotaCutTests.rules { #expect(rule.problems().isEmpty) }
    #expect(PriorityRamp().largestRise == 0.5)
    #expect(problems(.priorityRamp(PriorityRamp())).isEmpty)
  }

  @Test func unsoundRulesAreNamed() {
    let bad: [(QuotaRule, String)] = [
      (.fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 0)), "tokens per minute is 0"),
      (
        .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: Int64.max)),
        "expected at most 1000000000000"
      ),
      (.slicedRequests(SlicedRequests(requestsPerMinute: -1)), "requests per minute is -1"),
      (
        .slicedRequests(SlicedRequests(requestsPerMinute: 600, slice: .seconds(7))),
        "expected 1 s or 10 s; the nearest is 10 s"
      ),
      (
        .provisionedBucket(
          ProvisionedBucket(units: 0, inputTokensPerMinutePerUnit: 1, outputRatio: 1)),
        "units is 0"
      ),
      (
        .provisionedBucket(
          ProvisionedBucket(
            units: 1_000_000, inputTokensPerMinutePerUnit: 1_000_001, outputRatio: 1)),
        "too many"
      ),
      (
        .provisionedBucket(
          ProvisionedBucket(
            units: 1, inputTokensPerMinutePerUnit: 1, outputRatio: .nan, cachedDiscount: 1)),
        "output ratio is nan"
      ),
      (
        .provisionedBucket(
          ProvisionedBucket(
            units: 1, inputTokensPerMinutePerUnit: 1, outputRatio: 1, cachedDiscount: 1.1)),
        "cached discount is 1.1"
      ),
      (
        .provisionedBucket(
          ProvisionedBucket(
            units: 1, inputTokensPerMinutePerUnit: 1, outputRatio: 1, capacityWindow: .zero)),
        "capacity window is 0"
      ),
      (
        .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 1, outputBurndown: -1)),
        "output burndown is -1"
      ),
      (
        .windowBurndown(
          WindowBurndown(
            units: 1, tokensPerSecondPerUnit: 1, outputBurndown: 1, window: .seconds(31))),
        "the nearest is 30 s"
      ),
      (
        .windowBurndown(
          WindowBurndown(
            units: 1, tokensPerSecondPerUnit: 1, outputBurndown: 1, window: .milliseconds(1))),
        "less than one token"
      ),
      (.separateTokens(SeparateTokens()), "limits nothing"),
      (.separateTokens(SeparateTokens(outputTokensPerMinute: 0)), "output tokens per minute"),
      (.periodTotal(PeriodTotal(tokens: 0, per: .week)), "tokens per week is 0"),
      (.priorityRamp(PriorityRamp(windowMinutes: 0)), "the nearest is 1"),
      (.priorityRamp(PriorityRamp(floorTokensPerMinute: -1)), "floor is -1"),
      (.tokenBucket(TokenBucket(.requests, perMinute: 1, burst: 0)), "burst is 0"),
    ]
    for (rule, text) in bad {
      let messages = problems(rule)
      #expect(messages.count == 1, "\(rule): \(messages)")
      #expect(messages.first?.contains(text) == true, "\(messages)")
    }
  }
}
