import Multicloud
import SimulationKernel

/// What goes wrong at random.
extension WorldBuilder {
  /// More failures than this in a run are a mistake of units.
  private static let mostFailures = 10_000.0

  /// Failure processes in the order of the file; where one key says it of each of many things, their
  /// processes in the order of their ids.
  func buildFailures() -> [FailureProcess] {
    guard let list = root["failures"] else { return [] }
    let horizon = root.required("horizon").duration
    var processes: [FailureProcess] = []
    for item in list.items {
      let built = failures(item)
      let expected = built.reduce(0) { $0 + $1.expectedFailures(in: horizon) }
      if expected > Self.mostFailures {
        diagnostics.report(
          item.required("mtbf").mark,
          "failures: some \(Int(min(expected, 1e15))) failures are expected in the run, more than "
            + "\(Int(Self.mostFailures)); give a longer mtbf")
        continue
      }
      processes += built
    }
    return processes
  }

  private func failures(_ item: Item) -> [FailureProcess] {
    let known = ScenarioShape.failureTargets.map(\.key) + ["each"]
    let given = known.filter { item[$0] != nil }
    guard given.count == 1, let key = given.first else {
      let keys = known.joined(separator: ", ")
      diagnostics.report(
        item.mark,
        given.isEmpty
          ? "a failure befalls one of \(keys): name one"
          : "a failure befalls one thing, not \(given.joined(separator: " and "))")
      return []
    }
    let common = item.required("common")
    let groups = key == "each" ? groups(item.required(key).text) : []
    if common.number > 0, groups.isEmpty || groups.contains(where: { $0.common == nil }) {
      diagnostics.report(
        common.mark,
        "failures: common is of all deployments of a region or all regions of a cloud; write "
          + "each: deployment or each: region")
      return []
    }
    let targets = key == "each" ? groups.flatMap(\.members) : targets(key, item.required(key))
    // What is said of each deployment may suit some of them only.
    let suited = targets.first { target in
      if case .deployment(let id) = target { id >= pools.count } else { true }
    }
    guard let first = suited ?? targets.first,
      let effect = effect(item.required("effect"), on: first)
    else { return [] }
    let all = key == "each" ? groups : [(members: targets, common: nil)]
    return all.flatMap { group in
      FailureProcess.group(
        members: group.members, group: group.common ?? group.members[0], common: common.number,
        effect: effect, meanTimeUp: item.required("mtbf").duration,
        repair: repair(item.required("mttr")))
    }
  }

  private func repair(_ item: Item) -> FailureProcess.Repair {
    let median = item.required("median").duration
    let sigma = item.required("sigma").number
    return sigma == 0 ? .constant(median) : .lognormal(median: median, sigma: sigma)
  }

  /// Everything of a kind, in groups that may fail together.
  private func groups(
    _ kind: String
  ) -> [(members: [Incident.Target], common: Incident.Target?)] {
    func alone(_ count: Int, _ target: (Int) -> Incident.Target)
      -> [(members: [Incident.Target], common: Incident.Target?)]
    {
      (0..<count).map { ([target($0)], nil) }
    }
    switch kind {
    case "region":
      return clouds.indices.map { cloud in
        (regions.indices.filter { regions[$0].cloud == cloud }.map { .region($0) }, .cloud(cloud))
      }
    case "zone": return alone(zones.count) { .zone($0) }
    case "account": return alone(accounts.count) { .account($0) }
    case "provider": return alone(providers.count) { .provider($0) }
    default:
      let places = pools.map(\.region) + endpoints.map(\.region)
      return regions.indices.compactMap { region in
        // What befalls a disaggregated pool befalls both its parts.
        let members = places.indices.filter { id in
          places[id] == region && !(id < pools.count && pools[id].isDecodeRole)
        }
        return members.isEmpty ? nil : (members.map { .deployment($0) }, .region(region))
      }
    }
  }
}
