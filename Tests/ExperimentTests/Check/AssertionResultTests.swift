import Experiment
import Foundation
import Scenario
import SimulationKernel
import Tables
import Testing

@testable import Experiment

@Suite("Assertions judged")
struct AssertionResultTests {
  private func verdict(
    _ values: [Double?], least: Double? = nil, most: Double? = nil,
    metric: String = "ttft_p95"
  ) throws -> AssertionResult.Verdict {
    func limit(_ value: Double?) -> Assertion.Limit? {
      value.map { Assertion.Limit(value: $0, text: "\($0)") }
    }
    let assertion = Assertion(
      scopeKind: "workload", scope: "chat",
      metric: try #require(FigureMetric.named(metric, of: "workload")), least: limit(least),
      most: limit(most))
    return AssertionResult(assertion, values: values).verdict
  }

  @Test("one run is judged as it is; the limit itself holds")
  func one() throws {
    #expect(try verdict([300], most: 300) == .held)
    #expect(try verdict([300.0001], most: 300) == .missed)
    #expect(try verdict([0.99], least: 0.99) == .held)
    #expect(try verdict([0.98], least: 0.99) == .missed)
    #expect(try verdict([5], least: 4, most: 6) == .held)
    #expect(try verdict([7], least: 4, most: 6) == .missed)
    #expect(try verdict([nil], most: 300) == .absent)
    #expect(try verdict([nil], most: 0, metric: "requests_rejected_quota_tokens") == .held)
  }

  @Test("several are judged by their mean, and fail where its interval leaves no doubt")
  func several() throws {
    #expect(try verdict([298, 299, 300, 301], most: 300) == .held)
    // Mean 300.5 ± 2.05.
    #expect(try verdict([299, 300, 301, 302], most: 300) == .close)
    #expect(try verdict([303, 304, 305, 306], most: 300) == .missed)
    #expect(try verdict([301, 301, 301], most: 300) == .missed)
    #expect(try verdict([nil, 290, nil, 291], most: 300) == .held)
  }

  /// Every scenario that ships, for a few minutes.
  static let scenarios: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("scenarios").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }()

  @Test("every figure a run prints is known, with its unit", arguments: scenarios)
  func catalogue(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // Long enough for what goes wrong in a scenario to go wrong.
    let horizon = text.contains("\nincidents:") ? "12m" : "2m"
    let loaded = try CheckScenario.load(text, ["horizon=\(horizon)", "warmup=0s"])
    let run = try RunFigures(loaded.scenario.world, seed: 1)
    #expect(run.keys.count > 20)
    for key in run.keys where key.source != "estimated" {
      let metric = FigureMetric.named(key.metric, of: key.scopeKind)
      #expect(metric?.unit == key.unit, "\(key)")
    }
    // What a world has no need of is not there; what it has is.
    for assertion in loaded.scenario.assertions {
      #expect(run.keys.contains { $0.metric == assertion.metric.name })
    }
  }
}
