/// A line of a bill; the names follow FOCUS 1.2 (FinOps Open Cost and Usage Specification, 2025).
public struct Charge: Hashable, Sendable {
  /// What kind of line it is.
  public enum Category: UInt8, CaseIterable, Hashable, Sendable {
    /// Something was used, or capacity of an hour stood ready.
    case usage
    /// Something was bought ahead: a reservation's or a plan's hour.
    case purchase
    /// A commitment's shortfall.
    case shortfall
    /// Money from the cloud, negative.
    case credit
    /// What rounding an invoice to whole cents adds or takes.
    case rounding
  }

  /// What a discount did for it.
  public enum DiscountStatus: UInt8, CaseIterable, Hashable, Sendable {
    /// No reservation or plan had a part in it.
    case none
    /// Covered by one.
    case used
    /// Paid for and not used.
    case unused
  }

  /// What was consumed; of an account's own lines (rounding, shortfall, credit) only the account,
  /// the tenant and the names are set.
  public var usage: UsageLine
  /// What kind of line it is.
  public var category: Category
  /// Start of the billing period.
  public var start: BillingTime
  /// End of the billing period.
  public var end: BillingTime
  /// By the public list.
  public var list: Money
  /// After negotiated discounts, before reservations and plans.
  public var contracted: Money
  /// On the invoice.
  public var billed: Money
  /// What it really cost: the price of reservations and plans spread over what they cover.
  public var effective: Money
  /// What of it draws commitments down.
  public var eligible: Money
  /// Name of the reservation, plan or commitment that had a part in it; empty for none.
  public var discount: String
  /// What that did.
  public var status: DiscountStatus

  /// Creates a line billed as contracted.
  public init(
    usage: UsageLine, category: Category, start: BillingTime, end: BillingTime, contracted: Money
  ) {
    self.usage = usage
    self.category = category
    self.start = start
    self.end = end
    self.list = usage.list
    self.contracted = contracted
    self.billed = contracted
    self.effective = contracted
    self.eligible = .zero
    self.discount = ""
    self.status = .none
  }
}
