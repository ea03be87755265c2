import SimulationKernel

/// A gateway's limit for a tenant or project: a bucket of tokens or requests that is refilled
/// continuously.
///
/// A call goes ahead if what it asks for, prompt and most output or one request, is in the bucket.
/// Tokens are corrected at the end of the call; a request counts, whatever becomes of it.
///
/// No provider's rule but the plain token bucket, as a limit that an operator sets for itself.
public struct TokenBucket: Hashable, Sendable {
  /// What the bucket holds.
  public enum Unit: Hashable, Sendable {
    /// Tokens.
    case tokens
    /// Requests.
    case requests
  }

  /// What the bucket holds.
  public var unit: Unit
  /// Refill a minute.
  public var perMinute: Int64
  /// Most the bucket holds.
  public var burst: Int64

  /// Creates the rule; without a burst the bucket holds a minute's refill.
  public init(_ unit: Unit = .tokens, perMinute: Int64, burst: Int64? = nil) {
    self.unit = unit
    self.perMinute = perMinute
    self.burst = burst ?? perMinute
  }

  func problems() -> [String] {
    QuotaProblem.limit(perMinute, "\(unit) per minute") + QuotaProblem.limit(burst, "burst")
  }

  /// A bucket of tokens.
  struct TokenState: QuotaState {
    private var bucket: DrainingLevel

    init(_ rule: TokenBucket) {
      bucket = DrainingLevel(
        rate: rule.perMinute, capacity: DrainingLevel.perToken * Int128(rule.burst))
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
      let correction = use.promptTokens + use.outputTokens - ask.estimatedTokens
      bucket.add(DrainingLevel.perToken * Int128(correction), at: now)
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      bucket.reduce(toMillionths: share, at: now)
    }

    func reading(at now: Int64) -> QuotaReading { bucket.reading(at: now) }
  }

  /// A bucket of requests.
  struct RequestState: QuotaState {
    private var bucket: DrainingLevel

    init(_ rule: TokenBucket) {
      bucket = DrainingLevel(
        rate: rule.perMinute, capacity: DrainingLevel.perToken * Int128(rule.burst))
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      bucket.check(DrainingLevel.perToken, cause: .requests, at: now)
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      bucket.add(DrainingLevel.perToken, at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {}

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      bucket.reduce(toMillionths: share, at: now)
    }

    func reading(at now: Int64) -> QuotaReading { bucket.reading(at: now) }
  }
}
