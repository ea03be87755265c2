import Multicloud
import Runner
import SimulationKernel
import Workload

/// Latencies with what the engines' stated error makes of them: `0.9 s (0.7 to 1.2)`.
struct BandSummary {
  let world: World
  let outcome: ScenarioRun.Outcome
  let layout: TerminalLayout

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  var lines: [String] {
    guard let band = outcome.band else { return [] }
    var table = TextTable([
      .name("9 engines of 10", shortest: 15), .number("TTFT p95"),
      .number("TTFT p50", rank: 3), .number("TPOT p95", rank: 1), .number("e2e p95", rank: 2),
    ])
    for (id, workload) in world.workloads.enumerated() {
      let here = outcome.result.workloads[id].latencies
      let fast = band.fast.workloads[id].latencies
      let slow = band.slow.workloads[id].latencies
      func cell(_ time: KeyPath<LatencyHistograms, LogLinearHistogram>, _ q: Double) -> String {
        func text(_ latencies: LatencyHistograms) -> String {
          Quantity.latency(nanoseconds: latencies[keyPath: time].quantile(q).map(Double.init))
        }
        // The unit once where it is the same: 0.90 s (0.71 to 1.20).
        let (low, high) = (Self.parts(text(fast)), Self.parts(text(slow)))
        let unit = Self.parts(text(here)).unit
        let isOneUnit = low.unit == unit && high.unit == unit
        let start = isOneUnit ? String(low.number) : text(fast)
        let end = isOneUnit ? String(high.number) : text(slow)
        return "\(text(here)) (\(start) to \(end))"
      }
      table.add([
        workload.spec.name, cell(\.timeToFirstToken, 0.95), cell(\.timeToFirstToken, 0.5),
        cell(\.timePerOutputToken, 0.95), cell(\.endToEnd, 0.95),
      ])
    }
    return table.laidOut(width: layout.width)
      + layout.wrapped(
        "in brackets: engines as fast, and as slow, as the error of their step times allows")
  }

  private static func parts(_ latency: String) -> (number: Substring, unit: Substring) {
    let parts = latency.split(separator: " ", maxSplits: 1)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
  }
}
