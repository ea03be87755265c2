import Catalog
import Multicloud
import ServingEngine
import SimulationKernel

/// What the catalog says of models sold by the token.
extension WorldBuilder {
  /// Aliases of one catalog model are one model.
  func canonical(_ name: String) -> String {
    catalog.model(named: name)?.name ?? catalog.managedModel(named: name)?.name ?? name
  }

  /// The deployment type of an endpoint; `nil` where the cloud has none of that name, which is
  /// reported.
  func deploymentType(_ entry: Item.Entry, cloud: String) -> DeploymentTypeFacts? {
    let written = entry.item["type"]
    let name = written?.text ?? "global-standard"
    if let type = catalog.deploymentType(cloud: cloud, named: name) { return type }
    let names = catalog.deploymentTypeNames(cloud: cloud)
    if names.isEmpty {
      // A cloud of the writer's own is sold in the ways of a provider's own service.
      let direct = "direct"
      if let type = catalog.deploymentType(cloud: direct, named: name) { return type }
      diagnostics.report(
        written?.mark ?? entry.mark,
        "unknown deployment type '\(name)' of \(cloud)"
          + NearestName.hint(for: name, among: catalog.deploymentTypeNames(cloud: direct)))
      return nil
    }
    diagnostics.report(
      written?.mark ?? entry.mark,
      "unknown deployment type '\(name)' of \(cloud)" + NearestName.hint(for: name, among: names))
    return nil
  }

  /// What a token costs by the catalog: nothing where units are paid for. `nil` where the catalog
  /// has no such price, which is reported.
  func catalogPrice(
    _ entry: Item.Entry, _ facts: ManagedModelFacts, _ type: DeploymentTypeFacts, cloud: String
  ) -> Multicloud.TokenPrice? {
    if type.kind == .provisioned { return Multicloud.TokenPrice() }
    let price =
      switch type.kind {
      case .standard, .provisioned: catalog.tokenPrice(cloud: cloud, model: facts.name)
      case .batch: catalog.tokenPrice(cloud: cloud, model: facts.name, tier: .batch)
      case .priority: catalog.tokenPrice(cloud: cloud, model: facts.name, tier: .priority)
      case .flex: catalog.tokenPrice(cloud: cloud, model: facts.name, tier: .flex)
      }
    guard let price else {
      diagnostics.report(
        entry.mark,
        "endpoint '\(entry.key)': the catalog has no \(type.kind.rawValue) price of "
          + "\(facts.name) on \(cloud); give price")
      return nil
    }
    let uplift = type.processing == .global ? 1000 : price.regionalUpliftPermille
    func lifted(_ picodollars: Int64) -> Int64 { (picodollars * uplift + 500) / 1000 }
    return Multicloud.TokenPrice(
      input: lifted(price.inputPicodollarsPerToken),
      cachedInput: lifted(price.cachedPicodollarsPerToken ?? price.inputPicodollarsPerToken),
      output: lifted(price.outputPicodollarsPerToken),
      cacheWrite: price.cacheWritePicodollarsPerToken.map(lifted),
      long: price.longContext.map { long in
        // What is said of caches at short prompts keeps its proportion at long ones.
        func scaled(_ short: Int64) -> Int64 {
          let base = max(1, price.inputPicodollarsPerToken)
          return lifted((short * long.inputPicodollarsPerToken + base / 2) / base)
        }
        return Multicloud.TokenPrice.Long(
          above: Int64(long.thresholdTokens), input: lifted(long.inputPicodollarsPerToken),
          cachedInput: scaled(price.cachedPicodollarsPerToken ?? price.inputPicodollarsPerToken),
          output: lifted(long.outputPicodollarsPerToken),
          cacheWrite: scaled(
            price.cacheWritePicodollarsPerToken ?? price.inputPicodollarsPerToken))
      })
  }

  /// The service of the catalog: idle and full, and a line between them.
  static func service(_ facts: ManagedModelFacts) -> EndpointService {
    func duration(_ milliseconds: Double) -> Duration {
      Duration(nanoseconds: Int64((milliseconds * 1e6).rounded()))
    }
    return EndpointService(
      curve: [
        EndpointService.Point(
          load: 0, timeToFirstToken: duration(facts.idleTimeToFirstTokenMilliseconds),
          tokensPerSecond: facts.idleTokensPerSecond),
        EndpointService.Point(
          load: 1, timeToFirstToken: duration(facts.fullTimeToFirstTokenMilliseconds),
          tokensPerSecond: facts.fullTokensPerSecond),
      ], prefillPerToken: duration(facts.prefillMillisecondsPerThousandTokens / 1000))
  }

  // MARK: Quality

  /// Quality of each model; empty where nothing asks for it.
  func modelQuality() -> [Double] {
    let written = root.required("models").entries
    guard hasEndpoints || !written.isEmpty else { return [] }
    return models.map { quality(of: $0) ?? 0 }
  }

  func quality(of model: String) -> Double? {
    let written = root.required("models").entries.first { canonical($0.key) == model }
    return written?.item.required("quality").number
      ?? catalog.managedModel(named: model)?.quality
  }

  /// Reports models whose quality is given, but which nobody serves or asks for.
  func checkDescribedModels() {
    for entry in root.required("models").entries where !models.contains(canonical(entry.key)) {
      diagnostics.report(
        entry.mark,
        "unknown model '\(entry.key)'" + NearestName.hint(for: entry.key, among: models))
    }
  }
}
