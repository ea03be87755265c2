import Catalog
import Multicloud
import ServingEngine
import SimulationKernel
import Workload

extension ScenarioDocument {
  /// Resolves names and builds the world.
  ///
  /// - Parameters:
  ///   - catalog: Accelerators, models, regions, origins and delays.
  ///   - dataDirectory: Folder of recorded traces; `nil` takes the bundled profiles.
  /// - Throws: ``ScenarioError`` with every problem of meaning.
  public func world(
    catalog: Catalog, dataDirectory: String?
  ) throws(ScenarioError) -> LoadedScenario {
    let diagnostics = Diagnostics()
    var builder = WorldBuilder(
      root: root, catalog: catalog, diagnostics: diagnostics,
      traces: TraceLibrary(catalog: catalog, dataDirectory: dataDirectory, scenarioPath: path))
    let loaded = builder.build()
    guard let loaded, diagnostics.isEmpty else {
      throw ScenarioError(path: path, text: text, diagnostics: diagnostics.all)
    }
    return loaded
  }
}

/// Turns a checked scenario into a world: names become ids, files become demand.
struct WorldBuilder {
  let root: Item
  let catalog: Catalog
  let diagnostics: Diagnostics
  var traces: TraceLibrary

  var clouds: [Cloud] = []
  var regions: [Region] = []
  var regionFacts: [RegionFacts?] = []
  var pools: [Pool] = []
  var models: [String] = []
  var origins: [Origin] = []
  var originFacts: [OriginPlace] = []

  init(root: Item, catalog: Catalog, diagnostics: Diagnostics, traces: TraceLibrary) {
    self.root = root
    self.catalog = catalog
    self.diagnostics = diagnostics
    self.traces = traces
  }

  mutating func build() -> LoadedScenario? {
    let horizon = root.required("horizon")
    let warmup = root.required("warmup")
    if warmup.duration >= horizon.duration {
      diagnostics.report(warmup.mark, "warmup is not shorter than the horizon")
    }
    if horizon.duration > .seconds(10 * 365 * 86_400) {
      diagnostics.report(horizon.mark, "horizon is longer than ten years")
    }
    buildPlaces()
    if pools.isEmpty, diagnostics.isEmpty {
      diagnostics.report(root.required("clouds").mark, "no pools: nothing can be served")
    }
    let demands = buildWorkloads()
    if root.required("workloads").entries.isEmpty {
      diagnostics.report(root.required("workloads").mark, "no workloads: nothing is asked for")
    }
    let network = buildNetwork()
    let gateway = root.required("gateway")
    guard diagnostics.isEmpty else { return nil }
    let world = World(
      name: root.required("name").text, seed: UInt64(root.required("seed").integer),
      horizon: horizon.duration, warmup: warmup.duration, clouds: clouds, regions: regions,
      pools: pools, models: models, origins: origins, network: network, workloads: demands,
      gateway: Gateway(
        policy: gateway.required("route").text,
        staleness: gateway.required("staleness").duration,
        spillAt: gateway["spill-at"]?.number,
        roundTripPenaltyPerSecond: gateway.required("round-trip-penalty").number))
    return LoadedScenario(world: world, inputs: traces.inputs, notes: traces.notes)
  }

  // MARK: Capacity

  private mutating func buildPlaces() {
    for cloud in root.required("clouds").entries {
      let cloudID = clouds.count
      clouds.append(Cloud(name: cloud.key))
      for region in cloud.item.required("regions").entries {
        let regionID = regions.count
        regions.append(Region(name: region.key, cloud: cloudID))
        regionFacts.append(catalog.region(cloud: cloud.key, name: region.key))
        if regionFacts[regionID] == nil, !hasOwnRoundTrips("\(cloud.key)/\(region.key)") {
          reportUnknownRegion(cloud.key, region)
        }
        for pool in region.item.required("pools").entries {
          if let built = buildPool(pool, region: regionID) { pools.append(built) }
        }
      }
    }
  }

