/// Where a deployment may process a request: what it promises of its data.
public enum ProcessingScope: Hashable, Sendable {
  /// Only in this region; id.
  case region(Int)
  /// Anywhere in this data zone; id.
  case zone(Int)
  /// Anywhere.
  case everywhere
}

/// Where a workload's data may be processed. A hard rule: a deployment whose scope is not inside
/// is never eligible, whatever the load.
public enum Residency: Hashable, Sendable {
  /// Anywhere.
  case anywhere
  /// Inside a data zone; id.
  case zone(Int)
  /// In one of these regions; ids.
  case regions([Int])

  /// Whether everything a deployment of this scope does stays inside. O(regions listed).
  ///
  /// - Parameter zoneOfRegion: Data zone of each region, -1 where it is in none.
  public func contains(_ scope: ProcessingScope, zoneOfRegion: [Int]) -> Bool {
    switch (self, scope) {
    case (.anywhere, _): true
    case (.zone(let zone), .zone(let scope)): zone == scope
    case (.zone(let zone), .region(let region)): zoneOfRegion[region] == zone
    case (.regions(let regions), .region(let region)): regions.contains(region)
    case (.zone, .everywhere), (.regions, .zone), (.regions, .everywhere): false
    }
  }
}
