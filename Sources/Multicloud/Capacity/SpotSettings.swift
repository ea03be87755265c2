/// How a pool uses spot machines: over which zones, with how many to spare, and what stands in for them.
public struct SpotSettings: Hashable, Sendable {
  /// The spot zones, ids of ``World/markets``.
  public var zones: [Int]
  /// The market whose machines stand in, id of ``World/markets``; -1 for none.
  public var fallback: Int
  /// Replicas on demand whatever spot gives.
  public var baseOnDemand: Int
  /// Spot replicas beyond what is needed.
  public var overProvision: Int
  /// Whether machines on demand stand in for spot machines that are not ready.
  public var isDynamic: Bool

  /// Creates settings.
  ///
  /// - Precondition: There is a zone, each is named once, no number is negative, and a fallback where
  ///   machines on demand are asked for.
  public init(
    zones: [Int], fallback: Int = -1, baseOnDemand: Int = 0, overProvision: Int = 0,
    isDynamic: Bool = false
  ) {
    precondition(!zones.isEmpty && Set(zones).count == zones.count, "zones are named once")
    precondition(baseOnDemand >= 0 && overProvision >= 0)
    precondition(fallback >= 0 || (baseOnDemand == 0 && !isDynamic), "a fallback needs a market")
    self.zones = zones
    self.fallback = fallback
    self.baseOnDemand = baseOnDemand
    self.overProvision = overProvision
    self.isDynamic = isDynamic
  }
}
