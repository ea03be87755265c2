import Foundation
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Testing

@testable import Report

/// What the summary says of elastic pools and training jobs.
@Suite("Capacity in the summary")
struct CapacitySummaryTests {
  /// Two pools with autoscalers, one of them short of machines; two jobs, one of them late.
  static let text = """
    plimsoll: 1
    name: dynamics
    seed: 5
    horizon: 30m
    starts: 2026-03-02
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              a-pool-with-quite-a-long-name:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 1
                elastic: { minimum: 1, maximum: 6, markets: h100, provisioning: 60s, loading: 30s, warming: 0s }
                autoscale: { policy: scheduled, schedule: [{ from: "00:00", replicas: 1 }, { from: "00:10", replicas: 6 }], look-ahead: 0s }
              spotty:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 1
                elastic: { minimum: 1, maximum: 4, markets: spot, provisioning: 60s, loading: 30s, warming: 0s }
                autoscale: { policy: scheduled, schedule: [{ from: "00:00", replicas: 1 }, { from: "00:05", replicas: 3 }], look-ahead: 0s }
    markets:
      h100: { region: azure/eastus2, accelerator: H100-SXM, available: 16, quota: 3 }
      spot: { region: azure/eastus2, accelerator: H100-SXM, kind: spot, price: 40%, interruptions: 0%, available: { recorded: { steps: [{ at: 0s, level: 8 }, { at: 20m, level: 1 }] } } }
    billing: {}
    training:
      late: { market: h100, accelerators: 1, work: 1h, deadline: 20m, preemptible: false }
      calm: { market: h100, accelerators: 1, work: 5m, deadline: 1h, preemptible: false }
    gateway: { route: round-robin }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 20/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 100% }
        slo: { ttft: { p95: 900ms } }

    """

  private static func lines(
    _ world: World, _ outcome: ScenarioRun.Outcome, width: Int = 80
  ) -> [String] {
    TerminalSummary(
      world, outcome, layout: TerminalLayout(width: width, style: TextStyle(isColoured: false))
    ).lines
  }

  @Test("every section keeps to the width and says what happened")
  func sections() throws {
    let world = try SummaryTests.load(Self.text, []).world
    let outcome = try SummaryTests.run(world)
    for width in [60, 80, 132, 200] {
      for line in Self.lines(world, outcome, width: width) {
        #expect(line.displayWidth <= width && line.last != " ", "\(width): \(line)")
      }
    }
    let lines = Self.lines(world, outcome)
    let text = lines.joined(separator: "\n")
    // Words break anywhere; what matters is that they are there.
    let flat = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for part in [
      "ready replicas", "█ = most", "lead time 90.00 s", "quota)", "2 interruptions", "spot, ",
      "less than on demand", "at the markets' prices", "training job", "MISSED",
      "training job late missed its deadline", "markets.h100.quota",
      "an elastic pool's: the same of the replicas that serve",
    ] {
      #expect(flat.contains(part), "\(part) in \(text)")
    }
    // Jobs: a gang of one that is done in time, and one that is not.
    #expect(
      lines.contains { $0.contains("calm") && $0.contains("100.0 %") && $0.contains(" met ") })
    let wide = Self.lines(world, outcome, width: 200)
    let spotty = try #require(wide.first { $0.contains("eastus2/spotty") && $0.contains(" × ") })
    #expect(spotty.contains("most 3 × h100-sxm"), "\(spotty)")
    // The estimate is of one replica, which the pools leave: it is no reason to warn.
    #expect(!LimitWarnings(world, outcome).all.contains { $0.kind == .load })
  }

  @Test("without elastic pools and jobs there is none of it")
  func absent() throws {
    let text = Self.text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.contains("elastic:") && !$0.contains("autoscale:")
    }.joined(separator: "\n")
    let start = try #require(text.range(of: "markets:\n"))
    let end = try #require(text.range(of: "gateway:"))
    let still = text[..<start.lowerBound] + text[end.lowerBound...]
    let world = try SummaryTests.load(String(still), []).world
    let lines = Self.lines(world, try SummaryTests.run(world))
    for part in ["ready replicas", "elastic", "training", "accelerator-hours", "most "] {
      #expect(!lines.contains { $0.contains(part) }, "\(part) in \(lines)")
    }
  }

  @Test("where minutes are not recorded the figures stand without bars")
  func withoutMinutes() throws {
    let world = try SummaryTests.load(Self.text, []).world
    let lines = Self.lines(world, try SummaryTests.run(world, level: .none))
    #expect(!lines.contains { $0.contains("█") })
    #expect(lines.contains { $0.contains("ready replicas") })
  }

  @Test("reasons of failed scale-ups, those that were there")
  func reasons() {
    var capacity = CapacityStatistics()
    capacity.failedScaleUps = 7
    capacity.quotaFailures = 2
    #expect(CapacitySummary.reasons(capacity) == "2 quota, 5 other")
    capacity.supplyFailures = 5
    #expect(CapacitySummary.reasons(capacity) == "2 quota, 5 supply")
  }

  @Test("a deadline is met, missed, open, or there is none")
  func deadlines() {
    var job = TrainingJob(name: "j", market: 0, accelerators: 1, work: .seconds(60))
    var outcome = TrainingOutcome()
    #expect(TrainingSummary.deadline(job, outcome, at: 10) == "–")
    job.deadline = .seconds(100)
    #expect(TrainingSummary.deadline(job, outcome, at: 99_000_000_000) == "open")
    #expect(TrainingSummary.deadline(job, outcome, at: 101_000_000_000) == "MISSED")
    outcome.ended = 100_000_000_000
    #expect(TrainingSummary.deadline(job, outcome, at: 101_000_000_000) == "met")
  }
}
