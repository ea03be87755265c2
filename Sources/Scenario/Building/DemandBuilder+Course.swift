import SimulationKernel
import Workload

/// Crowds and growth of a workload.
extension DemandBuilder {
  /// How the rate changes; `nil` where it cannot, which is reported.
  func course(_ entry: Item.Entry, _ arrivals: ArrivalSpec) -> DemandCourse? {
    let item = entry.item
    let written = ["surges", "growth"].compactMap { key in item[key].map { (key, $0) } }
    guard let (key, first) = written.first else { return DemandCourse() }
    if let reason = obstacle(arrivals) {
      diagnostics.report(first.mark, "workload '\(entry.key)': \(key) \(reason)")
      return nil
    }
    let items = item["surges"]?.items ?? []
    let surges = items.compactMap { surge(entry, $0) }
    guard surges.count == items.count else { return nil }
    let course = DemandCourse(surges: surges, monthlyGrowth: item["growth"]?.number ?? 0)
    let last = course.growth(at: horizon.nanoseconds)
    if let growth = item["growth"], !(last <= Self.mostGrowth) {
      diagnostics.report(
        growth.mark,
        "workload '\(entry.key)': growth multiplies demand by some \(Int(min(last, 1e15))) until the end of "
          + "the run, by more than \(Int(Self.mostGrowth)); give less, or a shorter horizon")
      return nil
    }
    return course
  }

  /// More growth in a run than this is a mistake of units.
  private static let mostGrowth = 1_000_000.0

  /// Why arrivals have no rate that could be multiplied; `nil` where they have.
  private func obstacle(_ arrivals: ArrivalSpec) -> String? {
    switch arrivals {
    case .closedLoop, .pacedLoop:
      "cannot change a closed loop, whose clients follow their answers; use an open stream such as "
        + "poisson, or another number of clients"
    case .trace:
      "cannot change a trace, which is replayed as it was recorded; scale it with rate, or use "
        + "piecewise rates"
    case .poisson, .diurnal, .piecewise, .gamma, .weibull, .bursts: nil
    }
  }

  private func surge(_ entry: Item.Entry, _ item: Item) -> Surge? {
    let (at, length) = (item.required("at"), item.required("for").duration)
    let ramp = item.required("ramp")
    var isRight = true
    if ramp.duration.nanoseconds > length.nanoseconds / 2 {
      diagnostics.report(
        ramp.mark,
        "workload '\(entry.key)': a surge rises and falls within its length; give a ramp of at most half "
          + "of it")
      isRight = false
    }
    let end = entry.item["end"].map { min($0.duration, horizon) } ?? horizon
    if at.duration >= end {
      let limit = end == horizon ? "the horizon" : "the end of the stream"
      diagnostics.report(
        at.mark,
        "workload '\(entry.key)': a surge begins at or after \(limit); begin it before, or leave it out"
      )
      isRight = false
    }
    guard isRight else { return nil }
    return Surge(
      start: at.duration, duration: length, factor: item.required("rate").number,
      ramp: ramp.duration)
  }
}
