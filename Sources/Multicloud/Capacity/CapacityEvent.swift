/// A change of the capacity of a pool or of an endpoint's units, or one that was wanted and did not come.
public struct CapacityEvent: Sendable {
  /// What happened.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    /// A replica was asked for.
    case scaleUp
    /// A replica was asked for and not to be had.
    case scaleUpFailed
    /// A replica serves.
    case ready
    /// A replica shall go.
    case scaleDown
    /// A replica that was to go stays.
    case revived
    /// A market wants a machine back.
    case spotNotice
    /// A market has taken a machine.
    case interrupted
    /// A machine has failed.
    case failed
    /// The balancer has learnt of a failure.
    case detected
    /// A failed machine can be used again.
    case repaired
    /// Capacity bought for a time has begun.
    case blockBegins
    /// Capacity bought for a time goes out of service.
    case blockEnds
    /// A replica is gone.
    case gone

    /// The word in tables, such as `scale_up`.
    public var word: String {
      switch self {
      case .scaleUp: "scale_up"
      case .scaleUpFailed: "scale_up_failed"
      case .ready: "ready"
      case .scaleDown: "scale_down"
      case .revived: "revived"
      case .spotNotice: "spot_notice"
      case .interrupted: "interrupted"
      case .failed: "failed"
      case .detected: "detected"
      case .repaired: "repaired"
      case .blockBegins: "block_begins"
      case .blockEnds: "block_ends"
      case .gone: "gone"
      }
    }
  }

  /// Why.
  public enum Cause: UInt8, CaseIterable, Hashable, Sendable {
    /// Nothing to say.
    case none
    /// The number of replicas wanted has changed.
    case wanted
    /// The account's quota is used up.
    case quota
    /// The market has no more to give.
    case supply
    /// An outage of the deployment.
    case outage
    /// All places of the pool are taken by replicas on their way out.
    case places
    /// A replica took longer to finish than it may.
    case drainLimit

    /// The word in tables; empty for none.
    public var word: String {
      switch self {
      case .none: ""
      case .wanted: "wanted"
      case .quota: "quota"
      case .supply: "supply"
      case .outage: "outage"
      case .places: "places"
      case .drainLimit: "drain_limit"
      }
    }
  }

  /// When, nanoseconds from the run's start.
  public var time: Int64
  /// What happened.
  public var kind: Kind
  /// Id of the pool, or of the endpoint as a deployment.
  public var pool: Int
  /// Number of the replica in its pool; -1 where there is none, as of units.
  public var replica: Int
  /// Id of the market; -1 where there is none.
  public var market: Int
  /// Replicas, or units of an endpoint, that serve or are on their way, before.
  public var before: Int
  /// The same after.
  public var after: Int
  /// From the request to service, nanoseconds; -1 where nothing became ready.
  public var leadTime: Int64
  /// Why.
  public var cause: Cause
}
