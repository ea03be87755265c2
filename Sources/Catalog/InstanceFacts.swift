/// A virtual machine with accelerators.
public struct InstanceFacts: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The vendor's name, such as `p5.48xlarge`.
  public var name: String
  /// Name of its accelerators in the accelerators table.
  public var accelerator: String
  /// How many it has.
  public var accelerators: Int
}

/// What an instance costs in a region under a purchase option, on the public list of a date.
public struct InstancePrice: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The region.
  public var region: String
  /// The vendor's name of the instance.
  public var instance: String
  /// `on-demand`, `reserved-1y`, `reserved-3y`, `spot` or `capacity-block`.
  public var purchase: String
  /// Picodollars (1e-12 USD) of an hour of the whole instance.
  public var picodollarsPerHour: Int64
  /// Date of the list, `2026`, `2026-06` or `2026-06-18`.
  public var date: String
}

/// A purchase option where no list has it by instance: its price over that on demand.
public struct PurchaseDiscount: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// Purchase option.
  public var purchase: String
  /// Price over that on demand, millionths.
  public var millionthsOfOnDemand: Int64
}
