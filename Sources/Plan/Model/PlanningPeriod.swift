import Estimate
import Multicloud

/// A level of demand that a plan must serve, and how much of the time it stands for.
public struct PlanningPeriod: Sendable {
  /// `peak`, or the part of the hours it stands for.
  public var name: String
  /// Requests a second, by stream.
  public var rates: [Double]
  /// Share of the time; the peak has none, it only must be served.
  public var share: Double

  /// The peak of every stream, and the means of equally many bins by total demand.
  ///
  /// - Complexity: O(bins × streams).
  public static func periods(_ grid: DemandGrid, count: Int) -> [PlanningPeriod] {
    precondition(count >= 1)
    let streams = grid.streams.count
    let rows = (0..<grid.bins).map { grid.rates(bin: $0) }
    let order = rows.indices.sorted {
      (rows[$0].reduce(0, +), $0) < (rows[$1].reduce(0, +), $1)
    }
    let peak = (0..<streams).map { s in rows.reduce(0) { max($0, $1[s]) } }
    var periods = [PlanningPeriod(name: "peak", rates: peak, share: 0)]
    let parts = min(count, order.count)
    for part in 0..<parts {
      let bins = order[part * order.count / parts..<(part + 1) * order.count / parts]
      let mean = (0..<streams).map { s in
        bins.reduce(0) { $0 + rows[$1][s] } / Double(bins.count)
      }
      periods.append(
        PlanningPeriod(
          name: "part \(part + 1) of \(parts)", rates: mean,
          share: Double(bins.count) / Double(order.count)))
    }
    return periods
  }
}
