import Money
import Multicloud
import SimulationKernel
import Tables

/// What the incidents of a drill changed: a run less the same run without them, under the same seed, so that
/// both see the same requests.
public struct Drill: Sendable {
  /// What changed for a workload.
  public struct WorkloadChange: Sendable {
    /// Requests served within all targets a second, more than without; six significant digits.
    public var goodputChange: Double
    /// 95th percentile of the time to first token, nanoseconds more; `nil` where either has none.
    public var p95Change: Int64?
  }

  /// Picodollars more: of the bill, where there is one, else of tokens and provisioned units.
  public var extraPicodollars: Int128
  /// Whether those are of a bill.
  public var isBilled: Bool
  /// Requests of clients refused or failed, more than without.
  public var extraLost: Int64
  /// By workload.
  public var workloads: [WorkloadChange]

  /// Compares a run with the one without the drill's incidents.
  ///
  /// - Precondition: both are of the same workloads and length.
  init(
    _ run: (result: SimulationResult, bill: Bill?),
    without: (result: SimulationResult, bill: Bill?), in world: World
  ) {
    let (with, calm) = (run.result, without.result)
    if let bill = run.bill, let other = without.bill {
      extraPicodollars = (bill.total.billed - other.total.billed).picodollars
      isBilled = true
    } else {
      func cost(_ result: SimulationResult) -> Int128 {
        result.workloads.reduce(0) { $0 + $1.tokenCost } + world.unitCost(result)
      }
      extraPicodollars = cost(with) - cost(calm)
      isBilled = false
    }
    func lost(_ result: SimulationResult) -> Int64 {
      result.workloads.reduce(0) { $0 + $1.lostTotal }
    }
    extraLost = lost(with) - lost(calm)
    let seconds = max(1e-9, (with.end - with.measuredFrom).seconds)
    workloads = zip(with.workloads, calm.workloads).map { with, calm in
      let change = Double(with.good - calm.good) / seconds
      let p95 = (
        with.latencies.timeToFirstToken.quantile(0.95),
        calm.latencies.timeToFirstToken.quantile(0.95)
      )
      var difference: Int64?
      if let a = p95.0, let b = p95.1 { difference = a - b }
      return WorkloadChange(
        goodputChange: RealText.significant(change, digits: 6).flatMap(Double.init) ?? change,
        p95Change: difference)
    }
  }
}
