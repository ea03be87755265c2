import Catalog
import Estimate
import Foundation
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Tables
import Testing

@testable import Report

/// The summaries of whole runs, of the scenarios that ship and of small ones.
@Suite("Summaries")
struct SummaryTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")

  static let scenarios: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  static func load(_ text: String, _ overrides: [String]) throws -> LoadedScenario {
    try ScenarioDocument(text: text, path: "s.yaml", overrides: overrides).world(
      catalog: try Catalog.bundled(), dataDirectory: nil)
  }

  /// Runs a world with its minutes recorded.
  static func run(_ world: World, level: TableLevel = .summary) throws -> ScenarioRun.Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "plimsoll-report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try ScenarioRun(
      world: world, scenario: Manifest.Input(name: "s.yaml", contents: []), inputs: [],
      overrides: [], toolVersion: "test", level: level, sample: 1, outputPath: folder.path
    ).run { _ in true }
  }

  @Test("no line is wider than the terminal, and none has escape codes", arguments: scenarios)
  func widths(_ scenario: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(scenario), encoding: .utf8)
    let span = text.contains("\nincidents:") ? "11m" : "2m"
    let loaded = try Self.load(text, ["horizon=\(span)", "warmup=0s"])
    let outcome = try Self.run(loaded.world)
    for width in [60, 80, 132, 200] {
      let layout = TerminalLayout(width: width, style: TextStyle(isColoured: false))
      let lines = TerminalSummary(loaded.world, outcome, notes: loaded.notes, layout: layout).lines
      for line in lines {
        #expect(line.displayWidth <= width, "\(width): \(line)")
        #expect(!line.contains("\u{1B}"), "\(line)")
        #expect(line.last != " ", "\(line)")
      }
      // The answer, or that there is none, stands in the first lines.
      #expect(
        lines.prefix(7).contains { $0.contains("holds") || $0.contains("MISSES") }, "\(lines)")
      // Without an estimate of what a pool could sustain its bars have no measure.
      let isEstimated = loaded.world.estimateProblem == nil && !loaded.world.isDisaggregated
      #expect(lines.contains { $0.contains("█ = all") } == isEstimated)
      if loaded.world.isDisaggregated { #expect(lines.contains { $0.contains("KV caches of") }) }
    }
    let wide = TerminalSummary(
      loaded.world, outcome, layout: TerminalLayout(width: 200, style: TextStyle(isColoured: false))
    ).lines.joined(separator: "\n")
    for id in 0..<loaded.world.deploymentCount {
      #expect(wide.contains(loaded.world.deploymentName(id)))
    }
  }

  private static func small(_ rate: String, name: String = "small") -> String {
    """
    plimsoll: 1
    name: "\(name)"
    seed: 5
    horizon: 6m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }
    gateway: { route: nearest }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: \(rate) }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 100% }
        slo: { ttft: { p95: 900ms } }

    """
  }

  @Test("a pool with room has no warning; one without has several, and its queue grows")
  func overload() throws {
    let calm = try Self.load(Self.small("10/s"), []).world
    let calmRun = try Self.run(calm)
    #expect(LimitWarnings(calm, calmRun).all.isEmpty)
    let busy = try Self.load(Self.small("120/s"), []).world
    let busyRun = try Self.run(busy)
    let kinds = Set(LimitWarnings(busy, busyRun).all.map(\.kind))
    #expect(kinds.contains(.load) && kinds.contains(.queue), "\(kinds)")
    let lines = TerminalSummary(busy, busyRun).lines
    #expect(lines.contains { $0.hasPrefix("  ! azure/eastus2/near") })
    #expect(lines.contains { $0.contains("███") })
    let coloured = TerminalLayout(width: 80, style: TextStyle(isColoured: true))
    let marked = TerminalSummary(busy, busyRun, layout: coloured).lines
    #expect(marked.contains { $0.contains("\u{1B}[33m!\u{1B}[0m") })
    #expect(marked.contains { $0.contains("\u{1B}[1;31m✗ MISSES\u{1B}[0m") })
    // Colour changes nothing but colour.
    let bare = marked.map {
      $0.replacingOccurrences(of: "\u{1B}\\[[0-9;]*m", with: "", options: .regularExpression)
    }
    #expect(bare == lines)
  }

  @Test("where minutes are not recorded there are no bars")
  func withoutMinutes() throws {
    let world = try Self.load(Self.small("10/s"), []).world
    let lines = TerminalSummary(world, try Self.run(world, level: .none)).lines
    #expect(!lines.contains { $0.contains("█") })
    #expect(lines.contains { $0.contains("holds") })
  }

  @Test("a name may be long, wide or hostile")
  func names() throws {
    // Scenarios with such names are refused; what else makes a world may not look.
    var world = try Self.load(Self.small("10/s"), []).world
    world.name = String(repeating: "非常に長い名前 ", count: 12) + "\u{1B}[31mred\u{202E}"
    let lines = TerminalSummary(world, try Self.run(world)).lines
    #expect(lines.allSatisfy { $0.displayWidth <= 80 && !$0.contains("\u{1B}") })
    #expect(!lines.contains { $0.unicodeScalars.contains("\u{202E}") })
    #expect(lines[0].hasPrefix("非常に長い名前"))
  }

  @Test("an estimate says what it makes of elastic pools")
  func elasticEstimate() throws {
    let world = try Self.load(CapacitySummaryTests.text, []).world
    var run = EstimateRun(world)
    run.binWidth = .seconds(60)
    let lines = EstimateSummary(
      world, try run.run(), horizon: world.horizon, verification: []
    ).lines
    #expect(lines.allSatisfy { $0.displayWidth <= 80 })
    #expect(lines.contains { $0.hasPrefix("  ! not autoscaled: elastic pools count with") })
  }

  @Test("estimates keep to the width")
  func estimates() throws {
    for scenario in ["first.yaml", "provisioned-spillover.yaml", "eu-residency.yaml"] {
      let text = try String(
        contentsOf: Self.folder.appendingPathComponent(scenario), encoding: .utf8)
      let world = try Self.load(text, ["horizon=3m", "warmup=0s"]).world
      var run = EstimateRun(world)
      run.binWidth = .seconds(60)
      let outcome = try run.run()
      for width in [60, 80] {
        let lines = EstimateSummary(
          world, outcome, horizon: world.horizon, verification: [],
          layout: TerminalLayout(width: width, style: TextStyle(isColoured: false))
        ).lines
        #expect(lines.allSatisfy { $0.displayWidth <= width }, "\(scenario): \(lines)")
        #expect(lines.contains { $0.contains("ESTIMATE") })
        #expect(!lines.contains { $0.contains("not autoscaled") })
      }
    }
  }
}
