import Multicloud

/// Names as scenarios refer to them, and what is said of those that do not exist.
extension WorldBuilder {
  /// Names of regions, `cloud/region`, by id.
  var regionNames: [String] { regions.map { "\(clouds[$0.cloud].name)/\($0.name)" } }

  /// Names of deployments, `cloud/region/name`, by deployment id.
  var deploymentNames: [String] {
    let regionNames = regionNames
    return pools.map { "\(regionNames[$0.region])/\($0.name)" }
      + endpoints.map { "\(regionNames[$0.region])/\($0.name)" }
  }

  /// The place of a name among those there are; `nil` where it is not there, which is reported.
  func reference(_ item: Item, _ noun: String, among names: [String]) -> Int? {
    if let id = names.firstIndex(of: item.text) { return id }
    diagnostics.report(
      item.mark, "unknown \(noun) '\(item.text)'" + NearestName.hint(for: item.text, among: names))
    return nil
  }

  /// The id of a name in a list that grows by the names that come up.
  static func intern(_ name: String, in names: inout [String]) -> Int {
    if let id = names.firstIndex(of: name) { return id }
    names.append(name)
    return names.count - 1
  }
}
