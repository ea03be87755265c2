import Catalog
import Multicloud
import SimulationKernel

/// Models sold by the token.
extension WorldBuilder {
  /// Whether the scenario has endpoints at all, right or wrong.
  var hasEndpoints: Bool {
    root.required("clouds").entries.contains { cloud in
      cloud.item.required("regions").entries.contains {
        !$0.item.required("endpoints").entries.isEmpty
      }
    }
  }

  mutating func buildEndpoints() {
    var written: [(entry: Item.Entry, region: Int, id: Int?)] = []
    var region = 0
    for cloud in root.required("clouds").entries {
      for place in cloud.item.required("regions").entries {
        let poolNames = place.item.required("pools").entries.map(\.key)
        for entry in place.item.required("endpoints").entries {
          if poolNames.contains(entry.key) {
            diagnostics.report(
              entry.mark, "endpoint '\(entry.key)' has the name of a pool beside it")
          }
          let model = canonical(entry.item.required("model").text)
          declaredModels.insert(model)
          servedModels.insert(model)
          let built = buildEndpoint(entry, cloud: cloud.key, region: region)
          written.append((entry, region, built == nil ? nil : endpoints.count))
          if let built {
            endpoints.append(built)
            endpointEntries.append(entry)
          } else {
            hasWrongDeployments = true
          }
        }
        region += 1
      }
    }
    for (entry, region, id) in written {
      guard let item = entry.item["spillover"] else { continue }
      let beside = written.filter { $0.region == region && $0.entry.key != entry.key }
      if !beside.contains(where: { $0.entry.key == item.text }),
        let elsewhere = written.first(where: { $0.entry.key == item.text })
      {
        let place =
          elsewhere.region == region ? "itself" : "one in \(regionNames[elsewhere.region])"
        diagnostics.report(
          item.mark,
          "endpoint '\(entry.key)' spills to another beside it, not to \(place)")
        continue
      }
      guard
        let place = reference(item, "spillover endpoint", among: beside.map(\.entry.key)),
        let id, let target = beside[place].id
      else { continue }
      if let problem = spilloverProblem(from: id, to: target) {
        diagnostics.report(item.mark, "endpoint '\(entry.key)' cannot spill to \(problem)")
      } else {
        endpoints[id].spillover = target
      }
    }
    checkShares()
  }

  /// Why one endpoint may not take what another refuses; `nil` where it may.
  private func spilloverProblem(from source: Int, to target: Int) -> String? {
    let (source, target) = (endpoints[source], endpoints[target])
    if target.model != source.model {
      return "'\(target.name)', which serves \(models[target.model]), not \(models[source.model])"
    }
    if target.kind != .standard {
      return "'\(target.name)', which is \(target.type): only pay-as-you-go takes spillover"
    }
    if target.scope != source.scope {
      return "'\(target.name)': \(target.type) and \(source.type) process in different places"
    }
    return nil
  }

  private mutating func buildEndpoint(
    _ entry: Item.Entry, cloud: String, region: Int
  ) -> Endpoint? {
    let item = entry.item
    let modelItem = item.required("model")
    let facts = catalog.managedModel(named: modelItem.text)
    if facts == nil { checkDescribed(entry) }
    let name = "\(regionNames[region])/\(entry.key)"
    let type = deploymentType(entry, cloud: cloud)
    let scope = type.flatMap { self.scope($0, entry, region: region) }
    let service = service(entry, facts)
    let units = type.flatMap { provisioned(entry, $0, cloud: cloud, name: name) }
    let own = item["quota"].map {
      writtenQuota(
        $0, name: name, usual: QuotaWord.usual(in: cloud),
        burndown: Double(facts?.outputBurndown ?? 5))
    }
    let shared = sharedQuotaIDs(item["quotas"], own: own ?? nil)
    guard let type, let scope, let service, let units,
      let price = price(entry, facts, type, cloud: cloud),
      let provider = item["provider"]?.text ?? facts?.provider,
      let context = item["context"]?.integer ?? facts?.contextTokens
    else { return nil }
    var ids: [Int] = enter(units, as: name)
    if let own {
      guard let own else { return nil }
      ids += enter(own.specs, as: name)
    }
    var endpoint = Endpoint(
      name: entry.key, region: region, model: modelID(modelItem.text),
      provider: Self.intern(provider, in: &providers),
      account: account(item["account"]?.text ?? cloud, cloud: cloud), type: type.name,
      kind: Self.kind(type.kind), scope: scope, contextTokens: context, quotas: ids + shared,
      service: service, price: price, order: item.required("order").integer,
      weight: item.required("weight").number)
    if let bought = item["units"] {
      endpoint.units = bought.integer
      endpoint.picodollarsPerUnitHour =
        item["unit-price"]?.whole ?? unitPrice(modelItem.text, type, cloud: cloud)
    }
    endpoint.elastic = elasticUnits(entry, type, cloud: cloud)
    return endpoint
  }

