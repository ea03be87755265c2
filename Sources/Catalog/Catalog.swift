import ServingEngine
import SimulationKernel

/// Facts about the world, each with a source and a date in its table: accelerators, models,
/// engines, interconnects, regions, client origins and the delays between them; models sold by the
/// token, their prices, provisioned units, deployment types and quotas; what machines, data and
/// electricity cost; how spot machines are sold and taken back, and how long a replica takes to come.
public struct Catalog: Sendable {
  /// Accelerators with their kernels, in the table's order.
  public let accelerators: [Accelerator]
  /// Interconnects of nodes, in the table's order.
  public let interconnects: [Interconnect]
  /// Host overheads of engines, in the table's order; the first is the default.
  public let engines: [HostOverhead]
  /// What serving low-rank adapters costs.
  public let adapterCosts: AdapterCosts
  /// Defaults of engines by version, in the table's order.
  public let engineVersions: [EngineVersion]
  /// Ways to draft tokens, in the table's order.
  public let drafters: [Drafter]
  /// Model shapes, in the table's order.
  public let models: [LanguageModel]
  /// Regions of clouds, in the table's order.
  public let regions: [RegionFacts]
  /// Places where clients are, in the table's order.
  public let origins: [OriginFacts]
  /// Round trips where none was measured.
  public let roundTripModel: RoundTripModel
  /// Models sold by the token, in the table's order.
  public let managedModels: [ManagedModelFacts]
  /// Ways to deploy a managed model, in the table's order.
  public let deploymentTypes: [DeploymentTypeFacts]
  /// Prices of tokens, in the table's order.
  public let tokenPrices: [TokenPrice]
  /// Managed models sold as provisioned units, in the table's order.
  public let provisionedModels: [ProvisionedModelFacts]
  /// Quotas a subscription starts with, in the table's order.
  public let defaultQuotas: [DefaultQuota]
  /// Machines with accelerators, in the table's order.
  public let instances: [InstanceFacts]
  /// What machines cost, in the table's order.
  public let instancePrices: [InstancePrice]
  /// Purchase options without a list of their own.
  public let purchaseDiscounts: [PurchaseDiscount]
  /// What accelerators draw.
  public let power: [PowerFacts]
  /// What electricity is, by region.
  public let grids: [GridFacts]
  /// What data that leaves a region costs.
  public let transferPrices: [TransferPrice]
  /// Clouds and the providers whose models they sell as their own, `cloud/provider`.
  let firstParties: [String]
  /// What reserved units cost.
  public let unitReservations: [UnitReservationPrice]
  /// Instance types on spot markets, in the table's order.
  public let spotOffers: [SpotOffer]
  /// Bands in which vendors state how often machines are taken back.
  public let interruptionBands: [InterruptionBand]
  /// What clouds promise before they take a spot machine back, in the table's order.
  public let spotTerms: [SpotTerms]
  /// How long stages of a cold start take, in the table's order.
  public let coldStarts: [ColdStartStage]
  /// Fingerprint of every table's bytes for a run's manifest, 16 hexadecimal digits.
  public let contentHash: String

  /// Every table's name and bytes, for the hash in a run's manifest.
  public var contents: [UInt8] { files.contents }

  let files: CatalogFiles
  private let engineAliases: [[String]]
  private let measuredRoundTrips: [RegionPair: Duration]

  /// The catalog that comes with the binary.
  ///
  /// Throws never as built and tested; typed so that callers treat bundled and own tables alike.
  public static func bundled() throws(CatalogError) -> Catalog { try Catalog(files: .bundled) }

  /// Reads and cross-checks every table.
  ///
  /// Throws a ``CatalogError`` with file and line at the first thing that is wrong.
  public init(files: CatalogFiles) throws(CatalogError) {
    self.files = files
    contentHash = files.contentHash
    interconnects = try Self.readInterconnects(files)
    accelerators = try Self.readAccelerators(files, interconnects: interconnects)
    (engines, engineAliases) = try Self.readEngines(files)
    adapterCosts = try Self.readAdapterCosts(files)
    engineVersions = try Self.readEngineVersions(files)
    drafters = try Self.readDrafters(files)
    models = try Self.readModels(files)
    regions = try Self.readRegions(files)
    origins = try Self.readOrigins(files)
    roundTripModel = try Self.readRoundTripModel(files)
    measuredRoundTrips = try Self.readRoundTrips(files, regions: regions)
    managedModels = try Self.readManagedModels(files)
    deploymentTypes = try Self.readDeploymentTypes(files)
    let references = ManagedReferences(models: managedModels, types: deploymentTypes)
    tokenPrices = try Self.readTokenPrices(files, references)
    provisionedModels = try Self.readProvisionedModels(files, references)
    defaultQuotas = try Self.readDefaultQuotas(files, references)
    let names = accelerators.map(\.name)
    instances = try Self.readInstances(files, accelerators: names)
    instancePrices = try Self.readInstancePrices(files, instances: instances, regions: regions)
    purchaseDiscounts = try Self.readPurchaseDiscounts(files)
    firstParties = try CatalogTable.firstParty.rows(in: files).map { (row) throws(CatalogError) in
      "\(try row.required("cloud"))/\(try row.required("provider"))"
    }
    power = try Self.readPower(files, accelerators: names)
    grids = try Self.readGrids(files, regions: regions)
    transferPrices = try Self.readTransferPrices(files)
    unitReservations = try Self.readUnitReservations(files)
    interruptionBands = try Self.readInterruptionBands(files)
    spotOffers = try Self.readSpotOffers(
      files, instances: instances, regions: regions, bands: interruptionBands)
    spotTerms = try Self.readSpotTerms(files)
    coldStarts = try Self.readColdStarts(files)
  }

