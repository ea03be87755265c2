import Catalog
import Multicloud
import SimulationKernel

/// Provisioned units that are bought and given back while a world runs.
extension WorldBuilder {
  /// What makes an endpoint's units change; `nil` where nothing does, or where it is wrong, which is reported.
  func elasticUnits(
    _ entry: Item.Entry, _ type: DeploymentTypeFacts, cloud: String
  ) -> ElasticUnits? {
    let subject = "endpoint '\(entry.key)'"
    guard let item = entry.item["elastic"] else {
      if let autoscale = entry.item["autoscale"] {
        diagnostics.report(
          autoscale.mark,
          "\(subject) has an autoscaler and no bounds: add elastic, such as elastic: { maximum: "
            + "\(2 * (entry.item["units"]?.integer ?? 50)) PTU, lead-time: 10m }")
      }
      return nil
    }
    guard type.kind == .provisioned else {
      diagnostics.report(
        item.mark, "\(subject) is \(type.name), which is not sold in units: leave elastic out")
      return nil
    }
    guard let units = entry.item["units"],
      let facts = catalog.provisionedModel(cloud: cloud, model: entry.item.required("model").text),
      let lot = Self.lot(type, facts)
    else {
      if entry.item["units"] == nil {
        diagnostics.report(
          item.mark, "\(subject) is elastic: give the units with which it begins")
      }
      return nil
    }
    guard facts.unit != "GSU" else {
      diagnostics.report(
        item.mark,
        "\(subject): only the units of a bucket on utilisation (PTU) can change in a run; leave "
          + "elastic out")
      return nil
    }
    guard lot.minimumUnits % lot.incrementUnits == 0 else {
      diagnostics.report(
        item.mark,
        "\(subject): \(facts.model) as \(type.name) is sold in steps of \(lot.incrementUnits) from "
          + "\(lot.minimumUnits), and an autoscaler counts whole steps; leave elastic out")
      return nil
    }
    let bounds = [item["minimum"], item["maximum"]].compactMap(\.self)
    guard bounds.allSatisfy({ isRightSize($0, entry, type, facts) }),
      let leadTime = distribution(item.required("lead-time"))
    else { return nil }
    let minimum = item["minimum"]?.integer ?? lot.minimumUnits
    let maximum = item.required("maximum").integer
    if minimum > maximum {
      diagnostics.report(
        item.mark, "\(subject): minimum \(minimum) is above maximum \(maximum)")
      return nil
    }
    if units.integer < minimum || units.integer > maximum {
      diagnostics.report(
        units.mark,
        "\(subject) begins with \(units.integer) units, outside \(minimum) to \(maximum)")
      return nil
    }
    return ElasticUnits(
      minimum: minimum, maximum: maximum, increment: lot.incrementUnits, leadTime: leadTime)
  }

  /// Gives elastic endpoints their market and their autoscaler.
  mutating func buildUnitScaling(_ markets: [Market], _ groups: inout [ScalingGroup]) {
    for (id, entry) in endpointEntries.enumerated() where endpoints[id].elastic != nil {
      joinUnitMarket(id, entry, markets)
      guard let item = entry.item["autoscale"] else { continue }
      let policy = item.required("policy")
      guard PolicyRegistry.autoscaler(named: policy.text)?.scalesUnits == true else {
        let names = PolicyRegistry.autoscalers.filter { $0.scalesUnits }.map { $0.name }
        diagnostics.report(
          policy.mark,
          "endpoint '\(entry.key)': \(policy.text) steers by what only replicas tell; for units "
            + "choose one of \(names.joined(separator: ", "))")
        continue
      }
      guard let settings = autoscalerSettings(item) else { continue }
      groups.append(ScalingGroup(settings: settings, pools: [pools.count + id]))
    }
  }

  private mutating func joinUnitMarket(_ id: Int, _ entry: Item.Entry, _ markets: [Market]) {
    guard let given = entry.item["elastic"]?["market"],
      let market = reference(given, "market", among: markets.map(\.name))
    else { return }
    if markets[market].kind == .spot {
      diagnostics.report(
        given.mark,
        "endpoint '\(entry.key)': units are kept as long as they are wanted, and market "
          + "'\(given.text)' takes back; give it kind: on-demand")
    } else if !markets[market].accelerator.isEmpty {
      diagnostics.report(
        given.mark,
        "endpoint '\(entry.key)': market '\(given.text)' has \(markets[market].accelerator), not "
          + "units; leave its accelerator out")
    } else {
      endpoints[id].elastic?.market = market
    }
  }

  /// Reports markets of units from which machines are taken too, or whose quota the start breaks.
  func checkUnitMarkets(_ markets: [Market], _ training: [TrainingJob]) {
    for (id, market) in markets.enumerated() {
      let buyers = endpoints.indices.filter { endpoints[$0].elastic?.market == id }
      guard let last = buyers.last,
        let mark = endpointEntries[last].item["elastic"]?["market"]?.mark
      else { continue }
      let pool = pools.first { $0.elastic?.markets.contains(id) == true }
      let job = training.first { $0.market == id }
      if let other = pool.map({ "pool '\($0.name)'" }) ?? job.map({ "job '\($0.name)'" }) {
        diagnostics.report(
          mark,
          "endpoint '\(endpointEntries[last].key)' takes units from market '\(market.name)', and "
            + "\(other) takes accelerators: give each a market of its own")
      }
      let units = buyers.reduce(0) { $0 + endpoints[$1].units }
      if let quota = market.quota, units > quota {
        diagnostics.report(
          mark,
          "market '\(market.name)' has a quota of \(quota) units, and endpoints begin with \(units)"
        )
      }
    }
  }
}
