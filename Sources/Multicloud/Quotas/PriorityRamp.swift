import SimulationKernel

/// The ramp rule of a priority tier: traffic that grows too fast is served in the standard tier.
///
/// Tokens are counted by the minute of simulated time, at the estimate when a call comes and at what
/// it used from its end on, in the minute in which it came, as long as that minute is remembered. A
/// call is downgraded if with it the present minute would hold more than `1 + largestRise` times
/// the tokens of the minute `window` ago, and more than the floor; or if its prompt is too long.
/// Downgraded calls count, for the rule is about the traffic sent, but for prompts that are too long:
/// they are never of the tier. No call is refused.
///
/// Source: OpenAI, "Priority processing" (ramp rate limit, long context), read 2026-08; the floor is as
/// users have reported it and changes, so state it.
public struct PriorityRamp: Hashable, Sendable {
  /// Largest rise within the window, a share: 0.5 allows half as much again.
  public var largestRise: Double
  /// Whole minutes, 1 to 60, over which the rise counts.
  public var windowMinutes: Int
  /// Tokens a minute under which no ramp applies.
  public var floorTokensPerMinute: Int64
  /// Longest prompt of the tier, tokens.
  public var longestPrompt: Int64
  /// Tokens a minute before simulated time began.
  public var earlierTokensPerMinute: Int64

  /// Creates the rule.
  public init(
    largestRise: Double = 0.5, windowMinutes: Int = 15, floorTokensPerMinute: Int64 = 100_000,
    longestPrompt: Int64 = 128_000, earlierTokensPerMinute: Int64 = 0
  ) {
    self.largestRise = largestRise
    self.windowMinutes = windowMinutes
    self.floorTokensPerMinute = floorTokensPerMinute
    self.longestPrompt = longestPrompt
    self.earlierTokensPerMinute = earlierTokensPerMinute
  }

  func problems() -> [String] {
    var problems = QuotaProblem.weight(largestRise, "largest rise")
    if windowMinutes < 1 || windowMinutes > 60 {
      problems.append(
        "window is \(windowMinutes) minutes, expected 1 to 60; the nearest is "
          + (windowMinutes < 1 ? "1" : "60"))
    }
    if floorTokensPerMinute < 0 {
      problems.append("floor is \(floorTokensPerMinute) tokens per minute, expected 0 or more")
    }
    if earlierTokensPerMinute < 0 {
      problems.append(
        "earlier traffic is \(earlierTokensPerMinute) tokens per minute, expected 0 or more")
    }
    problems += QuotaProblem.limit(longestPrompt, "longest prompt")
    return problems
  }

  struct State: QuotaState {
    /// Tokens of the last `windowMinutes + 1` minutes, minute `m` at `m % count`.
    private var minutes: [Int64]
    /// The latest minute counted.
    private var latest: Int64 = 0
    private let window: Int64
    /// One and the largest rise, millionths.
    private let growth: Int64
    private let floor: Int64
    private let longestPrompt: Int64
    private let earlier: Int64
    private var share = Millionths.one

    init(_ rule: PriorityRamp) {
      window = Int64(rule.windowMinutes)
      minutes = [Int64](repeating: 0, count: rule.windowMinutes + 1)
      growth = Millionths.one + Millionths.rounding(rule.largestRise)
      floor = rule.floorTokensPerMinute
      longestPrompt = rule.longestPrompt
      earlier = rule.earlierTokensPerMinute
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      if ask.promptTokens > longestPrompt { return .downgraded }
      let minute = now / QuotaTime.minute
      let allowed = Millionths.share(share, of: allowed(in: minute))
      return tokens(of: minute) + ask.estimatedTokens <= allowed ? .admitted : .downgraded
    }

    /// Tokens the tier takes in a minute without a cut.
    @inline(__always)
    private func allowed(in minute: Int64) -> Int64 {
      let base = minute < window ? earlier : tokens(of: minute - window)
      return max(floor, Millionths.share(growth, of: base))
    }

    @inline(__always)
    private func tokens(of minute: Int64) -> Int64 {
      minute <= latest && minute + window >= latest
        ? minutes[Int(minute % (window + 1))] : 0
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      if ask.promptTokens > longestPrompt { return }
      let minute = now / QuotaTime.minute
      if minute > latest { roll(to: minute) }
      minutes[Int(minute % (window + 1))] += ask.estimatedTokens
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      if ask.promptTokens > longestPrompt { return }
      let minute = now / QuotaTime.minute
      if minute > latest { roll(to: minute) }
      let admitted = admittedAt / QuotaTime.minute
      if admitted + window >= latest {
        minutes[Int(admitted % (window + 1))] +=
          use.promptTokens + use.outputTokens - ask.estimatedTokens
      }
    }

    /// Forgets the minutes that fall out of the window; at most all of them.
    private mutating func roll(to minute: Int64) {
      for fresh in max(latest + 1, minute - window)...minute {
        minutes[Int(fresh % (window + 1))] = 0
      }
      latest = minute
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) { self.share = share }

    /// Tokens of the present minute against those the tier takes in it.
    func reading(at now: Int64) -> QuotaReading {
      let minute = now / QuotaTime.minute
      let full = allowed(in: minute)
      return QuotaReading(
        EffectiveLimit(full: full, effective: Millionths.share(share, of: full)),
        used: tokens(of: minute))
    }
  }
}