  // MARK: Lookup by name

  /// The accelerator of that name or alias; case, `_` and blanks do not matter.
  public func accelerator(named name: String) -> Accelerator? {
    accelerators.first { Self.matches(name, $0.name, $0.aliases) }
  }

  /// The interconnect of that name.
  public func interconnect(named name: String) -> Interconnect? {
    interconnects.first { Self.matches(name, $0.name, []) }
  }

  /// The interconnect of the nodes an accelerator usually comes in.
  public func defaultInterconnect(of accelerator: Accelerator) -> Interconnect? {
    interconnect(named: accelerator.defaultInterconnect)
  }

  /// The engine's host overhead of that name or alias.
  public func engine(named name: String) -> HostOverhead? {
    engines.indices.first { Self.matches(name, engines[$0].name, engineAliases[$0]) }
      .map { engines[$0] }
  }

  /// The model of that name or alias.
  public func model(named name: String) -> LanguageModel? {
    models.first { Self.matches(name, $0.name, $0.aliases) }
  }

  /// The region of that name in a cloud.
  public func region(cloud: String, name: String) -> RegionFacts? {
    regions.first { Self.matches(cloud, $0.cloud, []) && Self.matches(name, $0.name, []) }
  }

  /// The origin of that name or alias.
  public func origin(named name: String) -> OriginFacts? {
    origins.first { Self.matches(name, $0.name, $0.aliases) }
  }

  /// The text of the compact workload profile of that name, or `nil` where there is none.
  public func traceProfileText(named name: String) -> String? {
    files.text(name + CatalogFiles.profileSuffix)
  }

  // MARK: Names, to suggest the nearest

  /// Names and aliases of accelerators.
  public var acceleratorNames: [String] { accelerators.flatMap { [$0.name] + $0.aliases } }
  /// Names of interconnects.
  public var interconnectNames: [String] { interconnects.map(\.name) }
  /// Names and aliases of engines.
  public var engineNames: [String] {
    zip(engines, engineAliases).flatMap { [$0.name] + $1 }
  }
  /// Names and aliases of models.
  public var modelNames: [String] { models.flatMap { [$0.name] + $0.aliases } }
  /// Names and aliases of origins.
  public var originNames: [String] { origins.flatMap { [$0.name] + $0.aliases } }
  /// Names of clouds that have regions, in the table's order.
  public var cloudNames: [String] {
    regions.reduce(into: []) { names, region in
      if !names.contains(region.cloud) { names.append(region.cloud) }
    }
  }
  /// Names of a cloud's regions.
  public func regionNames(cloud: String) -> [String] {
    regions.filter { Self.matches(cloud, $0.cloud, []) }.map(\.name)
  }
  /// Names of trace profiles.
  public var traceProfileNames: [String] {
    files.files.map(\.name).filter { $0.hasSuffix(CatalogFiles.profileSuffix) }
      .map { String($0.dropLast(CatalogFiles.profileSuffix.count)) }
  }

  // MARK: Delays

  /// Round trip between clients and a region, to 0.1 ms.
  public func roundTrip(origin: OriginFacts, region: RegionFacts) -> Duration {
    roundTripModel.fromClient(origin.coordinates, region.coordinates)
  }

  /// Round trip between two regions, to 0.1 ms: measured where it was, else modelled; zero between
  /// a region and itself. The same in both directions.
  public func roundTrip(_ a: RegionFacts, _ b: RegionFacts) -> Duration {
    if a.cloud == b.cloud && a.name == b.name { return .zero }
    return measuredRoundTrip(a, b)
      ?? roundTripModel.betweenRegions(a.coordinates, b.coordinates)
  }

  /// Round trip that was measured between two regions, or `nil`.
  public func measuredRoundTrip(_ a: RegionFacts, _ b: RegionFacts) -> Duration? {
    measuredRoundTrips[RegionPair(a, b)]
  }

  // MARK: Names

  /// Whether two names are the same but for case, `_` and blanks.
  static func matches(_ name: String, _ own: String, _ aliases: [String]) -> Bool {
    let wanted = normalized(name)
    return wanted == normalized(own) || aliases.contains { wanted == normalized($0) }
  }

  static func normalized(_ name: String) -> String {
    String(
      name.lowercased().map { (character: Character) -> Character in
        character == "_" || character == " " ? "-" : character
      })
  }
}

/// Two regions in the order of their names, so that both directions are one key.
struct RegionPair: Hashable, Sendable {
  private let first: String
  private let second: String

  init(_ a: RegionFacts, _ b: RegionFacts) {
    let names = [a.cloud + "/" + a.name, b.cloud + "/" + b.name].sorted()
    (first, second) = (names[0], names[1])
  }
}
