/// A promise to spend: what counts towards it, when it is measured, and what a shortfall costs.
///
/// Two shapes cover the contracts in use. A *drawdown* (Microsoft's Azure consumption commitment,
/// BillingBenefits API, 2025) is one amount over the term, perhaps with milestones. *Annual floors*
/// (AWS enterprise discount programmes) are an amount for each contract year, trued up at its end.
/// Milestones of a drawdown count everything since the start; a floor counts its own year alone.
public struct Commitment: Hashable, Sendable {
  /// How spending is held against the promise.
  public enum Shape: Hashable, Sendable {
    /// One amount over the whole term; milestones are cumulative amounts due at month ends.
    case drawdown(milestones: [Milestone])
    /// An amount for each contract year; a shortfall of a year is billed at its end.
    case annualFloors([Money])
  }

  /// A cumulative amount that must be spent by the end of a day.
  public struct Milestone: Hashable, Sendable {
    /// Eligible spending since the start of the term.
    public var amount: Money
    /// The last day that counts.
    public var date: CivilDate

    /// Creates a milestone.
    public init(amount: Money, date: CivilDate) {
      self.amount = amount
      self.date = date
    }
  }

  /// Name in tables, such as `azure-macc`.
  public var name: String
  /// Id of the billing account it is invoiced to.
  public var account: Int
  /// Ids of the billing accounts whose eligible charges draw it down, the first of them among others.
  public var contributors: [Int]
  /// The promise over the whole term.
  public var amount: Money
  /// First day of the term.
  public var starts: CivilDate
  /// Last day of the term, an end of a month.
  public var ends: CivilDate
  /// How spending is held against the promise.
  public var shape: Shape
  /// Kinds of charge that count.
  public var counts: ChargeKinds
  /// Part of third parties' charges (a marketplace's models) that counts, millionths.
  public var thirdPartyMillionths: Int64
  /// Most that third parties' charges may count in all, millionths of the amount.
  public var thirdPartyCapMillionths: Int64
  /// Whether a shortfall is billed by itself; otherwise it lapses.
  public var billsShortfall: Bool
  /// Eligible spending before the run began.
  public var drawn: Money

  /// Creates a commitment with no milestones, to which everything counts.
  public init(
    name: String, account: Int, amount: Money, starts: CivilDate, ends: CivilDate,
    shape: Shape = .drawdown(milestones: []), counts: ChargeKinds = .all
  ) {
    self.name = name
    self.account = account
    self.contributors = [account]
    self.amount = amount
    self.starts = starts
    self.ends = ends
    self.shape = shape
    self.counts = counts
    self.thirdPartyMillionths = 1_000_000
    self.thirdPartyCapMillionths = 1_000_000
    self.billsShortfall = true
    self.drawn = .zero
  }
}
