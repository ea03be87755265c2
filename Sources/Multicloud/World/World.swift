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
  /// Models sold by the token, by id, over all regions. Deployment ids count the pools first, then
  /// these.
  public var endpoints: [Endpoint] = []
  /// Quotas that endpoints and tenants name, by id.
  public var quotas: [QuotaSpec] = []
  /// Who asks, by id; empty where nobody is told apart.
  public var tenants: [Tenant] = []
  /// Names of accounts, by id.
  public var accounts: [String] = []
  /// Names of the models' providers, by id.
  public var providers: [String] = []
  /// Names of data zones, by id.
  public var zones: [String] = []
  /// Contracts and prices; `nil` where nobody asks for a bill.
  public var billing: Billing?
  /// What goes wrong and when.
  public var incidents: [Incident] = []
  /// What goes wrong at random, by the seed.
  public var failureProcesses: [FailureProcess] = []
  /// Incidents from this number on were drawn; see ``withDrawnFailures``.
  var drawnFrom = Int.max
  /// Where the machines of elastic pools and the units of elastic endpoints come from, by id.
  public var markets: [Market] = []
  /// Autoscalers and what they look after, by id; a pool or endpoint is in one at most.
  public var scaling: [ScalingGroup] = []
  /// Training jobs that take from the markets, by id.
  public var training: [TrainingJob] = []
  /// Names of the models that workloads ask for and deployments serve, by id.
  public var models: [String]
  /// Quality of each model, 0 to 1, by id; empty where it is not known.
  public var modelQuality: [Double] = []
  /// Where clients are, by id.
  public var origins: [Origin]
  /// Delays between origins and regions.
  public var network: Network
  /// Streams of requests, by id; workloads that only chains call come last.
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
    /// Ids of models that may serve it instead, in order of preference.
    public var alternatives: [Int] = []
    /// Id of the tenant that asks; -1 for nobody in particular.
    public var tenant = -1
    /// Priority band at the gateway, 0 served first.
    public var band = 0
    /// Where its data may be processed.
    public var residency = Residency.anywhere
    /// Most output tokens a request allows; longer outputs end there. `nil` leaves it to the
    /// service, which then reckons with the estimate.
    public var maximumOutputTokens: Int?
    /// How long a client waits for the last token before it gives up; `nil` means for ever.
    public var timeout: Duration?
    /// What clients do when they are refused.
    public var clientRetry = RetryPolicy(attempts: 1)
    /// What providers' prompt caches hold of its prompts; `nil` for nothing.
    public var promptCache: PromptCache?
    /// With which adapters its requests are served; `nil` for none.
    public var adapters: AdapterUse?
    /// The stages of a request; `nil` for one call of the model.
    public var chain: Chain?
    /// Whether requests come from chains alone; its arrivals are not read then.
    public var isCalled = false
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
