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
  /// Accelerators one replica holds.
  public var acceleratorsPerReplica: Int
  /// Name of the accelerator, for output.
  public var accelerator: String
  /// The engine's scheduler.
  public var scheduler: SchedulerSettings
  /// The engine's step time on this accelerator and model.
  public var stepTime: StepTimeModel
  /// The server in front of each engine.
  public var frontEnd = FrontEnd()
  /// How far the engine's step times may be off.
  public var stepError = StepError.none
  /// How a replica is chosen.
  public var routing: ReplicaRouting
  /// Relative weight for weighted region routing; 0 takes no traffic.
  public var weight: Double
  /// Requests the pool holds beyond its sequence slots (replicas × `max_num_seqs`) before it turns
  /// new ones away; `nil` means no limit.
  public var queueLimit: Int?
  /// Id of the account it belongs to, a failure domain; -1 for none.
  public var account: Int
  /// Place in the order of failover; the gateway tries lower ones first.
  public var order: Int
  /// What a token is charged at; zero where only machines are paid for.
  public var price: TokenPrice
  /// What makes ``replicas`` change; `nil` where it stays. ``replicas`` is the number at the start then.
  public var elastic: ElasticPool?
  /// What its replicas do for a request.
  public var role = PoolRole.whole
  /// How well its drafter guesses; `nil` where none of its tokens is drafted, or where those that are are
  /// never right.
  public var speculation: Speculation?

  /// Creates a pool.
  public init(
    name: String, region: Int, model: Int, replicas: Int, acceleratorsPerReplica: Int,
    accelerator: String, scheduler: SchedulerSettings, stepTime: StepTimeModel,
    routing: ReplicaRouting = ReplicaRouting(), weight: Double = 1, queueLimit: Int? = nil,
    account: Int = -1, order: Int = 0, price: TokenPrice = TokenPrice()
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
    self.account = account
    self.order = order
    self.price = price
  }
}

extension Pool {
  /// Most replicas it can have at once, those included that are on their way, go or have failed.
  public var places: Int {
    guard let elastic else { return replicas }
    return max(replicas, elastic.maximum) + elastic.spares
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

extension Pool {
  /// Mean number of steps that a request with so many output tokens takes, the one that yields its first
  /// token included: one a token where the pool does not speculate.
  public func meanSteps(outputTokens: Double) -> Double {
    guard let speculation, scheduler.speculation.isOn, outputTokens > 1 else { return outputTokens }
    return 1
      + speculation.meanSteps(
        of: outputTokens - 1, drafting: scheduler.speculation.draftTokens)
  }
}
