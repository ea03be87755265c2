import Multicloud
import Scenario
import ServingEngine
import Testing
import Workload

/// Values at and beyond what a simulation can take: a message, never a trap.
@Suite struct BoundsTests {
  @Test(arguments: [0, 1, UInt64.max])
  func everySeedOf64BitsIsAccepted(_ seed: UInt64) throws {
    #expect(try SmallScenario.load(overrides: ["seed=\(seed)"]).world.seed == seed)
  }

  @Test(arguments: ["18446744073709551616", "-1", "1.5", "0x10", "many"])
  func noOtherSeedIs(_ seed: String) {
    #expect(
      SmallScenario.problems(overrides: ["seed=\(seed)"]) == [
        "seed: expected a whole number from 0 to 18446744073709551615, found '\(seed)'"
      ])
  }

  @Test(arguments: [
    "{ base: 300d }", "{ base: 1ms, per-sequence: 200s }", "{ base: 1ms, prefill-base: 3000d }",
    "{ base: 1ms, per-kv-token: 1000d }", "{ base: 1ms, prefill-per-token: 1000d }",
  ])
  func stepsThatOverflowAreRefused(_ stepTime: String) {
    let engine =
      "\(SmallScenario.chat).engine={ kv-blocks: 20000, max-sequences: 60000, "
      + "max-batched-tokens: 65536, step-time: \(stepTime) }"
    #expect(
      SmallScenario.problems(overrides: [engine]) == [
        "pool 'chat': a request of 320000 tokens could take more than 106 days; give shorter step "
          + "times or a smaller max-model-tokens"
      ])
  }

  @Test func explicitStepTimesAreTaken() throws {
    let engine =
      "\(SmallScenario.chat).engine={ kv-blocks: 20000, step-time: { base: 10ms, "
      + "per-sequence: 200us, per-kv-token: 20ns, prefill-base: 5ms, prefill-per-token: 15us } }"
    let pool = try SmallScenario.load(overrides: [engine]).world.pools[0]
    #expect(pool.stepTime.decodeStep(batch: 3, kvTokens: 100) == 10_602_000_000)
    #expect(
      pool.stepTime.mixedStep(
        .init(
          decodes: 3, decodeKVTokens: 100, prefills: 1, prefillTokens: 10,
          doubledAttentionPairs: 100, doubledContextTokens: 10))
        == 10_602_000_000 + 5_000_000_000 + 200_000_000 + 150_000_000)
  }

  @Test(arguments: ["15000w", "3654d"])
  func nothingLastsLongerThanTenYears(_ time: String) {
    #expect(
      SmallScenario.problems(overrides: ["workloads.chat.patience=\(time)"]) == [
        "workloads.chat.patience: '\(time)' is longer than ten years"
      ])
  }

  @Test func idleStatesAndBinsAreAllowedButNotOnlyThose() {
    let arrivals = "workloads.chat.arrivals"
    #expect(
      SmallScenario.problems(
        overrides: ["\(arrivals)={ piecewise: { rates: [0/s, 5/s], bin: 1m } }"]) == [])
    #expect(
      SmallScenario.problems(overrides: ["\(arrivals)={ piecewise: { rates: [0/s], bin: 1m } }"])
        == ["piecewise: give at least one rate above zero"])
    #expect(
      SmallScenario.problems(overrides: ["\(arrivals)={ bursts: [ { rate: 0/s, mean: 1m } ] }"])
        == ["bursts: give at least one state with a rate above zero"])
  }

  @Test func weightedRoutingNeedsAWeight() {
    let weight = "\(SmallScenario.chat).weight=0"
    #expect(SmallScenario.problems(overrides: [weight]) == [])
    #expect(
      SmallScenario.problems(overrides: [weight, "gateway.route=weighted"]) == [
        "route weighted: every pool that serves workload 'chat' has weight 0"
      ])
  }

  @Test func aWorkloadStartsBeforeTheHorizon() {
    #expect(
      SmallScenario.problems(overrides: ["workloads.chat.start=30m"]) == [
        "workload 'chat' starts at or after the horizon"
      ])
  }

  @Test func aPoolThatDoesNotFitIsReportedOnce() {
    #expect(
      SmallScenario.problems(
        overrides: [
          "\(SmallScenario.chat).model=llama-3.3-70b", "workloads.chat.model=llama-3.3-70b",
        ]
      ).map { $0.prefix(37) } == ["8:11 pool 'chat': llama-3.3-70b at bf16"[...].prefix(37)])
  }

  @Test func whatPoliciesAreToldOfTheOutput() throws {
    let key = "workloads.chat.output-estimate"
    let estimates = try ["mean", "256 tokens", "{ noisy: 30% }", "{ noisy: 0.3 }"].map {
      try SmallScenario.load(overrides: ["\(key)=\($0)"]).world.workloads[0].spec.outputEstimate
    }
    #expect(
      estimates == [
        .mean, .fixed(256), .noisy(coefficientOfVariation: 0.3),
        .noisy(coefficientOfVariation: 0.3),
      ])
    #expect(
      SmallScenario.problems(overrides: ["\(key)={ tokens: 5, noisy: 30% }"]) == [
        "output-estimate: give tokens or noisy, not both"
      ])
  }

  @Test func rangesAreThoseOfTheWorkloads() {
    let arrivals = "workloads.chat.arrivals"
    #expect(
      SmallScenario.problems(overrides: ["\(arrivals)={ gamma: { rate: 1/s, cv: 50 } }"]) == [
        "\(arrivals).gamma.cv: 50 is out of range: expected a number from 0.01 to 20"
      ])
    #expect(
      SmallScenario.problems(overrides: ["workloads.chat.shape.fixed.prompt=1_000_000_001"]) == [
        "workloads.chat.shape.fixed.prompt: 1_000_000_001 is out of range: expected a number of "
          + "tokens such as 512 or 8k from 1 to 1000000000"
      ])
  }

  @Test(arguments: [
    SmallScenario.text, StarterScenario.text,
    SmallScenario.text.replacing(
      "poisson: 40/s",
      with: "bursts: [ { rate: 0/s, mean: 1m }, { rate: 5 requests/s, mean: 30s } ]"),
    SmallScenario.text.replacing(
      "poisson: 40/s", with: "diurnal: { mean: 1.2M/h, peak-hour: 20:00, trough: 20% }"),
    SmallScenario.text.replacing("horizon: 30m", with: "horizon: 30m\nname: \"yes: no #1\""),
  ])
  func effectiveTextReadsBackToItself(_ text: String) throws {
    let effective = try SmallScenario.document(text).effectiveYAML
    #expect(try SmallScenario.document(effective).effectiveYAML == effective)
    #expect(SmallScenario.problems(effective) == [])
  }
}
