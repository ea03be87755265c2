import Foundation
import Money
import SimulationKernel
import Testing

@Suite struct BillerTests {
  /// Every cent traces, whatever the contracts and whatever is used.
  /// `PLIMSOLL_MONEY_WORLDS` tries more.
  @Test func everythingAddsUpInRandomWorlds() {
    let asked = ProcessInfo.processInfo.environment["PLIMSOLL_MONEY_WORLDS"].flatMap(Int.init)
    for seed in 0..<(asked ?? 600) { checkWorld(UInt64(seed)) }
  }

  private func checkWorld(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    let accounts = 1 + below(3)
    let tenants = below(4)
    // Starts near a month's end, at odd minutes.
    let starts = BillingTime(
      CivilDate(year: 2026 + below(3), month: 1 + below(12), day: 1)!
    ).adding(seconds: Int64(below(20) - 14) * 1800)
    var contracts = BillingWorlds.contracts(accounts: accounts, at: starts)
    for account in 0..<accounts {
      contracts.accounts[account].offsetMinutes = [0, 330, -300, 720][below(4)]
      contracts.accounts[account].discountMillionths = (0..<6).map { _ in Int64(below(300_000)) }
      if below(3) == 0 { contracts.accounts[account].credits = Money(dollars: Int64(below(2000))) }
    }
    for number in 0..<below(4) {
      var reservation = BillingWorlds.unitReservation(
        Int64(below(400)) + 1, hourly: Int64(below(90)) + 1, account: below(accounts))
      reservation.name = "reservation-\(number)"
      if below(2) == 0 {
        reservation.kind = .accelerators
        reservation.matches = ["p5.large", "g5.large"][below(2)]
      }
      reservation.isShared = below(2) == 0
      contracts.reservations.append(reservation)
    }
    for number in 0..<below(3) {
      contracts.savingsPlans.append(
        SavingsPlan(
          name: "plan-\(number)", account: below(accounts),
          family: below(2) == 0 ? nil : SavingsPlan.Family(name: "p5", region: 0),
          hourly: Money(picodollars: Int128(below(1_000_000_000)) * 97_003),
          rates: [
            SavingsPlan.Rate(instance: "p5.large", millionths: Int64(300_000 + below(500_000))),
            SavingsPlan.Rate(instance: "g5.large", millionths: Int64(300_000 + below(500_000))),
          ], starts: BillingWorlds.day, ends: BillingWorlds.later, isShared: below(2) == 0))
    }
    contracts.unused =
      [
        .usage, .account, .shares((0..<tenants).map { _ in Int64(below(5)) }),
        tenants > 0 ? .tenant(tenants - 1) : .usage,
      ][below(4)]
    var biller = Biller(contracts, tenants: tenants)
    var charges: [Charge] = []
    var time = starts
    let deployments = 4
    for _ in 0..<8 {
      let next = min(
        contracts.nextClosing(after: time), time.adding(seconds: Int64(below(4000)) + 1))
      let seconds = next.seconds - time.seconds
      var usage: [UsageLine] = []
      for deployment in 0..<deployments {
        switch below(4) {
        case 0:
          usage.append(
            BillingWorlds.units(
              Int64(below(500)), seconds: seconds, deployment: deployment,
              account: below(accounts)))
        case 1:
          usage.append(
            BillingWorlds.machines(
              Int64(below(5)), ["p5.large", "g5.large", "x1.large"][below(3)],
              hourly: Int64(below(90)) + 1, seconds: seconds, deployment: deployment,
              account: below(accounts)))
        default:
          var line = BillingWorlds.tokens(
            Int64(below(900)), tenant: tenants == 0 ? -1 : below(tenants + 1) - 1,
            account: below(accounts))
          line.list = Money(picodollars: Int128(random.next() % 1_000_000_000_000_000))
          usage.append(line)
        }
      }
      let weights = (0..<deployments * tenants).map { _ in Int64(below(3) * below(1_000_000)) }
      biller.close(from: time, to: next, usage: usage, weights: weights, into: &charges)
      time = next
      #expect(biller.discrepancies().isEmpty, "seed \(seed): \(biller.discrepancies())")
    }
    biller.finish(at: time, into: &charges)
    #expect(biller.discrepancies().isEmpty, "seed \(seed): \(biller.discrepancies())")
    // The lines themselves say the same as the books, and the invoices hold all of them.
    let total = biller.accountTotals.reduce(BillTotals(), +)
    #expect(charges.billed == total.billed && charges.effective == total.effective)
    #expect(biller.invoices.reduce(Money.zero) { $0 + $1.billed } == charges.billed)
    for charge in charges where charge.status == .used {
      #expect(charge.billed == .zero)
    }
    for tenant in 0..<tenants {
      #expect(
        charges.filter { $0.usage.tenant == tenant }.effective
          == biller.tenantTotals[tenant].effective)
    }
  }

  @Test func monthsEndWhereTheAccountsCalendarSays() {
    // 28 February 2028 is not the last day of that month.
    var contracts = BillingWorlds.contracts(
      accounts: 2, at: BillingTime(CivilDate(year: 2028, month: 2, day: 28)!))
    contracts.accounts[1].offsetMinutes = 330
    var biller = Biller(contracts, tenants: 0)
    var charges: [Charge] = []
    var time = contracts.starts
    let end = BillingTime(CivilDate(year: 2028, month: 3, day: 1)!).adding(seconds: 7200)
    while time < end {
      let next = contracts.nextClosing(after: time)
      biller.close(
        from: time, to: next,
        usage: [
          BillingWorlds.units(
            100, seconds: next.seconds - time.seconds, deployment: 0, account: 0),
          BillingWorlds.units(
            100, seconds: next.seconds - time.seconds, deployment: 1, account: 1),
        ], weights: [], into: &charges)
      time = next
    }
    biller.finish(at: time, into: &charges)
    #expect(
      biller.invoices.map { "\($0.account) \($0.end) \($0.billed)" } == [
        "1 2028-02-29T18:30:00Z 4250.00", "0 2028-03-01T00:00:00Z 4800.00",
        "0 2028-03-01T02:00:00Z 200.00", "1 2028-03-01T02:00:00Z 750.00",
      ])
    #expect(biller.discrepancies().isEmpty)
  }

  @Test func creditsPayInvoicesUntilTheyAreGone() {
    var contracts = BillingWorlds.contracts(
      at: BillingTime(CivilDate(year: 2026, month: 1, day: 31)!).adding(seconds: 82_800))
    contracts.accounts[0].credits = Money(dollars: 150)
    var biller = Biller(contracts, tenants: 0)
    var charges: [Charge] = []
    var time = contracts.starts
    for _ in 0..<2 {
      biller.close(
        from: time, to: time.adding(seconds: 3600), usage: [BillingWorlds.tokens(100)],
        weights: [], into: &charges)
      time = time.adding(seconds: 3600)
    }
    biller.finish(at: time, into: &charges)
    #expect(biller.invoices.map(\.credits) == [Money(dollars: 100), Money(dollars: 50)])
    #expect(biller.invoices.map(\.billed) == [.zero, Money(dollars: 50)])
  }

  @Test func anInvoiceIsRoundedOnceHalfToEven() {
    var contracts = BillingWorlds.contracts()
    contracts.accounts[0].discountMillionths[Int(ChargeKind.tokens.rawValue)] = 995_000
    var biller = Biller(contracts, tenants: 1)
    var charges: [Charge] = []
    biller.close(
      from: contracts.starts, to: contracts.starts.adding(seconds: 60),
      usage: [BillingWorlds.tokens(1, tenant: 0)], weights: [0], into: &charges)
    biller.finish(at: contracts.starts.adding(seconds: 60), into: &charges)
    // Half a cent goes to the even neighbour, nothing.
    #expect(charges.filter { $0.category == .rounding }.map(\.billed.description) == ["-0.005"])
    #expect(biller.invoices.map(\.billed) == [.zero])
    #expect(biller.discrepancies().isEmpty)
  }

  @Test func sharedCapacityIsChargedByUse() {
    let contracts = BillingWorlds.contracts()
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.machines(1, "p5.large", hourly: 100, deployment: 0)], tenants: 3,
      weights: [3, 0, 1])
    #expect(charges.map(\.usage.tenant) == [0, 2])
    #expect(charges.map(\.effective) == [Money(dollars: 75), Money(dollars: 25)])
    #expect(charges.map(\.usage.quantity) == [2700, 900])
  }

  @Test func aShortfallGoesWhereTheUnusedGoes() {
    var contracts = BillingWorlds.contracts()
    func parts(_ rule: UnusedRule) -> [String] {
      contracts.unused = rule
      var biller = Biller(contracts, tenants: 2)
      var charges: [Charge] = []
      let end = contracts.starts.adding(seconds: 3600)
      biller.close(
        from: contracts.starts, to: end,
        usage: [BillingWorlds.tokens(10, tenant: 0), BillingWorlds.tokens(30, tenant: 1)],
        weights: [0, 0], into: &charges)
      charges = []
      var shortfall = Charge(
        usage: UsageLine(
          account: 0, region: -1, sku: "", service: "", kind: .application, quantity: 0, unit: "",
          list: .zero), category: .shortfall, start: end, end: end, contracted: Money(dollars: 60))
      shortfall.status = .unused
      biller.add(shortfall, into: &charges)
      #expect(biller.discrepancies().isEmpty)
      return charges.map { "\($0.usage.tenant) \($0.billed)" }
    }
    #expect(parts(.usage) == ["0 15.00", "1 45.00"])
    #expect(parts(.account) == ["-1 60.00"])
    #expect(parts(.tenant(0)) == ["0 60.00"])
    #expect(parts(.shares([1, 2])) == ["0 20.00", "1 40.00"])
  }

  @Test func theUnusedGoesWhereTheRuleSays() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(100, hourly: 60)]
    let usage = [BillingWorlds.tokens(10, tenant: 0), BillingWorlds.tokens(30, tenant: 1)]
    func unused(_ rule: UnusedRule) -> [String] {
      contracts.unused = rule
      return BillingWorlds.hour(contracts, usage, tenants: 2, weights: [])
        .filter { $0.status == .unused }.map { "\($0.usage.tenant) \($0.effective)" }
    }
    #expect(unused(.account) == ["-1 60.00"])
    #expect(unused(.usage) == ["0 15.00", "1 45.00"])
    #expect(unused(.shares([2, 1])) == ["0 40.00", "1 20.00"])
    #expect(unused(.tenant(1)) == ["1 60.00"])
  }
}
