/// What an accelerator draws.
public struct PowerFacts: Hashable, Sendable {
  /// Name of the accelerator.
  public var accelerator: String
  /// Watts while nothing runs.
  public var idleWatts: Double
  /// Watts while steps with the smallest batch run.
  public var activeWatts: Double
  /// Watts at an endless batch.
  public var maximumWatts: Double
  /// Batch at which it is half way from active to maximum.
  public var halfBatch: Double
  /// Watts of the server for each of its accelerators' watts.
  public var serverFactor: Double
}

/// What electricity is in a region.
public struct GridFacts: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The region.
  public var region: String
  /// Grams of carbon dioxide equivalent a kilowatt-hour, yearly mean.
  public var gramsPerKilowattHour: Double
  /// Energy of the building over that of its servers.
  public var powerUsageEffectiveness: Double
}

/// What a gigabyte costs that leaves a region.
public struct TransferPrice: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// A region, a geography, or `any`.
  public var from: String
  /// A region, a geography, `internet`, `same-region`, or `any`.
  public var to: String
  /// Picodollars (1e-12 USD) of a gigabyte (1e9 bytes).
  public var picodollarsPerGigabyte: Int64
}

/// What reserved provisioned units cost.
public struct UnitReservationPrice: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// Where requests are processed: `global`, `data-zone` or `regional`.
  public var processing: String
  /// Length of the term, months.
  public var termMonths: Int
  /// Picodollars (1e-12 USD) of a unit for a month.
  public var picodollarsPerUnitMonth: Int64
}
