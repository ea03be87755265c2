import Money
import Multicloud
import Runner

/// What a run cost, by names.
public struct BillSeen: Hashable, Sendable {
  /// Charges of one kind.
  public struct Line: Hashable, Sendable {
    /// By the public list.
    public var list = Money.zero
    /// On invoices.
    public var billed = Money.zero
    /// What it really cost.
    public var effective = Money.zero

    /// Adds a charge.
    mutating func add(_ charge: Charge) {
      list += charge.list
      billed += charge.billed
      effective += charge.effective
    }
  }

  /// Sums by account.
  public internal(set) var accounts: [String: BillTotals] = [:]
  /// Sums by tenant, of those that have any; of nobody under an empty name.
  public internal(set) var tenants: [String: BillTotals] = [:]
  /// Sums by category and kind of charge.
  public internal(set) var kinds: [String: Line] = [:]
  /// Invoices by account and number.
  public internal(set) var invoices: [String: Invoice] = [:]
  /// Eligible spending of the run by commitment.
  public internal(set) var drawn: [String: Money] = [:]
  /// Energy by pool, buildings included, kilowatt-hours.
  public internal(set) var energy: [String: Double] = [:]
  /// Tokens billed.
  public internal(set) var tokens: Int64 = 0
  /// What of it was for capacity, whatever was asked.
  public internal(set) var capacity = Money.zero

  init(_ bill: Bill, kinds: [String: Line], _ world: World, _ contracts: Contracts) {
    self.kinds = kinds
    for (account, totals) in zip(contracts.accounts, bill.accounts) {
      accounts[account.name] = totals
    }
    for (tenant, totals) in zip(world.tenants.map(\.name) + [""], bill.tenants)
    where totals != BillTotals() {
      tenants[tenant] = totals
    }
    var number = 0
    for invoice in bill.invoices {
      var plain = invoice
      // Accounts are told by name.
      plain.account = 0
      invoices["\(contracts.accounts[invoice.account].name) \(number)"] = plain
      number += 1
    }
    for result in bill.commitments { drawn[result.ledger.commitment.name] = result.drawnInRun }
    for (path, hours) in zip(world.deploymentPaths, bill.kilowattHours) { energy[path] = hours }
    tokens = bill.tokens
    capacity = bill.capacityBilled
  }

  /// The first thing of which two bills say different things.
  func difference(from other: BillSeen) -> String? {
    func first<Value: Equatable>(_ what: String, _ part: (BillSeen) -> [String: Value]) -> String? {
      let (one, two) = (part(self), part(other))
      for key in Set(one.keys).union(two.keys).sorted() where one[key] != two[key] {
        func told(_ value: Value?) -> String { value.map { "\($0)" } ?? "none" }
        return "bill, \(what) '\(key)': \(told(one[key])) against \(told(two[key]))"
      }
      return nil
    }
    let sums = ["tokens": "\(tokens)", "USD of capacity": "\(capacity)"]
    let others = ["tokens": "\(other.tokens)", "USD of capacity": "\(other.capacity)"]
    let parts: [String?] = [
      first("account", \.accounts), first("tenant", \.tenants), first("kind", \.kinds),
      first("invoice", \.invoices), first("commitment", \.drawn), first("pool", \.energy),
      sums == others ? nil : "bill: \(sums) against \(others)",
    ]
    return parts.compactMap { $0 }.first
  }
}
