import Money
import SimulationKernel

/// Small bills for tests.
enum BillingWorlds {
  static let start = BillingTime(CivilDate(year: 2026, month: 3, day: 2)!)
  static let day = CivilDate(year: 2026, month: 1, day: 1)!
  static let later = CivilDate(year: 2028, month: 12, day: 31)!

  static func contracts(accounts: Int = 1, at start: BillingTime = start) -> Contracts {
    Contracts(
      starts: start,
      accounts: (0..<accounts).map { BillingAccount(name: "account-\($0)", cloud: 0) })
  }

  static func units(
    _ units: Int64, seconds: Int64 = 3600, deployment: Int, account: Int = 0,
    type: String = "global-provisioned", region: Int = 0
  ) -> UsageLine {
    UsageLine(
      account: account, deployment: deployment, region: region, sku: type, service: "models",
      kind: .units, quantity: units * seconds, unit: "unit-seconds",
      list: (Money(dollars: 1) * units).prorated(seconds, over: 3600))
  }

  static func machines(
    _ count: Int64, _ instance: String, hourly: Int64, seconds: Int64 = 3600, deployment: Int,
    account: Int = 0, region: Int = 0
  ) -> UsageLine {
    UsageLine(
      account: account, deployment: deployment, region: region, sku: instance,
      service: "machines", kind: .accelerators, quantity: count * seconds,
      unit: "instance-seconds",
      list: (Money(dollars: hourly) * count).prorated(seconds, over: 3600))
  }

  static func tokens(_ dollars: Int64, tenant: Int = -1, account: Int = 0) -> UsageLine {
    UsageLine(
      account: account, tenant: tenant, deployment: 0, region: 0, sku: "gpt/input",
      service: "models", kind: .tokens, quantity: dollars, unit: "tokens",
      list: Money(dollars: dollars))
  }

  static func unitReservation(_ units: Int64, hourly: Int64, account: Int = 0) -> Reservation {
    Reservation(
      name: "units", account: account, kind: .units, matches: "global-provisioned", region: 0,
      quantity: units, hourly: Money(dollars: hourly), starts: day, ends: later)
  }

  /// The charges of one hour.
  static func hour(
    _ contracts: Contracts, _ usage: [UsageLine], tenants: Int = 0, weights: [Int64] = []
  ) -> [Charge] {
    var biller = Biller(contracts, tenants: tenants)
    var charges: [Charge] = []
    biller.close(
      from: contracts.starts, to: contracts.starts.adding(seconds: 3600), usage: usage,
      weights: weights, into: &charges)
    return charges
  }
}

extension [Charge] {
  var billed: Money { reduce(.zero) { $0 + $1.billed } }
  var effective: Money { reduce(.zero) { $0 + $1.effective } }
  func of(_ category: Charge.Category, _ status: Charge.DiscountStatus) -> [Charge] {
    filter { $0.category == category && $0.status == status }
  }
}
