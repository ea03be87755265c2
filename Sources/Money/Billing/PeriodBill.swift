/// The lines of one period, before anything is attributed to tenants.
struct PeriodBill {
  private let contracts: Contracts
  private let from: BillingTime
  private let to: BillingTime
  private let usage: [UsageLine]
  /// Usage and purchases.
  private(set) var charges: [Charge] = []
  /// Paid for and not used.
  private(set) var unused: [Charge] = []

  init(_ contracts: Contracts, _ from: BillingTime, _ to: BillingTime, _ usage: [UsageLine]) {
    self.contracts = contracts
    self.from = from
    self.to = to
    self.usage = usage
  }

  private var seconds: Int64 { to.seconds - from.seconds }

  mutating func run() {
    let capacity = usage.indices.filter { usage[$0].isCapacity }
    let lines = capacity.map { usage[$0] }
    let matched = ReservationMatcher(
      contracts.reservations, lines, accounts: contracts.accounts, at: from, seconds: seconds)
    let planned = SavingsWaterfall(
      contracts.savingsPlans, lines, rest: matched.rest, accounts: contracts.accounts, at: from,
      seconds: seconds)
    var parts = [[Part]](repeating: [], count: lines.count)
    // What a reservation costs in the period is borne by what it covers and by what nobody used.
    var coversOfReservation = [[Int]](repeating: [], count: contracts.reservations.count)
    for (number, cover) in matched.covers.enumerated() {
      coversOfReservation[cover.reservation].append(number)
    }
    for (id, reservation) in contracts.reservations.enumerated() where matched.active[id] {
      let covers = coversOfReservation[id].map { matched.covers[$0] }
      let price = reservation.hourly.prorated(seconds, over: 3600)
      let shares = price.split(by: covers.map(\.quantity) + [matched.unused[id]]) ?? [price]
      for (cover, share) in zip(covers, shares) {
        parts[cover.line].append(
          Part(quantity: cover.quantity, discount: reservation.name, effective: share))
      }
      addPurchase(
        reservation.name, reservation.account, reservation.kind, reservation.region,
        sku: reservation.matches, price: price, unusedPart: shares[shares.count - 1],
        unusedQuantity: matched.unused[id],
        unit: reservation.kind == .units ? "unit-seconds" : "instance-seconds")
    }
    for cover in planned.covers {
      parts[cover.line].append(
        Part(
          quantity: cover.quantity, discount: contracts.savingsPlans[cover.plan].name,
          effective: cover.cost))
    }
    for (id, plan) in contracts.savingsPlans.enumerated() where planned.active[id] {
      addPurchase(
        plan.name, plan.account, .accelerators, plan.family?.region ?? -1, sku: "savings-plan",
        price: plan.hourly.prorated(seconds, over: 3600), unusedPart: planned.unused[id],
        unusedQuantity: 0, unit: "")
    }
    var place = 0
    for line in usage {
      if line.isCapacity {
        addCapacity(line, parts[place], rest: planned.rest[place])
        place += 1
      } else {
        charges.append(charge(line, contracted(line)))
      }
    }
  }

  /// A part of a line that a reservation or plan covers.
  private struct Part {
    var quantity: Int64
    var discount: String
    var effective: Money
  }

  private func contracted(_ line: UsageLine) -> Money {
    let discount = contracts.accounts[line.account].discountMillionths[Int(line.kind.rawValue)]
    return line.list.share(millionths: 1_000_000 - discount)
  }

  private func charge(_ line: UsageLine, _ contracted: Money) -> Charge {
    Charge(usage: line, category: .usage, start: from, end: to, contracted: contracted)
  }

  /// A line in parts: what is covered, and what is paid by the hour.
  private mutating func addCapacity(_ line: UsageLine, _ parts: [Part], rest: Int64) {
    let weights = parts.map(\.quantity) + [rest]
    let lists = line.list.split(by: weights) ?? [line.list]
    let contracts = contracted(line).split(by: weights) ?? [contracted(line)]
    for (number, part) in parts.enumerated() {
      var covered = line
      covered.quantity = part.quantity
      covered.list = lists[number]
      var charge = charge(covered, contracts[number])
      charge.billed = .zero
      charge.effective = part.effective
      charge.discount = part.discount
      charge.status = .used
      charges.append(charge)
    }
    if rest > 0 {
      var open = line
      open.quantity = rest
      open.list = lists[lists.count - 1]
      charges.append(charge(open, contracts[contracts.count - 1]))
    }
  }

  private mutating func addPurchase(
    _ name: String, _ account: Int, _ kind: ChargeKind, _ region: Int, sku: String, price: Money,
    unusedPart: Money, unusedQuantity: Int64, unit: String
  ) {
    var line = UsageLine(
      account: account, region: region, sku: sku, service: "commitment discounts", kind: kind,
      quantity: 0, unit: unit, list: .zero)
    var purchase = Charge(
      usage: line, category: .purchase, start: from, end: to, contracted: price)
    purchase.effective = .zero
    purchase.discount = name
    charges.append(purchase)
    if unusedPart == .zero && unusedQuantity == 0 { return }
    line.quantity = unusedQuantity
    var waste = Charge(usage: line, category: .usage, start: from, end: to, contracted: .zero)
    waste.effective = unusedPart
    waste.discount = name
    waste.status = .unused
    unused.append(waste)
  }
}

extension UsageLine {
  /// Whether it stands ready by the hour and reservations or plans may cover it.
  var isCapacity: Bool { (kind == .units || kind == .accelerators) && purchase == .onDemand }
}
