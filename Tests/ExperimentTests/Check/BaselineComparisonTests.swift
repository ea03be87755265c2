import Experiment
import Scenario
import Testing

@Suite("Figures beside their baseline")
struct BaselineComparisonTests {
  /// A baseline of a few figures under seeds from 1 on.
  private func baseline(
    _ values: [String: [Double?]], seeds: [UInt64] = [1, 2, 3, 4], arrived: [Double?]? = nil
  ) -> Baseline {
    var all = values
    all["all//requests_arrived"] = arrived ?? seeds.map { 1000 + Double($0) }
    let figures = all.map { name, values in
      let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let unit = FigureMetric.named(parts[2], of: parts[0])?.unit ?? "requests"
      return Baseline.Figure(
        key: FigureKey(
          scopeKind: parts[0], scope: parts[1], metric: parts[2], unit: unit, source: "simulated"),
        values: values)
    }
    return Baseline(
      program: "1", name: "n", scenario: "s", inputs: [], seeds: seeds,
      fingerprints: seeds.map { _ in 7 }, figures: figures.sorted { $0.key < $1.key }, parts: [],
      checkpoints: seeds.map { _ in [] })
  }

  private let p95 = "workload/chat/ttft_p95"
  private let steady: [Double?] = [100, 101, 99, 100.5]

  private func verdict(
    _ before: [Double?]?, _ now: [Double?]?, figure: String? = nil,
    rules: CheckRules = CheckScenario.rules
  ) throws -> BaselineFigure.Verdict {
    let name = figure ?? p95
    let comparison = BaselineComparison(
      baseline(before.map { [name: $0] } ?? [:]), baseline(now.map { [name: $0] } ?? [:]),
      rules: rules)
    let found = comparison.figures.first {
      "\($0.key.scopeKind)/\($0.key.scope)/\($0.key.metric)" == name
    }
    return try #require(found).verdict
  }

  private func rules(_ tolerances: (String, String)..., exact: Bool = false) throws -> CheckRules {
    CheckRules(
      alpha: 0.01, relevance: 0.005,
      tolerances: try tolerances.map { try Tolerance(key: $0.0, value: $0.1) }, isExact: exact)
  }

  private func scaled(_ factor: Double) -> [Double?] { steady.map { $0.map { $0 * factor } } }

