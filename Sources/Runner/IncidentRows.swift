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
      let (kind, name) = world.place(incident.target)
      let (effect, factor): (String, Double?) =
        switch incident.effect {
        case .fails: ("fails", nil)
        case .hangs: ("hangs", nil)
        case .slows(let factor): ("slows", factor)
        case .cuts(let share): ("cuts", share)
        }
      return IncidentRow(
        start: incident.start.nanoseconds,
        // Not the sum of both: a duration may be as good as endless.
        end: incident.duration.nanoseconds < last - incident.start.nanoseconds
          ? incident.start.nanoseconds + incident.duration.nanoseconds : last,
        kind: kind, target: name, effect: effect, factor: factor)
    }
  }
}

extension World {
  /// Kind and name of what an incident befalls.
  fileprivate func place(_ target: Incident.Target) -> (kind: String, name: String) {
    switch target {
    case .cloud(let id): ("cloud", clouds[id].name)
    case .region(let id): ("region", regionName(id))
    case .zone(let id): ("zone", zones[id])
    case .account(let id): ("account", accounts[id])
    case .provider(let id): ("provider", providers[id])
    case .deployment(let id): ("deployment", deploymentName(id))
    case .quota(let id): ("quota", quotas[id].name)
    }
  }
}
