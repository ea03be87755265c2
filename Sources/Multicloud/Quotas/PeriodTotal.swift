import SimulationKernel

/// A total of tokens per hour, day, week, month, year or run.
///
/// Calls go ahead while the total is below the limit. Tokens, prompt and output, count when a call
/// ends, so the calls then in flight overshoot.
///
/// Source: Azure API Management, "llm-token-limit" and "azure-openai-token-limit" policies
/// (`token-quota`, `token-quota-period`; 403 when exceeded), read 2026-08. Periods begin with
/// simulated time; a total for the run is an addition.
public struct PeriodTotal: Hashable, Sendable {
  /// The time after which a total starts again.
  public enum Period: UInt8, CaseIterable, Hashable, Sendable {
    /// 60 minutes.
    case hour
    /// 24 hours.
    case day
    /// 7 days.
    case week
    /// 30 days.
    case month
    /// 365 days.
    case year
    /// Never: one total for the whole run.
    case run

    /// Length in nanoseconds; `Int64.max` for the whole run.
    var nanoseconds: Int64 {
      switch self {
      case .hour: QuotaTime.hour
      case .day: QuotaTime.day
      case .week: 7 * QuotaTime.day
      case .month: 30 * QuotaTime.day
      case .year: 365 * QuotaTime.day
      case .run: Int64.max
      }
    }
  }

  /// Tokens a period.
  public var tokens: Int64
  /// The period.
  public var period: Period

  /// Creates the rule.
  public init(tokens: Int64, per period: Period) {
    self.tokens = tokens
    self.period = period
  }

  func problems() -> [String] {
    QuotaProblem.limit(tokens, "tokens per \(period)", largest: 1_000_000_000_000_000)
  }

  struct State: QuotaState {
    private var limit: EffectiveLimit
    private var window: WindowCount

    init(_ rule: PeriodTotal) {
      limit = EffectiveLimit(rule.tokens)
      window = WindowCount(width: rule.period.nanoseconds)
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      let used = window.count(at: now)
      if used < limit.effective { return .admitted }
      return .refused(
        used < limit.full ? .reduced : .period,
        retryAfter: limit.effective == 0 ? Int64.max : window.timeToEdge(at: now))
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {}

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      window.add(use.promptTokens + use.outputTokens, at: now)
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      limit.reduce(toMillionths: share)
    }

    func reading(at now: Int64) -> QuotaReading {
      QuotaReading(limit, used: window.count(at: now))
    }
  }
}