  @Test("real and large for the worse fails, for the better does not, small is nothing")
  func usual() throws {
    #expect(try verdict(steady, steady) == .same)
    #expect(try verdict(steady, scaled(1.01)) == .regressed)
    #expect(try verdict(steady, scaled(0.99)) == .improved)
    #expect(try verdict(steady, scaled(1.004)) == .within)
    // Large, but nobody can say whether it is real.
    #expect(try verdict(steady, [130, 80, 120, 90]) == .within)
    let attainment = "workload/chat/slo_attainment"
    #expect(
      try verdict([0.99, 0.98, 0.99, 0.98], [0.95, 0.94, 0.95, 0.94], figure: attainment)
        == .regressed)
    #expect(
      try verdict([0.95, 0.94, 0.95, 0.94], [0.99, 0.98, 0.99, 0.98], figure: attainment)
        == .improved)
  }

  @Test("what is not judged moves and fails nothing")
  func unjudged() throws {
    #expect(
      try verdict([0.5, 0.5, 0.5, 0.5], [0.6, 0.6, 0.6, 0.6], figure: "pool/p/busy_fraction")
        == .moved)
    #expect(try verdict(steady, scaled(2), figure: "pool/p/ttft_p95") == .moved)
    // The largest of many requests is no sound statistic.
    #expect(try verdict(steady, scaled(2), figure: "workload/chat/ttft_max") == .moved)
  }

  @Test(
    "tolerances by share, amount, statistics, exactly and not at all; the last that fits counts")
  func tolerances() throws {
    let wild: [Double?] = [130, 80, 120, 90]
    #expect(try verdict(steady, wild, rules: rules(("ttft_p95", "2%"))) == .regressed)
    #expect(try verdict(steady, wild, rules: rules(("ttft_p95", "10%"))) == .within)
    #expect(try verdict(steady, wild, rules: rules(("chat ttft_*", "4ms"))) == .regressed)
    #expect(try verdict(steady, wild, rules: rules(("chat ttft_*", "5ms"))) == .within)
    #expect(try verdict(steady, scaled(0.5), rules: rules(("ttft_p95", "2%"))) == .improved)
    #expect(try verdict(steady, scaled(1.01), rules: rules(("ttft_p95", "real 2%"))) == .within)
    #expect(try verdict(steady, scaled(1.001), rules: rules(("ttft_p95", "real"))) == .regressed)
    #expect(try verdict(steady, scaled(0.5), rules: rules(("ttft_p95", "exact"))) == .changed)
    #expect(try verdict(steady, scaled(2), rules: rules(("*", "ignore"))) == .within)
    #expect(
      try verdict(steady, scaled(2), rules: rules(("other ttft_p95", "ignore"))) == .regressed)
    #expect(
      try verdict(steady, wild, rules: rules(("ttft_p95", "2%"), ("ttft_*", "ignore"))) == .within)
    // A figure that is neither better nor worse may fail either way, where somebody asks.
    for factor in [0.9, 1.1] {
      #expect(
        try verdict(
          steady, scaled(factor), figure: "pool/p/busy_fraction", rules: rules(("busy_*", "5%")))
          == .changed)
    }
    #expect(try verdict(steady, scaled(1.0000001), rules: rules(exact: true)) == .changed)
    #expect(try verdict(steady, steady, rules: rules(exact: true)) == .same)
  }

  @Test("a figure that is gone fails, one that is new does not, counts without a row are zero")
  func presence() throws {
    #expect(try verdict(steady, nil) == .gone)
    #expect(try verdict(steady, [nil, nil, nil, nil]) == .gone)
    #expect(try verdict(nil, steady) == .appeared)
    #expect(try verdict(steady, nil, figure: "pool/p/busy_fraction") == .moved)
    let refused = "workload/chat/requests_rejected_quota_tokens"
    #expect(try verdict(nil, [50, 52, 51, 49], figure: refused) == .regressed)
    #expect(try verdict([50, 52, 51, 49], nil, figure: refused) == .improved)
    #expect(try verdict(nil, [1, nil, nil, nil], figure: refused) == .within)
  }

  @Test("seeds are paired where they and the demand are the same, else they are independent")
  func pairing() {
    let before = baseline([p95: steady])
    let paired = BaselineComparison(before, baseline([p95: steady]), rules: CheckScenario.rules)
    #expect(paired.isPaired && paired.notes.isEmpty)
    let seeds = BaselineComparison(
      before, baseline([p95: steady], seeds: [5, 6, 7, 8]), rules: CheckScenario.rules)
    #expect(!seeds.isPaired && seeds.notes.contains { $0.contains("no seed in common") })
    let demand = BaselineComparison(
      before, baseline([p95: steady], arrived: [1, 2, 3, 4]), rules: CheckScenario.rules)
    #expect(!demand.isPaired && demand.notes.contains { $0.contains("demand is another") })
    // Fewer seeds now: those in common are compared.
    let fewer = BaselineComparison(
      before, baseline([p95: [110, 111, 109]], seeds: [1, 2, 3]), rules: CheckScenario.rules)
    #expect(fewer.isPaired && fewer.commonSeeds == [1, 2, 3])
    #expect(fewer.failures.map(\.key.metric) == ["ttft_p95"])
  }

  @Test("tests are held together: one of many must be clearer than one alone")
  func family() {
    // Four pairs with t = 7.1: P = 0.006, real by itself, not among forty.
    let before: [Double?] = [100, 100, 100, 100]
    let now: [Double?] = [101, 102, 101.2, 101.8]
    let alone = BaselineComparison(
      baseline([p95: before]), baseline([p95: now]), rules: CheckScenario.rules)
    #expect(alone.failures.count == 1 && alone.testedFigures == 1)
    var many: [String: [Double?]] = [:]
    for workload in 0..<40 { many["workload/w\(workload)/ttft_p95"] = steady }
    var changed = many
    many[p95] = before
    changed[p95] = now
    let among = BaselineComparison(
      baseline(many), baseline(changed), rules: CheckScenario.rules)
    #expect(among.failures.isEmpty && among.testedFigures == 41)
  }
}
