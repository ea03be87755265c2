/// A region of a cloud.
public struct RegionFacts: Hashable, Sendable {
  /// The cloud, such as `azure`.
  public var cloud: String
  /// Name in its cloud, such as `eastus2`.
  public var name: String
  /// City it is in or near.
  public var city: String
  /// ISO 3166 country code.
  public var country: String
  /// Where its data centers are, to about 50 km.
  public var coordinates: Coordinates
  /// Part of the world: `north-america`, `europe`, `asia` and so on.
  public var geography: String
  /// Zone within which data may be processed: `us`, `eu`, or `nil`. A cloud draws its own zones:
  /// that of Azure follows the EU Data Boundary, with Norway and Switzerland; those of other clouds
  /// hold member states only.
  public var dataZone: String?
}
