/// Where the next spot replica is asked for, and how many replicas stand by on demand: SpotHedge.
///
/// Every zone is active or preempted. The next replica goes to the cheapest active zone that holds none,
/// else to the cheapest active one. A zone that takes a machine back, or has none to give, is preempted; one
/// that gives a machine is active again. Where fewer than two zones are active all of them become active, so
/// that there is always a choice.
///
/// Source: Mao et al., "SkyServe: Serving AI Models across Regions and Clouds with Spot Instances", EuroSys
/// 2025, and skypilot-org/skypilot, sky/serve/spot_placer.py and autoscalers.py (dynamic_fallback), 2026-08.
public struct SpotPlacement: Hashable, Sendable {
  /// The pool's numbers; zones below are places in its list.
  public let settings: SpotSettings
  /// Zones from the cheapest, of equal ones the first in the list.
  private let order: [Int]
  private var isActive: [Bool]

  /// Creates a placement in which every zone is active.
  ///
  /// - Parameter zonePrices: What a replica costs in each zone, in order of ``SpotSettings/zones``.
  /// - Precondition: A price for every zone.
  public init(settings: SpotSettings, zonePrices: [Int64]) {
    precondition(zonePrices.count == settings.zones.count, "every zone has a price")
    self.settings = settings
    order = zonePrices.indices.sorted { (zonePrices[$0], $0) < (zonePrices[$1], $1) }
    isActive = Array(repeating: true, count: zonePrices.count)
  }

  /// The zones that are active, rising. O(zones).
  public var activeZones: [Int] { isActive.indices.filter { isActive[$0] } }

  /// The zone to ask for the next replica; `nil` where all have refused. O(zones²).
  ///
  /// - Parameters:
  ///   - held: Spot replicas in each zone, those on their way included.
  ///   - refused: Zones that had none just now. Where refusals make all zones active again, they would
  ///     otherwise be asked before those that were not asked yet.
  public func zoneForNext(held: [Int], refused: [Int] = []) -> Int? {
    precondition(held.count == isActive.count, "every zone holds a number of replicas")
    let candidates = order.filter { isActive[$0] && !refused.contains($0) }
    return candidates.first { held[$0] == 0 } ?? candidates.first
  }

  /// A machine of the zone was taken back.
  public mutating func notePreempted(_ zone: Int) { deactivate(zone) }

  /// The zone had no machine to give.
  public mutating func noteFailed(_ zone: Int) { deactivate(zone) }

  /// A machine of the zone is ready.
  public mutating func noteReady(_ zone: Int) { isActive[zone] = true }

  private mutating func deactivate(_ zone: Int) {
    isActive[zone] = false
    // One zone alone would be asked again and again however empty it is.
    if activeZones.count < 2 { isActive = Array(repeating: true, count: isActive.count) }
  }

  /// Spot replicas to have: what is left of the target above the base on demand, and those to spare.
  public func spotTarget(target: Int) -> Int {
    max(0, target - settings.baseOnDemand) + settings.overProvision
  }

  /// Replicas on demand to have: the base, and where the fallback is dynamic one for each spot replica
  /// that is needed and not ready; those to spare are not stood in for.
  ///
  /// - Parameters:
  ///   - target: Replicas wanted altogether, without those to spare.
  ///   - readySpot: Spot replicas that serve.
  public func onDemandTarget(target: Int, readySpot: Int) -> Int {
    let base = min(settings.baseOnDemand, target)
    guard settings.isDynamic else { return base }
    return base + max(0, spotTarget(target: target) - settings.overProvision - readySpot)
  }
}
