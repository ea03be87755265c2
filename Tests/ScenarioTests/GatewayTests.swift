import Multicloud
import Scenario
import SimulationKernel
import Testing

/// What a scenario says of the gateway.
@Suite struct GatewayTests {
  private func gateway(_ text: String) throws -> Gateway {
    try SmallScenario.load(overrides: ["gateway=\(text)"]).world.gateway
  }

  private func problems(_ text: String) -> [String] {
    SmallScenario.problems(overrides: ["gateway=\(text)"])
  }

  @Test func everyRouteHasAName() throws {
    for router in PolicyRegistry.deploymentRouters {
      #expect(try gateway("{ route: \(router.name) }") == Gateway(policy: router.name))
    }
  }

  @Test func bandsAndScores() throws {
    #expect(
      try gateway(
        "{ quality-band: 5%, latency-band: 25%, latency-window: 30s, preference-load: 80%, "
          + "scores: { load: 0, nearness: 0.5, cost: 2, headroom: 3, cache: 4, draw: true } }")
        == Gateway(
          qualityBand: 0.05, latencyBand: 0.25, latencyWindow: .seconds(30),
          scores: ScoreWeights(
            load: 0, nearness: 0.5, cost: 2, headroom: 3, cache: 4, draws: true),
          preferenceLoad: 0.8))
  }

  @Test func retriesAndFailover() throws {
    #expect(
      try gateway(
        "{ failover: { enabled: false, exhaust-model-first: false }, attempt-timeout: 30s, "
          + "retry: { attempts: 5, backoff: 1s, factor: 3, max: 20s, jitter: 0%, "
          + "honour-retry-after: false, longest-retry-after: 5s, throttling: false, "
          + "server-errors: false, timeouts: false } }")
        == Gateway(
          exhaustsModelFirst: false, failsOver: false,
          retry: RetryPolicy(
            attempts: 5, initial: .seconds(1), factor: 3, maximum: .seconds(20), jitter: 0,
            honoursRetryAfter: false, longestRetryAfter: .seconds(5), retriesThrottling: false,
            retriesServerErrors: false, retriesTimeouts: false),
          attemptTimeout: .seconds(30)))
    #expect(try gateway("{ retry: {} }").retry == RetryPolicy(attempts: 3))
    #expect(try gateway("{}").retry == RetryPolicy(attempts: 1))
  }

  @Test(arguments: [
    ("deployment", BreakerScope.deployment), ("account", .account), ("provider", .provider),
  ])
  func breakers(_ word: String, _ scope: BreakerScope) throws {
    let gateway = try gateway(
      "{ breaker: { allowed-failures: 3, window: 30s, failure-share: 40%, minimum-calls: 7, "
        + "cooldown: 9s, factor: 2, max-cooldown: 5m, on-throttling: false, "
        + "honour-retry-after: false, probe: false, scope: \(word) } }")
    #expect(
      gateway.breaker
        == CircuitBreaker.Settings(
          allowedFailures: 3, failureShare: 0.4, minimumCalls: 7, window: .seconds(30),
          opensOnThrottling: false, honoursRetryAfter: false, cooldown: .seconds(9),
          backoffFactor: 2, maximumCooldown: .seconds(300), probes: false))
    #expect(gateway.breakerScope == scope)
  }

  @Test func aBreakerByDefault() throws {
    #expect(try gateway("{}").breaker == nil)
    #expect(try gateway("{ breaker: {} }").breaker == CircuitBreaker.Settings())
  }

  @Test func flow() throws {
    #expect(
      try gateway(
        "{ flow: { ceilings: [100%, 90%, 0.7], shed-at: [150%, 120%, 100%], "
          + "fairness: virtual-token-counter, order: sjf, capacity: 10k } }"
      ).flow
        == FlowSettings(
          ceilings: [1, 0.9, 0.7], shedAt: [1.5, 1.2, 1], fairness: .virtualTokenCounter,
          order: .shortestEstimate, capacity: 10_000))
    #expect(
      try gateway("{ flow: { ceilings: [100%] } }").flow == FlowSettings(ceilings: [1]))
  }

  @Test(arguments: [
    (
      "{ route: cheapest }",
      "gateway.route: unknown name 'cheapest'; there is: "
        + PolicyRegistry.deploymentRouters.map { $0.name }.joined(separator: ", ")
    ),
    ("{ flow: { ceilings: [] } }", "flow.ceilings: give a load for each priority band"),
    (
      "{ flow: { ceilings: [70%, 90%] } }",
      "flow.ceilings: a later band may not have a higher load"
    ),
    (
      "{ flow: { ceilings: [90%, 80%], shed-at: [100%] } }",
      "flow.shed-at: give 2 loads, one for each of the ceilings, or none"
    ),
    (
      "{ flow: { ceilings: [90%], order: fifo } }",
      "gateway.flow.order: unknown name 'fifo'; there is: fcfs, edf, sjf"
    ),
    (
      "{ retry: { jitter: 100% } }",
      "gateway.retry.jitter: 100% is out of range: expected a ratio such as 30% or 0.3 from 0 to 0.99"
    ),
    (
      "{ retry: { attempts: 0 } }",
      "gateway.retry.attempts: 0 is out of range: expected a whole number from 1 to 100"
    ),
    (
      "{ breaker: { cooldown: 0s } }",
      "gateway.breaker.cooldown: '0s' is zero: expected a duration above zero such as 45ms, 1.2s or "
        + "12h"
    ),
  ])
  func problemsWithTheGateway(_ text: String, _ problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test func everyBandHasACeiling() {
    #expect(
      SmallScenario.problems(
        overrides: ["workloads.chat.band=2", "gateway.flow={ ceilings: [100%, 80%] }"]) == [
          "workload 'chat' has band 2, but flow.ceilings ends with band 1"
        ])
  }
}
