import Multicloud
import SimulationKernel

/// What goes wrong, and when.
extension WorldBuilder {
  /// Incidents in the order of the file; one of a quota of several parts becomes one for each part.
  func buildIncidents() -> [Incident] {
    let horizon = root.required("horizon").duration
    var incidents: [Incident] = []
    for item in root.required("incidents").items {
      let start = item.required("at")
      if start.duration >= horizon {
        diagnostics.report(start.mark, "the incident begins at or after the horizon")
      }
      let known = ScenarioShape.incidentTargets.map(\.key) + ["link"]
      let given = known.filter { item[$0] != nil }
      guard given.count == 1, let key = given.first else {
        let keys = known.joined(separator: ", ")
        diagnostics.report(
          item.mark,
          given.isEmpty
            ? "an incident befalls one of \(keys): name one"
            : "an incident befalls one thing, not \(given.joined(separator: " and "))")
        continue
      }
      let targets = targets(key, item.required(key))
      guard let first = targets.first, let effect = effect(item.required("effect"), on: first)
      else { continue }
      incidents += targets.map {
        Incident(
          target: $0, effect: effect, start: start.duration,
          duration: item.required("for").duration)
      }
    }
    return incidents
  }

  func targets(_ key: String, _ item: Item) -> [Incident.Target] {
    func one(_ names: [String], _ target: (Int) -> Incident.Target) -> [Incident.Target] {
      reference(item, key, among: names).map { [target($0)] } ?? []
    }
    switch key {
    case "cloud": return one(clouds.map(\.name)) { .cloud($0) }
    case "region": return one(regionNames) { .region($0) }
    case "zone": return one(zones) { .zone($0) }
    case "account": return one(accounts) { .account($0) }
    case "provider": return one(providers) { .provider($0) }
    case "deployment": return one(deploymentNames) { .deployment($0) }
    case "link": return link(item).map { [$0] } ?? []
    default:
      let parts = quotaIDs(named: item.text)
      if parts.isEmpty { _ = reference(item, key, among: quotaNames) }
      return parts.map { .quota($0) }
    }
  }

  /// The way between two clouds.
  private func link(_ item: Item) -> Incident.Target? {
    let ends = item.items.compactMap { reference($0, "cloud", among: clouds.map(\.name)) }
    guard ends.count == item.items.count else { return nil }
    guard ends.count == 2, ends[0] != ends[1] else {
      diagnostics.report(item.mark, "a link is between two clouds, such as [aws, azure]")
      return nil
    }
    let ingress = root.required("network")["ingress"]?.text ?? "edge"
    if ingress == "edge" {
      diagnostics.report(
        item.mark,
        "a link needs the gateway in a cloud: give network.ingress, the region where requests enter"
      )
      return nil
    }
    return .link(ends[0], ends[1])
  }

  func effect(_ item: Item, on target: Incident.Target) -> Incident.Effect? {
    let effect: Incident.Effect =
      switch item.form {
      case "slows": .slows(item.required("slows").number)
      case "cuts": .cuts(item.required("cuts").number)
      case "loses":
        .loses(
          PacketLoss(
            share: item.required("loses").number,
            retransmission: item.required("retransmission").duration))
      default: item.text == "hangs" ? .hangs : .fails
      }
    switch (effect, target) {
    case (.loses, .quota):
      diagnostics.report(item.mark, "a quota is cut: write effect: { cuts: 40% }")
    case (.loses, _): return effect
    case (_, .link):
      diagnostics.report(item.mark, "a link loses packets: write effect: { loses: 5% }")
    case (.cuts, .quota): return effect
    case (.cuts, _):
      diagnostics.report(item.mark, "effect cuts befalls a quota: name one with quota")
    case (_, .quota):
      diagnostics.report(item.mark, "a quota is cut: write effect: { cuts: 40% }")
    case (.slows(let factor), _) where factor < 1:
      diagnostics.report(item.mark, "effect slows: give a multiple of at least x1")
    default: return effect
    }
    return nil
  }
}
