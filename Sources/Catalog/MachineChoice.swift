/// The machines for a pool, and what one costs.
public struct MachineChoice: Hashable, Sendable {
  /// The instance type.
  public var instance: InstanceFacts
  /// How many it takes.
  public var count: Int
  /// Picodollars (1e-12 USD) of one for an hour.
  public var picodollarsPerHour: Int64

  /// What all cost in an hour.
  var total: Int128 { Int128(count) * Int128(picodollarsPerHour) }
}

/// What is asked of the price book.
public struct MachineAsk: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The region.
  public var region: String
  /// Name of the accelerator.
  public var accelerator: String
  /// Accelerators of a replica.
  public var acceleratorsPerReplica: Int
  /// Replicas.
  public var replicas: Int
  /// Purchase option.
  public var purchase: String
  /// The instance type; `nil` takes the cheapest that fits.
  public var instance: String?
  /// The newest list not after this date counts, and the first where all are after it; `nil` takes the
  /// newest.
  public var asOf: String?

  /// Creates a question.
  public init(
    cloud: String, region: String, accelerator: String, acceleratorsPerReplica: Int, replicas: Int,
    purchase: String, instance: String? = nil, asOf: String? = nil
  ) {
    self.cloud = cloud
    self.region = region
    self.accelerator = accelerator
    self.acceleratorsPerReplica = acceleratorsPerReplica
    self.replicas = replicas
    self.purchase = purchase
    self.instance = instance
    self.asOf = asOf
  }
}

/// Why there is no price.
public struct PriceGap: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing, and what there is instead.
  public var description: String
}
