import Catalog
import Glibc
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Tables
import Workload

/// Scenarios, sweep plans, overrides, incidents: all that is YAML or stands in a scenario.
enum ScenarioTargets {
  static let all = [scenario, run, sweep, override, incident, quantity]

  /// Read once: reading its tables takes longer than reading a scenario.
  static let catalog: Catalog = {
    do { return try Catalog.bundled() } catch {
      preconditionFailure("the bundled catalog: \(error)")
    }
  }()

  private static let words =
    ScenarioSchema.words + [
      "&a", "*a", "<<: *a", "!!str", "!!binary ", "!!set", "---", "...", "? ", "|", ">", "~",
      "null",
      "%YAML 1.2", "{}", "[]", "10ms", "3/s", "50%", "x3", "2 USD", "24h", "llama-3.1-8b",
      "h100-sxm",
      "poisson", "nearest", "least-loaded", "/dev/zero", "../x.csv", ".+", "1k", "1G", "2026-03-02",
    ]

  /// Path that scenarios are said to have: beside it lies nothing.
  private static var path: String { FuzzTarget.fileName }

  // MARK: Reading

  private static let scenario = FuzzTarget(
    "scenario", parses: "a scenario, up to its world", weight: 90, dictionary: words,
    folder: ("scenarios", ".yaml"), namesFile: true
  ) { input in
    let document = try ScenarioDocument(text: FuzzRefusal.text(input), path: path)
    let loaded = try document.world(catalog: catalog, dataDirectory: nil)
    let effective = document.effectiveYAML
    let again: ScenarioDocument
    do {
      again = try ScenarioDocument(text: effective, path: path)
    } catch {
      throw FuzzViolation("the effective scenario is refused: \(error)\n\(effective.prefix(4000))")
    }
    try FuzzViolation.unless(
      again.effectiveYAML == effective, "the effective scenario reads back to another one")
    let world: World
    do {
      world = try again.world(catalog: catalog, dataDirectory: nil).world
    } catch {
      throw FuzzViolation("the effective scenario makes no world: \(error)")
    }
    try FuzzViolation.unless(
      world.pools.count == loaded.world.pools.count && world.horizon == loaded.world.horizon
        && world.seed == loaded.world.seed && world.name == loaded.world.name
        && world.workloads.map(\.spec.name) == loaded.world.workloads.map(\.spec.name)
        && world.deploymentNames == loaded.world.deploymentNames,
      "the effective scenario makes another world")
  }

  /// What is accepted runs: twenty simulated seconds, or as many events as one progress report counts.
  private static let run = FuzzTarget(
    "run", parses: "a scenario, and twenty seconds of its simulation", weight: 12,
    dictionary: words,
    folder: ("scenarios", ".yaml")
  ) { input in
    let document = try ScenarioDocument(
      text: FuzzRefusal.text(input), path: path, overrides: ["horizon=20s", "warmup=0s"])
    let loaded = try document.world(catalog: catalog, dataDirectory: nil)
    try play(loaded.world)
  }

  /// Plays a world into tables and out of sight.
  static func play(_ world: World) throws {
    let folder = ScratchFolder.shared.emptyFolder("run")
    var run = ScenarioRun(
      world: world, scenario: Manifest.Input(name: path, contents: []), inputs: [], overrides: [],
      toolVersion: "fuzz", level: .full, sample: 1, outputPath: folder)
    run.isEstimated = true
    do {
      _ = try run.run { _ in false }
    } catch {
      throw verdict(error)
    }
  }

  /// What the end of a run says of its input: only demand that cannot be generated is the scenario's own fault,
  /// and a refusal.
  static func verdict(_ error: any Error) -> any Error {
    switch error {
    case RunError.output(let cause):
      FuzzViolation("a run of what was accepted cannot be written: \(cause)")
    case RunError.broken(let law):
      FuzzViolation("a run of what was accepted breaks a law: \(law)")
    case let law as InvariantViolation:
      FuzzViolation("a run of what was accepted breaks a law: \(law)")
    case RunError.memory(let text):
      FuzzViolation("twenty seconds of what was accepted take too much memory: \(text)")
    default: error
    }
  }

  // MARK: Plans and overrides

  private static let sweep = FuzzTarget(
    "sweep", parses: "a sweep plan", weight: 40,
    dictionary: words + ["scenario", "axes", "cells", "seeds", "figures"],
    folder: ("scenarios/sweeps", ".yaml")
  ) { input in
    let plan = try SweepPlan(text: FuzzRefusal.text(input), path: path) { _ in BaseScenario.text }
    try FuzzViolation.unless(
      plan.cellCount <= SweepPlan.mostCells, "a plan of \(plan.cellCount) cells")
    for combination in plan.combinations.indices.prefix(3) {
      do {
        _ = try ScenarioDocument(
          text: plan.scenarioText, path: plan.scenarioPath,
          overrides: plan.overrides(combination), checksAxes: false)
      } catch let error as ScenarioError {
        // Two values may be good alone and bad together, which only the form of both can tell; what may
        // not be is that an override is no override.
        try FuzzViolation.unless(
          !error.description.contains("expected path=value"), "a cell's override: \(error)")
      }
    }
  }

  private static let override = FuzzTarget(
    "override", parses: "--set path=value, a line each", weight: 90, dictionary: words
  ) { input in
    let lines = try FuzzRefusal.text(input).split(separator: "\n").prefix(8).map(String.init)
    let document = try ScenarioDocument(text: BaseScenario.text, path: path, overrides: lines)
    _ = try document.world(catalog: catalog, dataDirectory: nil)
    let effective = document.effectiveYAML
    let again = try? ScenarioDocument(text: effective, path: path)
    try FuzzViolation.unless(
      again?.effectiveYAML == effective, "overrides make a scenario that does not read back")
  }

  private static let base: LoadedScenario = {
    do {
      return try ScenarioDocument(text: BaseScenario.text, path: path)
        .world(catalog: catalog, dataDirectory: nil)
    } catch {
      preconditionFailure("the fuzzer's own scenario: \(error)")
    }
  }()

  private static let incident = FuzzTarget(
    "incident", parses: "--incident, a phrase", weight: 60,
    dictionary: [
      "azure/eastus2", "azure", "link", "region", "cloud", "down", "fails", "hangs", "slow", "x3",
      "cut", "to", "40%", "loses", "5%", "at", "14:00", "10m", "for", "45m", "2026-03-02T00:10Z",
      "deployment", "provider", "account", "zone", "quota",
    ]
  ) { input in
    let phrase = try IncidentPhrase(FuzzRefusal.text(input))
    let override = try phrase.override(in: base)
    _ = try ScenarioDocument(text: BaseScenario.text, path: path, overrides: [override])
      .world(catalog: catalog, dataDirectory: nil)
  }

  private static let quantity = FuzzTarget(
    "quantity", parses: "a quantity with its unit, of every kind a scenario has", weight: 150,
    dictionary: QuantityText.kinds + [
      "12h", "45ms", "1.2M/h", "20 USD", "1bn USD", "43.16 USD/h", "221 USD/unit/month", "3y",
      "18mo",
      "1.25 USD/M tokens", "20M/min", "80 tokens/s", "512 KiB", "400 Gbit/s", "300 PTU", "20:00",
      "6%/month", "-5h", "x60", "1_000", "2026-02-29", "2026-03-02T08:00Z",
    ]
  ) { input in
    // The kind, a colon, the text.
    let text = try FuzzRefusal.text(input)
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw FuzzRefusal("expected a kind, a colon and a text") }
    try QuantityText.read(String(parts[1]), as: String(parts[0]))
  }
}
