import Catalog
import Experiment
import Multicloud
import Scenario

/// Small worlds for studies, from scenario text.
enum SmallStudy {
  static let text = """
    plimsoll: 1
    name: small
    seed: 40
    horizon: 10m
    warmup: 1m
    clouds:
      azure:
        regions:
          eastus2:
            pools: { h: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 } }
          swedencentral:
            pools: { s: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 } }
    gateway: { route: nearest }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 12/s }
        shape: { independent: { prompt: { lognormal: { median: 300, sigma: 0.8, max: 4k } }, output: { lognormal: { median: 80, sigma: 0.7, max: 1k } } } }
        origins: { us-east: 70%, eu-central: 30% }
        slo: { ttft: { p95: 300ms } }
    """

  static func world(_ overrides: [String] = [], text: String = text) throws -> World {
    try ScenarioDocument(text: text, path: "s.yaml", overrides: overrides).world(
      catalog: try Catalog.bundled(), dataDirectory: nil
    ).world
  }

  /// Runs with made-up values of figures, seeds from 1 on.
  static func runs(_ figures: [(name: String, values: [Double?])]) -> [RunFigures] {
    let count = figures.map(\.values.count).max() ?? 0
    return (0..<count).map { run in
      RunFigures(
        keys: figures.map { key($0.name) }, values: figures.map { $0.values[run] },
        seed: UInt64(run + 1), fingerprint: 0, requests: 1, isComplete: true)
    }
  }

  static func key(_ metric: String, unit: String = "ms") -> FigureKey {
    FigureKey(
      scopeKind: "workload", scope: "chat", metric: metric, unit: unit, source: "simulated")
  }
}
