/// Capacity paid for whether it is used or not, in exchange for a lower price.
///
/// A reservation lowers the price of what matches it; it does not hold capacity. Provisioned units
/// match by deployment type, region and account, whatever the model (Microsoft, provisioned throughput
/// billing, 2026-05-22); machines match by instance type, region and account.
public struct Reservation: Hashable, Sendable {
  /// Name in tables.
  public var name: String
  /// Id of the billing account that owns it.
  public var account: Int
  /// Kind of capacity: ``ChargeKind/units`` or ``ChargeKind/accelerators``.
  public var kind: ChargeKind
  /// What it matches besides region and account: a deployment type (`global-provisioned`) or an
  /// instance type (`p5.48xlarge`).
  public var matches: String
  /// Id of the region.
  public var region: Int
  /// Units or instances reserved.
  public var quantity: Int64
  /// Price of all of it for an hour, amortised; the whole is owed in any case.
  public var hourly: Money
  /// First day.
  public var starts: CivilDate
  /// Last day.
  public var ends: CivilDate
  /// Whether other accounts of its cloud may use what the owner leaves.
  public var isShared: Bool

  /// Creates a reservation.
  public init(
    name: String, account: Int, kind: ChargeKind, matches: String, region: Int, quantity: Int64,
    hourly: Money, starts: CivilDate, ends: CivilDate, isShared: Bool = true
  ) {
    self.name = name
    self.account = account
    self.kind = kind
    self.matches = matches
    self.region = region
    self.quantity = quantity
    self.hourly = hourly
    self.starts = starts
    self.ends = ends
    self.isShared = isShared
  }
}