  /// Reports what a model lacks that the catalog does not know.
  private func checkDescribed(_ entry: Item.Entry) {
    let item = entry.item
    let keys = [
      ("provider", item["provider"]), ("context", item["context"]),
      ("service.curve", item.required("service")["curve"]),
    ]
    let missing = keys.filter { $0.1 == nil }.map(\.0)
    if missing.isEmpty { return }
    let model = item.required("model")
    diagnostics.report(
      model.mark,
      "the catalog has no managed model '\(model.text)'"
        + NearestName.hint(for: model.text, among: catalog.managedModelNames)
        + "; for a model of your own give \(missing.joined(separator: ", "))")
  }

  private static func kind(_ kind: DeploymentTypeFacts.Kind) -> Endpoint.Kind {
    switch kind {
    case .standard: .standard
    case .provisioned: .provisioned
    case .batch: .batch
    case .priority: .priority
    case .flex: .flex
    }
  }

  /// What it is written to cost, else what the catalog says; nothing for a model of one's own.
  private func price(
    _ entry: Item.Entry, _ facts: ManagedModelFacts?, _ type: DeploymentTypeFacts, cloud: String
  ) -> Multicloud.TokenPrice? {
    if let written = entry.item["price"] { return tokenPrice(written) }
    guard let facts else { return Multicloud.TokenPrice() }
    return catalogPrice(entry, facts, type, cloud: cloud)
  }

  /// The id of an account, which is known as `cloud/account`.
  mutating func account(_ name: String, cloud: String) -> Int {
    Self.intern("\(cloud)/\(name)", in: &accounts)
  }

  /// Picodollars a token.
  func tokenPrice(_ item: Item) -> Multicloud.TokenPrice {
    let input = item.required("input").whole
    return Multicloud.TokenPrice(
      input: input, cachedInput: item["cached"]?.whole ?? input,
      output: item.required("output").whole, cacheWrite: item["cache-write"]?.whole)
  }

  /// The data zone of a region: the one it is given, else the catalog's; -1 for none.
  mutating func zone(_ item: Item, _ facts: RegionFacts?) -> Int {
    guard let name = item["zone"]?.text ?? facts?.dataZone else { return -1 }
    return Self.intern(name, in: &zones)
  }

  private func scope(
    _ type: DeploymentTypeFacts, _ entry: Item.Entry, region: Int
  ) -> ProcessingScope? {
    switch type.processing {
    case .global: return .everywhere
    case .region: return .region(region)
    case .zone:
      let zone = regions[region].zone
      if zone >= 0 { return .zone(zone) }
      diagnostics.report(
        entry.item["type"]?.mark ?? entry.mark,
        "endpoint '\(entry.key)' is \(type.name), but \(regionNames[region]) is in no data zone: "
          + "give the region a zone")
      return nil
    }
  }

  // MARK: Service

  private func service(_ entry: Item.Entry, _ facts: ManagedModelFacts?) -> EndpointService? {
    let item = entry.item.required("service")
    guard
      var service = facts.map(Self.service)
        ?? item["curve"].map({ _ in EndpointService(curve: []) })
    else { return nil }
    if let curve = item["curve"] {
      service.curve = curve.items.map {
        EndpointService.Point(
          load: $0.required("load").number, timeToFirstToken: $0.required("ttft").duration,
          tokensPerSecond: $0.required("speed").number)
      }
      let loads = service.curve.map(\.load)
      guard !loads.isEmpty, zip(loads, loads.dropFirst()).allSatisfy({ $0 < $1 }) else {
        diagnostics.report(
          curve.mark, "endpoint '\(entry.key)': give a curve of points with rising load")
        return nil
      }
    }
    if let prefill = item["prefill"] {
      // Of a thousand tokens as it is written, of one as it is used.
      service.prefillPerToken = Duration(nanoseconds: prefill.duration.nanoseconds / 1000)
    }
    if let concurrency = item["concurrency"] { service.concurrency = concurrency.integer }
    if let background = item["background"] { service.background = background.number }
    if let variation = item["variation"] { service.variation = variation.number }
    return service
  }
}
