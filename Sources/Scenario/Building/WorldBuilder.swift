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
  var endpoints: [Endpoint] = []
  /// What was written of each of them, by id.
  var poolEntries: [Item.Entry] = []
  var endpointEntries: [Item.Entry] = []
  var quotas: [QuotaSpec] = []
  /// Ids of the quotas a name stands for: one for each of its limits.
  var quotaParts: [(name: String, ids: [Int])] = []
  var sharedQuotas: [SharedQuota] = []
  var tenants: [Tenant] = []
  var accounts: [String] = []
  var providers: [String] = []
  var zones: [String] = []
  var models: [String] = []
  /// Models of all deployments, and of those that can serve, whether or not they can be built: what
  /// is wrong with a deployment is not said again of the workloads that need it.
  var declaredModels: Set<String> = []
  var servedModels: Set<String> = []
  /// Whether a deployment could not be built, which has been reported.
  var hasWrongDeployments = false
  var origins: [Origin] = []
  var originFacts: [OriginPlace] = []
  /// Lines for people about markets.
  var marketNotes: [String] = []

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
      diagnostics.report(
        root.required("clouds").mark, "no pools or endpoints: nothing can be served")
    }
    let markets = buildMarkets()
    let scaling = buildScaling(markets)
    buildTenants()
    let training = buildTraining(markets)
    checkUnitMarkets(markets, training)
    var demands = buildWorkloads()
    let marks = buildChains(&demands)
    giveAdapters(to: &demands)
    if diagnostics.isEmpty { checkSmallestRequests(demands, marks: marks) }
    let incidents = buildIncidents()
    let failures = buildFailures()
    checkDecodeTargets(incidents, failures)
    checkDescribedModels()
    if root.required("workloads").entries.isEmpty {
      diagnostics.report(root.required("workloads").mark, "no workloads: nothing is asked for")
    }
    let network = buildNetwork()
    let gateway = buildGateway(demands)
    guard diagnostics.isEmpty else { return nil }
    var world = World(
      name: root.required("name").text, seed: root.required("seed").seed,
      horizon: horizon.duration, warmup: warmup.duration, clouds: clouds, regions: regions,
      pools: pools, models: models, origins: origins, network: network, workloads: demands,
      gateway: gateway)
    world.endpoints = endpoints
    world.quotas = quotas
    world.tenants = tenants
    world.accounts = accounts
    world.providers = providers
    world.zones = zones
    world.incidents = incidents
    world.markets = markets
    world.scaling = scaling
    world.training = training
    world.failureProcesses = failures
    world.modelQuality = modelQuality()
    world.billing = buildBilling(world)
    billTraining(&world)
    let assertions = buildAssertions(world)
    let check = buildCheck(world)
    guard diagnostics.isEmpty else { return nil }
    return LoadedScenario(
      world: world,
      inputs: [LoadedScenario.Input(name: "catalog", contents: catalog.contents)] + traces.inputs,
      notes: traces.notes + marketNotes, assertions: assertions, check: check,
      starts: root["starts"]?.whole,
      incidentNames: incidentNames)
  }

  // MARK: Capacity

  private mutating func buildPlaces() {
    for cloud in root.required("clouds").entries {
      let cloudID = clouds.count
      clouds.append(Cloud(name: cloud.key))
      for region in cloud.item.required("regions").entries {
        let regionID = regions.count
        let facts = catalog.region(cloud: cloud.key, name: region.key)
        regions.append(
          Region(name: region.key, cloud: cloudID, zone: zone(region.item, facts)))
        regionFacts.append(facts)
        if regionFacts[regionID] == nil, !hasOwnRoundTrips("\(cloud.key)/\(region.key)") {
          reportUnknownRegion(cloud.key, region)
        }
        for pool in region.item.required("pools").entries {
          declaredModels.insert(canonical(pool.item.required("model").text))
          if pool.item.required("replicas").integer > 0 || pool.item["elastic"] != nil {
            servedModels.insert(canonical(pool.item.required("model").text))
          }
          if let built = buildPool(pool, region: regionID) {
            pools.append(built)
            poolEntries.append(pool)
            addDecodePool(of: pool)
          } else {
            hasWrongDeployments = true
          }
        }
      }
    }
    buildSharedQuotas()
    buildEndpoints()
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
    let canonical = canonical(name)
    if let id = models.firstIndex(of: canonical) { return id }
    models.append(canonical)
    return models.count - 1
  }

  mutating func buildPool(_ entry: Item.Entry, region: Int) -> Pool? {
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
    let cloud = clouds[regions[region].cloud].name
    let elastic = elasticPool(entry, replicas: replicas, cloud: cloud)
    var pool = Pool(
      name: entry.key, region: region, model: modelID(model.text), replicas: replicas,
      acceleratorsPerReplica: configuration.accelerators,
      accelerator: configuration.accelerator, scheduler: configuration.scheduler,
      stepTime: configuration.stepTime,
      routing: ReplicaRouting(
        policy: routing.required("policy").text,
        staleness: routing.required("staleness").duration, weights: weights),
      weight: item.required("weight").number, queueLimit: item["queue-limit"]?.integer,
      account: item["account"].map { account($0.text, cloud: cloud) }
        ?? -1,
      order: item.required("order").integer,
      price: item["price"].map(tokenPrice) ?? Multicloud.TokenPrice())
    pool.frontEnd = configuration.frontEnd
    pool.stepError = configuration.error
    pool.elastic = elastic
    pool.speculation = configuration.speculation
    return pool
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
