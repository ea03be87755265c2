/// Lookup of what is known about models sold by the token. Names match but for case, `_` and
/// blanks; every lookup is O(rows of its table).
extension Catalog {
  /// The managed model of that name or alias.
  public func managedModel(named name: String) -> ManagedModelFacts? {
    managedModels.first { Self.matches(name, $0.name, $0.aliases) }
  }

  /// Names and aliases of managed models, to suggest the nearest.
  public var managedModelNames: [String] { managedModels.flatMap { [$0.name] + $0.aliases } }

  /// The price of a model's tokens, the model by name or alias; `nil` where the cloud does not sell
  /// it in that tier or no source states the price.
  public func tokenPrice(
    cloud: String, model: String, tier: TokenPrice.Tier = .standard
  ) -> TokenPrice? {
    guard let name = managedModel(named: model)?.name else { return nil }
    return tokenPrices.first {
      $0.model == name && $0.tier == tier && Self.matches(cloud, $0.cloud, [])
    }
  }

  /// Clouds that sell a model by the token, in the table's order.
  public func clouds(selling model: String) -> [String] {
    guard let name = managedModel(named: model)?.name else { return [] }
    return tokenPrices.reduce(into: []) { clouds, price in
      if price.model == name && !clouds.contains(price.cloud) { clouds.append(price.cloud) }
    }
  }

  /// How a model is sold as provisioned units, the model by name or alias.
  public func provisionedModel(cloud: String, model: String) -> ProvisionedModelFacts? {
    guard let name = managedModel(named: model)?.name else { return nil }
    return provisionedModels.first { $0.model == name && Self.matches(cloud, $0.cloud, []) }
  }

  /// The deployment type of that name, alias or vendor's name in a cloud.
  public func deploymentType(cloud: String, named name: String) -> DeploymentTypeFacts? {
    deploymentTypes.first {
      Self.matches(cloud, $0.cloud, [])
        && Self.matches(name, $0.name, $0.aliases + [$0.vendorName])
    }
  }

  /// Names and aliases of a cloud's deployment types, to suggest the nearest.
  public func deploymentTypeNames(cloud: String) -> [String] {
    deploymentTypes.filter { Self.matches(cloud, $0.cloud, []) }
      .flatMap { [$0.name] + $0.aliases }
  }

  /// The quota a subscription of a tier starts with; the model by name or alias, the deployment
  /// type by any of its names.
  public func defaultQuota(
    cloud: String, model: String, type: String, tier: String
  ) -> DefaultQuota? {
    guard let name = managedModel(named: model)?.name,
      let type = deploymentType(cloud: cloud, named: type)
    else { return nil }
    return defaultQuotas.first {
      $0.cloud == type.cloud && $0.model == name && $0.deploymentType == type.name
        && Self.matches(tier, $0.tier, [])
    }
  }

  // MARK: Data zones

  /// Names of a cloud's data zones, in the order of the regions table.
  public func dataZones(cloud: String) -> [String] {
    regions.reduce(into: []) { zones, region in
      guard let zone = region.dataZone, Self.matches(cloud, region.cloud, []) else { return }
      if !zones.contains(zone) { zones.append(zone) }
    }
  }

  /// The data zone of a region; `nil` where it has none or the region is unknown.
  public func dataZone(cloud: String, region: String) -> String? {
    self.region(cloud: cloud, name: region)?.dataZone
  }

  /// The regions of a cloud's data zone, in the table's order.
  public func regions(cloud: String, dataZone: String) -> [RegionFacts] {
    regions.filter { region in
      guard let zone = region.dataZone else { return false }
      return Self.matches(cloud, region.cloud, []) && Self.matches(dataZone, zone, [])
    }
  }
}
