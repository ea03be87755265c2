import Multicloud
import SimulationKernel

/// What is expected of a world over a horizon, without simulating a request.
///
/// Demand is a matrix of bins × streams. Bins are sorted into levels; at each level the gateway's policy
/// is followed with expected loads, and the traffic equations give what every deployment is asked. Then
/// rates, tokens and dollars of all bins are one product per level, and times follow from each deployment's
/// model. Every figure is an expectation: it stands beside a simulated one, never in its place.
public struct WorldEstimate: Sendable {
  /// The demand.
  public let grid: DemandGrid
  /// By deployment.
  public internal(set) var deployments: [DeploymentEstimate]
  /// By workload.
  public internal(set) var workloads: [WorkloadEstimate]
  /// By quota.
  public internal(set) var quotas: [QuotaEstimate]
  /// By period.
  public internal(set) var usage: [UsageEstimate]
  /// Every bin of the series.
  public internal(set) var series: SeriesEstimate
  /// Levels looked at.
  public internal(set) var levels = 0
  /// Widest factor between bins of a level.
  public internal(set) var levelStep = 1.0
  /// What the products of bins took.
  public internal(set) var timing = ProductTiming()
  /// Seconds that statistics are over.
  public internal(set) var measuredSeconds = 0.0

  /// Bins of one product: a block of demand and what comes of it stay in the cache.
  static let block = 512

  /// Operations a second that bare products of a horizon's shape reach on one core, measured now.
  public var bareSpeed: Double {
    let columns = deployments.count * SeriesEstimate.rates
    return ProductTiming.bareSpeed(
      rows: Self.block, inner: grid.streams.count, columns: columns,
      count: 1 + grid.bins / Self.block)
  }

  /// How an estimate is made.
  public struct Settings: Sendable {
    /// Length of a bin.
    public var binWidth: Duration
    /// How long requests arrive.
    public var horizon: Duration
    /// Part of it that statistics leave out.
    public var warmup: Duration
    /// Most levels looked at.
    public var mostLevels: Int
    /// Edges of the periods whose usage is asked for, seconds from the start; the first is 0.
    public var periods: [Double]
    /// Bins of the series' rows: this many are one row.
    public var binsPerRow: Int

    /// Creates settings for the horizon of a world itself, in bins of a minute.
    public init(_ world: World) {
      binWidth = .seconds(60)
      horizon = world.horizon
      warmup = world.warmup
      mostLevels = 256
      periods = [0, world.horizon.seconds]
      binsPerRow = 1
    }
  }

  /// Estimates a world.
  ///
  /// - Parameter growth: What multiplies a workload's rate in the bin that begins at a time.
  /// - Complexity: O(bins × streams × deployments) in the products, and a search at each level.
  public init(
    _ world: World, _ settings: Settings,
    growth: (_ workload: Int, _ start: Duration) -> Double = { _, _ in 1 }
  ) throws(TrafficEquations.Problem) {
    let grid = DemandGrid(
      world, binWidth: settings.binWidth, horizon: settings.horizon, growth: growth)
    var sum = EstimateSum(world, grid, settings)
    try sum.run()
    self.grid = grid
    deployments = sum.deployments
    workloads = sum.workloads
    quotas = sum.quotas
    usage = sum.usage
    series = sum.series
    levels = sum.solved
    levelStep = sum.levels.step
    timing = sum.timing
    measuredSeconds = sum.measured
  }
}

/// What is expected of a deployment, averaged over the measured time.
public struct DeploymentEstimate: Sendable {
  /// Attempts a second.
  public var attempts = 0.0
  /// Requests served a second.
  public var served = 0.0
  /// Attempts refused a second.
  public var refused = 0.0
  /// Requests the provider sends elsewhere, a second.
  public var spilledOut = 0.0
  /// Requests the provider sends here from elsewhere, a second.
  public var spilledIn = 0.0
  /// Prompt tokens of served requests, a second.
  public var promptTokens = 0.0
  /// Those of them from a cache.
  public var cachedTokens = 0.0
  /// Output tokens a second.
  public var outputTokens = 0.0
  /// Dollars for tokens a second, at list price.
  public var tokenCost = 0.0
  /// Mean requests in flight.
  public var inFlight = 0.0
  /// Share of its capacity in use: replicas with a step in progress, or requests in flight over an
  /// endpoint's concurrency.
  public var utilisation = 0.0
  /// Demand as a share of the largest rate it can sustain; pools only.
  public var load = 0.0
  /// The same in its busiest bin.
  public var peakLoad = 0.0
  /// Mean requests running; pools only.
  public var running = 0.0
  /// Times to first token, at the client, of requests served here.
  public var timeToFirstToken = LatencyLaw()
  /// Their times from token to token.
  public var timePerOutputToken = LatencyLaw()
  /// Their times to the last token.
  public var endToEnd = LatencyLaw()
}

