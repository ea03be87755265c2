import Catalog
import Multicloud
import SimulationKernel
import Workload

/// What is asked for, by whom and from where.
extension WorldBuilder {
  mutating func buildWorkloads() -> [World.Demand] {
    var demands: [World.Demand] = []
    for entry in root.required("workloads").entries {
      if let demand = buildWorkload(entry) { demands.append(demand) }
    }
    return demands
  }

  private mutating func buildWorkload(_ entry: Item.Entry) -> World.Demand? {
    let item = entry.item
    let models = servedModels(item.required("model"), asker: "workload '\(entry.key)'")
    let shares = originShares(item.required("origins"))
    let demand = DemandBuilder(
      diagnostics: diagnostics, horizon: root.required("horizon").duration)
    let tenant = item["tenant"].flatMap { reference($0, "tenant", among: tenants.map(\.name)) }
    let residencyItem = item.required("residency")
    let residency = residency(residencyItem)
    let retry = item["client-retry"].map(retryPolicy)
    guard let spec = demand.spec(entry, shares: shares, traces: &traces), let models, let residency
    else { return nil }
    var built = World.Demand(
      spec: spec, model: models[0], priority: item.required("priority").integer,
      objective: demand.objective(item.required("slo")),
      preferredRegions: item.required("prefer").items.compactMap { regionID($0) },
      patience: item["patience"]?.duration)
    built.alternatives = Array(models.dropFirst())
    built.tenant = tenant ?? -1
    built.band = item.required("band").integer
    built.residency = residency
    built.maximumOutputTokens = item["max-tokens"]?.integer
    built.timeout = item["timeout"]?.duration
    if let retry { built.clientRetry = retry }
    built.promptCache = item["prompt-cache"].map {
      PromptCache(
        share: $0.required("share").number, conversations: $0.required("conversations").integer,
        lifetime: $0.required("lifetime").duration)
    }
    checkEligible(built, entry.key, residencyItem)
    return built
  }

  /// Ids of the models one asks for, each of which some deployment serves; `nil` where one is named
  /// twice.
  mutating func servedModels(_ item: Item, asker: String) -> [Int]? {
    var ids: [Int] = []
    for model in item.oneOrMore {
      let id = modelID(model.text)
      if !servedModels.contains(canonical(model.text)) {
        let hint = NearestName.hint(for: model.text, among: servedModels.sorted())
        let deployments = hasEndpoints ? "pool or endpoint" : "pool"
        diagnostics.report(
          model.mark,
          "\(asker) asks for model '\(model.text)', which no \(deployments) serves\(hint)")
      }
      if ids.contains(id) {
        diagnostics.report(model.mark, "\(asker) names model '\(model.text)' twice")
        return nil
      }
      ids.append(id)
    }
    return ids
  }

  private mutating func originShares(_ item: Item) -> [OriginShare] {
    var shares: [OriginShare] = []
    for entry in item.entries {
      guard let place = originPlace(entry) else { continue }
      if entry.item.number > 0 {
        shares.append(
          OriginShare(
            origin: place.id, share: entry.item.number, utcOffsetHours: place.utcOffsetHours))
      }
    }
    if shares.isEmpty, diagnostics.isEmpty {
      diagnostics.report(item.mark, "no origin has a share above zero")
    }
    return shares
  }

  private mutating func originPlace(_ entry: Item.Entry) -> (id: Int, utcOffsetHours: Double)? {
    let own = root.required("origins")
    let place: OriginPlace
    if let described = own[entry.key] {
      place = .described(described)
    } else if let facts = catalog.origin(named: entry.key) {
      place = .known(facts)
    } else {
      let names = own.entries.map(\.key) + catalog.originNames
      diagnostics.report(
        entry.mark, "unknown origin '\(entry.key)'" + NearestName.hint(for: entry.key, among: names)
      )
      return nil
    }
    if let id = origins.firstIndex(where: { $0.name == entry.key }) {
      return (id, place.utcOffsetHours)
    }
    origins.append(Origin(name: entry.key))
    originFacts.append(place)
    return (origins.count - 1, place.utcOffsetHours)
  }

  /// The id of a region written as `cloud/region`.
  func regionID(_ item: Item) -> Int? {
    let names = regions.map { "\(clouds[$0.cloud].name)/\($0.name)" }
    if let id = names.firstIndex(of: item.text) { return id }
    diagnostics.report(
      item.mark,
      "unknown region '\(item.text)'" + NearestName.hint(for: item.text, among: names))
    return nil
  }
}
