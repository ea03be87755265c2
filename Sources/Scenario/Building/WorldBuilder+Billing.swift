import Catalog
import Money
import Multicloud

/// What things cost and who is sent the bill.
extension WorldBuilder {
  /// Whether anybody asks for a bill.
  private var isBilled: Bool {
    root["billing"] != nil
      || root.required("clouds").entries.contains { $0.item["contract"] != nil }
  }

  /// The billing of a world; `nil` where nobody asks for it, or where it is wrong, which is reported.
  mutating func buildBilling(_ world: World) -> Billing? {
    guard isBilled else { return nil }
    guard let starts = root["starts"] else {
      diagnostics.report(
        root["billing"]?.mark ?? root.required("clouds").mark,
        "a bill needs the real time of the run; give starts, such as 2026-03-02")
      return nil
    }
    let (accounts, ofDeployment) = billingAccounts(world)
    var contracts = Contracts(starts: BillingTime(seconds: starts.whole), accounts: accounts)
    for id in contracts.accounts.indices {
      applyContract(to: &contracts.accounts[id])
      // Each account has invoices of its own; a contract's credits are its first account's.
      let cloud = contracts.accounts[id].cloud
      if contracts.accounts[..<id].allSatisfy({ $0.cloud != cloud }) {
        let contract = root.required("clouds").entries[cloud].item["contract"]
        contracts.accounts[id].credits = contract?["credits"]?.money ?? .zero
      }
    }
    var billing = Billing(contracts: contracts, world: world)
    billing.accountOfDeployment = ofDeployment
    for (id, entry) in poolEntries.enumerated() {
      billing.machines[id] = machines(entry, world.pools[id])
      billing.power[id] = power(world.pools[id])
    }
    for id in world.regions.indices { billing.grids[id] = grid(world, id) }
    for (id, entry) in endpointEntries.enumerated() {
      let endpoint = world.endpoints[id]
      if endpoint.units > 0, endpoint.picodollarsPerUnitHour == 0, entry.item["unit-price"] == nil {
        diagnostics.report(
          entry.item["units"]?.mark ?? entry.mark,
          "endpoint '\(entry.key)': the catalog has no hourly price of \(endpoint.type) units of "
            + "\(models[endpoint.model]) on \(clouds[regions[endpoint.region].cloud].name); give "
            + "unit-price, such as 1 USD")
      }
      billing.isThirdParty[id] =
        entry.item["third-party"]?.flag
        ?? catalog.isThirdParty(
          cloud: clouds[regions[endpoint.region].cloud].name, provider: providers[endpoint.provider]
        )
    }
    fillTransfers(world, &billing)
    for entry in root.required("clouds").entries { addTerms(entry, world, &billing) }
    let settings = root["billing"]
    if let item = settings?["unused"] { billing.contracts.unused = unusedRule(item, world) }
    if let outlook = settings?["outlook"] {
      billing.outlook = Outlook(
        loadMillionths: outlook.required("load").millionths,
        monthlyGrowthMillionths: outlook.required("growth").millionths,
        uncertaintyMillionths: outlook.required("uncertainty").millionths)
    }
    return billing
  }

  // MARK: Accounts

  /// An account for every name that deployments give, and one of a cloud for those that give none.
  private func billingAccounts(_ world: World) -> ([BillingAccount], [Int]) {
    var result: [BillingAccount] = []
    var ids: [Int] = []
    for deployment in 0..<world.deploymentCount {
      let cloud = regions[world.region(ofDeployment: deployment)].cloud
      let account = world.account(ofDeployment: deployment)
      // A cloud's own account goes by the cloud's name.
      let own = clouds[cloud].name
      let name = account < 0 || accounts[account] == "\(own)/\(own)" ? own : accounts[account]
      if let known = result.firstIndex(where: { $0.name == name }) {
        ids.append(known)
      } else {
        ids.append(result.count)
        result.append(BillingAccount(name: name, cloud: cloud))
      }
    }
    return (result, ids)
  }

