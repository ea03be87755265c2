import Money
import Multicloud
import Tables

/// Eligible spending of a month, by use and for capacity.
struct CommitmentMonth: Hashable, Sendable {
  /// First day of the month.
  var start: CivilDate
  var use = Money.zero
  var capacity = Money.zero
}

/// A commitment in the course of a run.
struct CommitmentBook {
  var ledger: CommitmentLedger
  let offsetMinutes: Int
  var events: [CommitmentLedger.Event] = []
  private let starts: BillingTime
  private let outlook: Outlook
  /// Eligible charges of the run, by use and for capacity.
  private var use = Money.zero
  private var capacity = Money.zero
  private var seconds: Int64 = 0
  private var today = Money.zero
  /// Eligible charges since the last invoice, by account.
  private var sinceInvoice: [Money]
  private(set) var hasOpenDay = false
  /// What counted, month by month.
  private(set) var months: [CommitmentMonth] = []

  init(
    _ commitment: Commitment, offsetMinutes: Int, accounts: Int, starts: BillingTime,
    outlook: Outlook
  ) {
    ledger = CommitmentLedger(commitment, offsetMinutes: offsetMinutes, at: starts)
    self.offsetMinutes = offsetMinutes
    self.starts = starts
    self.outlook = outlook
    sinceInvoice = [Money](repeating: .zero, count: accounts)
  }

  /// Counts a charge; returns what of it is eligible.
  mutating func take(_ charge: Charge) -> Money {
    let usage = charge.usage
    let eligible = ledger.accrue(
      charge.billed, kind: usage.kind, isThirdParty: usage.isThirdParty, account: usage.account,
      at: charge.start)
    if eligible == .zero { return .zero }
    let month = charge.start.date(offsetMinutes: offsetMinutes).monthStart
    if months.last?.start != month { months.append(CommitmentMonth(start: month)) }
    if usage.kind == .units || usage.kind == .accelerators {
      capacity += eligible
      months[months.count - 1].capacity += eligible
    } else {
      use += eligible
      months[months.count - 1].use += eligible
    }
    today += eligible
    sinceInvoice[usage.account] += eligible
    return eligible
  }

  /// Time has passed in which charges were taken.
  mutating func observe(seconds more: Int64) {
    seconds += more
    hasOpenDay = true
  }

  /// Takes back what credits paid.
  mutating func note(_ invoice: Invoice) {
    let eligible = sinceInvoice[invoice.account]
    sinceInvoice[invoice.account] = .zero
    let gross = invoice.billed - invoice.rounding + invoice.credits
    guard invoice.credits > .zero, gross > .zero, eligible > .zero else { return }
    // A ratio in millionths is fine enough for a rule of thumb no vendor publishes.
    let share = Int64((eligible.dollars / gross.dollars * 1e6).rounded())
    ledger.retract(invoice.credits.share(millionths: min(1_000_000, share)))
  }

  private var pace: SpendPace {
    SpendPace(
      use: use, capacity: capacity, seconds: seconds, start: starts,
      loadMillionths: outlook.loadMillionths,
      monthlyGrowthMillionths: outlook.monthlyGrowthMillionths,
      uncertaintyMillionths: outlook.uncertaintyMillionths)
  }

  private func look(at time: BillingTime, _ which: CommitmentOutlook.Case) -> CommitmentOutlook {
    CommitmentOutlook(ledger, pace: pace, from: time, offsetMinutes: offsetMinutes, case: which)
  }

  /// The row of a day, or of the part of it that a run covers.
  mutating func endDay(at time: BillingTime, account: String) -> CommitmentDayRow {
    let middle = look(at: time, .p50)
    let commitment = ledger.commitment
    let left = (ledger.next?.time.seconds ?? time.seconds) - time.seconds
    let required = left > 0 ? ledger.missing.prorated(86_400, over: left) : Money.zero
    let actual = seconds > 0 ? (use + capacity).prorated(86_400, over: seconds) : Money.zero
    let isDrawdown = if case .drawdown = commitment.shape { true } else { false }
    let row = CommitmentDayRow(
      date: time.adding(seconds: -1).date(offsetMinutes: offsetMinutes).description,
      commitment: commitment.name, account: account,
      shape: isDrawdown ? "drawdown" : "annual_floors", committed: commitment.amount.picodollars,
      eligible: today.picodollars, drawn: ledger.drawn.picodollars,
      balance: ledger.balance.picodollars,
      pace: (required.picodollars, actual.picodollars),
      shortfall: middle.shortfall.picodollars, exhaustion: middle.exhaustion?.description ?? "")
    today = .zero
    hasOpenDay = false
    return row
  }

  func result(at time: BillingTime) -> CommitmentResult {
    CommitmentResult(
      ledger: ledger, offsetMinutes: offsetMinutes, pace: pace, drawnInRun: use + capacity,
      events: events, outlooks: CommitmentOutlook.Case.allCases.map { look(at: time, $0) },
      probabilityOfShortfall: pace.probabilityOfShortfall(
        ledger, at: time, offsetMinutes: offsetMinutes))
  }
}

extension CommitmentResult {
  /// The rows of `commitments_outlook.csv`.
  var rows: [CommitmentMonthRow] {
    outlooks.flatMap { outlook in
      outlook.months.map { month in
        CommitmentMonthRow(
          commitment: ledger.commitment.name, month: month.start.description,
          case: outlook.which.rawValue, opening: month.opening.picodollars,
          spend: month.spend.picodollars, closing: month.closing.picodollars,
          shortfall: month.shortfall.picodollars, rule: rule)
      }
    }
  }
}
