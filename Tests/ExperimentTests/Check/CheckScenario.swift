import Catalog
import Experiment
import Foundation
import Scenario

/// A small scenario whose prefill takes most of the time to the first token, run for checks.
enum CheckScenario {
  static func text(rate: Int = 4, horizon: String = "4m") -> String {
    """
    plimsoll: 1
    name: trial
    seed: 1
    horizon: \(horizon)
    warmup: 30s
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              chat:
                model: llama-3.1-8b
                replicas: 1
                engine:
                  kv-blocks: 20000
                  max-batched-tokens: 2048
                  max-sequences: 64
                  max-model-tokens: 20k
                  step-time: { base: 4ms, per-sequence: 50us, prefill-base: 2ms, prefill-per-token: 40us }
    origins: { home: { round-trips: { azure/eastus2: 10ms } } }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: \(rate)/s }
        shape:
          independent:
            prompt: { lognormal: { median: 1000, sigma: 0.4, max: 2k } }
            output: { exponential: { mean: 30 } }
        origins: { home: 100% }
        slo: { ttft: { p95: 300ms } }

    """
  }

  static let stepTime = "clouds.azure.regions.eastus2.pools.chat.engine.step-time"

  /// Read once: reading its tables takes longer than reading a scenario.
  private static let catalog = Result { try Catalog.bundled() }

  static func load(_ text: String, _ overrides: [String] = []) throws -> (
    scenario: LoadedScenario, simulated: String
  ) {
    let document = try ScenarioDocument(text: text, path: "s.yaml", overrides: overrides)
    return (
      try document.world(catalog: catalog.get(), dataDirectory: nil), document.simulatedYAML
    )
  }

  /// Runs of a scenario under seeds from `seed` on.
  static func runs(
    _ text: String, _ overrides: [String] = [], seed: UInt64 = 1, replications: Int,
    threads: Int? = nil, program: String = "test"
  ) throws -> Baseline {
    let loaded = try load(text, overrides + ["seed=\(seed)"])
    let run = CheckRun(
      loaded.scenario, simulatedText: loaded.simulated, replications: replications,
      threads: threads, program: program)
    guard let runs = try run.run(shouldContinue: { true }) else {
      throw Baseline.Problem("a run that nobody stopped has stopped")
    }
    return runs
  }

  static let rules = CheckRules(alpha: 0.01, relevance: 0.005, tolerances: [], isExact: false)
}
