import SimulationKernel

/// Requests, uncached input tokens and output tokens a minute, each its own continuously refilled
/// bucket that holds a minute's worth.
///
/// Output is reserved at its most; input and output are corrected at the end of the call. Cached
/// tokens are free. A request counts, whatever becomes of it.
///
/// Source: Anthropic, "Rate limits" (cache reads do not count for most models, output estimated from
/// `max_tokens` and adjusted at the end), and Microsoft Foundry, "Claude models quotas and limits",
/// read 2026-08.
public struct SeparateTokens: Hashable, Sendable {
  /// Requests a minute; `nil` where there is no limit.
  public var requestsPerMinute: Int64?
  /// Uncached input tokens a minute; `nil` where there is no limit.
  public var inputTokensPerMinute: Int64?
  /// Output tokens a minute; `nil` where there is no limit.
  public var outputTokensPerMinute: Int64?

  /// Creates the rule.
  public init(
    requestsPerMinute: Int64? = nil, inputTokensPerMinute: Int64? = nil,
    outputTokensPerMinute: Int64? = nil
  ) {
    self.requestsPerMinute = requestsPerMinute
    self.inputTokensPerMinute = inputTokensPerMinute
    self.outputTokensPerMinute = outputTokensPerMinute
  }

  func problems() -> [String] {
    var problems: [String] = []
    if let requestsPerMinute {
      problems += QuotaProblem.limit(requestsPerMinute, "requests per minute")
    }
    if let inputTokensPerMinute {
      problems += QuotaProblem.limit(inputTokensPerMinute, "input tokens per minute")
    }
    if let outputTokensPerMinute {
      problems += QuotaProblem.limit(outputTokensPerMinute, "output tokens per minute")
    }
    if requestsPerMinute == nil && inputTokensPerMinute == nil && outputTokensPerMinute == nil {
      problems.append(
        "limits nothing, expected requests, input tokens or output tokens per minute")
    }
    return problems
  }

  struct State: QuotaState {
    private var requests: DrainingLevel
    private var input: DrainingLevel
    private var output: DrainingLevel
    private let limitsRequests: Bool
    private let limitsInput: Bool
    private let limitsOutput: Bool

    init(_ rule: SeparateTokens) {
      requests = Self.bucket(rule.requestsPerMinute)
      input = Self.bucket(rule.inputTokensPerMinute)
      output = Self.bucket(rule.outputTokensPerMinute)
      limitsRequests = rule.requestsPerMinute != nil
      limitsInput = rule.inputTokensPerMinute != nil
      limitsOutput = rule.outputTokensPerMinute != nil
    }

    private static func bucket(_ limit: Int64?) -> DrainingLevel {
      DrainingLevel(rate: limit ?? 0, capacity: DrainingLevel.perToken * Int128(limit ?? 0))
    }

    /// A call is refused until every bucket admits it. The cause is that of the first bucket which
    /// would refuse it without a cut too, an ask above a whole limit before all.
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      var answer = QuotaAnswer.admitted
      if limitsRequests {
        answer = requests.check(DrainingLevel.perToken, cause: .requests, at: now)
      }
      if limitsInput {
        answer = Self.joined(
          answer, input.check(Self.input(ask), cause: .tokens, at: now))
      }
      if limitsOutput {
        answer = Self.joined(
          answer, output.check(Self.output(ask), cause: .tokens, at: now))
      }
      return answer
    }

    @inline(__always)
    private static func joined(_ a: QuotaAnswer, _ b: QuotaAnswer) -> QuotaAnswer {
      guard case .refused(let first, let wait) = a else { return b }
      guard case .refused(let second, let otherWait) = b else { return a }
      let cause = first == .reduced || second == .maximumTokens ? second : first
      return .refused(cause, retryAfter: max(wait, otherWait))
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      if limitsRequests { requests.add(DrainingLevel.perToken, at: now) }
      if limitsInput { input.add(Self.input(ask), at: now) }
      if limitsOutput { output.add(Self.output(ask), at: now) }
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      if limitsInput {
        let used = DrainingLevel.perToken * Int128(use.promptTokens - use.cachedTokens)
        input.add(used - Self.input(ask), at: now)
      }
      if limitsOutput {
        let used = DrainingLevel.perToken * Int128(use.outputTokens)
        output.add(used - Self.output(ask), at: now)
      }
    }

    @inline(__always)
    private static func input(_ ask: QuotaAsk) -> Int128 {
      DrainingLevel.perToken * Int128(ask.promptTokens - ask.cachedTokens)
    }

    @inline(__always)
    private static func output(_ ask: QuotaAsk) -> Int128 {
      DrainingLevel.perToken * Int128(ask.maximumOutputTokens)
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      requests.reduce(toMillionths: share, at: now)
      input.reduce(toMillionths: share, at: now)
      output.reduce(toMillionths: share, at: now)
    }

    /// The fullest of the buckets, the first of equals.
    func reading(at now: Int64) -> QuotaReading {
      var fullest: QuotaReading?
      func consider(_ limits: Bool, _ bucket: DrainingLevel) {
        guard limits else { return }
        let reading = bucket.reading(at: now)
        if fullest.map({ reading.usedFraction > $0.usedFraction }) ?? true { fullest = reading }
      }
      consider(limitsRequests, requests)
      consider(limitsInput, input)
      consider(limitsOutput, output)
      return fullest ?? QuotaReading(limit: 0, effectiveLimit: 0, used: 0, usedFraction: 0)
    }
  }
}
