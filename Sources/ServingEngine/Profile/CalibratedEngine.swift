import SimulationKernel

/// An engine as measurements of it say it is: step times fitted to logs, the scheduler's limits the logs
/// were taken under, and how far the fit was off what it had not seen.
///
/// Written by `plimsoll calibrate`, named by a pool's `engine.profile`. See ``text`` for the format.
public struct CalibratedEngine: Hashable, Sendable {
  /// How far measured times lay from predicted ones: 5th and 95th percentile of
  /// `measured / predicted - 1` over rows that were held out.
  public struct Band: Hashable, Sendable {
    /// 5th percentile.
    public var low: Double
    /// 95th percentile.
    public var high: Double

    /// Creates a band.
    public init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// Name of the model that was served, from the catalog.
  public var model: String
  /// Name of the accelerator, from the catalog.
  public var accelerator: String
  /// Accelerators a replica was spread over.
  public var tensorParallel: Int
  /// The step time.
  public var coefficients: StepCoefficients
  /// Limits the engine ran with, as far as the log or the command line said: those of tokens a step,
  /// sequences, tokens a block, and blocks.
  public var scheduler: SchedulerOverrides
  /// 90 % band of the step time; `nil` where nothing was held out.
  public var stepError: Band?
  /// 90 % band of the time per output token.
  public var timePerOutputTokenError: Band?
  /// 90 % band of the time to first token.
  public var timeToFirstTokenError: Band?
  /// Standard errors of the coefficients by key, in their unit, as far as they were fitted.
  public var standardErrors: [StandardError]
  /// Where it came from, one line each.
  public var provenance: [String]

  /// The standard error of a coefficient.
  public struct StandardError: Hashable, Sendable {
    /// Key of the coefficient in the profile's text.
    public var key: String
    /// In the unit of the coefficient.
    public var value: Double

    /// Creates a standard error.
    public init(key: String, value: Double) {
      self.key = key
      self.value = value
    }
  }

  /// Creates a profile without bands.
  public init(
    model: String, accelerator: String, tensorParallel: Int = 1, coefficients: StepCoefficients,
    scheduler: SchedulerOverrides = SchedulerOverrides(), provenance: [String] = []
  ) {
    self.model = model
    self.accelerator = accelerator
    self.tensorParallel = tensorParallel
    self.coefficients = coefficients
    self.scheduler = scheduler
    standardErrors = []
    self.provenance = provenance
  }
}

/// What is wrong with a profile of an engine, and where.
public struct CalibratedEngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the file, as the caller gave it.
  public var file: String
  /// Line from 1; `nil` where the file as a whole is meant.
  public var line: Int?
  /// What was found and what was expected.
  public var problem: String

  /// Creates an error.
  public init(file: String, line: Int? = nil, problem: String) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// `file:line: problem`.
  public var description: String {
    Excerpt.message(line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)")
  }
}
