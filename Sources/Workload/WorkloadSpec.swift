import SimulationKernel

/// One stream of requests as a scenario describes it: when they come, how long they are, from
/// where, and what they ask for.
public struct WorkloadSpec: Sendable {
  /// Name, unique in the world.
  public var name: String
  /// When requests come.
  public var arrivals: ArrivalSpec
  /// How long prompts and outputs are. Ignored by a trace that carries its own lengths.
  public var shape: ShapeSpec
  /// Where requests come from; shares are normalised over their sum. At least one.
  public var origins: [OriginShare]
  /// How the output length is estimated for policies, which never see the true one.
  public var outputEstimate: OutputEstimate
  /// When the first request may come, from the start of the run.
  public var start: Duration
  /// When the stream ends, from the start of the run; `nil` means at the horizon.
  public var end: Duration?
  /// How the rate changes beside the law of arrivals; steady unless set.
  public var course = DemandCourse()
  /// Texts that prompts begin with, before what ``shape`` says; `nil` where they share none.
  public var prefix: SharedPrefix?
  /// Conversations that each arrival begins; `nil` where requests stand alone.
  public var sessions: Sessions?

  /// Creates a workload.
  public init(
    name: String, arrivals: ArrivalSpec, shape: ShapeSpec, origins: [OriginShare],
    outputEstimate: OutputEstimate = .mean, start: Duration = .zero, end: Duration? = nil
  ) {
    self.name = name
    self.arrivals = arrivals
    self.shape = shape
    self.origins = origins
    self.outputEstimate = outputEstimate
    self.start = start
    self.end = end
  }
}

/// An origin's part of a workload.
public struct OriginShare: Hashable, Sendable {
  /// Index of the origin in the world.
  public var origin: Int
  /// Share of the workload's requests, any positive number.
  public var share: Double
  /// Local time zone of the origin against UTC, in hours; shifts a diurnal profile.
  public var utcOffsetHours: Double

  /// Creates an origin's share.
  public init(origin: Int, share: Double, utcOffsetHours: Double = 0) {
    self.origin = origin
    self.share = share
    self.utcOffsetHours = utcOffsetHours
  }
}

/// What a policy is told about how long an output will be.
public enum OutputEstimate: Hashable, Sendable {
  /// The mean output length of the workload's shape (of the trace's rows for a trace).
  case mean
  /// A constant number of tokens (what a client's `max_tokens` would say).
  case fixed(Int)
  /// The true length times a lognormal error of mean 1 and this coefficient of variation: a length
  /// predictor of stated quality. The policy sees the product, never the length.
  case noisy(coefficientOfVariation: Double)
}

/// When requests come.
public enum ArrivalSpec: Sendable {
  /// Poisson, requests per second.
  case poisson(rate: Double)
  /// Poisson whose rate follows the hour of the day at each origin.
  ///
  /// `hourly` holds 24 relative weights by local hour, linearly interpolated between hour centres
  /// and scaled so that the workload's mean over a day is `meanRate` requests per second.
  case diurnal(meanRate: Double, hourly: [Double], startUTCHour: Double)
  /// Poisson whose rate is constant in each bin and repeats (or ends) after the last: requests per
  /// second by bin of `binWidth`, the first from the workload's start.
  case piecewise(rates: [Double], binWidth: Duration, repeats: Bool)
  /// Independent gaps with a gamma law of this coefficient of variation; requests per second.
  case gamma(rate: Double, coefficientOfVariation: Double)
  /// Independent gaps with a Weibull law of this shape; requests per second.
  case weibull(rate: Double, shape: Double)
  /// Markov-modulated Poisson: the rate (requests per second) of a state that lasts an exponential
  /// time with the given mean, states visited in a ring.
  case bursts(states: [BurstState])
  /// A fixed number of clients, each sending its next request a think time (exponential with this
  /// mean) after the answer to the last.
  case closedLoop(clients: Int, thinkTime: Duration)
  /// A fixed number of clients, each sending a request every so often, or as soon as the answer to
  /// its last has come where that took longer. They begin evenly spread over the first interval.
  case pacedLoop(clients: Int, every: Duration)
  /// Replay of recorded requests.
  case trace(TraceReplay)
}

/// A state of a Markov-modulated arrival stream.
public struct BurstState: Hashable, Sendable {
  /// Requests per second while the state lasts.
  public var rate: Double
  /// Mean time in the state.
  public var meanDuration: Duration

  /// Creates a state.
  public init(rate: Double, meanDuration: Duration) {
    self.rate = rate
    self.meanDuration = meanDuration
  }
}

/// Recorded requests and how they are scaled.
public struct TraceReplay: Sendable {
  /// The recorded rows (or a profile of them).
  public var source: TraceSource
  /// Requests for each recorded one: below 1 thins (each row is kept with this probability), above
  /// 1 superposes this many copies, the fractional part of them thinned.
  public var rateScale: Double
  /// How far apart copies may be shifted, simulated time: each copy after the first is shifted by a
  /// keyed uniform draw from [0, copyShift), wrapping around the trace's span, so that bursts do not
  /// coincide exactly.
  public var copyShift: Duration
  /// Recorded seconds that pass in one simulated second (2 plays twice as fast).
  public var timeScale: Double
  /// Whether the trace starts again when it ends, one mean gap after its last request.
  public var loops: Bool

  /// Creates a replay.
  public init(
    source: TraceSource, rateScale: Double = 1, copyShift: Duration = .seconds(60),
    timeScale: Double = 1, loops: Bool = true
  ) {
    self.source = source
    self.rateScale = rateScale
    self.copyShift = copyShift
    self.timeScale = timeScale
    self.loops = loops
  }
}

/// Recorded requests, in memory.
public enum TraceSource: Sendable {
  /// Every row, by time.
  case rows(TraceRows)
  /// A compact profile: request counts by second and a joint histogram of lengths.
  case profile(TraceProfile)
}

/// How long prompts and outputs are, in tokens.
public enum ShapeSpec: Sendable {
  /// Always the same.
  case fixed(prompt: Int, output: Int)
  /// Prompt and output drawn independently.
  case independent(prompt: LengthSpec, output: LengthSpec)
  /// Prompt drawn first; the output from the law of the first band whose upper bound is not below it.
  case conditional(prompt: LengthSpec, bands: [LengthBand])
  /// Pairs drawn from the rows of a trace, or from its profile.
  case empirical(TraceSource)
}

/// The law of one length, in tokens; draws are rounded to whole tokens and never below 1.
public enum LengthSpec: Hashable, Sendable {
  /// Always the same.
  case constant(Int)
  /// Exponential with this mean.
  case exponential(mean: Double)
  /// Lognormal with this median and standard deviation of the logarithm, cut off above `max`: longer
  /// draws become `max`, as a limit on tokens does it.
  case lognormal(median: Double, sigma: Double, max: Int)
  /// Pareto with this minimum and tail index, cut off above `max` like the lognormal.
  case pareto(min: Double, alpha: Double, max: Int)
  /// Uniform over whole numbers between the two, inclusive.
  case uniform(min: Int, max: Int)
  /// Given values with relative weights.
  case empirical(values: [Int], weights: [Double])
}

/// Output law for prompts up to a bound.
public struct LengthBand: Hashable, Sendable {
  /// Longest prompt of the band, tokens; the last band's is taken as unbounded.
  public var upToPrompt: Int
  /// Law of the output.
  public var output: LengthSpec

  /// Creates a band.
  public init(upToPrompt: Int, output: LengthSpec) {
    self.upToPrompt = upToPrompt
    self.output = output
  }
}
