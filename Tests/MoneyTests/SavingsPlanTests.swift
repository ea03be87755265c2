import Money
import Testing

@Suite struct SavingsPlanTests {
  private func plan(
    _ name: String, hourly: Int64, family: String? = nil, rates: [(String, Int64)],
    account: Int = 0
  ) -> SavingsPlan {
    SavingsPlan(
      name: name, account: account,
      family: family.map { SavingsPlan.Family(name: $0, region: 0) },
      hourly: Money(dollars: hourly),
      rates: rates.map { SavingsPlan.Rate(instance: $0.0, millionths: $0.1) },
      starts: BillingWorlds.day, ends: BillingWorlds.later)
  }

  @Test func theHighestSavingIsCoveredFirst() {
    var contracts = BillingWorlds.contracts()
    contracts.savingsPlans = [
      plan("any", hourly: 40, rates: [("g5.large", 700_000), ("p5.large", 400_000)])
    ]
    let charges = BillingWorlds.hour(
      contracts,
      [
        BillingWorlds.machines(1, "g5.large", hourly: 10, deployment: 0),
        BillingWorlds.machines(1, "p5.large", hourly: 100, deployment: 1),
      ])
    // The p5 costs 40 under the plan: nothing is left for the g5.
    #expect(charges.of(.usage, .used).map(\.usage.deployment) == [1])
    #expect(charges.billed == Money(dollars: 50))
    #expect(charges.effective == Money(dollars: 50))
  }

  @Test func ofEqualSavingsTheLowestRateIsCoveredFirst() {
    var contracts = BillingWorlds.contracts()
    contracts.savingsPlans = [
      plan("any", hourly: 5, rates: [("a.large", 500_000), ("b.large", 500_000)])
    ]
    let charges = BillingWorlds.hour(
      contracts,
      [
        BillingWorlds.machines(1, "a.large", hourly: 100, deployment: 0),
        BillingWorlds.machines(1, "b.large", hourly: 10, deployment: 1),
      ])
    #expect(charges.of(.usage, .used).map(\.usage.deployment) == [1])
  }

  @Test func reservationsComeBeforePlansAndBoundPlansBeforeFreeOnes() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [
      Reservation(
        name: "node", account: 0, kind: .accelerators, matches: "p5.large", region: 0, quantity: 1,
        hourly: Money(dollars: 30), starts: BillingWorlds.day, ends: BillingWorlds.later)
    ]
    contracts.savingsPlans = [
      plan("free", hourly: 60, rates: [("p5.large", 600_000)]),
      plan("bound", hourly: 50, family: "p5", rates: [("p5.large", 500_000)]),
    ]
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.machines(3, "p5.large", hourly: 100, deployment: 0)])
    #expect(
      charges.of(.usage, .used).map { "\($0.discount) \($0.usage.quantity / 3600)" }
        == ["node 1", "bound 1", "free 1"])
    #expect(charges.billed == Money(dollars: 140))
    #expect(charges.of(.usage, .none).isEmpty)
  }

  @Test func aFamilyIsAllOfItsNameUpToThePoint() {
    var contracts = BillingWorlds.contracts()
    contracts.savingsPlans = [
      plan(
        "bound", hourly: 50, family: "p5", rates: [("p5e.large", 500_000), ("p5.large", 500_000)])
    ]
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.machines(1, "p5e.large", hourly: 100, deployment: 0)])
    #expect(charges.billed == Money(dollars: 150))
    #expect(charges.of(.usage, .unused).effective == Money(dollars: 50))
  }

  @Test func anHoursPromiseIsUsedToTheLastWholeSecond() {
    var contracts = BillingWorlds.contracts()
    contracts.savingsPlans = [plan("any", hourly: 10, rates: [("p5.large", 300_000)])]
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.machines(1, "p5.large", hourly: 100, deployment: 0)])
    // 30 dollars an hour under the plan: ten pay for a third of it.
    #expect(charges.of(.usage, .used).map(\.usage.quantity) == [1200])
    #expect(charges.of(.usage, .none).map(\.usage.quantity) == [2400])
    #expect(charges.effective == charges.billed)
  }

  @Test func whatAnHourLeavesUnusedIsLost() {
    var contracts = BillingWorlds.contracts()
    contracts.savingsPlans = [plan("any", hourly: 10, rates: [("p5.large", 300_000)])]
    let charges = BillingWorlds.hour(contracts, [])
    #expect(charges.billed == Money(dollars: 10))
    #expect(charges.of(.usage, .unused).effective == Money(dollars: 10))
  }

  @Test func theOwnersUsageComesFirst() {
    var contracts = BillingWorlds.contracts(accounts: 2)
    contracts.savingsPlans = [
      plan("any", hourly: 30, rates: [("p5.large", 300_000), ("g5.large", 900_000)], account: 1)
    ]
    let charges = BillingWorlds.hour(
      contracts,
      [
        BillingWorlds.machines(1, "p5.large", hourly: 100, deployment: 0, account: 0),
        BillingWorlds.machines(1, "g5.large", hourly: 10, deployment: 1, account: 1),
      ])
    let covered = charges.of(.usage, .used)
    #expect(covered.map(\.usage.deployment) == [0, 1])
    #expect(covered[1].usage.quantity == 3600)
    #expect(covered[0].usage.quantity == 2520)
  }
}
