import Catalog
import Multicloud
import SimulationKernel

/// Throughput bought in units.
extension WorldBuilder {
  /// The quota that units of an endpoint come to; nothing where it is not sold in units. `nil` where
  /// they are wrong, which is reported.
  func provisioned(
    _ entry: Item.Entry, _ type: DeploymentTypeFacts, cloud: String, name: String
  ) -> [QuotaSpec]? {
    let model = entry.item.required("model").text
    let units = entry.item["units"]
    guard type.kind == .provisioned else {
      guard let units else { return [] }
      diagnostics.report(
        units.mark, "endpoint '\(entry.key)' is \(type.name), which is not sold in units")
      return nil
    }
    guard let facts = catalog.provisionedModel(cloud: cloud, model: model) else {
      if units == nil, entry.item["quota"] != nil { return [] }
      diagnostics.report(
        units?.mark ?? entry.mark,
        "endpoint '\(entry.key)': the catalog does not know what a unit of \(model) on \(cloud) "
          + "serves; give quota in place of units")
      return nil
    }
    guard let units else {
      diagnostics.report(
        entry.mark,
        "endpoint '\(entry.key)' is \(type.name): give units, such as "
          + "\(facts.globalLot.minimumUnits) \(facts.unit)")
      return nil
    }
    guard isRightSize(units, entry, type, facts) else { return nil }
    let rule = Self.rule(units.whole, type, facts)
    let problems = rule.problems()
    for problem in problems {
      diagnostics.report(units.mark, "endpoint '\(entry.key)': \(problem)")
    }
    return problems.isEmpty ? [QuotaSpec(name: name + ":provisioned", rule: rule)] : nil
  }

  /// Whether so many units can be deployed; reports why not.
  func isRightSize(
    _ units: Item, _ entry: Item.Entry, _ type: DeploymentTypeFacts, _ facts: ProvisionedModelFacts
  ) -> Bool {
    let word = units.written.filter(\.isLetter)
    for other in ["PTU", "GSU"] where word.hasPrefix(other) && other != facts.unit {
      diagnostics.report(
        units.mark,
        "endpoint '\(entry.key)': \(facts.model) on \(facts.cloud) is sold in \(facts.unit), "
          + "not in \(other)")
      return false
    }
    guard let lot = Self.lot(type, facts) else {
      diagnostics.report(
        entry.item["type"]?.mark ?? entry.mark,
        "endpoint '\(entry.key)': \(facts.model) is not sold as \(type.name)")
      return false
    }
    let (least, step) = (lot.minimumUnits, lot.incrementUnits)
    let what = "endpoint '\(entry.key)': \(units.integer) \(facts.unit) of \(facts.model) as "
    if units.integer < least {
      diagnostics.report(
        units.mark,
        what + "\(type.name) are below the minimum; the nearest sizes are \(least) and "
          + "\(least + step) \(facts.unit)")
      return false
    }
    let beyond = (units.integer - least) % step
    if beyond != 0 {
      let below = units.integer - beyond
      diagnostics.report(
        units.mark,
        what + "\(type.name) are off the steps of \(step) from \(least); the nearest sizes are "
          + "\(below) and \(below + step) \(facts.unit)")
      return false
    }
    return true
  }

  /// What the catalog says a unit costs an hour, picodollars; 0 where it does not say.
  func unitPrice(_ model: String, _ type: DeploymentTypeFacts, cloud: String) -> Int64 {
    guard let facts = catalog.provisionedModel(cloud: cloud, model: model) else { return 0 }
    let price =
      switch type.processing {
      case .global: facts.globalPicodollarsPerUnitHour
      case .zone: facts.dataZonePicodollarsPerUnitHour
      case .region: facts.regionalPicodollarsPerUnitHour
      }
    return price ?? 0
  }

  /// The sizes in which units are sold; `nil` where they are not sold so.
  static func lot(
    _ type: DeploymentTypeFacts, _ facts: ProvisionedModelFacts
  ) -> ProvisionedModelFacts.Lot? {
    type.processing == .region ? facts.regionalLot : facts.globalLot
  }

  private static func rule(
    _ units: Int64, _ type: DeploymentTypeFacts, _ facts: ProvisionedModelFacts
  ) -> QuotaRule {
    let ratio = Double(facts.outputRatio ?? 1)
    let perMinute = Int64(facts.inputTokensPerMinutePerUnit)
    if facts.unit == "GSU" {
      return .windowBurndown(
        WindowBurndown(
          units: units, tokensPerSecondPerUnit: perMinute / 60, outputBurndown: ratio))
    }
    let lot = lot(type, facts) ?? facts.globalLot
    return .provisionedBucket(
      ProvisionedBucket(
        units: units, inputTokensPerMinutePerUnit: perMinute, outputRatio: ratio,
        minimumUnits: Int64(lot.minimumUnits), unitIncrement: Int64(lot.incrementUnits)))
  }
}
