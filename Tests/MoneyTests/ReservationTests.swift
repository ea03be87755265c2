import Money
import Testing

@Suite struct ReservationTests {
  /// The vendor's own example: 500 reserved, 300 in use, 300 more deployed for another model.
  @Test func fiveHundredReservedCoverTwoHundredOfTheSecondThreeHundred() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150)]
    let charges = BillingWorlds.hour(
      contracts,
      [BillingWorlds.units(300, deployment: 0), BillingWorlds.units(300, deployment: 1)])
    let second = charges.filter { $0.usage.deployment == 1 }
    #expect(second.of(.usage, .used).map(\.usage.quantity) == [200 * 3600])
    #expect(second.of(.usage, .none).map(\.usage.quantity) == [100 * 3600])
    #expect(second.of(.usage, .none).billed == Money(dollars: 100))
    #expect(charges.of(.purchase, .none).billed == Money(dollars: 150))
    #expect(charges.of(.usage, .unused).isEmpty)
    #expect(charges.billed == Money(dollars: 250))
    #expect(charges.effective == Money(dollars: 250))
  }

  @Test func whatNobodyUsesIsPaidAndSaidToBeUnused() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150)]
    let charges = BillingWorlds.hour(contracts, [BillingWorlds.units(300, deployment: 0)])
    #expect(charges.of(.usage, .unused).effective == Money(dollars: 60))
    #expect(charges.of(.usage, .used).effective == Money(dollars: 90))
    #expect(charges.billed == Money(dollars: 150))
  }

  @Test(arguments: ["data-zone-provisioned", "regional-provisioned"])
  func anotherDeploymentTypeIsNotCovered(type: String) {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150)]
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.units(300, deployment: 0, type: type)])
    #expect(charges.billed == Money(dollars: 450))
  }

  @Test func anotherRegionIsNotCovered() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150)]
    let charges = BillingWorlds.hour(
      contracts, [BillingWorlds.units(300, deployment: 0, region: 1)])
    #expect(charges.billed == Money(dollars: 450))
  }

  @Test func theOwnerComesFirstAndOthersOnlyWhereItIsShared() {
    var contracts = BillingWorlds.contracts(accounts: 2)
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150, account: 1)]
    let usage = [
      BillingWorlds.units(400, deployment: 0, account: 0),
      BillingWorlds.units(400, deployment: 1, account: 1),
    ]
    let shared = BillingWorlds.hour(contracts, usage)
    #expect(
      shared.of(.usage, .used).map { [$0.usage.account, Int($0.usage.quantity / 3600)] }
        == [[0, 100], [1, 400]])
    contracts.reservations[0].isShared = false
    let own = BillingWorlds.hour(contracts, usage)
    #expect(
      own.of(.usage, .used).map { [$0.usage.account, Int($0.usage.quantity / 3600)] } == [[1, 400]])
  }

  /// Fifteen minutes of units cost a quarter of an hour.
  @Test func partOfAnHourCostsItsPart() {
    let contracts = BillingWorlds.contracts()
    var biller = Biller(contracts, tenants: 0)
    var charges: [Charge] = []
    let end = contracts.starts.adding(seconds: 900)
    biller.close(
      from: contracts.starts, to: end,
      usage: [BillingWorlds.units(100, seconds: 900, deployment: 0)], weights: [], into: &charges)
    #expect(charges.billed == Money(dollars: 25))
  }

  @Test func aReservationCountsFromItsFirstDayToItsLast() {
    var contracts = BillingWorlds.contracts()
    contracts.reservations = [BillingWorlds.unitReservation(500, hourly: 150)]
    contracts.reservations[0].ends = CivilDate(year: 2026, month: 3, day: 2)!
    #expect(
      BillingWorlds.hour(contracts, [BillingWorlds.units(300, deployment: 0)]).billed
        == Money(dollars: 150))
    contracts.reservations[0].ends = CivilDate(year: 2026, month: 3, day: 1)!
    #expect(
      BillingWorlds.hour(contracts, [BillingWorlds.units(300, deployment: 0)]).billed
        == Money(dollars: 300))
    contracts.reservations[0].ends = BillingWorlds.later
    // By a clock five hours behind UTC the second of March has not begun.
    contracts.accounts[0].offsetMinutes = -300
    contracts.reservations[0].starts = CivilDate(year: 2026, month: 3, day: 2)!
    #expect(
      BillingWorlds.hour(contracts, [BillingWorlds.units(300, deployment: 0)]).billed
        == Money(dollars: 300))
  }
}