  private func applyContract(to account: inout BillingAccount) {
    let entry = root.required("clouds").entries[account.cloud]
    guard let contract = entry.item["contract"] else { return }
    let discount = contract.required("discount")
    let all = discount.required("all").millionths
    account.discountMillionths = ChargeKind.allCases.map {
      discount[$0.name]?.millionths ?? all
    }
    account.offsetMinutes = Int((contract.required("utc-offset").number * 60).rounded())
  }

  // MARK: Prices

  private func machines(_ entry: Item.Entry, _ pool: Pool) -> MachinePurchase? {
    let item = entry.item
    let purchase =
      PurchaseOption.allCases.first { $0.name == item.required("purchase").text } ?? .onDemand
    let cloud = clouds[regions[pool.region].cloud].name
    let ask = MachineAsk(
      cloud: cloud, region: regions[pool.region].name, accelerator: pool.accelerator,
      acceleratorsPerReplica: pool.acceleratorsPerReplica, replicas: pool.replicas,
      purchase: purchase.name, instance: item["instance"]?.text,
      asOf: root["billing"]?["prices-as-of"]?.date.description)
    do {
      let choice = try catalog.machines(ask)
      return MachinePurchase(
        instance: choice.instance.name, instances: choice.count,
        replicasPerInstance: choice.instance.accelerators / pool.acceleratorsPerReplica,
        purchase: purchase,
        hourly: item["machine-price"]?.money
          ?? Money(picodollars: Int128(choice.picodollarsPerHour)))
    } catch {
      guard let price = item["machine-price"]?.money else {
        diagnostics.report(
          item["instance"]?.mark ?? entry.mark,
          "pool '\(entry.key)': \(error.description); or give machine-price")
        return nil
      }
      // A machine of the writer's own holds one replica.
      return MachinePurchase(
        instance: item["instance"]?.text ?? "own", instances: pool.replicas, purchase: purchase,
        hourly: price)
    }
  }

  private func power(_ pool: Pool) -> PowerCurve? {
    catalog.power(ofAccelerator: pool.accelerator).map {
      PowerCurve(
        idleWatts: $0.idleWatts, activeWatts: $0.activeWatts, maximumWatts: $0.maximumWatts,
        halfBatch: $0.halfBatch, serverFactor: $0.serverFactor)
    }
  }

  private func grid(_ world: World, _ region: Int) -> Grid? {
    let place = world.regions[region]
    return catalog.grid(cloud: world.clouds[place.cloud].name, region: place.name).map {
      Grid(
        gramsPerKilowattHour: $0.gramsPerKilowattHour,
        powerUsageEffectiveness: $0.powerUsageEffectiveness)
    }
  }

  private func fillTransfers(_ world: World, _ billing: inout Billing) {
    let count = world.regions.count
    for from in 0..<count {
      for to in 0..<count where from != to {
        guard let source = regionFacts[from], let target = regionFacts[to] else { continue }
        let price = catalog.transferPrice(
          cloud: clouds[regions[from].cloud].name, from: source,
          toCloud: clouds[regions[to].cloud].name, to: target)
        billing.transferPerGigabyte[from * count + to] = Money(
          picodollars: Int128(price ?? 0))
      }
    }
  }

  // MARK: The unused

  private func unusedRule(_ item: Item, _ world: World) -> UnusedRule {
    let names = world.tenants.map(\.name)
    guard case .mapping = item.content else {
      return item.text == "account" ? .account : .usage
    }
    if let tenant = item["tenant"] {
      return reference(tenant, "tenant", among: names).map { .tenant($0) } ?? .account
    }
    var shares = [Int64](repeating: 0, count: names.count)
    for entry in item.required("shares").entries {
      guard let id = names.firstIndex(of: entry.key) else {
        diagnostics.report(
          entry.mark,
          "unknown tenant '\(entry.key)'" + NearestName.hint(for: entry.key, among: names))
        continue
      }
      shares[id] = entry.item.millionths
    }
    return .shares(shares)
  }
}
