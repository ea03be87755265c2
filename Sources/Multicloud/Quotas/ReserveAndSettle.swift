import SimulationKernel

/// Tokens per minute, reserved at the start and settled at the end of a call.
///
/// At the start the prompt, cached tokens included, and the most output are deducted; a call goes
/// ahead only if that fits. At the end what was not used is given back: cached tokens are released
/// and a token of output burns `outputBurndown` tokens, which may be more than was reserved.
///
/// Source: Amazon Bedrock, "How tokens are counted" (quotas-runtime page), read 2026-08; Claude 3.7
/// and 4 burn 5. How the service's minute goes by is not published, see ``Window``.
public struct ReserveAndSettle: Hashable, Sendable {
  /// How the limit comes back.
  public enum Window: Hashable, Sendable {
    /// All at once at every minute edge. What a call of an earlier minute gives back, or burnt
    /// beyond its reservation, counts for nothing: its minute is over.
    case minuteEdges
    /// Continuously, a sixtieth of the limit each second, up to the whole limit.
    case continuous
  }

  /// Tokens a minute.
  public var tokensPerMinute: Int64
  /// Tokens that one output token burns.
  public var outputBurndown: Double
  /// How the limit comes back.
  public var window: Window

  /// Creates the rule. Weights are kept to the millionth.
  public init(tokensPerMinute: Int64, outputBurndown: Double = 5, window: Window = .minuteEdges) {
    self.tokensPerMinute = tokensPerMinute
    self.outputBurndown = outputBurndown
    self.window = window
  }

  func problems() -> [String] {
    QuotaProblem.limit(tokensPerMinute, "tokens per minute")
      + QuotaProblem.weight(outputBurndown, "output burndown")
  }

  /// Millionths of a token.
  @inline(__always)
  private static func used(_ use: QuotaUse, burndown: Int64) -> Int64 {
    (use.promptTokens - use.cachedTokens) * Millionths.one + use.outputTokens * burndown
  }

  /// The limit comes back at minute edges.
  struct MinuteState: QuotaState {
    private var window: ReservedWindow
    private let burndown: Int64

    init(_ rule: ReserveAndSettle) {
      window = ReservedWindow(limit: rule.tokensPerMinute, width: QuotaTime.minute)
      burndown = Millionths.rounding(rule.outputBurndown)
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      window.check(ask.estimatedTokens * Millionths.one, at: now)
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      window.add(ask.estimatedTokens * Millionths.one, at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      window.correct(
        ReserveAndSettle.used(use, burndown: burndown) - ask.estimatedTokens * Millionths.one,
        addedAt: admittedAt, at: now)
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      window.reduce(toMillionths: share)
    }

    func reading(at now: Int64) -> QuotaReading { window.reading(at: now) }
  }

  /// The limit comes back continuously.
  struct ContinuousState: QuotaState {
    private var bucket: DrainingLevel
    private let burndown: Int64

    init(_ rule: ReserveAndSettle) {
      bucket = DrainingLevel(
        rate: rule.tokensPerMinute,
        capacity: DrainingLevel.perToken * Int128(rule.tokensPerMinute))
      burndown = Millionths.rounding(rule.outputBurndown)
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      bucket.check(
        DrainingLevel.perToken * Int128(ask.estimatedTokens), cause: .tokens, at: now)
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      bucket.add(DrainingLevel.perToken * Int128(ask.estimatedTokens), at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      let correction =
        ReserveAndSettle.used(use, burndown: burndown) - ask.estimatedTokens * Millionths.one
      bucket.add(DrainingLevel.perMicrotoken * Int128(correction), at: now)
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      bucket.reduce(toMillionths: share, at: now)
    }

    func reading(at now: Int64) -> QuotaReading { bucket.reading(at: now) }
  }
}
