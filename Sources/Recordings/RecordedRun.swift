/// One request of a recorded run; times in seconds from the run's first arrival.
public struct RecordedRequest: Hashable, Sendable {
  /// When it was sent.
  public var arrival: Double
  /// When its first token came.
  public var firstToken: Double
  /// When its last token came.
  public var lastToken: Double
  /// Prompt tokens.
  public var promptTokens: Int
  /// Output tokens.
  public var outputTokens: Int
  /// Gaps between tokens after the first, seconds; empty where the log has none.
  public var gaps: [Double]
  /// Line of the file it stands on.
  public var line: Int

  /// Creates a request.
  public init(
    arrival: Double, firstToken: Double, lastToken: Double, promptTokens: Int, outputTokens: Int,
    gaps: [Double] = [], line: Int
  ) {
    self.arrival = arrival
    self.firstToken = firstToken
    self.lastToken = lastToken
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.gaps = gaps
    self.line = line
  }

  /// Seconds from arrival to first token.
  public var timeToFirstToken: Double { firstToken - arrival }

  /// Seconds from arrival to last token.
  public var endToEnd: Double { lastToken - arrival }

  /// Seconds per output token after the first; `nil` where there is none.
  public var timePerOutputToken: Double? {
    outputTokens > 1 ? (lastToken - firstToken) / Double(outputTokens - 1) : nil
  }
}

/// A run of a real engine as its log tells it: one engine, nothing else beside it.
public struct RecordedRun: Hashable, Sendable {
  /// How the arrivals are known.
  public enum Arrivals: String, Hashable, Sendable {
    /// The log has them.
    case recorded
    /// All came at once, or as soon as one of a fixed number of clients was free.
    case reconstructed
    /// The log has durations only: what ran beside what cannot be told.
    case unknown
  }

  /// Means of a whole run, for logs that have nothing else.
  public struct Summary: Hashable, Sendable {
    /// Requests that were completed.
    public var requests: Int
    /// Length of the run, seconds.
    public var duration: Double
    /// Mean prompt, tokens.
    public var meanPromptTokens: Double
    /// Mean output, tokens.
    public var meanOutputTokens: Double
    /// Mean time to first token, seconds.
    public var timeToFirstToken: Double
    /// Mean time per output token, seconds.
    public var timePerOutputToken: Double
  }

  /// Longest time of a log, seconds: ten years. What says more is not in seconds, or no time.
  static let longest = 3653.0 * 86_400

  /// What it is called in messages: the file, and its place in it.
  public var name: String
  /// Line of the file it begins on.
  public var line: Int
  /// How the arrivals are known.
  public var arrivals: Arrivals
  /// By arrival; empty where the log has means only.
  public var requests: [RecordedRequest]
  /// Means of the run, where the log has them.
  public var summary: Summary?
  /// Requests of the log that failed or gave nothing, which are left out.
  public var leftOut: Int
  /// Whether clients sent a request when their last was answered: such a run cannot be replayed with its
  /// recorded arrivals, which are the engine's own pace.
  public var isClosedLoop = false
}
