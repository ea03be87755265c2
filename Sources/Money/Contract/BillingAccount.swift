/// Who is sent an invoice: an account with one cloud.
public struct BillingAccount: Hashable, Sendable {
  /// Name in tables.
  public var name: String
  /// Id of the cloud.
  public var cloud: Int
  /// Discount on list prices, millionths, by kind of charge (raw value); six entries.
  public var discountMillionths: [Int64]
  /// Money the cloud gives; it pays for invoices first and does not draw a commitment down.
  public var credits: Money
  /// How far its calendar is ahead of UTC, minutes.
  public var offsetMinutes: Int

  /// Creates an account without discount or credits that bills in UTC.
  public init(name: String, cloud: Int) {
    self.name = name
    self.cloud = cloud
    self.discountMillionths = [Int64](repeating: 0, count: ChargeKind.allCases.count)
    self.credits = .zero
    self.offsetMinutes = 0
  }
}
