import Money
import Multicloud
import SimulationKernel
import Tables

/// Keeps the books of a run: usage in, charges and ledgers out.
final class Books {
  private let world: World
  private let billing: Billing
  private let pricing: UsagePricing
  private var biller: Biller
  private var commitments: [CommitmentBook]
  private var table: TextTableFile<ChargeRow>?
  private var days: TextTableFile<CommitmentDayRow>?
  private var energy: [PoolEnergy]
  private(set) var failure: TableError?
  /// Sees every line of the bill.
  var onCharge: ((Charge) -> Void)?
  private var capacityBilled = Money.zero
  private var tokens: Int64 = 0
  private var now: BillingTime

  /// What a pool drew and emitted.
  struct PoolEnergy: Hashable, Sendable {
    var kilowattHours = 0.0
    var grams = 0.0
  }

  /// Opens the books of a world that is billed.
  init(_ world: World, _ billing: Billing, in directory: RunDirectory?) throws(TableError) {
    self.world = world
    self.billing = billing
    pricing = UsagePricing(world, billing)
    biller = Biller(billing.contracts, tenants: world.tenants.count)
    let contracts = billing.contracts
    commitments = contracts.commitments.map { commitment in
      CommitmentBook(
        commitment, offsetMinutes: contracts.accounts[commitment.account].offsetMinutes,
        accounts: contracts.accounts.count, starts: contracts.starts, outlook: billing.outlook)
    }
    energy = [PoolEnergy](repeating: PoolEnergy(), count: world.pools.count)
    now = contracts.starts
    guard let directory else { return }
    table = try directory.table(of: ChargeRow.self)
    if !commitments.isEmpty { days = try directory.table(of: CommitmentDayRow.self) }
    var placements: TextTableFile<PlacementRow> = try directory.table(of: PlacementRow.self)
    for row in PlacementRows(world).rows { try placements.append(row) }
    finished.append(try placements.finish())
  }

  private var finished: [FinishedTable] = []

  /// A billing period is over; usage that is spread evenly over it may be a day's.
  func take(_ period: borrowing UsagePeriod, isEven: Bool = false) {
    let from = billing.contracts.starts.adding(seconds: UsagePricing.seconds(period.start))
    let to = billing.contracts.starts.adding(seconds: UsagePricing.seconds(period.end))
    takeEnergy(period)
    for use in period.tokens { tokens += use.tokens }
    for use in period.longTokens { tokens += use.tokens }
    let priced = pricing.price(period)
    var charges: [Charge] = []
    settle(upTo: from, into: &charges)
    let invoiced = biller.invoices.count
    biller.close(
      from: from, to: to, usage: priced.lines, weights: priced.weights, isEven: isEven,
      into: &charges)
    for number in charges.indices { count(&charges[number], seconds: to.seconds - from.seconds) }
    for id in commitments.indices { commitments[id].observe(seconds: to.seconds - from.seconds) }
    noteCredits(biller.invoices[invoiced...])
    now = to
    write(charges)
    for id in commitments.indices {
      let offset = commitments[id].offsetMinutes
      if from.nextDayStart(offsetMinutes: offset) == to { endDay(id, at: to) }
    }
  }

  /// Draws commitments down by what a line is billed.
  private func count(_ charge: inout Charge, seconds: Int64) {
    guard charge.category == .usage || charge.category == .purchase, charge.billed > .zero else {
      return
    }
    if charge.usage.kind == .units || charge.usage.kind == .accelerators {
      capacityBilled += charge.billed
    }
    for id in commitments.indices {
      charge.eligible = max(charge.eligible, commitments[id].take(charge))
    }
  }

  /// What credits pay does not count: of an invoice's eligible charges the part that credits are of
  /// all.
  private func noteCredits(_ invoices: ArraySlice<Invoice>) {
    for invoice in invoices {
      for id in commitments.indices { commitments[id].note(invoice) }
    }
  }

