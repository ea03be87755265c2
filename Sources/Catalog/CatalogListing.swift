/// A catalog table as text, to be looked at.
public struct CatalogListing: Sendable {
  /// What is known of a table before its rows are read.
  public struct Heading: Sendable {
    /// Name to ask for, such as `token-prices`.
    public var name: String
    /// A shorter name, such as `prices`; `nil` where there is none.
    public var shortName: String?
    /// What the table holds, a line.
    public var summary: String
  }

  /// Names and summary.
  public var heading: Heading
  /// Names of the columns; the last two are `source` and `date`.
  public var columns: [String]
  /// Rows in the table's order, a field for every column.
  public var rows: [[String]]
}

extension Catalog {
  /// Every table that can be listed, by name.
  public static var listings: [CatalogListing.Heading] {
    CatalogTable.allCases.map(\.heading).sorted { $0.name < $1.name }
  }

  /// Names and short names of tables, to suggest the nearest.
  public static var listingNames: [String] {
    listings.flatMap { [$0.name] + ($0.shortName.map { [$0] } ?? []) }
  }

  /// The table of that name or short name as this catalog has it, or `nil`. O(its text).
  public func listing(named name: String) -> CatalogListing? {
    for table in CatalogTable.allCases {
      let heading = table.heading
      let aliases = heading.shortName.map { [$0] } ?? []
      guard Self.matches(name, heading.name, aliases) else { continue }
      // Every table was read when the catalog was made, so reading it again cannot fail.
      guard let rows = try? table.rows(in: files) else { return nil }
      return CatalogListing(
        heading: heading, columns: rows.first?.columns ?? table.columns, rows: rows.map(\.fields))
    }
    return nil
  }
}

extension CatalogTable {
  /// How the table is listed.
  var heading: CatalogListing.Heading {
    let (short, summary): (String?, String) =
      switch self {
      case .accelerators: (nil, "accelerators: memory and defaults")
      case .adapterCosts: (nil, "what serving low-rank adapters costs")
      case .coldStarts: (nil, "how long a new replica takes: provisioning, loading, warming")
      case .decodeAttentionKernels: (nil, "attention of decode steps by accelerator and head")
      case .defaultQuotas: ("quotas", "quotas a subscription starts with, by model and tier")
      case .deploymentTypes: (nil, "ways to deploy managed models, and where they process")
      case .drafters: (nil, "ways to draft tokens for speculation, and what a drafting pass costs")
      case .engineVersions: (nil, "what an engine's scheduler does by default, by version")
      case .engines: (nil, "inference engines: what the host and the server add")
      case .expertKernels: (nil, "mixture-of-experts kernels by accelerator and precision")
      case .firstParty: (nil, "whose models a cloud sells as its own, not by its marketplace")
      case .gpuPrices: (nil, "what machines with accelerators cost, by region and purchase")
      case .gridCarbon: ("carbon", "carbon of a kilowatt-hour by region")
      case .instances: (nil, "machines with accelerators")
      case .interconnects: (nil, "all-reduce between accelerators of a node")
      case .interruptionBands:
        (nil, "bands in which vendors state how often they take machines back")
      case .managedModels: ("managed", "models sold by the token: limits, latency, quality")
      case .matrixKernels: (nil, "matrix products by accelerator and precision")
      case .mixedPenalties: (nil, "slowdown of steps that mix prefill and decode")
      case .models: (nil, "models to run on accelerators: their shapes")
      case .origins: (nil, "places where clients are")
      case .power: (nil, "what accelerators draw, idle and by batch")
      case .prefillAttentionKernels: (nil, "attention of prompts by accelerator and head")
      case .purchaseDiscounts: (nil, "reserved prices over those on demand, where no list has them")
      case .provisionedModels: ("provisioned", "managed models sold by the unit (PTU, GSU)")
      case .regions: (nil, "regions of clouds: place and data zone")
      case .roundTripModel: (nil, "round trips where none was measured: coefficients")
      case .roundTrips: (nil, "round trips measured between regions")
      case .spotOffers: ("spot", "spot prices over those on demand, and how often machines go")
      case .spotTerms: (nil, "notice before a spot machine is taken back")
      case .transferPrices: ("egress", "what a gigabyte costs that leaves a region")
      case .unitReservations: (nil, "what reserved provisioned units cost a month")
      case .tokenPrices: ("prices", "what clouds charge for tokens, by model and tier")
      }
    return CatalogListing.Heading(
      name: String(rawValue.map { $0 == "_" ? "-" : $0 }), shortName: short, summary: summary)
  }
}
