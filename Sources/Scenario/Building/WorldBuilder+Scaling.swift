import Catalog
import Money
import Multicloud
import SimulationKernel

/// What joins pools, markets, autoscalers and training jobs, once all of them have ids.
extension WorldBuilder {
  /// Gives elastic pools their markets, and says which autoscaler looks after which pools.
  mutating func buildScaling(_ markets: [Market]) -> [ScalingGroup] {
    var groups: [ScalingGroup] = []
    for (id, entry) in poolEntries.enumerated() where pools[id].elastic != nil {
      joinMarkets(id, entry, markets)
      guard let item = entry.item["autoscale"], let settings = autoscalerSettings(item) else {
        continue
      }
      // A forecast weighs all pools of a model that are planned alike.
      let companion = groups.firstIndex {
        settings.policy == "forecast" && $0.settings == settings
          && pools[$0.pools[0]].model == pools[id].model
      }
      if let companion {
        groups[companion].pools.append(id)
      } else {
        groups.append(ScalingGroup(settings: settings, pools: [id]))
      }
    }
    buildUnitScaling(markets, &groups)
    return groups
  }

  private mutating func joinMarkets(_ id: Int, _ entry: Item.Entry, _ markets: [Market]) {
    guard let item = entry.item["elastic"] else { return }
    let names = markets.map(\.name)
    if let spot = item["spot"] {
      if let given = item["markets"] {
        diagnostics.report(
          given.mark, "elastic.markets: spot names the markets; leave one of the two out")
      }
      let zones = spot.required("zones").items.compactMap { reference($0, "market", among: names) }
      let fallback = spot["fallback"].map { reference($0, "market", among: names) ?? -1 } ?? -1
      let base = spot.required("base-on-demand").integer
      let isDynamic = spot.required("dynamic-fallback").flag && fallback >= 0
      guard zones.count == spot.required("zones").items.count, Set(zones).count == zones.count,
        !zones.isEmpty, !zones.contains(fallback)
      else {
        diagnostics.report(spot.mark, "elastic.spot: name every zone once, and another fallback")
        return
      }
      for (place, zone) in zones.enumerated() where markets[zone].kind != .spot {
        diagnostics.report(
          spot.required("zones").items[place].mark,
          "elastic.spot: market '\(markets[zone].name)' is on demand; give it kind: spot")
      }
      if base > 0, fallback < 0 {
        diagnostics.report(spot.mark, "elastic.spot: base-on-demand needs a fallback market")
        return
      }
      pools[id].elastic?.spot = SpotSettings(
        zones: zones, fallback: fallback, baseOnDemand: base,
        overProvision: spot.required("over-provision").integer, isDynamic: isDynamic)
      pools[id].elastic?.markets = zones + (fallback >= 0 ? [fallback] : [])
    } else if let given = item["markets"] {
      let ids = given.oneOrMore.compactMap { reference($0, "market", among: names) }
      pools[id].elastic?.markets = ids
    }
    for market in pools[id].elastic?.markets ?? [] where !markets[market].accelerator.isEmpty {
      guard markets[market].accelerator != pools[id].accelerator else { continue }
      diagnostics.report(
        item.mark,
        "pool '\(entry.key)' runs on \(pools[id].accelerator), and market '\(markets[market].name)' has "
          + markets[market].accelerator)
    }
  }

  // MARK: Training

  func buildTraining(_ markets: [Market]) -> [TrainingJob] {
    root.required("training").entries.compactMap { entry in
      let item = entry.item
      let names = markets.map(\.name)
      guard let market = reference(item.required("market"), "market", among: names),
        let restart = distribution(item.required("restart"))
      else { return nil }
      var job = TrainingJob(
        name: entry.key, market: market, accelerators: item.required("accelerators").integer,
        work: item.required("work").duration)
      if let tenant = item["tenant"] {
        job.tenant = reference(tenant, "tenant", among: tenants.map(\.name)) ?? -1
      }
      job.submitted = item.required("at").duration
      job.deadline = item["deadline"]?.duration
      if let checkpoint = item["checkpoint"] {
        job.checkpointInterval = checkpoint.required("every").duration
        job.checkpointTime = checkpoint.required("takes").duration
      }
      job.restart = restart
      job.isPreemptible = item.required("preemptible").flag
      job.priority = item.required("priority").integer
      job.meanTimeBetweenFaults = item["mtbf"]?.duration
      if let deadline = job.deadline, deadline <= job.submitted {
        diagnostics.report(
          item.required("deadline").mark, "job '\(entry.key)' is due before it is submitted")
      }
      return job
    }
  }

  /// What training jobs cost, and which account pays.
  func billTraining(_ world: inout World) {
    guard let billing = world.billing else { return }
    for (id, entry) in root.required("training").entries.enumerated()
    where id < world.training.count {
      let market = world.markets[world.training[id].market]
      let cloud = world.regions[market.region].cloud
      world.training[id].account =
        billing.contracts.accounts.firstIndex { $0.cloud == cloud } ?? 0
      world.training[id].machines = machines(entry, world.training[id], market)
    }
  }

  private func machines(
    _ entry: Item.Entry, _ job: TrainingJob, _ market: Market
  ) -> MachinePurchase? {
    let item = entry.item
    let purchase =
      PurchaseOption.allCases.first { $0.name == item.required("purchase").text } ?? .onDemand
    if let price = item["machine-price"]?.money {
      return MachinePurchase(
        instance: item["instance"]?.text ?? "own", instances: max(1, (job.accelerators + 7) / 8),
        purchase: purchase, hourly: price)
    }
    if market.accelerator.isEmpty {
      diagnostics.report(
        entry.mark,
        "job '\(entry.key)': market '\(market.name)' names no accelerator; give it one, or the job "
          + "machine-price")
      return nil
    }
    let ask = MachineAsk(
      cloud: clouds[regions[market.region].cloud].name, region: regions[market.region].name,
      accelerator: market.accelerator, acceleratorsPerReplica: 1, replicas: job.accelerators,
      purchase: purchase.name, instance: item["instance"]?.text,
      asOf: root["billing"]?["prices-as-of"]?.date.description)
    do {
      let choice = try catalog.machines(ask)
      return MachinePurchase(
        instance: choice.instance.name, instances: choice.count, purchase: purchase,
        hourly: Money(picodollars: Int128(choice.picodollarsPerHour)))
    } catch {
      diagnostics.report(
        entry.mark, "job '\(entry.key)': \(error.description); or give machine-price")
      return nil
    }
  }
}
