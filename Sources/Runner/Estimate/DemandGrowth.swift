import Money
import Multicloud
import SimulationKernel
import Workload

/// How demand goes on beyond the window that a scenario describes.
///
/// The outlook of the scenario says what the average hour is to one of the window (`load`) and how much
/// demand grows a month. Beyond the window a workload that does not know its day by itself follows
/// `load + (1 − load) · cos(2π (h − h₀) / 24)`, with h₀ in the middle of the window: 1 there, `load` over a
/// day. Growth counts whole calendar months from the start, as in the outlook of a bill; a workload with a
/// growth of its own grows by that alone.
public struct DemandGrowth: Sendable {
  private let load: Double
  private let monthly: Double
  private let starts: BillingTime
  private let window: Duration
  private let knowsItsDay: [Bool]
  private let growsByItself: [Bool]

  /// The growth of a world's demand; none where nobody is billed.
  public init(_ world: World) {
    load = world.billing.map { Double($0.outlook.loadMillionths) / 1e6 } ?? 1
    monthly = world.billing.map { Double($0.outlook.monthlyGrowthMillionths) / 1e6 } ?? 0
    starts = world.billing?.contracts.starts ?? BillingTime(seconds: 0)
    window = world.horizon
    knowsItsDay = world.workloads.map(\.spec.knowsItsDay)
    growsByItself = world.workloads.map { $0.spec.course.monthlyGrowth != 0 }
  }

  /// What multiplies a workload's rate in the bin that begins at a time.
  public func factor(_ workload: Int, at start: Duration) -> Double {
    if start < window { return 1 }
    if growsByItself[workload] { return day(workload, start) }
    return day(workload, start) * DeterministicMath.pow(1 + monthly, Double(months(start)))
  }

  private func day(_ workload: Int, _ start: Duration) -> Double {
    if knowsItsDay[workload] { return 1 }
    let hours = (start.seconds - window.seconds / 2) / 3600
    return max(0, load + (1 - load) * DeterministicMath.cos(2 * Double.pi * hours / 24))
  }

  /// Calendar months from the start.
  private func months(_ start: Duration) -> Int {
    let now = starts.adding(seconds: start.nanoseconds / 1_000_000_000).date().parts
    let begin = starts.date().parts
    return (now.year - begin.year) * 12 + now.month - begin.month
  }
}
