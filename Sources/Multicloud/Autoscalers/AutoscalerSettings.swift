import SimulationKernel

/// The numbers of an autoscaler. Each policy reads those it knows and says in its comment which.
public struct AutoscalerSettings: Hashable, Sendable {
  /// Registered name of the policy.
  public var policy: String
  /// Time between decisions.
  public var interval: Duration
  /// Time between scrapes of the metrics.
  public var scrapeInterval: Duration
  /// How old a scrape is before the policy sees it.
  public var scrapeDelay: Duration
  /// Whether a pool is left alone while a replica of it is starting.
  public var locksWhileStarting: Bool
  /// What it steers by, where the policy leaves a choice.
  public var signal: AutoscalerSignal
  /// What a replica shall bear: requests a second, a share, or requests, as the policy's target is.
  public var target: Double
  /// Time over which load is averaged.
  public var window: Duration
  /// Relative deviation from the target that is left alone, upwards.
  public var toleranceUp: Double
  /// Relative deviation from the target that is left alone, downwards.
  public var toleranceDown: Double
  /// How long more must have been wanted before there is more.
  public var upDelay: Duration
  /// How long less must have been wanted before there is less.
  public var downDelay: Duration
  /// Most that a decision may multiply the replicas by.
  public var maximumUpRate: Double
  /// Most that a decision may divide the replicas by.
  public var maximumDownRate: Double
  /// Replicas that may be added whatever ``maximumUpRate`` says.
  public var maximumUpStep: Int
  /// Time over which ``maximumUpRate``, ``maximumUpStep`` and ``maximumDownRate`` bound the change.
  public var ratePeriod: Duration
  /// Short window of a policy that panics.
  public var panicWindow: Duration
  /// Multiple of what it can bear at which it panics.
  public var panicThreshold: Double
  /// Requests waiting a ready replica above which a headroom policy asks for more.
  public var queueLimit: Double
  /// Time to first token that shall be kept.
  public var firstTokenLimit: Duration
  /// Share of first tokens that shall keep it.
  public var firstTokenShare: Double
  /// Sizes by time of day, in order of time.
  public var schedule: [ScheduledSize]
  /// Length of the season a forecast repeats.
  public var season: Duration
  /// How far ahead a forecast looks.
  public var lookAhead: Duration
  /// Time between the plans of a forecast.
  public var planInterval: Duration
  /// Share by which a forecast is raised.
  public var headroom: Double
  /// Standard deviations of the forecast's error that are added to it.
  public var deviations: Double
  /// Length of the bins a season is cut into; its whole part.
  public var bin: Duration
  /// Weight of the newest bin in the level of a forecast.
  public var levelWeight: Double
  /// Weight of the newest bin in its trend.
  public var trendWeight: Double
  /// Weight of the newest bin in its season.
  public var seasonWeight: Double
  /// Real time of day at which the run begins.
  public var startOfDay: Duration
  /// Load by bin of a season before the run, requests a second, from the season's first time of day on;
  /// a forecast knows it. Where it is not empty, its bins replace ``bin``.
  public var history: [Double]

  /// A size from a time of day on.
  public struct ScheduledSize: Hashable, Sendable {
    /// Time of day.
    public var from: Duration
    /// Replicas.
    public var replicas: Int

    /// Creates a size.
    public init(from: Duration, replicas: Int) {
      self.from = from
      self.replicas = replicas
    }
  }

  /// Creates settings; what is not given is what most systems do, or nothing. A policy's own are its
  /// ``Autoscaler/usual``.
  ///
  /// The weights of the forecast are those R's `HoltWinters` starts its search from (R 4.5, stats,
  /// 2025-04).
  public init(policy: String, target: Double = 1) {
    self.policy = policy
    self.target = target
    interval = .seconds(15)
    scrapeInterval = .seconds(15)
    scrapeDelay = .zero
    locksWhileStarting = false
    signal = .concurrency
    window = .seconds(60)
    toleranceUp = 0.1
    toleranceDown = 0.1
    upDelay = .zero
    downDelay = .zero
    maximumUpRate = .infinity
    maximumDownRate = .infinity
    maximumUpStep = 1
    ratePeriod = .seconds(15)
    panicWindow = .seconds(6)
    panicThreshold = 2
    queueLimit = 1
    firstTokenLimit = .seconds(1)
    firstTokenShare = 0.95
    schedule = []
    season = .seconds(86_400)
    lookAhead = .seconds(600)
    planInterval = .seconds(3600)
    headroom = 0
    deviations = 0
    bin = .seconds(300)
    levelWeight = 0.3
    trendWeight = 0.1
    seasonWeight = 0.1
    startOfDay = .zero
    history = []
  }
}
