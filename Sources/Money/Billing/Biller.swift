/// Turns usage into a bill, period by period.
///
/// The order of the rules is the vendors': list price, negotiated discount, reservations, savings plans;
/// at the month's end credits, and one rounding to whole cents. Every amount is exact to the picodollar:
/// wherever something is split, the parts add up. So at any moment the charges given out add up to the
/// accounts' totals, tenants' parts and the unattributed add up to the same, and effective cost adds up to
/// what is billed.
///
/// What a reservation or plan costs is billed by a *purchase* line; what it covers is billed nothing and
/// bears its part of that price as effective cost; what nobody used is an *unused* line, attributed by
/// the contracts' rule.
public struct Biller: Sendable {
  /// What was signed.
  public let contracts: Contracts
  /// Number of tenants.
  public let tenants: Int
  /// Invoices closed so far, in order of their end, then account.
  public private(set) var invoices: [Invoice] = []
  /// Sums of the charges given out, by account.
  public private(set) var accountTotals: [BillTotals]
  /// Sums of the charges given out, by tenant; the last is what nobody is charged for.
  public private(set) var tenantTotals: [BillTotals]
  private var open: [OpenInvoice]
  private var creditsLeft: [Money]
  /// Effective cost of each tenant, by account and tenant: for the unused of hours without use.
  private var attributed: [Int64]

  private struct OpenInvoice {
    var start: BillingTime
    var billed = Money.zero
  }

  /// Opens the books.
  public init(_ contracts: Contracts, tenants: Int) {
    self.contracts = contracts
    self.tenants = tenants
    let accounts = contracts.accounts.count
    accountTotals = [BillTotals](repeating: BillTotals(), count: accounts)
    tenantTotals = [BillTotals](repeating: BillTotals(), count: tenants + 1)
    open = [OpenInvoice](repeating: OpenInvoice(start: contracts.starts), count: accounts)
    creditsLeft = contracts.accounts.map(\.credits)
    attributed = [Int64](repeating: 0, count: accounts * tenants)
  }

  /// Bills a period that crosses no hour of UTC and no account's day.
  ///
  /// - Parameters:
  ///   - isEven: Whether usage is spread evenly over the period, as expected usage is; then it may be as long
  ///     as an account's day, because every hour of it has the same bill.
  ///   - usage: What was used, in order of deployment.
  ///   - weights: Who used shared capacity, by deployment × tenants + tenant.
  ///   - charges: Where the lines go.
  public mutating func close(
    from: BillingTime, to: BillingTime, usage: [UsageLine], weights: [Int64],
    isEven: Bool = false, into charges: inout [Charge]
  ) {
    precondition(from < to, "a billing period has a length")
    precondition(
      to <= (isEven ? contracts.nextDay(after: from) : contracts.nextClosing(after: from)),
      "a billing period crosses no hour and no day")
    let first = charges.count
    var period = PeriodBill(contracts, from, to, usage)
    period.run()
    for charge in period.charges {
      split(charge, weights, into: &charges)
    }
    attributeUnused(period.unused, since: first, into: &charges)
    for charge in charges[first...] { count(charge) }
    for account in contracts.accounts.indices
    where to == from.nextMonthStart(offsetMinutes: contracts.accounts[account].offsetMinutes) {
      closeInvoice(account, at: to, into: &charges)
    }
  }

  /// Adds a line of the caller's own. What is unused, such as a shortfall, is attributed by the contracts'
  /// rule; by use means by what tenants have used so far.
  public mutating func add(_ charge: Charge, into charges: inout [Charge]) {
    let first = charges.count
    if charge.status == .unused {
      let none = [Int64](repeating: 0, count: attributed.count)
      attribute(charge, spent: none, into: &charges)
    } else {
      charges.append(charge)
    }
    for part in charges[first...] { count(part) }
  }

  /// Closes what is open, at the end of a run.
  public mutating func finish(at time: BillingTime, into charges: inout [Charge]) {
    for account in contracts.accounts.indices where open[account].start < time {
      closeInvoice(account, at: time, into: &charges)
    }
  }

  // MARK: Attribution

  /// Capacity that all share is charged to tenants by their use of it in the period.
  private func split(_ charge: Charge, _ weights: [Int64], into charges: inout [Charge]) {
    let usage = charge.usage
    guard usage.tenant < 0, usage.deployment >= 0, tenants > 0 else {
      charges.append(charge)
      return
    }
    let first = usage.deployment * tenants
    append(charge, Array(weights[first..<first + tenants]), into: &charges)
  }

  /// A line as one for each tenant with a weight; as it is where nobody has one.
  private func append(_ charge: Charge, _ weights: [Int64], into charges: inout [Charge]) {
    guard let list = charge.list.split(by: weights),
      let contracted = charge.contracted.split(by: weights),
      let billed = charge.billed.split(by: weights),
      let effective = charge.effective.split(by: weights),
      let quantity = Money(picodollars: Int128(charge.usage.quantity)).split(by: weights)
    else {
      charges.append(charge)
      return
    }
    for tenant in weights.indices where weights[tenant] > 0 {
      var part = charge
      part.usage.tenant = tenant
      part.usage.quantity = Int64(quantity[tenant].picodollars)
      part.usage.list = list[tenant]
      part.list = list[tenant]
      part.contracted = contracted[tenant]
      part.billed = billed[tenant]
      part.effective = effective[tenant]
      charges.append(part)
    }
  }