  private func hasOwnRoundTrips(_ name: String) -> Bool {
    root.required("network").required("round-trips")[name] != nil
      || root.required("origins").entries.contains {
        $0.item.required("round-trips")[name] != nil
      }
  }

  private func reportUnknownRegion(_ cloud: String, _ region: Item.Entry) {
    let isKnownCloud = catalog.cloudNames.contains(cloud)
    let names = isKnownCloud ? catalog.regionNames(cloud: cloud) : catalog.cloudNames
    let what = isKnownCloud ? "region '\(region.key)' of \(cloud)" : "cloud '\(cloud)'"
    let hint = NearestName.hint(for: isKnownCloud ? region.key : cloud, among: names)
    diagnostics.report(
      region.mark,
      "the catalog knows no \(what)\(hint); for a place of your own give its delays under origins and network.round-trips"
    )
  }

  mutating func modelID(_ name: String) -> Int {
    // Aliases of one catalog model are one model.
    let canonical = catalog.model(named: name)?.name ?? name
    if let id = models.firstIndex(of: canonical) { return id }
    models.append(canonical)
    return models.count - 1
  }

  private mutating func buildPool(_ entry: Item.Entry, region: Int) -> Pool? {
    let item = entry.item
    let engine = item.required("engine")
    let model = item.required("model")
    guard let configuration = engineConfiguration(item, engine, pool: entry) else { return nil }
    let routing = item.required("routing")
    let weights = routing["weights"]?.items.map(\.number) ?? []
    let replicas = item.required("replicas").integer
    if !weights.isEmpty, weights.count != replicas {
      diagnostics.report(
        routing.mark, "pool '\(entry.key)' has \(replicas) replicas but \(weights.count) weights")
      return nil
    }
    if !weights.isEmpty, !weights.contains(where: { $0 > 0 }) {
      diagnostics.report(routing.mark, "pool '\(entry.key)': all weights are zero")
      return nil
    }
    return Pool(
      name: entry.key, region: region, model: modelID(model.text), replicas: replicas,
      acceleratorsPerReplica: item.required("tensor-parallel").integer,
      accelerator: configuration.accelerator, scheduler: configuration.scheduler,
      stepTime: configuration.stepTime,
      routing: ReplicaRouting(
        policy: routing.required("policy").text,
        staleness: routing.required("staleness").duration, weights: weights),
      weight: item.required("weight").number, queueLimit: item["queue-limit"]?.integer)
  }

  // MARK: Demand

  private mutating func buildWorkloads() -> [World.Demand] {
    var demands: [World.Demand] = []
    for entry in root.required("workloads").entries {
      if let demand = buildWorkload(entry) { demands.append(demand) }
    }
    return demands
  }

  private mutating func buildWorkload(_ entry: Item.Entry) -> World.Demand? {
    let item = entry.item
    let model = item.required("model")
    let served = models
    let id = modelID(model.text)
    if id >= served.count || !pools.contains(where: { $0.model == id && $0.replicas > 0 }) {
      let hint = NearestName.hint(for: model.text, among: served)
      diagnostics.report(
        model.mark,
        "workload '\(entry.key)' asks for model '\(model.text)', which no pool serves\(hint)")
    }
    let shares = originShares(item.required("origins"))
    let demand = DemandBuilder(diagnostics: diagnostics)
    guard let spec = demand.spec(entry, shares: shares, traces: &traces) else { return nil }
    return World.Demand(
      spec: spec, model: id, priority: item.required("priority").integer,
      objective: demand.objective(item.required("slo")),
      preferredRegions: item.required("prefer").items.compactMap { regionID($0) },
      patience: item["patience"]?.duration)
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

/// An origin of the catalog, or one the scenario describes.
enum OriginPlace {
  case known(OriginFacts)
  case described(Item)

  var utcOffsetHours: Double {
    switch self {
    case .known(let facts): facts.utcOffsetHours
    case .described(let item): item.required("utc-offset").number
    }
  }
}
