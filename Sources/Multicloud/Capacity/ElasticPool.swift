import SimulationKernel

/// What makes a pool's number of replicas change while a world runs.
public struct ElasticPool: Hashable, Sendable {
  /// What a pool without a ready replica does with requests.
  public enum WhenEmpty: String, CaseIterable, Hashable, Sendable {
    /// Keeps them until a replica is ready.
    case hold
    /// Turns them away for want of capacity.
    case refuse
  }

  /// Fewest replicas an autoscaler may want.
  public var minimum: Int
  /// Most replicas.
  public var maximum: Int
  /// How long a replica takes to come and to go.
  public var life: ReplicaLife
  /// Where its machines come from, the first choice first; ids of ``World/markets``. Empty where they
  /// are always to be had.
  public var markets: [Int]
  /// Time after which a machine that was not to be had is asked for again.
  public var retry: Duration
  /// What happens to requests where no replica is ready.
  public var whenEmpty: WhenEmpty
  /// Time until the balancer learns that a replica has failed.
  public var detection: Duration
  /// Capacity bought for a time, in order of start.
  public var blocks: [CapacityBlock]

  /// Creates an elastic pool.
  public init(
    minimum: Int, maximum: Int, life: ReplicaLife = ReplicaLife(), markets: [Int] = [],
    retry: Duration = .seconds(60), whenEmpty: WhenEmpty = .refuse, detection: Duration = .zero,
    blocks: [CapacityBlock] = []
  ) {
    precondition(0 <= minimum && minimum <= maximum)
    self.minimum = minimum
    self.maximum = maximum
    self.life = life
    self.markets = markets
    self.retry = retry
    self.whenEmpty = whenEmpty
    self.detection = detection
    self.blocks = blocks
  }
}

/// Replicas that were bought for a time of their own: they come and go by the calendar.
public struct CapacityBlock: Hashable, Sendable {
  /// When they are to be had.
  public var start: Duration
  /// When they are gone.
  public var end: Duration
  /// How many.
  public var replicas: Int
  /// How long before the end they are taken out of service.
  public var margin: Duration

  /// Creates a block.
  public init(start: Duration, end: Duration, replicas: Int, margin: Duration) {
    self.start = start
    self.end = end
    self.replicas = replicas
    self.margin = margin
  }
}

/// An autoscaler and the pools it looks after.
public struct ScalingGroup: Hashable, Sendable {
  /// The policy and its numbers.
  public var settings: AutoscalerSettings
  /// Ids of its pools, rising.
  public var pools: [Int]

  /// Creates a group.
  public init(settings: AutoscalerSettings, pools: [Int]) {
    self.settings = settings
    self.pools = pools
  }
}
