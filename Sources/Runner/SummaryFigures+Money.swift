import Money
import Multicloud
import SimulationKernel
import Tables

/// Figures of a run that is billed.
extension SummaryFigures {
  /// What there is to say of money.
  public struct MoneyFigures: Sendable {
    /// The bill.
    public var bill: Bill
    /// What the gateway's policy cost against another; `nil` where nobody compared.
    public var regret: Regret?
    /// Where the next request costs least.
    public var marginal: [MarginalDestination]

    /// Creates figures.
    public init(bill: Bill, regret: Regret?, marginal: [MarginalDestination]) {
      self.bill = bill
      self.regret = regret
      self.marginal = marginal
    }
  }

  mutating func addMoney(_ money: MoneyFigures) {
    guard let billing = world.billing else { return }
    let bill = money.bill
    addTotals(.all, "", bill.total)
    add(.all, "", "unattributed_cost", "USD", dollars(bill.unattributed.effective))
    addRates(bill)
    add(.all, "", "energy", "kWh", figure(bill.kilowattHours.reduce(0, +)))
    add(.all, "", "carbon", "kg", figure(bill.grams.reduce(0, +) / 1000))
    for (id, account) in billing.contracts.accounts.enumerated() {
      addTotals(.account, account.name, bill.accounts[id])
      let credits = bill.invoices.filter { $0.account == id }.reduce(Money.zero) { $0 + $1.credits }
      add(.account, account.name, "credits", "USD", dollars(credits))
    }
    for (id, tenant) in world.tenants.enumerated() {
      let below = world.tenants.indices.filter { world.lineage(ofTenant: $0).contains(id) }
      addTotals(.tenant, tenant.name, below.reduce(BillTotals()) { $0 + bill.tenants[$1] })
    }
    for commitment in bill.commitments { add(commitment) }
    for destination in money.marginal {
      let name = world.workloadNames[destination.workload]
      add(
        .workload, name, "marginal_cost_per_million", "USD", dollars(destination.perMillion))
    }
    if let regret = money.regret {
      add(.all, "", "regret_billed_against_\(regret.policy)", "USD", dollars(regret.billed))
      add(
        .all, "", "regret_shortfall_against_\(regret.policy)", "USD", dollars(regret.shortfall),
        .extrapolated)
      add(
        .all, "", "regret_over_term_against_\(regret.policy)", "USD", dollars(regret.overTerm),
        .extrapolated)
    }
  }

  private func dollars(_ money: Money) -> SummaryTable.Value { .dollars(money.picodollars) }

  /// Six significant digits: a floating-point sum says no more.
  private func figure(_ value: Double) -> SummaryTable.Value {
    guard let text = RealText.significant(value, digits: 6), let rounded = Double(text) else {
      return .none
    }
    return .real(rounded)
  }

  private mutating func addTotals(
    _ kind: SummaryTable.ScopeKind, _ name: String, _ totals: BillTotals
  ) {
    add(kind, name, "list_cost", "USD", dollars(totals.list))
    add(kind, name, "billed_cost", "USD", dollars(totals.billed))
    add(kind, name, "effective_cost", "USD", dollars(totals.effective))
    add(kind, name, "unused_cost", "USD", dollars(totals.unused))
  }

  /// Money over what it bought. The bill has no warm-up: tokens are those of the whole run, and good
  /// requests, which are counted after it, are set against the bill's part of the measured time.
  private mutating func addRates(_ bill: Bill) {
    var good: Int64 = 0
    for workload in result.workloads where !workload.isChain { good += workload.good }
    func perMillion(_ money: Money) -> SummaryTable.Value {
      .ratio(Ratio(money.picodollars * 1_000_000, over: Int128(bill.tokens) * Money.dollar))
    }
    add(.all, "", "billed_cost_per_million_tokens", "USD", perMillion(bill.total.billed))
    add(.all, "", "effective_cost_per_million_tokens", "USD", perMillion(bill.total.effective))
    let whole = max(1, result.end.nanoseconds)
    let part = bill.total.billed.prorated(measured, over: whole)
    add(
      .all, "", "billed_cost_per_good_request", "USD",
      .ratio(Ratio(part.picodollars, over: Int128(good) * Money.dollar)))
  }

  private mutating func add(_ commitment: CommitmentResult) {
    let ledger = commitment.ledger
    let name = ledger.commitment.name
    add(.commitment, name, "committed", "USD", dollars(ledger.commitment.amount))
    add(.commitment, name, "drawn", "USD", dollars(ledger.drawn))
    add(.commitment, name, "drawn_in_run", "USD", dollars(commitment.drawnInRun))
    add(.commitment, name, "balance", "USD", dollars(ledger.balance))
    let billed = commitment.events.filter(\.isBilled).reduce(Money.zero) { $0 + $1.shortfall }
    add(.commitment, name, "shortfall_billed", "USD", dollars(billed))
    add(
      .commitment, name, "shortfall_probability", "1",
      figure(commitment.probabilityOfShortfall), .extrapolated)
    for outlook in commitment.outlooks {
      let which = outlook.which.rawValue
      add(
        .commitment, name, "shortfall_\(which)", "USD", dollars(outlook.shortfall), .extrapolated)
      // Months from the term's first to the one in which the promise is met.
      let month = outlook.exhaustion.map { date -> Int64 in
        let (a, b) = (ledger.commitment.starts.parts, date.parts)
        return Int64((b.year - a.year) * 12 + b.month - a.month + 1)
      }
      add(
        .commitment, name, "exhausted_in_month_\(which)", "months",
        month.map { .integer($0) } ?? .none, .extrapolated)
    }
  }
}
