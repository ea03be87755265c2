import SimulationKernel

/// What makes the provisioned units of an endpoint change while a world runs.
///
/// Units come and go by changes of the deployment, one at a time: while more are on their way nothing else is
/// asked for. A change to more units happens as a whole or fails as a whole, where the market has too few or the
/// quota is used up; nobody asks again before the autoscaler's next decision. Fewer units are given back at once,
/// with no promise to get them back. An autoscaler counts in increments.
///
/// Source: Azure OpenAI, "Provisioned throughput" and "Provisioned throughput billing" (quota is not capacity,
/// capacity is taken when a deployment is created or scaled up), read 2026-05.
public struct ElasticUnits: Hashable, Sendable {
  /// Fewest units, a multiple of ``increment``.
  public var minimum: Int
  /// Most units, a multiple of ``increment``.
  public var maximum: Int
  /// Units in which more are bought or given back.
  public var increment: Int
  /// From the request for more units to their service, seconds.
  public var leadTime: Distribution
  /// Id of the market units come from (a region's stock and the account's quota), whose accelerators are units;
  /// `nil` where they are always to be had.
  public var market: Int?

  /// Creates elastic units.
  ///
  /// - Precondition: the bounds are multiples of the increment, and there is always one increment: an endpoint
  ///   without units cannot be paused, only removed.
  public init(
    minimum: Int, maximum: Int, increment: Int, leadTime: Distribution = .constant(0),
    market: Int? = nil
  ) {
    precondition(increment >= 1 && minimum >= increment && minimum <= maximum)
    precondition(minimum % increment == 0 && maximum % increment == 0)
    self.minimum = minimum
    self.maximum = maximum
    self.increment = increment
    self.leadTime = leadTime
    self.market = market
  }
}
