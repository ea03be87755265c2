import Money

/// What a run cost, and what it says of its commitments.
public struct Bill: Sendable {
  /// Sums by billing account.
  public var accounts: [BillTotals]
  /// Sums by tenant; the last is what nobody is charged for.
  public var tenants: [BillTotals]
  /// Invoices, in order of their end, then account.
  public var invoices: [Invoice]
  /// Commitments, by id.
  public var commitments: [CommitmentResult]
  /// Energy of each pool, buildings included.
  public var kilowattHours: [Double]
  /// Grams of carbon dioxide equivalent of each pool.
  public var grams: [Double]
  /// Length of the run, seconds.
  public var seconds: Int64
  /// Prompt and output tokens of requests that ended in the run.
  public var tokens: Int64
  /// What of the bill was for capacity, whatever was asked.
  public var capacityBilled: Money

  /// Sums over all accounts.
  public var total: BillTotals { accounts.reduce(BillTotals(), +) }
  /// What nobody is charged for.
  public var unattributed: BillTotals { tenants[tenants.count - 1] }
  /// Shortfalls to come of all commitments, in the middle case.
  public var projectedShortfall: Money {
    commitments.reduce(.zero) { $0 + $1.middle.shortfall }
  }
}

/// A commitment after a run.
public struct CommitmentResult: Sendable {
  /// The ledger at the end of the run.
  public var ledger: CommitmentLedger
  /// How far the account's calendar is ahead of UTC, minutes.
  public var offsetMinutes: Int
  /// How fast it was drawn down.
  public var pace: SpendPace
  /// Eligible spending of the run.
  public var drawnInRun: Money
  /// What fell due in the run.
  public var events: [CommitmentLedger.Event]
  /// What is expected to come, in three cases.
  public var outlooks: [CommitmentOutlook]
  /// Probability that what is next due will not be met.
  public var probabilityOfShortfall: Double

  /// The middle case.
  public var middle: CommitmentOutlook { outlooks[1] }

  /// How the simulated window stands for what is to come, in words.
  public var rule: String {
    func percent(_ millionths: Int64) -> String {
      let tenths = (millionths + 500) / 1000
      return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
    let minutes = pace.seconds / 60
    let span =
      minutes % 1440 == 0 && minutes > 0
      ? "\(minutes / 1440) d"
      : minutes % 60 == 0 && minutes > 0 ? "\(minutes / 60) h" : "\(minutes) min"
    return "\(span) simulated × load \(percent(pace.loadMillionths)), growth "
      + "\(percent(pace.monthlyGrowthMillionths)) a month, capacity as it is, uncertainty "
      + "\(percent(pace.uncertaintyMillionths))"
  }
}
