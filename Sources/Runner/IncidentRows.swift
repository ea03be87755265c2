import Multicloud
import SimulationKernel
import Tables

/// The incidents of a world as rows of `incidents.csv`, in the order of the scenario.
struct IncidentRows {
  let rows: [IncidentRow]

  /// - Parameter end: When the run ended: what lasts longer is cut there, what begins later is left out.
  init(_ world: World, until end: SimTime) {
    let last = end.nanoseconds
    rows = world.incidents.filter { $0.start.nanoseconds < last }.map { incident in
      let (kind, name) = world.place(of: incident.target)
      let (effect, factor) = incident.effect.columns
      return IncidentRow(
        start: incident.start.nanoseconds,
        // Not the sum of both: a duration may be as good as endless.
        end: incident.duration.nanoseconds < last - incident.start.nanoseconds
          ? incident.start.nanoseconds + incident.duration.nanoseconds : last,
        kind: kind, target: name, effect: effect, factor: factor)
    }
  }
}

extension Incident.Effect {
  /// The word in tables, and how much of it.
  var columns: (effect: String, factor: Double?) {
    switch self {
    case .fails: ("fails", nil)
    case .hangs: ("hangs", nil)
    case .slows(let factor): ("slows", factor)
    case .cuts(let share): ("cuts", share)
    case .loses(let loss): ("loses", loss.share)
    }
  }
}
