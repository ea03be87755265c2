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
  /// Models of all pools, and of those with replicas, whether or not the pools can be built: what
  /// is wrong with a pool is not said again of the workloads that need it.
  private var declaredModels: Set<String> = []
  private var servedModels: Set<String> = []
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
    buildPlaces()
    if declaredModels.isEmpty {
      diagnostics.report(root.required("clouds").mark, "no pools: nothing can be served")
    }
    let demands = buildWorkloads()
    if root.required("workloads").entries.isEmpty {
      diagnostics.report(root.required("workloads").mark, "no workloads: nothing is asked for")
    }
    let network = buildNetwork()
    let gateway = root.required("gateway")
    if gateway.required("route").text == "weighted" { checkWeights(demands) }
    guard diagnostics.isEmpty else { return nil }
    let world = World(
      name: root.required("name").text, seed: root.required("seed").seed,
      horizon: horizon.duration, warmup: warmup.duration, clouds: clouds, regions: regions,
      pools: pools, models: models, origins: origins, network: network, workloads: demands,
      gateway: Gateway(
        policy: gateway.required("route").text,
        staleness: gateway.required("staleness").duration,
        spillAt: gateway["spill-at"]?.number,
        roundTripPenaltyPerSecond: gateway.required("round-trip-penalty").number))
    return LoadedScenario(world: world, inputs: traces.inputs, notes: traces.notes)
  }

  /// Weighted routing needs a pool with a weight for every model that is asked for.
  private func checkWeights(_ demands: [World.Demand]) {
    for (id, demand) in demands.enumerated() {
      let candidates = pools.filter { $0.model == demand.model && $0.replicas > 0 }
      if !candidates.isEmpty, !candidates.contains(where: { $0.weight > 0 }) {
        diagnostics.report(
          root.required("gateway").mark,
          "route weighted: every pool that serves workload '\(demands[id].spec.name)' has weight 0")
      }
    }
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
          declaredModels.insert(canonical(pool.item.required("model").text))
          if pool.item.required("replicas").integer > 0 {
            servedModels.insert(canonical(pool.item.required("model").text))
          }
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

  /// Aliases of one catalog model are one model.
  private func canonical(_ name: String) -> String { catalog.model(named: name)?.name ?? name }

  mutating func modelID(_ name: String) -> Int {
    let canonical = canonical(name)
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
    let id = modelID(model.text)
    if !servedModels.contains(canonical(model.text)) {
      let hint = NearestName.hint(for: model.text, among: servedModels.sorted())
      diagnostics.report(
        model.mark,
        "workload '\(entry.key)' asks for model '\(model.text)', which no pool serves\(hint)")
    }
    let shares = originShares(item.required("origins"))
    let demand = DemandBuilder(
      diagnostics: diagnostics, horizon: root.required("horizon").duration)
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
