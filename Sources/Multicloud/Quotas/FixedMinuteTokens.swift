import SimulationKernel

/// Standard tokens per minute: a counter that starts again at every minute edge of simulated time.
///
/// A call is refused while the counter is at or above the limit, until the next edge; else its
/// estimate, prompt and most output, is added. So the last call of a minute may overshoot. Estimates
/// are never corrected, and failed calls count.
///
/// Source: Azure OpenAI, "Manage quota" (quota how-to and quotas-limits pages), read 2026-08.
public struct FixedMinuteTokens: Hashable, Sendable {
  /// Tokens a minute.
  public var tokensPerMinute: Int64

  /// Creates the rule.
  public init(tokensPerMinute: Int64) { self.tokensPerMinute = tokensPerMinute }

  func problems() -> [String] {
    QuotaProblem.limit(tokensPerMinute, "tokens per minute")
  }

  struct State: QuotaState {
    private var limit: EffectiveLimit
    private var window = WindowCount(width: QuotaTime.minute)

    init(_ rule: FixedMinuteTokens) { limit = EffectiveLimit(rule.tokensPerMinute) }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      let used = window.count(at: now)
      if used < limit.effective { return .admitted }
      return .refused(
        used < limit.full ? .reduced : .tokens,
        retryAfter: limit.effective == 0 ? Int64.max : window.timeToEdge(at: now))
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      window.add(ask.estimatedTokens, at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {}

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      limit.reduce(toMillionths: share)
    }

    func reading(at now: Int64) -> QuotaReading {
      QuotaReading(limit, used: window.count(at: now))
    }
  }
}
