/// A minute of a pool's capacity: sums over the minute, and replicas by phase at its end.
public struct CapacityMinute: Hashable, Sendable {
  /// What was summed and counted in the minute.
  public var sums: CapacityStatistics
  /// Replicas that serve.
  public var ready: Int
  /// Replicas on their way.
  public var starting: Int
  /// Replicas that finish what they have.
  public var draining: Int
  /// Replicas that have failed.
  public var failed: Int
  /// Spot replicas that serve or finish what they have.
  public var spot: Int
  /// Replicas wanted.
  public var wanted: Int
}
