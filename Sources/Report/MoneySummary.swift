import Money
import Multicloud
import Runner
import SimulationKernel
import Workload

/// What a billed run adds to the summary: the bill by account and tenant, commitments, and where the
/// next token goes.
struct MoneySummary {
  private let world: World
  private let money: SummaryFigures.MoneyFigures
  private let result: SimulationResult

  /// `nil` where nobody is billed.
  init?(_ world: World, _ outcome: ScenarioRun.Outcome) {
    guard let money = outcome.money, world.billing != nil else { return nil }
    self.world = world
    self.money = money
    result = outcome.result
  }

  var lines: [String] {
    bill + commitments + marginal + regret + tenants
  }

  private var contracts: Contracts { world.billing!.contracts }

  // MARK: The bill

  private var bill: [String] {
    let total = money.bill.total
    var lines = [
      "  bill of \(Quantity.span(result.end - .zero)): \(Self.dollars(total.billed)) "
        + "(list \(Self.dollars(total.list)))"
        + (total.unused > .zero ? ", \(Self.dollars(total.unused)) of it for what nobody used" : "")
    ]
    var rates: [String] = []
    let tokens = money.bill.tokens
    if tokens > 0 {
      rates.append(
        "\(Self.dollars(total.billed.prorated(1_000_000, over: tokens))) a million tokens")
    }
    let energy = money.bill.kilowattHours.reduce(0, +)
    if energy > 0 {
      let grams = money.bill.grams.reduce(0, +)
      rates.append("\(Quantity.rate(energy)) kWh, \(Quantity.rate(grams / 1000)) kg CO2e")
    }
    if !rates.isEmpty { lines.append("  " + rates.joined(separator: "; ")) }
    for (id, account) in contracts.accounts.enumerated() where contracts.accounts.count > 1 {
      lines.append("    \(account.name): \(Self.dollars(money.bill.accounts[id].billed))")
    }
    return lines
  }

  // MARK: Commitments

  private var commitments: [String] {
    money.bill.commitments.flatMap { commitment -> [String] in
      let ledger = commitment.ledger
      let promise = ledger.commitment
      var lines = [
        "",
        "  commitment \(promise.name): \(Self.large(promise.amount)) from \(promise.starts) to "
          + "\(promise.ends); \(Self.large(ledger.drawn)) drawn",
      ]
      for event in commitment.events where event.shortfall > .zero {
        lines.append(
          "    \(event.due.date): \(Self.large(event.shortfall)) short, "
            + (event.isBilled ? "billed" : "lapsed"))
      }
      guard ledger.next != nil else { return lines + ["    its term is over"] }
      let cases = commitment.outlooks.map { outlook -> String in
        if outlook.shortfall > .zero {
          return "\(outlook.which.rawValue.uppercased()) \(Self.large(outlook.shortfall)) short"
        }
        guard let day = outlook.exhaustion else {
          return "\(outlook.which.rawValue.uppercased()) met"
        }
        let month =
          (day.parts.year - promise.starts.parts.year) * 12 + day.parts.month
          - promise.starts.parts.month + 1
        return "\(outlook.which.rawValue.uppercased()) met on \(day) (month \(month))"
      }
      lines.append("    outlook: " + cases.joined(separator: "; "))
      if let due = ledger.next {
        lines.append(
          "    next due on \(due.date): \(Self.large(due.required)), short with a probability of "
            + Quantity.percent(commitment.probabilityOfShortfall))
      }
      lines.append("    extrapolated: \(commitment.rule)")
      return lines
    }
  }

  // MARK: The next token

  private var marginal: [String] {
    guard !money.bill.commitments.isEmpty, !money.marginal.isEmpty else { return [] }
    return [""]
      + money.marginal.map { destination in
        let name = world.workloadNames[destination.workload]
        let place = world.deploymentName(destination.deployment)
        let price =
          destination.contractedPerMillion == .zero
          ? "paid for already"
          : "\(Self.dollars(destination.perMillion)) a million tokens effectively, "
            + "\(Self.dollars(destination.contractedPerMillion)) on the invoice"
        return "  next token of \(name): \(place) (\(price))"
      }
  }

  private var regret: [String] {
    guard let regret = money.regret else { return [] }
    return [
      "",
      "  against \(regret.policy): \(Self.signed(regret.billed)) billed in the run, "
        + "\(Self.signed(regret.shortfall)) of shortfall,",
      "    \(Self.signed(regret.overTerm)) over the rest of the term; good requests "
        + "\(regret.goodShare < 0 ? "−" : "+")\(Quantity.percent(abs(regret.goodShare)))",
    ]
  }

  // MARK: Tenants

  private var tenants: [String] {
    guard !world.tenants.isEmpty else { return [] }
    var table = TextTable(
      ["tenant", "effective", "of it unused", "share"], [.left, .right, .right, .right])
    let total = money.bill.total.effective
    func add(_ name: String, _ totals: BillTotals) {
      let share = total > .zero ? totals.effective.dollars / total.dollars : 0
      table.add([
        name, Self.dollars(totals.effective), Self.dollars(totals.unused), Quantity.percent(share),
      ])
    }
    for (id, tenant) in world.tenants.enumerated() where tenant.parent == nil {
      let below = world.tenants.indices.filter { world.lineage(ofTenant: $0).contains(id) }
      add(tenant.name, below.reduce(BillTotals()) { $0 + money.bill.tenants[$1] })
    }
    // What rounding invoices to cents leaves is nobody's and not worth a line.
    if money.bill.unattributed.effective >= Money(dollars: 1) {
      add("(nobody)", money.bill.unattributed)
    }
    add("together", money.bill.total)
    return [""] + table.lines
  }

  // MARK: Text

  static func dollars(_ money: Money) -> String {
    let value = money.dollars
    return abs(value) >= 1000
      ? "\(value < 0 ? "−" : "")\(Quantity.grouped(Int64(abs(value).rounded()))) USD"
      : "\(value < 0 ? "−" : "")\(Quantity.fixed(abs(value), 2)) USD"
  }

  /// Sums of a contract's size.
  static func large(_ money: Money) -> String {
    let value = money.dollars
    for (unit, size) in [("bn", 1e9), ("M", 1e6)] where abs(value) >= size {
      return "\(Quantity.fixed(value / size, 2))\(unit) USD"
    }
    return dollars(money)
  }

  private static func signed(_ money: Money) -> String {
    money > .zero ? "+\(large(money))" : money < .zero ? "−\(large(-money))" : "0 USD"
  }
}
