import Scenario
import Testing

/// What a scenario says must hold, and how it wants to be checked.
@Suite("Assertions and tolerances in scenarios")
struct AssertionTests {
  private func assertions(_ list: String, _ text: String = SmallScenario.text) throws -> [Assertion]
  {
    try SmallScenario.load(text, ["workloads.chat.slo={ ttft: { p95: 1s } }", "assert=\(list)"])
      .assertions
  }

  private func problems(_ list: String) -> [String] {
    SmallScenario.problems(SmallScenario.text, ["assert=\(list)"])
  }

  @Test("limits are read in the figure's own unit")
  func limits() throws {
    let all = try assertions(
      """
      [ { workload: chat, metric: ttft_p95, at-most: 300ms }, { workload: chat, metric: goodput, at-least: 30/s },
        { workload: chat, metric: slo_attainment, at-least: 99% }, { metric: requests_rejected, at-most: 0 },
        { pool: azure/eastus2/chat, metric: busy_fraction, at-least: 0.2, at-most: 85% },
        { workload: chat, metric: requests_rejected_quota_tokens, at-most: 12k requests } ]
      """)
    #expect(
      all.map(\.scopeKind) == ["workload", "workload", "workload", "all", "pool", "workload"])
    #expect(all.map { $0.most?.value } == [300, nil, nil, 0, 0.85, 12_000])
    #expect(all.map { $0.least?.value } == [nil, 30, 0.99, nil, 0.2, nil])
    #expect(all[0].text == "workload chat ttft_p95 at most 300ms")
    #expect(all[4].text == "pool azure/eastus2/chat busy_fraction at least 0.2 and at most 85%")
    #expect(all[3].text == "requests_rejected at most 0")
  }

  @Test(
    "what cannot hold or be known is refused with the nearest name",
    arguments: [
      ("[ { workload: chat, metric: ttft_p96, at-most: 1s } ]", "(did you mean 'ttft_p9"),
      (
        "[ { workload: chta, metric: ttft_p95, at-most: 1s } ]",
        "unknown workload 'chta'; there is: chat"
      ),
      (
        "[ { metric: ttft_p95, at-most: 1s } ]",
        "no figure of the whole run, but of: workload, pool, deployment"
      ),
      ("[ { metric: residency_violation, at-most: 0 } ]", "did you mean 'residency_violations'?"),
      (
        "[ { pool: azure/eastus2/chat, metric: godput, at-least: 1/s } ]",
        "did you mean 'goodput', a figure of a workload?"
      ),
      (
        "[ { workload: chat, pool: azure/eastus2/chat, metric: ttft_p95, at-most: 1s } ]",
        "about one thing, not workload and pool"
      ),
      ("[ { workload: chat, metric: ttft_p95 } ]", "give at-least, at-most or both"),
      (
        "[ { workload: chat, metric: ttft_p95, at-most: 300 } ]",
        "ttft_p95 in ms: '300' has no unit"
      ),
      ("[ { workload: chat, metric: ttft_p95, at-most: 3 USD } ]", "unknown unit 'USD'"),
      (
        "[ { workload: chat, metric: request_rate, at-most: 3% } ]",
        "request_rate in requests/s: expected a rate"
      ),
      (
        "[ { workload: chat, metric: ttft_p95, at-least: 2s, at-most: 1s } ]",
        "at-least 2s is above at-most 1s"
      ),
      ("[ { workload: chat, metric: goodput, at-least: 1/s } ]", "give workload 'chat' an slo"),
      ("[ { workload: chat, metric: slo_tpot_held, at-least: 1 } ]", "slo.tpot"),
      ("[ { metric: billed_cost, at-most: 3 USD } ]", "needs a bill"),
      (
        "[ { metric: total_cost, at-most: 3 USD } ]",
        "only where the gateway has something to decide"
      ),
      ("[ { workload: chat, metric: ttft_p95, at-moist: 1s } ]", "unknown key 'at-moist'"),
      ("[ { workload: chat, at-most: 1s } ]", "missing key 'metric'"),
      ("{ workload: chat }", "expected a list"),
    ])
  func refused(list: String, message: String) {
    let found = problems(list)
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }

  @Test("defaults of checks, and what a scenario says instead")
  func check() throws {
    #expect(try SmallScenario.load().check == CheckSettings())
    let settings = try SmallScenario.load(
      SmallScenario.text,
      [
        "check={ replications: 20, alpha: 5%, relevance: 2%, tolerances: { ttft_p95: 2%, chat tpot_*: 3ms, "
          + "queue_p99: ignore, e2e_p99: exact, goodput: real 1%, ttft_p50: real } }"
      ]
    ).check
    #expect(settings.replications == 20 && settings.alpha == 0.05 && settings.relevance == 0.02)
    #expect(
      settings.tolerances.map(\.rule) == [
        .relative(0.02), .absolute(3), .ignored, .exact, .real(relevance: 0.01),
        .real(relevance: 0),
      ])
    #expect(settings.tolerances[1].scope == "chat" && settings.tolerances[1].pattern == "tpot_*")
    #expect(settings.tolerances[1].fits(scope: "chat", metric: "tpot_p95"))
    #expect(!settings.tolerances[1].fits(scope: "other", metric: "tpot_p95"))
  }

  @Test(
    "wrong tolerances are refused",
    arguments: [
      ("ttft_p96: 2%", "unknown metric 'ttft_p96' (did you mean"),
      ("ttft_p95: 2", "'2' has no unit"),
      ("ttft_p95: much", "a tolerance is a share such as 2%"),
      ("ttft_p95: -2%", "expected a share such as 2%"),
      ("ttft_p95: real 2", "expected a share such as 2%"),
      ("\"*\": 2ms", "several units"),
      ("nothing*: 2%", "unknown metric 'nothing*'"),
    ])
  func wrongTolerances(text: String, message: String) {
    let found = SmallScenario.problems(SmallScenario.text, ["check={ tolerances: { \(text) } }"])
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }

  @Test("the effective scenario holds them and reads back")
  func effective() throws {
    let text =
      SmallScenario.text
        + """
        assert:
          - { workload: chat, metric: ttft_p95, at-most: 300ms }
          - { metric: requests_rejected, at-most: 0 }
        check: { tolerances: { chat ttft_p95: real 1% } }

        """
    let document = try SmallScenario.document(text)
    let effective = document.effectiveYAML
    #expect(try SmallScenario.document(effective).effectiveYAML == effective)
    #expect(try SmallScenario.load(effective).assertions == SmallScenario.load(text).assertions)
    #expect(!document.simulatedYAML.contains("assert") && !document.simulatedYAML.contains("seed:"))
  }
}
