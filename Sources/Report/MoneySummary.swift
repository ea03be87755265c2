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
  private let layout: TerminalLayout

  /// `nil` where nobody is billed.
  init?(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    guard let money = outcome.money, world.billing != nil else { return nil }
    self.world = world
    self.money = money
    result = outcome.result
    self.layout = layout
  }

  private var contracts: Contracts { world.billing!.contracts }

  // MARK: The bill

  /// What is to be paid, by account.
  var bill: [String] {
    let total = money.bill.total
    // Sums that print as nothing are not worth a word.
    let isIdle = total.unused >= Money(dollars: 1)
    var lines = layout.wrapped(
      "bill of \(Quantity.span(result.end - .zero)): \(Self.dollars(total.billed)) "
        + "(list \(Self.dollars(total.list)))"
        + (isIdle ? ", \(Self.dollars(total.unused)) of it for what nobody used" : ""))
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
    if !rates.isEmpty { lines += layout.wrapped(rates.joined(separator: "; ")) }
    if contracts.accounts.count > 1 {
      let parts = contracts.accounts.enumerated().map { id, account in
        "\(account.name) \(Self.dollars(money.bill.accounts[id].billed))"
      }
      lines += layout.wrapped(parts.joined(separator: ", "))
    }
    return lines
  }

  // MARK: Commitments

  /// What was promised and how it stands.
  var commitments: [String] {
    let blocks = money.bill.commitments.map { commitment -> [String] in
      let ledger = commitment.ledger
      let promise = ledger.commitment
      var lines = layout.wrapped(
        "commitment \(promise.name): \(Self.large(promise.amount)), \(promise.starts) to "
          + "\(promise.ends), \(Self.large(ledger.drawn)) drawn")
      for event in commitment.events where event.shortfall > .zero {
        lines.append(
          "    \(event.due.date): \(Self.large(event.shortfall)) short, "
            + (event.isBilled ? "billed" : "lapsed"))
      }
      guard let due = ledger.next else { return lines + ["    its term is over"] }
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
      lines += layout.wrapped("outlook: " + cases.joined(separator: "; "), indent: 4)
      lines += layout.wrapped(
        "next due on \(due.date): \(Self.large(due.required)), short with a probability of "
          + Quantity.percent(commitment.probabilityOfShortfall), indent: 4)
      return lines + layout.wrapped("extrapolated: \(commitment.rule)", indent: 4)
    }
    return Array(blocks.joined(separator: [""]))
  }

  // MARK: The next token

  /// Where the next request of each workload costs least.
  var marginal: [String] {
    guard !money.bill.commitments.isEmpty, !money.marginal.isEmpty else { return [] }
    var table = TextTable([
      .name("next token of", shortest: 16), .name("goes to"), .number("effectively"),
      .number("invoiced"),
    ])
    for destination in money.marginal {
      let isPaidFor = destination.contractedPerMillion == .zero
      table.add([
        world.workloadNames[destination.workload], world.deploymentName(destination.deployment),
        isPaidFor ? "paid for" : Self.dollars(destination.perMillion),
        isPaidFor ? "" : Self.dollars(destination.contractedPerMillion),
      ])
    }
    return table.laidOut(width: layout.width)
      + layout.wrapped("a million tokens; effectively = with what the commitment makes of it")
  }

  /// What the policy saved against another.
  var regret: [String] {
    guard let regret = money.regret else { return [] }
    return layout.wrapped(
      "against \(regret.policy): \(Self.signed(regret.billed)) billed in the run, "
        + "\(Self.signed(regret.shortfall)) of shortfall, \(Self.signed(regret.overTerm)) over the "
        + "rest of the term; good requests "
        + "\(regret.goodShare < 0 ? "−" : "+")\(Quantity.percent(abs(regret.goodShare)))")
  }

  // MARK: Tenants

  /// Who pays what.
  var tenants: [String] {
    guard !world.tenants.isEmpty else { return [] }
    var table = TextTable([
      .name("tenant"), .number("effective"), .number("of it unused"), .number("share"),
    ])
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
    return table.laidOut(width: layout.width)
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
