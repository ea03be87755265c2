/// A place where clients are.
public struct OriginFacts: Hashable, Sendable {
  /// Name, such as `us-east`.
  public var name: String
  /// Other names it answers to.
  public var aliases: [String]
  /// City that stands for it.
  public var city: String
  /// ISO 3166 country code.
  public var country: String
  /// The city's place.
  public var coordinates: Coordinates
  /// Hours its standard time is ahead of UTC.
  public var utcOffsetHours: Double
}
