import ServingEngine
import SimulationKernel
import Workload

/// Everything a simulation needs, resolved and immutable: what a scenario file becomes.
///
/// Every entity is known by its index (a dense integer id); names are kept for output only.
public struct World: Sendable {
  /// The scenario's name.
  public var name: String
  /// Seed of every random stream.
  public var seed: UInt64
  /// When arrivals end; requests in flight then are counted as such.
  public var horizon: Duration
  /// Statistics of requests that arrive before this are left out of the summary.
  public var warmup: Duration
  /// Clouds, by id.
  public var clouds: [Cloud]
  /// Regions, by id, over all clouds.
  public var regions: [Region]
  /// Pools, by id, over all regions.
  public var pools: [Pool]
  /// Names of the models that workloads ask for and pools serve, by id.
  public var models: [String]
  /// Where clients are, by id.
  public var origins: [Origin]
  /// Delays between origins and regions.
  public var network: Network
  /// Streams of requests, by id.
  public var workloads: [Demand]
  /// How the gateway chooses a pool.
  public var gateway: Gateway

  /// Creates a world from resolved parts.
  public init(
    name: String, seed: UInt64, horizon: Duration, warmup: Duration, clouds: [Cloud],
    regions: [Region], pools: [Pool], models: [String], origins: [Origin], network: Network,
    workloads: [Demand], gateway: Gateway
  ) {
    self.name = name
    self.seed = seed
    self.horizon = horizon
    self.warmup = warmup
    self.clouds = clouds
    self.regions = regions
    self.pools = pools
    self.models = models
    self.origins = origins
    self.network = network
    self.workloads = workloads
    self.gateway = gateway
  }

  /// A workload and what the world adds to it: the model it asks for and its targets.
  public struct Demand: Sendable {
    /// Arrivals, shapes, origins.
    public var spec: WorkloadSpec
    /// Id of the model requested.
    public var model: Int
    /// Scheduling priority inside an engine; lower is served first where the order is `priority`.
    public var priority: Int
    /// Latency targets; `nil` where there is none.
    public var objective: Objective
    /// Regions in order of preference, for routing that prefers; ids.
    public var preferredRegions: [Int]
    /// How long a client waits for the first token before it gives up; `nil` means for ever.
    public var patience: Duration?

    /// Creates a demand.
    public init(
      spec: WorkloadSpec, model: Int, priority: Int = 0, objective: Objective = Objective(),
      preferredRegions: [Int] = [], patience: Duration? = nil
    ) {
      self.spec = spec
      self.model = model
      self.priority = priority
      self.objective = objective
      self.preferredRegions = preferredRegions
      self.patience = patience
    }
  }
}

/// Latency targets of a workload. A request is good when it is within the limit of every target
/// that is set; a target holds when at least its quantile of all arrived requests is within it.
public struct Objective: Hashable, Sendable {
  /// Time to first token at the client.
  public var timeToFirstToken: Target?
  /// Time per output token.
  public var timePerOutputToken: Target?
  /// End-to-end latency at the client.
  public var endToEnd: Target?

  /// Creates targets.
  public init(
    timeToFirstToken: Target? = nil, timePerOutputToken: Target? = nil, endToEnd: Target? = nil
  ) {
    self.timeToFirstToken = timeToFirstToken
    self.timePerOutputToken = timePerOutputToken
    self.endToEnd = endToEnd
  }

  /// A limit and the share of requests that must be within it.
  public struct Target: Hashable, Sendable {
    /// Longest time that counts as good.
    public var limit: Duration
    /// Share of requests that must be within the limit, such as 0.95.
    public var quantile: Double

    /// Creates a target.
    public init(limit: Duration, quantile: Double) {
      self.limit = limit
      self.quantile = quantile
    }
  }
}

extension Objective {
  /// Whether a request completed within every target that is set.
  public func isMet(by request: borrowing RequestRecord) -> Bool {
    guard request.status == .completed else { return false }
    if let target = timeToFirstToken,
      request.timeToFirstToken > target.limit.nanoseconds
    {
      return false
    }
    if let target = timePerOutputToken,
      request.timePerOutputToken > target.limit.nanoseconds
    {
      return false
    }
    if let target = endToEnd, request.endToEnd > target.limit.nanoseconds { return false }
    return true
  }
}

extension Objective.Target {
  /// Whether `good` of `ended` requests are enough.
  public func isHeld(good: Int64, of ended: Int64) -> Bool {
    Double(good) >= quantile * Double(ended)
  }
}
