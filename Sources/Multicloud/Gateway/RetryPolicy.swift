import SimulationKernel

/// How often and when to try again.
///
/// The pause before retry `n` (from 1) is `initial × factor^(n − 1)`, at most `maximum`, times a uniform
/// draw from `1 − jitter` to `1 + jitter`. Source: exponential backoff of the vendors' SDKs (two
/// retries, half a second, doubling to 8 s, a quarter of jitter), 2026-08.
public struct RetryPolicy: Hashable, Sendable {
  /// What went wrong.
  public enum FailureKind: UInt8, CaseIterable, Hashable, Sendable {
    /// A 429.
    case throttling
    /// A 5xx.
    case serverError
    /// No answer in time.
    case timeout
  }

  /// Attempts in all, the first included.
  public var attempts: Int
  /// Pause before the first retry.
  public var initial: Duration
  /// How many times as long each next pause is.
  public var factor: Double
  /// Longest pause.
  public var maximum: Duration
  /// Share by which a pause is drawn shorter or longer.
  public var jitter: Double
  /// Whether an answer that says how long to wait is waited for.
  public var honoursRetryAfter: Bool
  /// Longest wait that an answer may ask for; what asks for more is waited for this long.
  public var longestRetryAfter: Duration
  /// Whether a 429 is tried again.
  public var retriesThrottling: Bool
  /// Whether a 5xx is tried again.
  public var retriesServerErrors: Bool
  /// Whether silence is tried again.
  public var retriesTimeouts: Bool

  /// Creates a policy.
  public init(
    attempts: Int, initial: Duration = .milliseconds(500), factor: Double = 2,
    maximum: Duration = .seconds(8), jitter: Double = 0.25, honoursRetryAfter: Bool = true,
    longestRetryAfter: Duration = .seconds(60), retriesThrottling: Bool = true,
    retriesServerErrors: Bool = true, retriesTimeouts: Bool = true
  ) {
    precondition(attempts >= 1, "the first attempt counts")
    precondition(factor >= 1 && jitter >= 0 && jitter < 1)
    self.attempts = attempts
    self.initial = initial
    self.factor = factor
    self.maximum = maximum
    self.jitter = jitter
    self.honoursRetryAfter = honoursRetryAfter
    self.longestRetryAfter = longestRetryAfter
    self.retriesThrottling = retriesThrottling
    self.retriesServerErrors = retriesServerErrors
    self.retriesTimeouts = retriesTimeouts
  }

  /// Whether a failure of this kind is tried again at all.
  public func shouldRetry(_ kind: FailureKind) -> Bool {
    switch kind {
    case .throttling: retriesThrottling
    case .serverError: retriesServerErrors
    case .timeout: retriesTimeouts
    }
  }

  /// The pause before a retry, nanoseconds. O(retry).
  ///
  /// - Parameters:
  ///   - retry: Number of the retry, from 1.
  ///   - bits: 64 random bits for the jitter.
  ///   - retryAfter: How long the answer asked to wait, nanoseconds; the pause is at least that.
  public func delay(retry: Int, bits: UInt64, retryAfter: Int64?) -> Int64 {
    precondition(retry >= 1)
    let longest = Double(maximum.nanoseconds)
    var pause = Double(initial.nanoseconds)
    var left = retry - 1
    while left > 0, pause < longest {
      pause *= factor
      left -= 1
    }
    pause = min(pause, longest) * (1 + jitter * (2 * unitInterval(bits) - 1))
    let own = Int64(pause)
    guard honoursRetryAfter, let retryAfter else { return own }
    return max(own, min(retryAfter, longestRetryAfter.nanoseconds))
  }
}
