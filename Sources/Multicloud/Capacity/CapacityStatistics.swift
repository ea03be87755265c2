/// What a pool's capacity did, as sums over a time.
public struct CapacityStatistics: Hashable, Sendable {
  /// Ready replicas × nanoseconds.
  public var readyTime: Int128 = 0
  /// Ready and draining replicas × nanoseconds: those that compute.
  public var servingTime: Int128 = 0
  /// Replicas on their way × nanoseconds.
  public var startingTime: Int128 = 0
  /// Failed replicas × nanoseconds.
  public var failedTime: Int128 = 0
  /// Wanted replicas × nanoseconds.
  public var wantedTime: Int128 = 0
  /// Wanted replicas that were not ready × nanoseconds: the gap that lead times and markets leave.
  public var gapTime: Int128 = 0
  /// Replicas with a machine that is paid for × nanoseconds.
  public var machineTime: Int128 = 0
  /// Instances that hold them × nanoseconds.
  public var instanceTime: Int128 = 0
  /// Instances × nanoseconds × their share of the list price, millionths.
  public var pricedTime: Int128 = 0
  /// Spot replicas that serve × nanoseconds.
  public var spotTime: Int128 = 0
  /// Replicas that were asked for.
  public var scaleUps: Int64 = 0
  /// Replicas that were asked for and not to be had.
  public var failedScaleUps: Int64 = 0
  /// Of those the ones that an account's quota refused.
  public var quotaFailures: Int64 = 0
  /// Of those the ones for which no market had a machine.
  public var supplyFailures: Int64 = 0
  /// Replicas that were told to go.
  public var scaleDowns: Int64 = 0
  /// Machines that a market took back.
  public var interruptions: Int64 = 0
  /// Replicas that a fault took down.
  public var failures: Int64 = 0
  /// Requests that a lost machine broke off.
  public var lostRequests: Int64 = 0
  /// Requests that went on at another replica.
  public var movedRequests: Int64 = 0
  /// Replicas that became ready.
  public var starts: Int64 = 0
  /// Sum of their times from request to service, nanoseconds.
  public var leadTime: Int128 = 0
  /// What was least and most. Differences of sums keep those of the later moment.
  public var extremes = CapacityExtremes()

  /// Nothing yet.
  public init() {}

  /// What happened since an earlier moment.
  public func since(_ base: CapacityStatistics) -> CapacityStatistics {
    var result = self
    result.readyTime -= base.readyTime
    result.servingTime -= base.servingTime
    result.startingTime -= base.startingTime
    result.failedTime -= base.failedTime
    result.wantedTime -= base.wantedTime
    result.gapTime -= base.gapTime
    result.machineTime -= base.machineTime
    result.instanceTime -= base.instanceTime
    result.pricedTime -= base.pricedTime
    result.spotTime -= base.spotTime
    result.scaleUps -= base.scaleUps
    result.failedScaleUps -= base.failedScaleUps
    result.quotaFailures -= base.quotaFailures
    result.supplyFailures -= base.supplyFailures
    result.scaleDowns -= base.scaleDowns
    result.interruptions -= base.interruptions
    result.failures -= base.failures
    result.lostRequests -= base.lostRequests
    result.movedRequests -= base.movedRequests
    result.starts -= base.starts
    result.leadTime -= base.leadTime
    return result
  }
}
