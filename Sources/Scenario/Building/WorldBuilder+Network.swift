import Catalog
import Multicloud
import SimulationKernel

/// Delays, from the scenario where it gives them, else from the catalog.
extension WorldBuilder {
  mutating func buildNetwork() -> Network {
    let network = root.required("network")
    checkNames(network.required("round-trips"))
    for origin in root.required("origins").entries {
      for entry in origin.item.required("round-trips").entries { checkRegion(entry) }
    }
    let ingressItem = network.required("ingress")
    let ingress = ingressItem.text == "edge" ? nil : regionID(ingressItem)
    var originToRegion: [Duration] = []
    for origin in origins.indices {
      for region in regions.indices {
        originToRegion.append(half(originRoundTrip(origin, region)))
      }
    }
    var regionToRegion: [Duration] = []
    for a in regions.indices {
      for b in regions.indices {
        regionToRegion.append(a == b ? .zero : half(regionRoundTrip(a, b, isNeeded: ingress == a)))
      }
    }
    return Network(
      originToRegion: originToRegion, regionToRegion: regionToRegion, ingress: ingress)
  }

  private func half(_ roundTrip: Duration?) -> Duration {
    Duration(nanoseconds: (roundTrip ?? .zero).nanoseconds / 2)
  }

  private func name(_ region: Int) -> String {
    "\(clouds[regions[region].cloud].name)/\(regions[region].name)"
  }

  private func checkNames(_ table: Item) {
    for entry in table.entries {
      checkRegion(entry)
      for inner in entry.item.entries { checkRegion(inner) }
    }
  }

  private func checkRegion(_ entry: Item.Entry) {
    let names = regions.indices.map(name)
    if names.contains(entry.key) { return }
    diagnostics.report(
      entry.mark,
      "unknown region '\(entry.key)'" + NearestName.hint(for: entry.key, among: names))
  }

  private func originRoundTrip(_ origin: Int, _ region: Int) -> Duration? {
    switch originFacts[origin] {
    case .described(let item):
      if let given = item.required("round-trips")[name(region)] { return given.duration }
      diagnostics.report(
        item.mark, "origin '\(origins[origin].name)' has no round trip to \(name(region))")
      return nil
    case .known(let facts):
      if let place = regionFacts[region] { return catalog.roundTrip(origin: facts, region: place) }
      diagnostics.report(
        root.required("workloads").mark,
        "the way from origin '\(origins[origin].name)' to \(name(region)) is unknown: the region is not in the catalog, so describe the origin with its round-trips"
      )
      return nil
    }
  }

  private func regionRoundTrip(_ a: Int, _ b: Int, isNeeded: Bool) -> Duration? {
    let table = root.required("network").required("round-trips")
    if let given = table[name(a)]?[name(b)] ?? table[name(b)]?[name(a)] { return given.duration }
    if let from = regionFacts[a], let to = regionFacts[b] { return catalog.roundTrip(from, to) }
    if isNeeded {
      diagnostics.report(
        table.mark,
        "the way from \(name(a)) to \(name(b)) is unknown: give it under network.round-trips")
    }
    return nil
  }
}
