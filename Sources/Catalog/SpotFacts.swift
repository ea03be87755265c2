/// Price and interruptions of an instance type on a spot market.
public struct SpotOffer: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The region.
  public var region: String
  /// The vendor's name of the instance.
  public var instance: String
  /// Spot price over that on demand, millionths.
  public var millionthsOfOnDemand: Int64
  /// The vendor's band of interruptions, such as `5-10%`.
  public var band: String
}

/// A band in which a vendor states how many machines are taken back in a month.
public struct InterruptionBand: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// The vendor's name of the band.
  public var name: String
  /// Least share of machines, 0 to 1.
  public var leastShare: Double
  /// Greatest share.
  public var greatestShare: Double

  /// The middle of the band: what a machine of the band is taken to have.
  public var monthlyShare: Double { (leastShare + greatestShare) / 2 }
}

/// What a spot machine of some accelerator costs and how often it is taken back, as far as that is known.
public struct SpotMarketFacts: Hashable, Sendable {
  /// The instance type the figures are of.
  public var instance: String
  /// Spot price over that on demand, millionths.
  public var millionthsOfOnDemand: Int64
  /// Share of machines taken back in a month, 0 to 1; `nil` where the vendor does not say.
  public var monthlyInterruptions: Double?
}

/// What a cloud promises before it takes a spot machine back.
public struct SpotTerms: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// Seconds between the notice and the end.
  public var noticeSeconds: Double
}
