import Multicloud
import SimulationKernel
import Tables

extension SummaryFigures {
  /// Latencies of each workload at the two ends of the engines' stated error.
  mutating func add(_ band: StepErrorBand) {
    for id in world.workloads.indices {
      for (end, result) in [("if_fast", band.fast), ("if_slow", band.slow)] {
        let latencies = result.workloads[id].latencies
        for (metric, histogram) in [
          ("ttft", latencies.timeToFirstToken), ("tpot", latencies.timePerOutputToken),
          ("e2e", latencies.endToEnd),
        ] {
          for (label, q) in [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)] {
            let value = histogram.quantile(q).map {
              SummaryTable.Value.milliseconds(.init(nanoseconds: $0))
            }
            add(
              .workload, world.workloadNames[id], "\(metric)_\(label)_\(end)", "ms",
              value ?? .none)
          }
        }
      }
    }
  }
}
