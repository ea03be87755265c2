import Multicloud
import Scenario
import SimulationKernel
import Testing
import Workload

/// What a scenario of the control plane becomes.
@Suite struct ControlWorldTests {
  @Test func placesAndNames() throws {
    let world = try ControlScenario.load().world
    #expect(world.zones == ["eu", "us"])
    #expect(world.regions.map(\.zone) == [0, 1])
    #expect(world.accounts == ["azure/prod", "azure/azure", "aws/lab"])
    #expect(world.providers == ["acme"])
    #expect(world.models == ["llama-3.1-8b", "big", "small"])
    #expect(world.pools[0].account == 0)
    #expect(world.pools[0].order == 1)
    #expect(world.pools[0].price == TokenPrice())
  }

  @Test func endpoints() throws {
    let endpoint = try ControlScenario.load().world.endpoints[0]
    #expect(endpoint.name == "gpt")
    #expect(endpoint.region == 0)
    #expect(endpoint.model == 1)
    #expect(endpoint.provider == 0)
    #expect(endpoint.account == 1)
    #expect(endpoint.type == "data-zone-standard")
    #expect(endpoint.kind == .standard)
    #expect(endpoint.scope == .zone(0))
    #expect(endpoint.contextTokens == 128_000)
    #expect(endpoint.quotas == [2, 3, 0, 1])
    #expect(endpoint.spillover == nil)
    #expect(
      endpoint.price == TokenPrice(input: 1_250_000, cachedInput: 125_000, output: 10_000_000))
    #expect(
      endpoint.service
        == EndpointService(
          curve: [
            EndpointService.Point(
              load: 0, timeToFirstToken: .milliseconds(350), tokensPerSecond: 90),
            EndpointService.Point(
              load: 1, timeToFirstToken: .milliseconds(1400), tokensPerSecond: 40),
          ], prefillPerToken: Duration(nanoseconds: 40_000), concurrency: 400, background: 0.2,
          variation: 0.3))
  }

  @Test func theUsualTypeIsGlobalPayAsYouGo() throws {
    let endpoint = try ControlScenario.load().world.endpoints[1]
    #expect(endpoint.type == "global-standard")
    #expect(endpoint.kind == .standard)
    #expect(endpoint.scope == .everywhere)
    #expect(endpoint.price == TokenPrice())
    #expect(endpoint.quotas == [])
  }

  @Test func quotas() throws {
    #expect(
      try ControlScenario.load().world.quotas == [
        QuotaSpec(
          name: "gpt-eu:tokens",
          rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 30_000_000))),
        QuotaSpec(
          name: "gpt-eu:requests",
          rule: .slicedRequests(SlicedRequests(requestsPerMinute: 18_000, slice: .seconds(10)))),
        QuotaSpec(
          name: "azure/swedencentral/gpt:tokens",
          rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 20_000_000))),
        QuotaSpec(
          name: "azure/swedencentral/gpt:requests",
          rule: .slicedRequests(SlicedRequests(requestsPerMinute: 12_000, slice: .seconds(10)))),
        QuotaSpec(
          name: "search:tokens", rule: .tokenBucket(TokenBucket(.tokens, perMinute: 5_000_000))),
        QuotaSpec(
          name: "search:requests", rule: .tokenBucket(TokenBucket(.requests, perMinute: 6000))),
        QuotaSpec(
          name: "search:total",
          rule: .periodTotal(PeriodTotal(tokens: 2_000_000_000, per: .day))),
        QuotaSpec(
          name: "search/answers:tokens",
          rule: .tokenBucket(TokenBucket(.tokens, perMinute: 4_000_000))),
        QuotaSpec(
          name: "search/answers/web:requests",
          rule: .tokenBucket(TokenBucket(.requests, perMinute: 6000))),
      ])
  }

  /// A quota as it is written and what it becomes.
  struct Rule: CustomTestStringConvertible, Sendable {
    var text: String
    var rules: [QuotaRule]
    var testDescription: String { text }
    init(_ text: String, _ rules: [QuotaRule]) {
      self.text = text
      self.rules = rules
    }
  }

  static let rules = [
    Rule(
      "{ requests: 60/s }",
      [.slicedRequests(SlicedRequests(requestsPerMinute: 3600, slice: .seconds(1)))]),
    Rule(
      "{ rule: reserve-and-settle, tokens: 2M tokens/min }",
      [.reserveAndSettle(ReserveAndSettle(tokensPerMinute: 2_000_000, outputBurndown: 5))]),
    Rule(
      "{ rule: reserve-and-settle, tokens: 2M/min, requests: 1k/min, burndown: 1, refill: continuous }",
      [
        .reserveAndSettle(
          ReserveAndSettle(tokensPerMinute: 2_000_000, outputBurndown: 1, window: .continuous)),
        .tokenBucket(TokenBucket(.requests, perMinute: 1000)),
      ]),
    Rule(
      "{ rule: separate-tokens, input: 10M/min, output: 2M/min, requests: 10k/min }",
      [
        .separateTokens(
          SeparateTokens(
            requestsPerMinute: 10_000, inputTokensPerMinute: 10_000_000,
            outputTokensPerMinute: 2_000_000))
      ]),
    Rule(
      "{ rule: separate-tokens, output: 2M/min }",
      [.separateTokens(SeparateTokens(outputTokensPerMinute: 2_000_000))]),
    Rule(
      "{ rule: window-burndown, tokens: 3360/s, burndown: 4, cached-discount: 90%, window: 10s }",
      [
        .windowBurndown(
          WindowBurndown(
            units: 1, tokensPerSecondPerUnit: 3360, outputBurndown: 4, cachedDiscount: 0.9,
            window: .seconds(10)))
      ]),
    Rule("{ rule: priority-ramp }", [.priorityRamp(PriorityRamp())]),
    Rule(
      "{ rule: priority-ramp, rise: 100%, window: 5m, floor: 1M/min, longest-prompt: 64k, earlier: 3M/min }",
      [
        .priorityRamp(
          PriorityRamp(
            largestRise: 1, windowMinutes: 5, floorTokensPerMinute: 1_000_000,
            longestPrompt: 64_000, earlierTokensPerMinute: 3_000_000))
      ]),
    Rule("{ rule: none }", []),
  ]

  @Test(arguments: rules)
  func everyRule(_ rule: Rule) throws {
    let world = try ControlScenario.load("\(ControlScenario.gpt).quota=\(rule.text)").world
    let own = world.endpoints[0].quotas.dropLast(2).map { world.quotas[$0].rule }
    #expect(own == rule.rules)
  }

  @Test func amazonsUsualRuleIsItsOwn() throws {
    let world = try ControlScenario.load(
      "clouds.aws.regions.us-east-1.endpoints.other.quota={ tokens: 2M/min }"
    ).world
    guard case .reserveAndSettle = world.quotas[world.endpoints[1].quotas[0]].rule else {
      Issue.record("the rule is \(world.quotas[world.endpoints[1].quotas[0]].rule)")
      return
    }
  }

  @Test func tenants() throws {
    let world = try ControlScenario.load().world
    #expect(
      world.tenants == [
        Tenant(
          name: "search", quotas: [4, 5, 6],
          budget: Budget(
            limit: 20_000_000_000_000_000, period: .seconds(86_400), blocks: true), weight: 2),
        Tenant(
          name: "search/answers", parent: 0, quotas: [7],
          budget: Budget(limit: 500_000_000_000_000, period: nil, blocks: false)),
        Tenant(name: "search/answers/web", parent: 1, quotas: [8]),
      ])
    #expect(world.workloads.map(\.tenant) == [2, -1])
  }

  @Test func demand() throws {
    let demand = try ControlScenario.load(
      "workloads.answers.band=3", "workloads.answers.timeout=60s",
      "workloads.answers.max-tokens=1k tokens", "workloads.answers.client-retry={ attempts: 2 }",
      "workloads.answers.prompt-cache={ share: 60%, conversations: 2000 }"
    ).world.workloads[0]
    #expect(demand.model == 1)
    #expect(demand.alternatives == [2])
    #expect(demand.residency == .zone(0))
    #expect(demand.band == 3)
    #expect(demand.timeout == .seconds(60))
    #expect(demand.maximumOutputTokens == 1000)
    #expect(demand.clientRetry.attempts == 2)
    #expect(
      demand.promptCache
        == PromptCache(share: 0.6, conversations: 2000, lifetime: .seconds(300)))
    #expect(demand.chain == nil)
    #expect(!demand.isCalled)
  }

  @Test(arguments: [
    ("any", Residency.anywhere), ("eu", .zone(0)), ("azure/swedencentral", .regions([0])),
    ("[aws/us-east-1, azure/swedencentral]", .regions([1, 0])),
  ])
  func residencies(_ text: String, _ residency: Residency) throws {
    let world = try ControlScenario.load(
      "workloads.chat.residency=\(text)"
    ).world
    #expect(world.workloads[1].residency == residency)
  }

  @Test(
    arguments: [
      ("{ cloud: aws, effect: hangs, at: 0s, for: 1m }", [Incident.Target.cloud(1)], .hangs),
      (
        "{ region: aws/us-east-1, effect: { slows: x3 }, at: 0s, for: 1m }", [.region(1)], .slows(3)
      ),
      ("{ zone: us, effect: fails, at: 0s, for: 1m }", [.zone(1)], .fails),
      ("{ account: aws/lab, effect: fails, at: 0s, for: 1m }", [.account(2)], .fails),
      ("{ provider: acme, effect: fails, at: 0s, for: 1m }", [.provider(0)], .fails),
      (
        "{ deployment: azure/swedencentral/own, effect: fails, at: 0s, for: 1m }",
        [.deployment(0)], .fails
      ),
      (
        "{ deployment: aws/us-east-1/other, effect: { slows: 1.5x }, at: 0s, for: 1m }",
        [.deployment(2)], .slows(1.5)
      ),
      (
        "{ quota: gpt-eu, effect: { cuts: 40% }, at: 0s, for: 1m }", [.quota(0), .quota(1)],
        .cuts(0.4)
      ),
      (
        "{ quota: \"search:total\", effect: { cuts: 0% }, at: 0s, for: 1m }", [.quota(6)], .cuts(0)
      ),
    ] as [(String, [Incident.Target], Incident.Effect)])
  func incidents(
    _ text: String, _ targets: [Incident.Target], _ effect: Incident.Effect
  ) throws {
    let incidents = try ControlScenario.load("incidents=[\(text)]").world.incidents
    #expect(
      incidents
        == targets.map {
          Incident(target: $0, effect: effect, start: .zero, duration: .seconds(60))
        })
  }

  @Test func spilloverIsBesideAndOfTheSameKind() throws {
    let text = ControlScenario.text.replacing(
      "          gpt:\n",
      with: "          payg: { model: big, type: data-zone-standard, provider: acme, "
        + "context: 128k, service: { curve: [ { load: 0%, ttft: 1s, speed: 90/s } ] } }\n"
        + "          gpt:\n            spillover: payg\n")
    let world = try SmallScenario.load(text).world
    #expect(world.endpoints.map(\.name) == ["payg", "gpt", "other"])
    #expect(world.endpoints.map(\.spillover) == [nil, 0, nil])
  }

  @Test func chains() throws {
    let chain = """
      { search: { retrieval: { region: azure/swedencentral, time: 80ms, variation: 30%, fails: 0.1% }, bytes: 3 MB }, \
      rerank: { call: { model: small, shape: { fixed: { prompt: 2k, output: 1 } } } }, \
      answer: { call: {}, after: [search, rerank], bytes: 1 KiB }, \
      log: { app: { region: aws/us-east-1, time: 5ms } }, \
      keep: { storage: { region: azure/swedencentral, time: 9ms }, after: answer } }
      """
    let world = try ControlScenario.load(
      "workloads.answers.chain=\(chain)", "workloads.answers.residency=any",
      "workloads.answers.max-tokens=200"
    ).world
    #expect(
      world.workloads.map(\.spec.name) == [
        "answers", "chat", "answers/rerank", "answers/answer",
      ])
    #expect(world.workloads.map(\.isCalled) == [false, false, true, true])
    #expect(world.workloads.map(\.model) == [1, 0, 2, 1])
    #expect(world.workloads.map(\.alternatives) == [[2], [], [], [2]])
    #expect(world.workloads.map(\.tenant) == [2, -1, 2, 2])
    #expect(world.workloads.map(\.maximumOutputTokens) == [200, nil, nil, 200])
    guard case .fixed(2000, 1) = world.workloads[2].spec.shape,
      case .fixed(512, 128) = world.workloads[3].spec.shape
    else {
      Issue.record("shapes are \(world.workloads.map(\.spec.shape))")
      return
    }
    #expect(world.workloads[2].spec.origins == world.workloads[0].spec.origins)
    #expect(
      world.workloads[0].chain
        == Chain(stages: [
          Chain.Stage(
            name: "search",
            work: .timed(
              Chain.Timed(
                kind: .retrieval, region: 0, mean: .milliseconds(80), variation: 0.3,
                failureShare: 0.001)), after: [], bytesOut: 3_000_000),
          Chain.Stage(name: "rerank", work: .call(workload: 2), after: [0]),
          Chain.Stage(name: "answer", work: .call(workload: 3), after: [0, 1], bytesOut: 1024),
          Chain.Stage(
            name: "log",
            work: .timed(Chain.Timed(kind: .app, region: 1, mean: .milliseconds(5))), after: [2]),
          Chain.Stage(
            name: "keep",
            work: .timed(Chain.Timed(kind: .storage, region: 0, mean: .milliseconds(9))),
            after: [2]),
        ]))
    #expect(world.workloads[2].chain == nil)
  }

  @Test func aScenarioWithoutAnyOfItIsAsBefore() throws {
    let world = try SmallScenario.load().world
    #expect(world.endpoints.isEmpty)
    #expect(world.quotas.isEmpty)
    #expect(world.tenants.isEmpty)
    #expect(world.accounts.isEmpty)
    #expect(world.providers.isEmpty)
    #expect(world.incidents.isEmpty)
    #expect(world.gateway == Gateway())
    #expect(world.pools[0].account == -1)
  }

  @Test func effectiveTextReadsBackToItself() throws {
    let effective = try SmallScenario.document(ControlScenario.text).effectiveYAML
    #expect(try SmallScenario.document(effective).effectiveYAML == effective)
    #expect(SmallScenario.problems(effective) == [])
    let (first, second) = try (ControlScenario.load().world, SmallScenario.load(effective).world)
    #expect(first.quotas == second.quotas)
    #expect(first.tenants == second.tenants)
    #expect(first.incidents == second.incidents)
    #expect(first.endpoints.map(\.service) == second.endpoints.map(\.service))
  }
}