/// What is expected of a workload over the measured time.
public struct WorkloadEstimate: Sendable {
  /// Requests a second that arrive.
  public var arrived = 0.0
  /// Requests a second that are served.
  public var served = 0.0
  /// Requests a second that are lost.
  public var lost = 0.0
  /// Attempts a second.
  public var attempts = 0.0
  /// Dollars for tokens a second, at list price.
  public var tokenCost = 0.0
  /// Prompt and output tokens a second.
  public var tokens = 0.0
  /// Times to first token of served requests.
  public var timeToFirstToken = LatencyLaw()
  /// Their times from token to token.
  public var timePerOutputToken = LatencyLaw()
  /// Their times to the last token.
  public var endToEnd = LatencyLaw()
  /// Requests a second within all targets.
  public var good = 0.0
}

/// What is expected of a quota.
public struct QuotaEstimate: Sendable {
  /// What is asked over the limit, on average.
  public var offered = 0.0
  /// What is asked over the limit in the busiest bin.
  public var peakOffered = 0.0
  /// Share of calls refused, in the mean over time.
  public var refused = 0.0
}

/// What is used in a period: the expected counts of a simulation's meters.
public struct UsageEstimate: Sendable {
  /// Requests by workload × deployments + deployment.
  public var requests: [Double]
  /// Their prompt tokens, by the same.
  public var promptTokens: [Double]
  /// Prompt tokens read from a cache, by the same.
  public var cachedTokens: [Double]
  /// Prompt tokens written to a cache, by the same.
  public var writtenTokens: [Double]
  /// Output tokens, by the same.
  public var outputTokens: [Double]
  /// Requests whose prompt is billed as long, by the same.
  public var longRequests: [Double]
  /// Prompt tokens of those.
  public var longPromptTokens: [Double]
  /// Output tokens of those.
  public var longOutputTokens: [Double]
  /// Energy of each pool's servers, joules.
  public var joules: [Double]
  /// Requests that came, by workload: chains run their stages so often.
  public var arrived: [Double]
}

/// Figures of every row of bins: rows × deployments.
public struct SeriesEstimate: Sendable {
  /// Seconds of a row.
  public var rowSeconds: Double
  /// Number of rows.
  public var rows: Int
  /// Attempts a second, by row × deployments + deployment.
  public private(set) var attempts: [Double] = []
  /// Requests served a second, by the same.
  public private(set) var served: [Double] = []
  /// Prompt tokens a second, by the same.
  public private(set) var promptTokens: [Double] = []
  /// Output tokens a second, by the same.
  public private(set) var outputTokens: [Double] = []
  /// Dollars for tokens a second, by the same.
  public private(set) var tokenCost: [Double] = []
  /// Share of capacity in use, by the same.
  public private(set) var utilisation: [Double] = []
  /// Requests in flight, by the same.
  public private(set) var inFlight: [Double] = []

  /// Kinds of figures.
  static let kinds = 7
  /// Those of them that a product gives.
  static let rates = 5

  init(rowSeconds: Double, rows: Int) {
    self.rowSeconds = rowSeconds
    self.rows = rows
  }

  /// Takes figures that are kind by kind side by side.
  mutating func unfold(_ table: [Double]) {
    func kind(_ number: Int) -> [Double] {
      stride(from: number, to: table.count, by: Self.kinds).map { table[$0] }
    }
    attempts = kind(0)
    served = kind(1)
    promptTokens = kind(2)
    outputTokens = kind(3)
    tokenCost = kind(4)
    utilisation = kind(5)
    inFlight = kind(6)
  }
}
