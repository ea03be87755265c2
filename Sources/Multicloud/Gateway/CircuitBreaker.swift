import SimulationKernel

/// Leaves a deployment alone after failures, and finds out when it is well again.
///
/// Closed, every call goes through and failures are counted in a fixed window. It opens when there are
/// more of them than allowed, when their share of the calls is too large, or at once where a 429 opens
/// it. Open, no call goes through until the cooldown is over. Then, half open, one call at a time is
/// let through: success closes it, failure opens it again. Without probes it simply closes.
///
/// Sources: cooldowns of litellm's router (`allowed_fails`: one failure more opens; counted by the
/// minute; 5 s cooldown), 2026-08; half-open probing as in Nygard, "Release It!", 2007.
public struct CircuitBreaker: Hashable, Sendable {
  /// When it opens and for how long.
  public struct Settings: Hashable, Sendable {
    /// Failures in a window that are borne; one more opens it. `nil` never opens by count.
    public var allowedFailures: Int?
    /// Share of a window's calls that may fail; above it, it opens. `nil` never opens by share.
    public var failureShare: Double?
    /// Calls a window must have before the share counts.
    public var minimumCalls: Int
    /// Length of a window.
    public var window: Duration
    /// Whether a 429 opens it at once.
    public var opensOnThrottling: Bool
    /// Whether a 429 that says how long to wait keeps it open that long.
    public var honoursRetryAfter: Bool
    /// How long it stays open.
    public var cooldown: Duration
    /// How many times as long it stays open each time it opens again without having closed.
    public var backoffFactor: Double
    /// Longest cooldown.
    public var maximumCooldown: Duration
    /// Whether one call at a time tries it after the cooldown; otherwise all do.
    public var probes: Bool

    /// Creates settings; the defaults are litellm's.
    public init(
      allowedFailures: Int? = nil, failureShare: Double? = 0.5, minimumCalls: Int = 5,
      window: Duration = .seconds(60), opensOnThrottling: Bool = true,
      honoursRetryAfter: Bool = true, cooldown: Duration = .seconds(5), backoffFactor: Double = 1,
      maximumCooldown: Duration = .seconds(3600), probes: Bool = true
    ) {
      precondition(window > .zero && cooldown > .zero && backoffFactor >= 1)
      self.allowedFailures = allowedFailures
      self.failureShare = failureShare
      self.minimumCalls = minimumCalls
      self.window = window
      self.opensOnThrottling = opensOnThrottling
      self.honoursRetryAfter = honoursRetryAfter
      self.cooldown = cooldown
      self.backoffFactor = backoffFactor
      self.maximumCooldown = maximumCooldown
      self.probes = probes
    }
  }

  /// What it does with calls.
  public enum State: Hashable, Sendable {
    /// Lets them through.
    case closed
    /// Lets none through before ``openUntil``, and then one at a time.
    case open
    /// A probe is out.
    case halfOpen
  }

  /// What it does with calls.
  public private(set) var state = State.closed
  /// When an open one lets a probe through, nanoseconds.
  public private(set) var openUntil: Int64 = 0
  /// Times it has opened.
  public private(set) var openings: Int64 = 0

  private let settings: Settings
  private var present: Int64 = 0
  private var calls = 0
  private var failures = 0
  private var nextCooldown: Int64

  /// Creates a closed breaker.
  public init(_ settings: Settings) {
    self.settings = settings
    nextCooldown = settings.cooldown.nanoseconds
  }

  /// Whether a call may go through now.
  public func allows(at now: Int64) -> Bool {
    switch state {
    case .closed: true
    case .open: now >= openUntil
    case .halfOpen: false
    }
  }

  /// A call goes through: the probe, where the breaker is open.
  public mutating func noteSent(at now: Int64) {
    guard state == .open else { return }
    assert(now >= openUntil, "no call goes through an open breaker")
    if settings.probes {
      state = .halfOpen
    } else {
      close()
    }
  }

  /// A call has succeeded.
  public mutating func noteSuccess(at now: Int64) {
    switch state {
    case .halfOpen: close()
    case .closed:
      roll(now)
      calls += 1
    // A call sent before it opened says nothing of now.
    case .open: break
    }
  }

  /// A call has failed.
  ///
  /// - Parameters:
  ///   - isThrottling: Whether it was a 429.
  ///   - retryAfter: How long the answer asked to wait, nanoseconds.
  public mutating func noteFailure(at now: Int64, isThrottling: Bool, retryAfter: Int64?) {
    switch state {
    case .halfOpen: open(now, retryAfter)
    case .open: break
    case .closed:
      roll(now)
      calls += 1
      failures += 1
      let isTooMany = settings.allowedFailures.map { failures > $0 } ?? false
      let isTooGreatShare =
        settings.failureShare.map {
          calls >= settings.minimumCalls && Double(failures) > $0 * Double(calls)
        } ?? false
      if isTooMany || isTooGreatShare || (isThrottling && settings.opensOnThrottling) {
        open(now, retryAfter)
      }
    }
  }

  /// A call ended without an answer that says anything: its client gave up, or asked for what
  /// cannot be. A probe of this kind makes room for the next.
  public mutating func noteAbandoned(at now: Int64) {
    if state == .halfOpen { state = .open }
  }

  private mutating func open(_ now: Int64, _ retryAfter: Int64?) {
    state = .open
    openings += 1
    var cooldown = nextCooldown
    if settings.honoursRetryAfter, let retryAfter, retryAfter > cooldown { cooldown = retryAfter }
    openUntil = now + cooldown
    nextCooldown = Int64(
      min(
        Double(settings.maximumCooldown.nanoseconds),
        Double(nextCooldown) * settings.backoffFactor))
    calls = 0
    failures = 0
  }

  private mutating func close() {
    state = .closed
    calls = 0
    failures = 0
    nextCooldown = settings.cooldown.nanoseconds
  }

  private mutating func roll(_ now: Int64) {
    let window = now / settings.window.nanoseconds
    if window != present {
      present = window
      calls = 0
      failures = 0
    }
  }
}
