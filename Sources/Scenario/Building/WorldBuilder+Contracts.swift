import Catalog
import Money
import Multicloud

/// Commitments, reservations and savings plans.
extension WorldBuilder {
  /// Adds what was signed with a cloud.
  func addTerms(_ cloud: Item.Entry, _ world: World, _ billing: inout Billing) {
    guard let contract = cloud.item["contract"] else { return }
    let accounts = billing.contracts.accounts.indices.filter {
      clouds[billing.contracts.accounts[$0].cloud].name == cloud.key
    }
    guard let first = accounts.first else {
      diagnostics.report(
        cloud.mark, "cloud '\(cloud.key)' has a contract but nothing that could be billed")
      return
    }
    for entry in contract.required("commitments").entries {
      if let commitment = commitment(entry, cloud.key, accounts, billing.contracts) {
        billing.contracts.commitments.append(commitment)
      }
    }
    for entry in contract.required("reservations").entries {
      let account = owner(entry, first, cloud.key, billing.contracts)
      if let reservation = reservation(entry, cloud.key, account) {
        billing.contracts.reservations.append(reservation)
      }
    }
    for entry in contract.required("savings-plans").entries {
      let account = owner(entry, first, cloud.key, billing.contracts)
      if let plan = savingsPlan(entry, cloud.key, account, billing) {
        billing.contracts.savingsPlans.append(plan)
      }
    }
  }

  /// Names of a cloud's accounts as contracts give them, without the cloud.
  private func names(of accounts: [Int], _ cloud: String, _ contracts: Contracts) -> [String] {
    accounts.map {
      let name = contracts.accounts[$0].name
      return name.hasPrefix("\(cloud)/") ? String(name.dropFirst(cloud.count + 1)) : name
    }
  }

  private func owner(
    _ entry: Item.Entry, _ first: Int, _ cloud: String, _ contracts: Contracts
  ) -> Int {
    guard let item = entry.item["account"] else { return first }
    let accounts = contracts.accounts.indices.filter {
      clouds[contracts.accounts[$0].cloud].name == cloud
    }
    let known = names(of: accounts, cloud, contracts)
    return reference(item, "account of \(cloud)", among: known).map { accounts[$0] } ?? first
  }

  private func lastDay(_ starts: CivilDate, months: Int) -> CivilDate {
    starts.adding(months: months).adding(days: -1)
  }

  // MARK: Commitments

  private func commitment(
    _ entry: Item.Entry, _ cloud: String, _ accounts: [Int], _ contracts: Contracts
  ) -> Commitment? {
    let item = entry.item
    let name = "\(cloud)/\(entry.key)"
    func wrong(_ item: Item?, _ problem: String) -> Commitment? {
      diagnostics.report(item?.mark ?? entry.mark, "commitment '\(entry.key)': \(problem)")
      return nil
    }
    let starts = item.required("starts").date
    let floors = item["floors"]?.items.map(\.money)
    if floors != nil, item["amount"] != nil {
      return wrong(item["amount"], "give amount or floors, not both")
    }
    if let floors, floors.isEmpty || floors.contains(.zero) {
      return wrong(item["floors"], "a floor of a contract year is above zero")
    }
    guard let amount = item["amount"]?.money ?? floors?.reduce(.zero, +) else {
      return wrong(nil, "give amount, or floors for each contract year")
    }
    if amount == .zero { return wrong(item["amount"], "the amount is zero") }
    guard let months = item["term"]?.integer ?? floors.map({ $0.count * 12 }) else {
      return wrong(nil, "give term, such as 3y")
    }
    if let floors, months != floors.count * 12 {
      return wrong(item["term"], "\(floors.count) floors make a term of \(floors.count)y")
    }
    let ends = lastDay(starts, months: months)
    if floors == nil, !ends.isMonthEnd {
      let (year, month, _) = starts.parts
      let first = CivilDate(year: year, month: month, day: 1)!
      return wrong(
        item.required("starts"),
        "its term would end on \(ends), which is no end of a month; the nearest starts are "
          + "\(first) and \(first.adding(months: 1))")
    }
    let present = contracts.starts.date(
      offsetMinutes: contracts.accounts[accounts[0]].offsetMinutes)
    if ends < present {
      return wrong(nil, "it ended on \(ends), before the run starts on \(present)")
    }
    if starts > present {
      return wrong(
        item.required("starts"), "it starts on \(starts), after the run starts on \(present)")
    }
    var result = Commitment(
      name: name, account: accounts[0], amount: amount, starts: starts, ends: ends)
    result.contributors = accounts
    if let floors {
      result.shape = .annualFloors(floors)
      if !item.required("milestones").entries.isEmpty {
        return wrong(item.required("milestones"), "floors have no milestones")
      }
    } else {
      guard let milestones = milestones(item, amount, starts, ends, entry) else { return nil }
      result.shape = .drawdown(milestones: milestones)
    }
    if let drawn = item["drawn"] {
      if drawn.money > amount { return wrong(drawn, "more is drawn than was promised") }
      result.drawn = drawn.money
    }
    if let counts = item["counts"] {
      let kinds = counts.items.map(\.text)
      result.counts = ChargeKinds(
        ChargeKind.allCases.filter { kinds.contains($0.name) }.map { ChargeKinds($0) })
    }
    result.thirdPartyMillionths = item.required("third-party").millionths
    result.thirdPartyCapMillionths = item.required("third-party-cap").millionths
    result.billsShortfall = item.required("shortfall").text == "billed"
    if let contributors = item["contributors"] {
      let known = names(of: accounts, cloud, contracts)
      result.contributors = contributors.items.compactMap { name in
        reference(name, "account of \(cloud)", among: known).map { accounts[$0] }
      }
      result.account = result.contributors.first ?? accounts[0]
    }
    return result
  }

