/// How capacity is bought.
public enum PurchaseOption: UInt8, CaseIterable, Hashable, Sendable {
  /// By the hour, at will.
  case onDemand
  /// A year's reservation.
  case reservedOneYear
  /// Three years' reservation.
  case reservedThreeYears
  /// Spare capacity that may be taken back.
  case spot
  /// Capacity for a stretch of days, paid ahead.
  case capacityBlock

  /// Name in scenarios, catalogs and tables.
  public var name: String {
    switch self {
    case .onDemand: "on-demand"
    case .reservedOneYear: "reserved-1y"
    case .reservedThreeYears: "reserved-3y"
    case .spot: "spot"
    case .capacityBlock: "capacity-block"
    }
  }
}