  /// Bills what fell due.
  private func settle(upTo time: BillingTime, into charges: inout [Charge]) {
    for id in commitments.indices {
      for event in commitments[id].ledger.advance(to: time) {
        commitments[id].events.append(event)
        guard event.isBilled, event.shortfall > .zero else { continue }
        let commitment = commitments[id].ledger.commitment
        let usage = UsageLine(
          account: commitment.account, region: -1, sku: "", service: "commitments",
          kind: .application, quantity: 0, unit: "", list: .zero)
        var charge = Charge(
          usage: usage, category: .shortfall, start: event.due.time, end: event.due.time,
          contracted: event.shortfall)
        charge.discount = commitment.name
        charge.status = .unused
        biller.add(charge, into: &charges)
      }
    }
  }

  private func takeEnergy(_ period: borrowing UsagePeriod) {
    for (id, joules) in period.joules.enumerated() {
      let grid = billing.grids[world.pools[id].region]
      let kilowattHours = joules / 3_600_000 * (grid?.powerUsageEffectiveness ?? 1)
      energy[id].kilowattHours += kilowattHours
      energy[id].grams += kilowattHours * (grid?.gramsPerKilowattHour ?? 0)
    }
  }

  /// What closed books come to.
  struct Closing {
    var bill: Bill
    /// Eligible spending of each commitment by calendar month of its account, in order.
    var months: [[CommitmentMonth]]
  }

  /// Closes books that write no tables.
  func closing() throws -> Closing {
    let (bill, _) = try close(in: nil)
    return Closing(bill: bill, months: commitments.map(\.months))
  }

  // MARK: Tables

  private func write(_ charges: [Charge]) {
    if let onCharge { charges.forEach(onCharge) }
    guard failure == nil, table != nil else { return }
    do {
      for charge in charges {
        try table!.append(ChargeRow(charge, world, billing))
      }
    } catch {
      failure = error
    }
  }

  private func endDay(_ id: Int, at time: BillingTime) {
    let row = commitments[id].endDay(
      at: time, account: billing.contracts.accounts[commitments[id].ledger.commitment.account].name)
    guard failure == nil, days != nil else { return }
    do {
      try days!.append(row)
    } catch {
      failure = error
    }
  }

  // MARK: The end

  /// Closes the books and the tables.
  ///
  /// - Throws: `TableError` where a table cannot be written, `InvariantViolation` where a cent does not trace.
  func close(in directory: RunDirectory?) throws -> (Bill, [FinishedTable]) {
    var charges: [Charge] = []
    settle(upTo: now, into: &charges)
    let invoiced = biller.invoices.count
    biller.finish(at: now, into: &charges)
    noteCredits(biller.invoices[invoiced...])
    write(charges)
    for id in commitments.indices where commitments[id].hasOpenDay { endDay(id, at: now) }
    let problems = biller.discrepancies()
    guard problems.isEmpty else {
      let end = now.seconds - billing.contracts.starts.seconds
      throw InvariantViolation(
        .moneyIsConserved, problems.joined(separator: "; "), event: 0,
        time: SimTime(nanoseconds: end * 1_000_000_000), isExact: false)
    }
    if let failure { throw failure }
    if let table = table.take() { finished.append(try table.finish()) }
    if let days = days.take() { finished.append(try days.finish()) }
    let results = commitments.map { $0.result(at: now) }
    if let directory, !results.isEmpty {
      var months: TextTableFile<CommitmentMonthRow> = try directory.table(
        of: CommitmentMonthRow.self)
      for result in results {
        for row in result.rows { try months.append(row) }
      }
      finished.append(try months.finish())
    }
    let bill = Bill(
      accounts: biller.accountTotals, tenants: biller.tenantTotals, invoices: biller.invoices,
      commitments: results, kilowattHours: energy.map(\.kilowattHours), grams: energy.map(\.grams),
      seconds: now.seconds - billing.contracts.starts.seconds, tokens: tokens,
      capacityBilled: capacityBilled)
    return (bill, finished)
  }
}