  private mutating func attributeUnused(
    _ unused: [Charge], since first: Int, into charges: inout [Charge]
  ) {
    // Weights are the tenants' effective cost in the period, in nanodollars.
    var spent = [Int64](repeating: 0, count: contracts.accounts.count * tenants)
    for charge in charges[first...] where charge.usage.tenant >= 0 {
      spent[charge.usage.account * tenants + charge.usage.tenant] += max(
        0, Int64(charge.effective.picodollars / 1000))
    }
    for (place, amount) in spent.enumerated() { attributed[place] += amount }
    for charge in unused { attribute(charge, spent: spent, into: &charges) }
  }

  /// Attributes a line by the contracts' rule; `spent` is what tenants used in the period.
  private func attribute(_ charge: Charge, spent: [Int64], into charges: inout [Charge]) {
    switch contracts.unused {
    case .account: charges.append(charge)
    case .tenant(let tenant):
      var line = charge
      line.usage.tenant = tenant
      charges.append(line)
    case .shares(let shares): append(charge, shares, into: &charges)
    case .usage:
      let row = charge.usage.account * tenants..<(charge.usage.account + 1) * tenants
      let present = Array(spent[row])
      append(
        charge, present.contains { $0 > 0 } ? present : Array(attributed[row]), into: &charges)
    }
  }

  // MARK: Sums

  private mutating func count(_ charge: Charge) {
    let account = charge.usage.account
    let tenant = charge.usage.tenant
    accountTotals[account].add(charge)
    tenantTotals[tenant < 0 ? tenants : tenant].add(charge)
    open[account].billed += charge.billed
  }

  private mutating func closeInvoice(
    _ account: Int, at time: BillingTime, into charges: inout [Charge]
  ) {
    let start = open[account].start
    func line(_ category: Charge.Category, _ amount: Money) -> Charge {
      var usage = UsageLine(
        account: account, region: -1, sku: "", service: "", kind: .application, quantity: 0,
        unit: "", list: .zero)
      usage.list = .zero
      var charge = Charge(
        usage: usage, category: category, start: start, end: time, contracted: .zero)
      charge.billed = amount
      charge.effective = amount
      return charge
    }
    let credit = max(.zero, min(creditsLeft[account], open[account].billed))
    if credit > .zero {
      creditsLeft[account] -= credit
      add(line(.credit, -credit), into: &charges)
    }
    let billed = open[account].billed
    let rounding = billed.roundedToCents - billed
    if rounding != .zero { add(line(.rounding, rounding), into: &charges) }
    invoices.append(
      Invoice(
        account: account, start: start, end: time, billed: billed.roundedToCents,
        credits: credit, rounding: rounding))
    open[account] = OpenInvoice(start: time)
  }

  /// What does not add up; empty where all does. Every sum is exact. O(accounts + tenants + invoices).
  public func discrepancies() -> [String] {
    var problems: [String] = []
    func check(_ name: String, _ a: Money, _ b: Money) {
      if a != b { problems.append("\(name): \(a) USD against \(b) USD") }
    }
    let accounts = accountTotals.reduce(BillTotals(), +)
    let payers = tenantTotals.reduce(BillTotals(), +)
    check("billed by account and by tenant", accounts.billed, payers.billed)
    check("effective by account and by tenant", accounts.effective, payers.effective)
    check("effective and billed", accounts.effective, accounts.billed)
    let invoiced = invoices.reduce(Money.zero) { $0 + $1.billed }
    let pending = open.reduce(Money.zero) { $0 + $1.billed }
    check("billed and invoiced", accounts.billed, invoiced + pending)
    for invoice in invoices where invoice.billed.roundedToCents != invoice.billed {
      problems.append("an invoice of \(invoice.billed) USD is not in whole cents")
    }
    return problems
  }
}

/// Sums of charges.
public struct BillTotals: Hashable, Sendable {
  /// By the public list.
  public var list = Money.zero
  /// After negotiated discounts.
  public var contracted = Money.zero
  /// On invoices.
  public var billed = Money.zero
  /// What it really cost.
  public var effective = Money.zero
  /// Effective cost of what was paid for and not used.
  public var unused = Money.zero

  /// Nothing.
  public init() {}

  /// Adds a line.
  mutating func add(_ charge: Charge) {
    list += charge.list
    contracted += charge.contracted
    billed += charge.billed
    effective += charge.effective
    if charge.status == .unused { unused += charge.effective }
  }

  /// The sums of both.
  public static func + (a: BillTotals, b: BillTotals) -> BillTotals {
    var sum = a
    sum.list += b.list
    sum.contracted += b.contracted
    sum.billed += b.billed
    sum.effective += b.effective
    sum.unused += b.unused
    return sum
  }
}
