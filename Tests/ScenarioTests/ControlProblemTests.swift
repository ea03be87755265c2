import Multicloud
import Scenario
import Testing

/// What is said of scenarios that contradict themselves or name what is not there.
@Suite struct ControlProblemTests {
  /// A change of the scenario and what is said of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var change: String
    var problems: [String]
    var testDescription: String { change }
    init(_ change: String, _ problems: String...) {
      self.change = change
      self.problems = problems
    }
  }

  @Test func theScenarioItselfIsRight() {
    #expect(ControlScenario.problems() == [])
  }

  // MARK: Names

  static let names = [
    Case(
      "workloads.chat.tenant=search/answer",
      "unknown tenant 'search/answer' (did you mean 'search/answers'?)"),
    Case(
      "\(ControlScenario.gpt).quotas=[gpt-us]",
      "unknown quota 'gpt-us' (did you mean 'gpt-eu'?)"),
    Case("\(ControlScenario.gpt).quotas=[gpt-eu, gpt-eu]", "quota 'gpt-eu' is named twice"),
    Case(
      "\(ControlScenario.gpt).spillover=payg", "unknown spillover endpoint 'payg'"),
    Case(
      "\(ControlScenario.gpt).spillover=gpt",
      "endpoint 'gpt' spills to another beside it, not to itself"),
    Case(
      "\(ControlScenario.gpt).spillover=other",
      "endpoint 'gpt' spills to another beside it, not to one in aws/us-east-1"),
    Case(
      "\(ControlScenario.gpt).type=data-zone-standart",
      "unknown deployment type 'data-zone-standart' of azure (did you mean 'data-zone-standard'?)"),
    Case(
      "incidents.0.account=azure/prd", "unknown account 'azure/prd' (did you mean 'azure/prod'?)"),
    Case(
      "incidents=[{ provider: acne, effect: fails, at: 1m, for: 1m }]",
      "unknown provider 'acne' (did you mean 'acme'?)"),
    Case(
      "incidents=[{ zone: asia, effect: fails, at: 1m, for: 1m }]",
      "unknown zone 'asia'; there is: eu, us"),
    Case(
      "incidents=[{ region: azure/swedencentrl, effect: fails, at: 1m, for: 1m }]",
      "unknown region 'azure/swedencentrl' (did you mean 'azure/swedencentral'?)"),
    Case(
      "incidents=[{ deployment: azure/swedencentral/gtp, effect: fails, at: 1m, for: 1m }]",
      "unknown deployment 'azure/swedencentral/gtp' (did you mean 'azure/swedencentral/gpt'?)"),
    Case(
      "incidents=[{ quota: \"gpt-eu:token\", effect: { cuts: 40% }, at: 1m, for: 1m }]",
      "unknown quota 'gpt-eu:token' (did you mean 'gpt-eu:tokens'?)"),
    Case(
      "workloads.answers.model=[big, smal]",
      "workload 'answers' asks for model 'smal', which no pool or endpoint serves (did you mean "
        + "'small'?)"),
    Case(
      "workloads.answers.model=[big, big]", "workload 'answers' names model 'big' twice"),
    Case("workloads.answers.model=[]", "workloads.answers.model: is empty; give at least one"),
    Case(
      "workloads.answers.residency=us-east-1",
      "unknown residency 'us-east-1' (did you mean 'aws/us-east-1'?)"),
    Case(
      "workloads.answers.residency=nowhere",
      "unknown residency 'nowhere'; there is: any, eu, us, azure/swedencentral, aws/us-east-1"),
    Case(
      "workloads.answers.residency=[eu, azure/swedencentral]",
      "residency 'eu' stands alone; a list names regions as cloud/region"),
    Case(
      "models={ bigg: { quality: 80% } }", "unknown model 'bigg' (did you mean 'big'?)"),
    Case(
      "\(ControlScenario.gpt).model=gpt-5.11",
      "49:13 workload 'answers' asks for model 'big', which no pool or endpoint serves; there is: "
        + "gpt-5.11, llama-3.1-8b, small"),
  ]

  @Test(arguments: names)
  func unknownNames(_ test: Case) {
    #expect(ControlScenario.problems(test.change) == test.problems)
  }

  // MARK: Quotas

  static let quotas = [
    Case(
      "\(ControlScenario.gpt).quota={ tokens: 20M/min, burndown: 5 }",
      "quota 'azure/swedencentral/gpt': rule fixed-minute does not know 'burndown'; it knows tokens, "
        + "requests, slice"),
    Case(
      "\(ControlScenario.gpt).quota={ rule: none, tokens: 20M/min }",
      "quota 'azure/swedencentral/gpt': rule none does not know 'tokens'; it knows nothing"),
    Case(
      "\(ControlScenario.gpt).quota={ rule: separate-tokens }",
      "quota 'azure/swedencentral/gpt': give input or output or requests"),
    Case(
      "\(ControlScenario.gpt).quota={ tokens: 20M/min, slice: 10s }",
      "quota 'azure/swedencentral/gpt': slice is of requests; give requests too"),
    Case(
      "\(ControlScenario.gpt).quota={ requests: 600/min, slice: 7s }",
      "quota 'azure/swedencentral/gpt': slice is 7000000000 ns, expected 1 s or 10 s; the nearest is "
        + "10 s"),
    Case(
      "\(ControlScenario.gpt).quota={ rule: window-burndown, tokens: 100/min }",
      "quota 'azure/swedencentral/gpt': rule window-burndown takes whole tokens a second"),
    Case(
      "\(ControlScenario.gpt).quota={ rule: window-burndown, tokens: 100/s, window: 1m }",
      "quota 'azure/swedencentral/gpt': window is 60000000000 ns, expected 1 ms to 30 s; the nearest "
        + "is 30 s"),
    Case(
      "\(ControlScenario.gpt).quota={ rule: priority-ramp, window: 90s }",
      "quota 'azure/swedencentral/gpt': rule priority-ramp takes a window of whole minutes"),
    Case(
      "\(ControlScenario.gpt).quota.rule=fixed-minutes",
      "\(ControlScenario.gpt).quota.rule: unknown name 'fixed-minutes' (did you mean 'fixed-minute'?)"
    ),
  ]

  @Test(arguments: quotas)
  func quotasThatMakeNoSense(_ test: Case) {
    #expect(ControlScenario.problems(test.change) == test.problems)
  }

  @Test func partsMayNotExceedTheWhole() {
    #expect(
      ControlScenario.problems("\(ControlScenario.gpt).quota.tokens=33.5M/min") == [
        "32:3 quota 'gpt-eu' has 30M tokens/min, but the quotas of its endpoints come to 33.5M "
          + "tokens/min"
      ])
    let second = ControlScenario.text.replacing(
      "          gpt:\n",
      with: """
                  gpt2: { model: big, provider: acme, context: 128k, quotas: gpt-eu, service: { curve: \
        [ { load: 0%, ttft: 1s, speed: 90/s } ] }, quota: { tokens: 10M/min, requests: 6001/min } }
                  gpt:

        """)
    #expect(
      SmallScenario.problems(second) == [
        "33:3 quota 'gpt-eu' has 18k requests/min, but the quotas of its endpoints come to 18.001k "
          + "requests/min"
      ])
    #expect(SmallScenario.problems(second.replacing("6001/min", with: "6k/min")) == [])
    // Another rule counts in another way, so that its limits are no part of the whole.
    #expect(
      ControlScenario.problems(
        "\(ControlScenario.gpt).quota={ rule: reserve-and-settle, tokens: 90M/min }") == [])
  }

  @Test func projectsMayNotExceedTheirTenants() {
    #expect(
      ControlScenario.problems("tenants.search.projects.answers.limits.tokens=6M/min") == [
        "'search/answers' has 6M tokens/min, more than the 5M tokens/min of 'search'"
      ])
    #expect(
      ControlScenario.problems(
        "tenants.search.projects.answers.limits.requests=50/s",
        "tenants.search.projects.answers.identities.web.limits.requests=51/s") == [
          "'search/answers/web' has 3.06k requests/min, more than the 3k requests/min of "
            + "'search/answers'"
        ])
    #expect(
      ControlScenario.problems(
        "tenants.search.projects.answers.limits.total={ tokens: 3G, per: day }") == [
          "'search/answers' has 3G tokens per day, more than the 2G tokens per day of 'search'"
        ])
  }

  @Test func anIdentityStandsUnderItsTenantToo() {
    #expect(
      ControlScenario.problems(
        "tenants.search.projects.answers.identities.web.limits.requests=101/s") == [
          "'search/answers/web' has 6.06k requests/min, more than the 6k requests/min of 'search'"
        ])
  }

  @Test func somethingMustServe() {
    let text = SmallScenario.text.replacing(
      "chat: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }", with: "{}")
    #expect(
      SmallScenario.problems(text) == [
        "4:3 no pools or endpoints: nothing can be served",
        "11:12 workload 'chat' asks for model 'llama-3.1-8b', which no pool serves",
      ])
  }

  @Test func namesThatCollide() {
    #expect(
      ControlScenario.problems("  search:\n", to: "  gpt-eu:\n").first
        == "34:3 tenant 'gpt-eu' has the name of a quota")
    #expect(
      ControlScenario.problems("          gpt:\n", to: "          own:\n").first
        == "10:11 endpoint 'own' has the name of a pool beside it")
  }

  // MARK: Requests that cannot pass

  @Test func aRequestThatNeverPassesIsAMistake() {
    #expect(
      ControlScenario.problems(
        "tenants.search.projects.answers.limits.tokens=600/min",
        "workloads.answers.max-tokens=128") == [
          "47:3 workload 'answers': even its smallest request, 512 prompt and 128 output tokens, "
            + "never passes limit 'search/answers:tokens'"
        ])
    #expect(
      ControlScenario.problems(
        "\(ControlScenario.gpt).quota={ rule: reserve-and-settle, tokens: 512/min }") == [
          "47:3 workload 'answers': even its smallest request, 512 prompt and 1 output tokens, "
            + "never passes quota 'azure/swedencentral/gpt:tokens'"
        ])
    // Where data may go elsewhere, the other endpoint serves it.
    #expect(
      ControlScenario.problems(
        "\(ControlScenario.gpt).quota={ rule: reserve-and-settle, tokens: 512/min }",
        "workloads.answers.residency=any") == [])
    // This rule lets the last request of a minute overshoot.
    #expect(ControlScenario.problems("\(ControlScenario.gpt).quota={ tokens: 1/min }") == [])
  }

  // MARK: Residency

  @Test func residencyLeavesADeployment() {
    #expect(
      ControlScenario.problems("workloads.answers.residency=us") == [
        "workload 'answers' may be processed only in zone us, where nothing serves it: "
          + "azure/swedencentral/gpt processes anywhere in zone eu, aws/us-east-1/other processes "
          + "anywhere"
      ])
    #expect(
      ControlScenario.problems("workloads.answers.residency=[azure/swedencentral, aws/us-east-1]")
        == [
          "workload 'answers' may be processed only in azure/swedencentral or aws/us-east-1, where "
            + "nothing serves it: azure/swedencentral/gpt processes anywhere in zone eu, "
            + "aws/us-east-1/other processes anywhere"
        ])
    #expect(
      ControlScenario.problems("workloads.chat.residency=us") == [
        "workload 'chat' may be processed only in zone us, where nothing serves it: "
          + "azure/swedencentral/own processes in azure/swedencentral of zone eu"
      ])
  }

  @Test func aDataZoneTypeNeedsAZone() {
    let text = ControlScenario.text.replacing("swedencentral", with: "uksouth")
      .replacing("residency: eu", with: "residency: any")
    #expect(
      SmallScenario.problems(text) == [
        "12:19 endpoint 'gpt' is data-zone-standard, but azure/uksouth is in no data zone: give the "
          + "region a zone"
      ])
    #expect(
      SmallScenario.problems(text.replacing("uksouth:\n", with: "uksouth:\n        zone: uk\n"))
        == [])
  }

  // MARK: Amounts

  static let amounts = [
    Case(
      "tenants.search.budget.amount=0 USD",
      "tenants.search.budget.amount: '0 USD' is zero: expected an amount above zero such as 20k USD"
    ),
    Case(
      "tenants.search.budget.amount=20k",
      "tenants.search.budget.amount: '20k' has no currency: write 20k USD"),
    Case(
      "tenants.search.budget.amount=10M USD",
      "tenants.search.budget.amount: '10M USD' is above 9M USD, more than can be counted exactly"),
    Case(
      "tenants.search.limits.tokens=20M",
      "tenants.search.limits.tokens: '20M' has no unit: write 20M/min"),
    Case(
      "tenants.search.limits.tokens=100/h",
      "tenants.search.limits.tokens: '100/h' is no whole number of tokens a minute"),
    Case(
      "tenants.search.limits.requests=0/min",
      "tenants.search.limits.requests: '0/min' is zero: expected a limit above zero such as 20M/min "
        + "or 12k requests/min"),
    Case(
      "\(ControlScenario.gpt).price.output=10 USD",
      "\(ControlScenario.gpt).price.output: expected a price such as 1.25 USD/M tokens, found '10 "
        + "USD'"),
    Case(
      "\(ControlScenario.gpt).price={ input: 1 USD/M tokens }",
      "missing key 'output' in \(ControlScenario.gpt).price: Price of an output token"),
    Case(
      "\(ControlScenario.gpt).price.input=0.0000001 USD/M tokens",
      "\(ControlScenario.gpt).price.input: '0.0000001 USD/M tokens' is finer than a picodollar a "
        + "token"),
    Case(
      "\(ControlScenario.gpt).service.curve.0.speed=90",
      "\(ControlScenario.gpt).service.curve[0].speed: '90' has no unit: write 90 tokens/s"),
    Case(
      "\(ControlScenario.gpt).service.curve.0.load=100%",
      "24:17 endpoint 'gpt': give a curve of points with rising load"),
    Case(
      "gateway.retry.attempts=0",
      "gateway.retry.attempts: 0 is out of range: expected a whole number from 1 to 100"),
    Case(
      "workloads.chat.client-retry.attempts=0",
      "workloads.chat.client-retry.attempts: 0 is out of range: expected a whole number from 1 to "
        + "100"),
  ]

  @Test(arguments: amounts)
  func amountsThatMakeNoSense(_ test: Case) {
    #expect(ControlScenario.problems(test.change) == test.problems)
  }

  // MARK: Incidents

  static let incidents = [
    Case("incidents.0.at=30m", "the incident begins at or after the horizon"),
    Case(
      "incidents=[{ effect: fails, at: 1m, for: 1m }]",
      "an incident befalls one of cloud, region, zone, account, provider, deployment, quota, link: name one"
    ),
    Case(
      "incidents=[{ cloud: aws, zone: eu, effect: fails, at: 1m, for: 1m }]",
      "an incident befalls one thing, not cloud and zone"),
    Case(
      "incidents.0.effect=slow", "incidents[0].effect: unknown name 'slow'; there is: fails, hangs"),
    Case(
      "incidents.0.effect=slows", "incidents[0].effect: give a value, as in { slows: … }"),
    Case("incidents.0.effect={ slows: x0.5 }", "effect slows: give a multiple of at least x1"),
    Case(
      "incidents.0.effect={ cuts: 40% }", "effect cuts befalls a quota: name one with quota"),
    Case(
      "incidents=[{ quota: gpt-eu, effect: fails, at: 1m, for: 1m }]",
      "a quota is cut: write effect: { cuts: 40% }"),
    Case(
      "incidents.0.for=0s",
      "incidents[0].for: '0s' is zero: expected a duration above zero such as 45ms, 1.2s or 12h"),
  ]

  @Test(arguments: incidents)
  func incidentsThatMakeNoSense(_ test: Case) {
    #expect(ControlScenario.problems(test.change) == test.problems)
  }

  // MARK: Chains

  static let chains = [
    Case("{}", "chain of workload 'chat' has no stages"),
    Case(
      "{ a: { app: { region: aws/us-east-1, time: 1s } } }",
      "chain of workload 'chat' calls no model"),
    Case("{ a: { call: {}, after: a } }", "stage 'a' comes after itself"),
    Case(
      "{ a: { call: {}, after: b }, b: { call: {}, after: c }, c: { call: {} } }",
      "stage 'a' comes after 'b', which stands below it: write stages in the order in which they run",
      "stages wait for each other in a circle: b → c → b"),
    Case(
      "{ a: { call: {}, after: b }, b: { call: {} } }",
      "stages wait for each other in a circle: a → b → a"),
    Case(
      "{ x: { call: {} }, a: { call: {}, after: b }, b: { call: {}, after: x } }",
      "stage 'a' comes after 'b', which stands below it: write stages in the order in which they run"
    ),
    Case(
      "{ search: { call: {} }, b: { call: {}, after: serch } }",
      "stage 'b' comes after the unknown stage 'serch' (did you mean 'search'?)"),
    Case(
      "{ a: { call: { model: bigg } } }",
      "stage 'chat/a' asks for model 'bigg', which no pool or endpoint serves (did you mean 'big'?)"
    ),
    Case(
      "{ a: { retrieval: { region: aws/useast-1, time: 1s } }, b: { call: {} } }",
      "unknown region 'aws/useast-1' (did you mean 'aws/us-east-1'?)"),
    Case(
      "{ a: { cal: {} } }",
      "workloads.chat.chain.a has no form named 'cal' (did you mean 'call'?)"),
    Case(
      "{ a: { call: {}, bytes: 3 } }",
      "workloads.chat.chain.a.bytes: '3' has no unit: write 3 B or 3 MB"),
  ]

  @Test(arguments: chains)
  func chainsThatMakeNoSense(_ test: Case) {
    #expect(ControlScenario.problems("workloads.chat.chain=\(test.change)") == test.problems)
  }

  @Test func aStageHasNoWorkloadsName() {
    let text = ControlScenario.text.replacing("  chat:\n", with: "  answers/a:\n")
      .replacing("residency: eu", with: "residency: eu\n    chain: { a: { call: {} } }")
    #expect(
      SmallScenario.problems(text) == ["51:14 stage 'answers/a' has the name of a workload"])
  }

  @Test func aCallStaysWhereItsWorkloadMustStay() {
    #expect(
      ControlScenario.problems("workloads.answers.chain={ a: { call: { model: small } } }") == [
        "workload 'answers/a' may be processed only in zone eu, where nothing serves it: "
          + "aws/us-east-1/other processes anywhere"
      ])
  }
}
