import Multicloud

/// Where a workload's data may be processed, and whether any deployment serves it there.
extension WorldBuilder {
  /// The residency as it is written; `nil` where it is wrong, which is reported.
  func residency(_ item: Item) -> Residency? {
    let items = item.oneOrMore
    if items.count == 1, let only = items.first {
      if only.text == "any" { return .anywhere }
      if let zone = zones.firstIndex(of: only.text) { return .zone(zone) }
    }
    var ids: [Int] = []
    for item in items {
      if items.count > 1, item.text == "any" || zones.contains(item.text) {
        diagnostics.report(
          item.mark, "residency '\(item.text)' stands alone; a list names regions as cloud/region")
        continue
      }
      guard let id = regionNames.firstIndex(of: item.text) else {
        let names = items.count > 1 ? regionNames : ["any"] + zones + regionNames
        diagnostics.report(
          item.mark,
          "unknown residency '\(item.text)'" + NearestName.hint(for: item.text, among: names))
        continue
      }
      ids.append(id)
    }
    return ids.count == items.count ? .regions(ids) : nil
  }

  /// Reports where no deployment of any of the models may process the data.
  func checkEligible(_ demand: World.Demand, _ name: String, _ item: Item) {
    // What is wrong with a deployment has been said; of the rest not all can be known.
    guard demand.residency != .anywhere, !hasWrongDeployments else { return }
    let zoneOfRegion = regions.map(\.zone)
    let models = [demand.model] + demand.alternatives
    guard models.allSatisfy({ servedModels.contains(self.models[$0]) }) else { return }
    var verdicts: [String] = []
    for pool in pools where models.contains(pool.model) && pool.places > 0 {
      if demand.residency.contains(.region(pool.region), zoneOfRegion: zoneOfRegion) { return }
      verdicts.append(verdict(pool.name, pool.region, .region(pool.region)))
    }
    for endpoint in endpoints where models.contains(endpoint.model) {
      if demand.residency.contains(endpoint.scope, zoneOfRegion: zoneOfRegion) { return }
      verdicts.append(verdict(endpoint.name, endpoint.region, endpoint.scope))
    }
    if verdicts.isEmpty { return }
    diagnostics.report(
      item.mark,
      "workload '\(name)' may be processed only in \(words(demand.residency)), where nothing "
        + "serves it: " + verdicts.joined(separator: ", "))
  }

  private func verdict(_ name: String, _ region: Int, _ scope: ProcessingScope) -> String {
    let place =
      switch scope {
      case .region(let region) where regions[region].zone < 0:
        "processes in \(regionNames[region])"
      case .region(let region):
        "processes in \(regionNames[region]) of zone \(zones[regions[region].zone])"
      case .zone(let zone): "processes anywhere in zone \(zones[zone])"
      case .everywhere: "processes anywhere"
      }
    return "\(regionNames[region])/\(name) \(place)"
  }

  private func words(_ residency: Residency) -> String {
    switch residency {
    case .anywhere: "any place"
    case .zone(let zone): "zone \(zones[zone])"
    case .regions(let ids): ids.map { regionNames[$0] }.joined(separator: " or ")
    }
  }
}
