/// Everything that was signed: accounts, commitments, reservations, plans, and how the bill is split.
public struct Contracts: Sendable {
  /// Real time at which the run begins.
  public var starts: BillingTime
  /// Who is invoiced, by id.
  public var accounts: [BillingAccount]
  /// Promises to spend.
  public var commitments: [Commitment]
  /// Reserved capacity.
  public var reservations: [Reservation]
  /// Promises by the hour.
  public var savingsPlans: [SavingsPlan]
  /// What becomes of the unused.
  public var unused: UnusedRule

  /// Creates contracts with accounts alone.
  public init(starts: BillingTime, accounts: [BillingAccount]) {
    self.starts = starts
    self.accounts = accounts
    self.commitments = []
    self.reservations = []
    self.savingsPlans = []
    self.unused = .usage
  }
}
