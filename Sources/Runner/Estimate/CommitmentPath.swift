import Money
import Multicloud
import SimulationKernel
import Tables

/// A commitment month by month over an estimate's horizon, at a quantile of demand.
///
/// Spending by use is `1 + z σ` times what is expected, with σ the outlook's uncertainty and z the normal
/// quantile; capacity costs what it costs. Months come from the expected bill, which knows the growth.
public struct CommitmentPath: Sendable {
  /// Which quantile of demand.
  public var which: CommitmentOutlook.Case
  /// The months.
  public private(set) var months: [CommitmentOutlook.Month] = []
  /// The month in which the whole promise is met; `nil` where it is not.
  public private(set) var exhaustion: CivilDate?
  /// All shortfalls.
  public var shortfall: Money { months.reduce(.zero) { $0 + $1.shortfall } }

  init(
    _ commitment: Commitment, _ billing: Billing, _ spending: [CommitmentMonth],
    case which: CommitmentOutlook.Case
  ) {
    self.which = which
    let offset = billing.contracts.accounts[commitment.account].offsetMinutes
    let starts = billing.contracts.starts
    var ledger = CommitmentLedger(commitment, offsetMinutes: offset, at: starts)
    let z = DeterministicMath.normalQuantile(which.probability)
    let factor = max(0, 1 + z * Double(billing.outlook.uncertaintyMillionths) / 1e6)
    let millionths = Int64((factor * 1e6).rounded())
    if ledger.exhausted != nil { exhaustion = starts.date(offsetMinutes: offset) }
    for month in spending {
      let begin = max(starts, BillingTime(month.start, offsetMinutes: offset))
      let end = BillingTime(month.start.nextMonthStart, offsetMinutes: offset)
      let opening = ledger.balance
      let spend = month.use.share(millionths: millionths) + month.capacity
      if ledger.isInTerm(begin) { ledger.accrue(spend, at: begin) }
      if exhaustion == nil, ledger.exhausted != nil { exhaustion = month.start }
      let shortfall = ledger.advance(to: end).reduce(Money.zero) {
        $1.isBilled ? $0 + $1.shortfall : $0
      }
      months.append(
        CommitmentOutlook.Month(
          start: month.start, opening: opening, spend: spend, closing: ledger.balance,
          shortfall: shortfall))
    }
  }

  /// The rows of `commitments_outlook.csv`.
  func rows(_ name: String) -> [CommitmentMonthRow] {
    months.map {
      CommitmentMonthRow(
        commitment: name, month: $0.start.description, case: which.rawValue,
        opening: $0.opening.picodollars, spend: $0.spend.picodollars,
        closing: $0.closing.picodollars, shortfall: $0.shortfall.picodollars, rule: "estimated")
    }
  }
}
