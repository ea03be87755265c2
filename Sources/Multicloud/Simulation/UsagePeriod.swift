/// Tokens of completed or partly delivered requests, by what is charged for them.
public struct TokenUse: Hashable, Sendable {
  /// Requests.
  public var requests: Int64 = 0
  /// Prompt tokens computed and not kept in a provider's cache.
  public var input: Int64 = 0
  /// Prompt tokens from a provider's cache.
  public var cached: Int64 = 0
  /// Prompt tokens computed and kept in a provider's cache.
  public var written: Int64 = 0
  /// Output tokens delivered.
  public var output: Int64 = 0

  /// Nothing used.
  public init() {}

  /// Prompt and output tokens together.
  public var tokens: Int64 { input + cached + written + output }
}

/// Machines of an elastic pool that stood ready in a period.
public struct MachineUse: Hashable, Sendable {
  /// Instances × seconds.
  public var instanceSeconds: Int64 = 0
  /// Instances × seconds × the share of the list price that they cost, millionths.
  public var pricedSeconds: Int128 = 0
  /// Whether the market takes them back when it wants.
  public var isSpot = false

  /// No machines.
  public init() {}
}

/// What was used between two moments at which billing closes: an hour, or less at the run's ends and
/// where an account's day ends inside an hour.
///
/// A request is counted in the period in which it ends.
public struct UsagePeriod: Sendable {
  /// From the run's start, nanoseconds.
  public var start: Int64
  /// From the run's start, nanoseconds.
  public var end: Int64
  /// By workload × deployments + deployment.
  public var tokens: [TokenUse]
  /// The same of requests whose prompt is billed as long.
  public var longTokens: [TokenUse]
  /// Energy of each pool's servers, joules, by pool; the building's not included.
  public var joules: [Double]
  /// Bytes that chains of a workload sent between regions, by (workload × regions + from) × regions + to.
  public var transfers: [Int64]
  /// Runs of each workload's timed stages, by workload, then stage.
  public var stageRuns: [[Int64]]

  /// Machines of elastic pools, by pool, then by market (those of no market first); empty where no pool
  /// is elastic, and a pool's own empty where it is not.
  public var machines: [[MachineUse]] = []
  /// Instance-seconds of each training job; empty where there are none.
  public var jobSeconds: [Int64] = []
  /// Unit-seconds of endpoints whose units can change, by endpoint, 0 for the others; empty where there are none.
  public var unitSeconds: [Int64] = []

  /// Creates a period from its counts.
  public init(
    start: Int64, end: Int64, tokens: [TokenUse], longTokens: [TokenUse], joules: [Double],
    transfers: [Int64], stageRuns: [[Int64]]
  ) {
    self.start = start
    self.end = end
    self.tokens = tokens
    self.longTokens = longTokens
    self.joules = joules
    self.transfers = transfers
    self.stageRuns = stageRuns
  }
}
