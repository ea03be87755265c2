import SimulationKernel

/// How the gateway finds a deployment for a request, and what it does when one says no.
public struct Gateway: Hashable, Sendable {
  /// Registered name of the policy, such as `least-loaded`.
  public var policy: String
  /// How old the load figures the policy sees may be; zero means live.
  public var staleness: Duration
  /// `preferred`: outstanding requests per replica at which a pool counts as full and the request
  /// spills to the next; `nil` takes each pool's `max_num_seqs`.
  public var spillAt: Double?
  /// `least-loaded`: load (outstanding requests per sequence slot) that one second of round trip is
  /// worth.
  public var roundTripPenaltyPerSecond: Double
  /// `cost-band`: how much worse than the best a model's quality may be, a share.
  public var qualityBand: Double
  /// `latency-band`: how much slower than the fastest a deployment may be, a share.
  public var latencyBand: Double
  /// How far back measured latencies reach.
  public var latencyWindow: Duration
  /// `weighted-scores`: weights of the scorers.
  public var scores: ScoreWeights
  /// `region-preference`: load under which the first preferred region is taken.
  public var preferenceLoad: Double
  /// `contract-aware`: how it judges whether a commitment will be met.
  public var forecast = ContractForecastKind.probability
  /// Active probes of deployments; `nil` for none.
  public var health: HealthCheck?
  /// Whether all deployments of a model are tried before the next model of the workload's list;
  /// otherwise the deployments' order comes first.
  public var exhaustsModelFirst: Bool
  /// Whether a request moves on to the next order when one is exhausted.
  public var failsOver: Bool
  /// Retries inside one order.
  public var retry: RetryPolicy
  /// When a deployment is left alone; `nil` for never.
  public var breaker: CircuitBreaker.Settings?
  /// What shares one breaker.
  public var breakerScope: BreakerScope
  /// How long the gateway waits for a first token before it counts an attempt as failed; `nil` for
  /// ever.
  public var attemptTimeout: Duration?
  /// Holding requests back when deployments are saturated; `nil` sends all at once.
  public var flow: FlowSettings?
  /// Shares of a limit kept for priority bands; `nil` for none.
  public var reservation: PriorityReservation.Settings?

  /// Creates a gateway.
  public init(
    policy: String = "nearest", staleness: Duration = .zero, spillAt: Double? = nil,
    roundTripPenaltyPerSecond: Double = 1, qualityBand: Double = 0.015, latencyBand: Double = 0.1,
    latencyWindow: Duration = .seconds(60), scores: ScoreWeights = ScoreWeights(),
    preferenceLoad: Double = 0.7, exhaustsModelFirst: Bool = true, failsOver: Bool = true,
    retry: RetryPolicy = RetryPolicy(attempts: 1), breaker: CircuitBreaker.Settings? = nil,
    breakerScope: BreakerScope = .deployment, attemptTimeout: Duration? = nil,
    flow: FlowSettings? = nil, reservation: PriorityReservation.Settings? = nil
  ) {
    self.policy = policy
    self.staleness = staleness
    self.spillAt = spillAt
    self.roundTripPenaltyPerSecond = roundTripPenaltyPerSecond
    self.qualityBand = qualityBand
    self.latencyBand = latencyBand
    self.latencyWindow = latencyWindow
    self.scores = scores
    self.preferenceLoad = preferenceLoad
    self.exhaustsModelFirst = exhaustsModelFirst
    self.failsOver = failsOver
    self.retry = retry
    self.breaker = breaker
    self.breakerScope = breakerScope
    self.attemptTimeout = attemptTimeout
    self.flow = flow
    self.reservation = reservation
  }
}

/// How contract-aware routing judges whether a commitment will be met.
public enum ContractForecastKind: String, CaseIterable, Hashable, Sendable {
  /// By the probability of a shortfall at the next due date.
  case probability
  /// By how far the pace of spending is behind the pace that is needed.
  case pace
}

/// What shares one circuit breaker.
public enum BreakerScope: UInt8, CaseIterable, Hashable, Sendable {
  /// Each deployment has its own.
  case deployment
  /// All deployments of an account.
  case account
  /// All deployments of a model provider, or of a cloud's own pools.
  case provider
}

/// Weights of the scorers of `weighted-scores`; a scorer gives 0 (worst) to 1 (best).
public struct ScoreWeights: Hashable, Sendable {
  /// Free share of the deployment's slots.
  public var load: Double
  /// Nearness: 1 at no round trip, 0 at 300 ms and more.
  public var nearness: Double
  /// Cheapness against the dearest candidate.
  public var cost: Double
  /// Share of the time-to-first-token target that the measured latency leaves.
  public var headroom: Double
  /// Whether the conversation's prompt is cached there.
  public var cache: Double
  /// Draw among candidates with these scores as weights instead of taking the best.
  public var draws: Bool

  /// Creates weights.
  public init(
    load: Double = 1, nearness: Double = 0, cost: Double = 0, headroom: Double = 0,
    cache: Double = 0, draws: Bool = false
  ) {
    self.load = load
    self.nearness = nearness
    self.cost = cost
    self.headroom = headroom
    self.cache = cache
    self.draws = draws
  }
}

/// When the gateway holds requests back, and whom it lets go first.
public struct FlowSettings: Hashable, Sendable {
  /// Load (requests in flight over slots of the deployments of a model) at which a priority band is
  /// held, by band, highest first.
  public var ceilings: [Double]
  /// Load at which a band is turned away at once, by band; empty for never.
  public var shedAt: [Double]
  /// Fairness across tenants in a band.
  public var fairness: FlowQueue.Fairness
  /// Order inside a tenant.
  public var order: FlowQueue.Order
  /// Most requests held for one model; beyond it the newest of the lowest band are turned away.
  public var capacity: Int

  /// Creates settings.
  public init(
    ceilings: [Double], shedAt: [Double] = [], fairness: FlowQueue.Fairness = .none,
    order: FlowQueue.Order = .firstComeFirstServed, capacity: Int = 100_000
  ) {
    self.ceilings = ceilings
    self.shedAt = shedAt
    self.fairness = fairness
    self.order = order
    self.capacity = capacity
  }
}
