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
  /// Zone within which data may be processed: `us`, `eu` (member states only), or `nil`.
  public var dataZone: String?
}
