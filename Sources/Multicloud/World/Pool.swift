import ServingEngine
import SimulationKernel

/// Identical replicas of one model in one region, behind one load balancer.
public struct Pool: Sendable {
  /// Name in its region, such as `h100-answers`.
  public var name: String
  /// Id of its region.
  public var region: Int
  /// Id of the model it serves.
  public var model: Int
  /// Number of replicas.
  public var replicas: Int
  /// Accelerators one replica holds (its tensor-parallel degree).
  public var acceleratorsPerReplica: Int
  /// Name of the accelerator, for output.
  public var accelerator: String
  /// The engine's scheduler.
  public var scheduler: SchedulerSettings
  /// The engine's step time on this accelerator and model.
  public var stepTime: StepTimeModel
  /// How a replica is chosen.
  public var routing: ReplicaRouting
  /// Relative weight for weighted region routing; 0 takes no traffic.
  public var weight: Double
  /// Requests the pool holds beyond its sequence slots (replicas × `max_num_seqs`) before it turns
  /// new ones away; `nil` means no limit.
  public var queueLimit: Int?

  /// Creates a pool.
  public init(
    name: String, region: Int, model: Int, replicas: Int, acceleratorsPerReplica: Int,
    accelerator: String, scheduler: SchedulerSettings, stepTime: StepTimeModel,
    routing: ReplicaRouting = ReplicaRouting(), weight: Double = 1, queueLimit: Int? = nil
  ) {
    self.name = name
    self.region = region
    self.model = model
    self.replicas = replicas
    self.acceleratorsPerReplica = acceleratorsPerReplica
    self.accelerator = accelerator
    self.scheduler = scheduler
    self.stepTime = stepTime
    self.routing = routing
    self.weight = weight
    self.queueLimit = queueLimit
  }
}

/// How a pool's load balancer chooses a replica.
public struct ReplicaRouting: Hashable, Sendable {
  /// Registered name of the policy, such as `least-outstanding-requests`.
  public var policy: String
  /// How old the load figures the policy sees may be: they are refreshed this often; zero means
  /// live.
  public var staleness: Duration
  /// Weights by replica for `weighted`; empty means equal.
  public var weights: [Double]

  /// Creates a replica routing.
  public init(
    policy: String = "least-outstanding-requests", staleness: Duration = .zero,
    weights: [Double] = []
  ) {
    self.policy = policy
    self.staleness = staleness
    self.weights = weights
  }
}

/// How the gateway chooses a pool among those that serve the model.
public struct Gateway: Hashable, Sendable {
  /// Registered name of the policy: `preferred`, `nearest`, `weighted` or `least-loaded`.
  public var policy: String
  /// How old the load figures the policy sees may be; zero means live.
  public var staleness: Duration
  /// `preferred`: outstanding requests per replica at which a pool counts as full and the request
  /// spills to the next; `nil` takes each pool's `max_num_seqs`.
  public var spillAt: Double?
  /// `least-loaded`: load (outstanding requests per sequence slot) that one second of round trip is
  /// worth.
  public var roundTripPenaltyPerSecond: Double

  /// Creates a gateway.
  public init(
    policy: String = "nearest", staleness: Duration = .zero, spillAt: Double? = nil,
    roundTripPenaltyPerSecond: Double = 1
  ) {
    self.policy = policy
    self.staleness = staleness
    self.spillAt = spillAt
    self.roundTripPenaltyPerSecond = roundTripPenaltyPerSecond
  }
}
