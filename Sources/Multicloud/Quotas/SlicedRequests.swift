import SimulationKernel

/// Requests per minute, enforced on slices of 1 s or 10 s.
///
/// A slice admits the limit's share of it, rounded down but at least one request: at 600 a minute
/// the eleventh request within a second is refused until the slice ends. Where that least of one
/// would let more through than the limit, the minute's own count refuses until its edge.
///
/// Source: Azure OpenAI, "Understanding rate limits" (quotas-limits page), read 2026-08.
public struct SlicedRequests: Hashable, Sendable {
  /// Requests a minute.
  public var requestsPerMinute: Int64
  /// Length of a slice: one second or ten.
  public var slice: Duration

  /// Creates the rule.
  public init(requestsPerMinute: Int64, slice: Duration = .seconds(1)) {
    self.requestsPerMinute = requestsPerMinute
    self.slice = slice
  }

  func problems() -> [String] {
    var problems = QuotaProblem.limit(requestsPerMinute, "requests per minute")
    if slice != .seconds(1) && slice != .seconds(10) {
      let nearest = slice.nanoseconds <= 5_500_000_000 ? 1 : 10
      problems.append(
        "slice is \(slice.nanoseconds) ns, expected 1 s or 10 s; the nearest is \(nearest) s")
    }
    return problems
  }

  struct State: QuotaState {
    private var limit: EffectiveLimit
    private var perSlice: EffectiveLimit
    private var slices: WindowCount
    private var minutes = WindowCount(width: QuotaTime.minute)

    init(_ rule: SlicedRequests) {
      limit = EffectiveLimit(rule.requestsPerMinute)
      slices = WindowCount(width: rule.slice.nanoseconds)
      perSlice = Self.perSlice(limit, slices.width)
    }

    private static func perSlice(_ limit: EffectiveLimit, _ width: Int64) -> EffectiveLimit {
      func slice(of perMinute: Int64) -> Int64 {
        perMinute == 0
          ? 0 : Int64(max(1, Int128(perMinute) * Int128(width) / Int128(QuotaTime.minute)))
      }
      return EffectiveLimit(full: slice(of: limit.full), effective: slice(of: limit.effective))
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      let inSlice = slices.count(at: now)
      let inMinute = minutes.count(at: now)
      if inSlice < perSlice.effective && inMinute < limit.effective { return .admitted }
      let isReduced = inSlice < perSlice.full && inMinute < limit.full
      return .refused(isReduced ? .reduced : .requests, retryAfter: wait(inMinute, at: now))
    }

    private func wait(_ inMinute: Int64, at now: Int64) -> Int64 {
      if limit.effective == 0 { return Int64.max }
      return inMinute < limit.effective
        ? slices.timeToEdge(at: now) : minutes.timeToEdge(at: now)
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      slices.add(1, at: now)
      minutes.add(1, at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {}

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      limit.reduce(toMillionths: share)
      perSlice = Self.perSlice(limit, slices.width)
    }

    /// The fuller of the slice and the minute, in requests a minute either way: whoever keeps the highest of
    /// many readings must not compare a slice with a minute.
    func reading(at now: Int64) -> QuotaReading {
      let slice = QuotaReading(perSlice, used: slices.count(at: now))
      var minute = QuotaReading(limit, used: minutes.count(at: now))
      guard slice.usedFraction > minute.usedFraction else { return minute }
      minute.used = Int64(Int128(slice.used) * Int128(limit.effective) / Int128(perSlice.effective))
      minute.usedFraction = slice.usedFraction
      return minute
    }
  }
}
