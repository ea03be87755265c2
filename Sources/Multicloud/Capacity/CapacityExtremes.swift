/// The least and the most of a pool's capacity that lasted for any time.
public struct CapacityExtremes: Hashable, Sendable {
  /// Fewest ready replicas; `nil` where no time has passed.
  public var leastReady: Int?
  /// Most ready replicas.
  public var mostReady = 0
  /// Most replicas wanted.
  public var mostWanted = 0
  /// Most replicas with a machine that is paid for.
  public var mostMachines = 0

  /// No time has passed.
  public init() {}

  /// Takes in what has been for some time.
  mutating func take(ready: Int, wanted: Int, machines: Int) {
    leastReady = min(leastReady ?? ready, ready)
    mostReady = max(mostReady, ready)
    mostWanted = max(mostWanted, wanted)
    mostMachines = max(mostMachines, machines)
  }
}
