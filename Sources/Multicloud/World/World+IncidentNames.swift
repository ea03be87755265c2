import SimulationKernel

/// Names of what goes wrong.
extension World {
  /// Kind and name of what an incident befalls, such as `account` and `azure/prod`.
  public func place(of target: Incident.Target) -> (kind: String, name: String) {
    func region(_ id: Int) -> String { "\(clouds[regions[id].cloud].name)/\(regions[id].name)" }
    switch target {
    case .cloud(let id): return ("cloud", clouds[id].name)
    case .region(let id): return ("region", region(id))
    case .zone(let id): return ("zone", zones[id])
    case .account(let id): return ("account", accounts[id])
    case .provider(let id): return ("provider", providers[id])
    case .deployment(let id):
      let name = endpoint(ofDeployment: id)?.name ?? pools[id].name
      return ("deployment", "\(region(self.region(ofDeployment: id)))/\(name)")
    case .quota(let id): return ("quota", quotas[id].name)
    case .link(let a, let b): return ("link", "\(clouds[a].name) - \(clouds[b].name)")
    }
  }

  /// Names under which incidents stand in the summary: `region azure/eastus2 at 840 s`, one by itself for
  /// each; `failure 3` the third that was drawn, so that the same figure of other seeds has the same name.
  /// O(incidents²) of those of one name.
  ///
  /// - Parameter drawnFrom: Number of the first that was drawn.
  func scopes(of incidents: [Incident], drawnFrom: Int) -> [String] {
    var names: [String] = []
    for (id, incident) in incidents.enumerated() {
      if id >= drawnFrom {
        names.append("failure \(id - drawnFrom + 1)")
        continue
      }
      let (kind, place) = place(of: incident.target)
      let start = incident.start.nanoseconds
      let second: Int64 = 1_000_000_000
      let time = start % second == 0 ? "\(start / second)" : "\(Double(start) / 1e9)"
      let name = "\(kind) \(place) at \(time) s"
      let same = incidents[..<id].count {
        $0.target == incident.target && $0.start == incident.start
      }
      names.append(same == 0 ? name : "\(name) #\(same + 1)")
    }
    return names
  }

  /// The names of the incidents that are declared, by number.
  public var declaredIncidentScopes: [String] {
    scopes(of: incidents, drawnFrom: min(drawnFrom, incidents.count))
  }
}
