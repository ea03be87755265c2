/// What an account is sent for a month, or for the part of one that a run covers.
public struct Invoice: Hashable, Sendable {
  /// Id of the billing account.
  public var account: Int
  /// Start of the month, or of the run.
  public var start: BillingTime
  /// End of the month, or of the run.
  public var end: BillingTime
  /// What is to be paid, whole cents: all billed charges, credits and rounding among them.
  public var billed: Money
  /// What credits paid.
  public var credits: Money
  /// What rounding added or took.
  public var rounding: Money
}
