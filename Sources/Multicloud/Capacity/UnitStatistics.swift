/// What an endpoint's provisioned units did, as sums over a time.
public struct UnitStatistics: Hashable, Sendable {
  /// Units in service × nanoseconds: what is paid for.
  public var unitTime: Int128 = 0
  /// Units on their way × nanoseconds.
  public var arrivingTime: Int128 = 0
  /// Units wanted × nanoseconds.
  public var wantedTime: Int128 = 0
  /// Changes to more units that were asked for, failed ones among them.
  public var scaleUps: Int64 = 0
  /// Changes to more units that failed.
  public var failedScaleUps: Int64 = 0
  /// Changes to fewer units.
  public var scaleDowns: Int64 = 0
  /// Changes to more units that have come into service.
  public var arrivals: Int64 = 0
  /// Sum of their times from request to service, nanoseconds.
  public var leadTime: Int128 = 0

  /// Nothing yet.
  public init() {}

  /// What happened since an earlier moment.
  public func since(_ base: UnitStatistics) -> UnitStatistics {
    var result = self
    result.unitTime -= base.unitTime
    result.arrivingTime -= base.arrivingTime
    result.wantedTime -= base.wantedTime
    result.scaleUps -= base.scaleUps
    result.failedScaleUps -= base.failedScaleUps
    result.scaleDowns -= base.scaleDowns
    result.arrivals -= base.arrivals
    result.leadTime -= base.leadTime
    return result
  }
}
