/// Which savings plan covers what reservations left of an hour's machines.
///
/// Plans bound to an instance family come before plans for any compute; within a plan the usage with
/// the highest saving first, of equal savings the one with the lowest rate, then in order of
/// deployment; the owner's account before others. What an hour's promise is not used for is lost.
/// Source: AWS, Savings Plans user guide, how plans apply to usage, 2025.
struct SavingsWaterfall {
  /// A part of a line, covered by a plan.
  struct Cover: Hashable {
    var line: Int
    var plan: Int
    /// Instance-seconds.
    var quantity: Int64
    /// At the plan's rate.
    var cost: Money
  }

  private(set) var covers: [Cover] = []
  /// What nothing covers, by line.
  private(set) var rest: [Int64]
  /// What is left of each plan's promise for the period.
  private(set) var unused: [Money]
  /// Which plans are active, by number.
  let active: [Bool]
  private let accounts: [BillingAccount]

  /// Applies plans to a period of `seconds` that begins at `time`.
  ///
  /// - Parameter rest: What reservations left of each line.
  init(
    _ plans: [SavingsPlan], _ lines: [UsageLine], rest: [Int64], accounts: [BillingAccount],
    at time: BillingTime, seconds: Int64
  ) {
    self.rest = rest
    self.accounts = accounts
    let isActive = plans.map {
      let date = time.date(offsetMinutes: accounts[$0.account].offsetMinutes)
      return $0.starts <= date && date <= $0.ends
    }
    active = isActive
    unused = plans.indices.map {
      isActive[$0] ? plans[$0].hourly.prorated(seconds, over: 3600) : .zero
    }
    let bound = plans.indices.filter { active[$0] && plans[$0].family != nil }
    let free = plans.indices.filter { active[$0] && plans[$0].family == nil }
    for plan in bound + free { apply(plans[plan], plan, lines) }
  }

  private mutating func apply(_ plan: SavingsPlan, _ id: Int, _ lines: [UsageLine]) {
    struct Match {
      var line: Int
      var millionths: Int64
      /// Of all of the line, at the plan's rate.
      var cost: Money
      var isOther: Bool
    }
    var matches: [Match] = []
    for (number, line) in lines.enumerated() where rest[number] > 0 && line.quantity > 0 {
      guard line.kind == .accelerators, line.purchase == .onDemand, plan.covers(line),
        let rate = plan.rates.first(where: { $0.instance == line.sku }),
        line.account == plan.account
          || plan.isShared && accounts[line.account].cloud == accounts[plan.account].cloud
      else { continue }
      matches.append(
        Match(
          line: number, millionths: rate.millionths,
          cost: line.list.share(millionths: rate.millionths),
          isOther: line.account != plan.account))
    }
    matches.sort { a, b in
      if a.isOther != b.isOther { return b.isOther }
      if a.millionths != b.millionths { return a.millionths < b.millionths }
      // Rates of an instance-second are compared crosswise, without dividing.
      let left = a.cost.picodollars * Int128(lines[b.line].quantity)
      let right = b.cost.picodollars * Int128(lines[a.line].quantity)
      return left != right ? left < right : a.line < b.line
    }
    for match in matches {
      let line = match.line
      let whole = lines[line].quantity
      let cost = match.cost.prorated(rest[line], over: whole)
      if cost <= unused[id] {
        add(id, line, rest[line], cost)
        continue
      }
      // As many whole instance-seconds as the rest of the promise pays for.
      let quantity = Int64(
        unused[id].picodollars * Int128(whole) / max(1, match.cost.picodollars))
      let part = min(
        unused[id], match.cost.prorated(min(quantity, rest[line]), over: whole))
      add(id, line, min(quantity, rest[line]), part)
      return
    }
  }

  private mutating func add(_ plan: Int, _ line: Int, _ quantity: Int64, _ cost: Money) {
    if quantity == 0 { return }
    rest[line] -= quantity
    unused[plan] -= cost
    covers.append(Cover(line: line, plan: plan, quantity: quantity, cost: cost))
  }
}

extension SavingsPlan {
  /// Whether the plan's family and region are those of a line.
  func covers(_ line: UsageLine) -> Bool {
    guard let family else { return true }
    return family.region == line.region && line.sku.hasPrefix(family.name + ".")
  }
}
