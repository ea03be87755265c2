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

  /// What becomes of requests at a replica whose machine is taken away.
  public enum InFlight: String, CaseIterable, Hashable, Sendable {
    /// They may finish until the machine goes; what is left then fails.
    case drain
    /// They may finish until the machine goes; what is left then goes on at another replica, which first
    /// computes prompt and delivered tokens anew.
    case recompute
    /// They go to another replica at the notice, and are computed anew there.
    case migrate
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
  /// What becomes of requests at a machine that is taken back or reaches its drain limit.
  public var inFlight = InFlight.drain
  /// Faults of its machines; `nil` where they never fail.
  public var failure: MachineFailure?
  /// How it places spot machines over zones, which are among its markets, and keeps others in their stead; `nil`
  /// takes the first market that has a machine.
  public var spot: SpotSettings?

  /// Replicas beyond the maximum that may exist beside it: bought for a time, on their way out, or failed.
  var spares: Int {
    let leaves = failure != nil || !markets.isEmpty
    let standIns = spot.map { $0.overProvision + ($0.isDynamic ? maximum : $0.baseOnDemand) } ?? 0
    return blocks.reduce(0) { $0 + $1.replicas } + (leaves ? max(4, maximum / 4) : 0) + standIns
  }

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

/// Faults of a pool's machines, independent of each other.
public struct MachineFailure: Hashable, Sendable {
  /// Mean time between faults of one accelerator (and its share of the machine) in use.
  public var meanTimeBetween: Duration
  /// Time from a fault until the machine can be used again, seconds.
  public var repair: Distribution
  /// Replicas that one fault takes down together: those that share a node, counted by place in the pool.
  public var replicasPerNode: Int

  /// Creates faults.
  public init(meanTimeBetween: Duration, repair: Distribution, replicasPerNode: Int = 1) {
    precondition(meanTimeBetween > .zero && replicasPerNode >= 1)
    self.meanTimeBetween = meanTimeBetween
    self.repair = repair
    self.replicasPerNode = replicasPerNode
  }
}

/// An autoscaler and the pools it looks after, or the endpoint whose units it looks after.
public struct ScalingGroup: Hashable, Sendable {
  /// The policy and its numbers.
  public var settings: AutoscalerSettings
  /// Ids of its pools, rising; or the deployment id of an elastic endpoint, alone.
  public var pools: [Int]

  /// Creates a group.
  public init(settings: AutoscalerSettings, pools: [Int]) {
    self.settings = settings
    self.pools = pools
  }
}