  private func milestones(
    _ item: Item, _ amount: Money, _ starts: CivilDate, _ ends: CivilDate, _ entry: Item.Entry
  ) -> [Commitment.Milestone]? {
    var result: [Commitment.Milestone] = []
    for milestone in item.required("milestones").entries {
      func wrong(_ problem: String) -> [Commitment.Milestone]? {
        diagnostics.report(
          milestone.mark, "commitment '\(entry.key)': milestone \(milestone.key): \(problem)")
        return nil
      }
      guard let date = CivilDate(milestone.key) else {
        return wrong("expected \(ScalarKind.date.expectation)")
      }
      if date < starts || date > ends {
        return wrong("it is not in the term, \(starts) to \(ends)")
      }
      if !date.isMonthEnd {
        return wrong(
          "no end of a month; the nearest are \(date.monthStart.adding(days: -1)) and "
            + "\(date.nextMonthStart.adding(days: -1))")
      }
      if milestone.item.money > amount { return wrong("more than the amount") }
      result.append(Commitment.Milestone(amount: milestone.item.money, date: date))
    }
    result.sort { $0.date < $1.date }
    for (a, b) in zip(result, result.dropFirst()) where b.amount < a.amount {
      diagnostics.report(
        item.required("milestones").mark,
        "commitment '\(entry.key)': milestones are cumulative, but that of \(b.date) is below "
          + "that of \(a.date)")
      return nil
    }
    return result
  }

  // MARK: Reservations

  private func reservation(
    _ entry: Item.Entry, _ cloud: String, _ account: Int
  ) -> Reservation? {
    let item = entry.item
    func wrong(_ item: Item?, _ problem: String) -> Reservation? {
      diagnostics.report(item?.mark ?? entry.mark, "reservation '\(entry.key)': \(problem)")
      return nil
    }
    let starts = item.required("starts").date
    let months = item.required("term").integer
    guard let region = region(item.required("region"), of: cloud) else { return nil }
    if let type = item["provisioned"] {
      if item["instance"] != nil { return wrong(type, "give provisioned or instance, not both") }
      guard let facts = catalog.deploymentType(cloud: cloud, named: type.text) else {
        return wrong(
          type,
          "unknown deployment type '\(type.text)'"
            + NearestName.hint(for: type.text, among: catalog.deploymentTypeNames(cloud: cloud)))
      }
      guard facts.kind == .provisioned else {
        return wrong(type, "\(facts.name) is not sold in units")
      }
      guard let units = item["units"] else { return wrong(nil, "give units, such as 300 PTU") }
      let processing =
        switch facts.processing {
        case .global: "global"
        case .zone: "data-zone"
        case .region: "regional"
        }
      let listed = catalog.unitReservation(
        cloud: cloud, processing: processing, termMonths: months)
      guard let monthly = item["price"]?.money ?? listed.map({ Money(picodollars: Int128($0)) })
      else {
        return wrong(
          nil,
          "the catalog has no price of \(processing) units reserved for \(months) months; give "
            + "price, such as 221 USD/unit/month")
      }
      // A year has twelve months and 8,760 hours.
      return Reservation(
        name: "\(cloud)/\(entry.key)", account: account, kind: .units, matches: facts.name,
        region: region, quantity: units.whole,
        hourly: (monthly * units.whole).prorated(12, over: 8760),
        starts: starts, ends: lastDay(starts, months: months),
        isShared: item.required("shared").flag)
    }
    guard let instance = item["instance"] else {
      return wrong(nil, "give provisioned (a deployment type) or instance")
    }
    guard let count = item["count"] else {
      return wrong(nil, "give count, the number of instances")
    }
    guard let facts = instanceFacts(instance, cloud) else { return nil }
    guard let hourly = item["hourly"]?.money ?? listPrice(facts, region, months) else {
      return wrong(
        nil,
        "the catalog has no price of \(facts.name) reserved for \(months) months in "
          + "\(cloud)/\(regions[region].name); give hourly, such as 43.16 USD/h")
    }
    return Reservation(
      name: "\(cloud)/\(entry.key)", account: account, kind: .accelerators, matches: facts.name,
      region: region, quantity: count.whole, hourly: hourly * count.whole, starts: starts,
      ends: lastDay(starts, months: months), isShared: item.required("shared").flag)
  }

  private func instanceFacts(_ item: Item, _ cloud: String) -> InstanceFacts? {
    let known = catalog.instances.filter { $0.cloud == cloud }
    if let facts = known.first(where: { $0.name == item.text }) { return facts }
    diagnostics.report(
      item.mark,
      "unknown instance '\(item.text)' of \(cloud)"
        + NearestName.hint(for: item.text, among: known.map(\.name)))
    return nil
  }

  private func listPrice(_ facts: InstanceFacts, _ region: Int, _ months: Int) -> Money? {
    let purchase: PurchaseOption? =
      months == 12 ? .reservedOneYear : months == 36 ? .reservedThreeYears : nil
    guard let purchase else { return nil }
    let choice = try? catalog.machines(
      MachineAsk(
        cloud: facts.cloud, region: regions[region].name, accelerator: facts.accelerator,
        acceleratorsPerReplica: facts.accelerators, replicas: 1, purchase: purchase.name,
        instance: facts.name, asOf: root["billing"]?["prices-as-of"]?.date.description))
    return choice.map { Money(picodollars: Int128($0.picodollarsPerHour)) }
  }

  private func region(_ item: Item, of cloud: String) -> Int? {
    let ids = regions.indices.filter { clouds[regions[$0].cloud].name == cloud }
    return reference(item, "region of \(cloud)", among: ids.map { regions[$0].name })
      .map { ids[$0] }
  }

  // MARK: Savings plans

  private func savingsPlan(
    _ entry: Item.Entry, _ cloud: String, _ account: Int, _ billing: Billing
  ) -> SavingsPlan? {
    let item = entry.item
    func wrong(_ item: Item?, _ problem: String) -> SavingsPlan? {
      diagnostics.report(item?.mark ?? entry.mark, "savings plan '\(entry.key)': \(problem)")
      return nil
    }
    let used = pools.indices.filter { clouds[regions[pools[$0].region].cloud].name == cloud }
      .compactMap { billing.machines[$0]?.instance }
    var instances: [String] = []
    for name in used where !instances.contains(name) { instances.append(name) }
    var rates: [SavingsPlan.Rate] = []
    if let written = item["rates"] {
      if item["discount"] != nil {
        return wrong(item["discount"], "give discount or rates, not both")
      }
      for rate in written.entries {
        guard instances.contains(rate.key) else {
          diagnostics.report(
            rate.mark,
            "savings plan '\(entry.key)': no pool of \(cloud) runs on '\(rate.key)'"
              + NearestName.hint(for: rate.key, among: instances))
          return nil
        }
        rates.append(SavingsPlan.Rate(instance: rate.key, millionths: rate.item.millionths))
      }
    } else if let discount = item["discount"] {
      rates = instances.map {
        SavingsPlan.Rate(instance: $0, millionths: 1_000_000 - discount.millionths)
      }
    } else {
      return wrong(nil, "give discount, or rates by instance type")
    }
    var family: SavingsPlan.Family?
    if let name = item["family"] {
      guard let place = item["region"] else {
        return wrong(name, "a plan bound to a family names its region")
      }
      guard let region = region(place, of: cloud) else { return nil }
      family = SavingsPlan.Family(name: name.text, region: region)
    }
    let starts = item.required("starts").date
    return SavingsPlan(
      name: "\(cloud)/\(entry.key)", account: account, family: family,
      hourly: item.required("hourly").money, rates: rates, starts: starts,
      ends: lastDay(starts, months: item.required("term").integer),
      isShared: item.required("shared").flag)
  }
}
