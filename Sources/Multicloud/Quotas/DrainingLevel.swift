/// A level that drains at a constant rate, kept exactly: no rounding, no drift.
///
/// The unit is a token per minute times a nanosecond, of which a token has sixty thousand million:
/// a limit of `n` tokens a minute drains `n` units a nanosecond. A weight in millionths makes whole
/// units too.
///
/// While a cut of the limit is in force the level is kept twice, as it is and as it would be had the
/// limit not been cut, with the same calls admitted. Only so can it be said of a refusal whether the
/// cut is to blame, also after the cut has ended but still shows.
struct DrainingLevel {
  /// Units of a token or request.
  static let perToken: Int128 = 60_000_000_000
  /// Units of a millionth of a token.
  static let perMicrotoken: Int128 = 60_000

  private struct Ledger {
    var level: Int128 = 0
    var capacity: Int128
    /// Tokens a minute, units a nanosecond.
    var rate: Int64

    @inline(__always)
    func level(after elapsed: Int64) -> Int128 {
      let rest = level - Int128(rate) * Int128(elapsed)
      return rest < 0 ? 0 : rest
    }
  }

  private var actual: Ledger
  /// Without the cut; its level is kept only while ``differ``.
  private var uncut: Ledger
  private var time: Int64 = 0
  private var differ = false

  /// Creates an empty level that drains `rate` tokens a minute.
  init(rate: Int64, capacity: Int128) {
    actual = Ledger(capacity: capacity, rate: rate)
    uncut = actual
  }

  /// Whether `amount` fits on top of the level, and if not, why and for how long.
  @inline(__always)
  func check(_ amount: Int128, cause: QuotaCause, at now: Int64) -> QuotaAnswer {
    assert(now >= time)
    let level = actual.level(after: now - time)
    if level + amount <= actual.capacity { return .admitted }
    return refusal(amount, level: level, cause: cause, at: now)
  }

  private func refusal(
    _ amount: Int128, level: Int128, cause: QuotaCause, at now: Int64
  ) -> QuotaAnswer {
    if amount > uncut.capacity { return .refused(.maximumTokens, retryAfter: Int64.max) }
    let isReduced = differ && uncut.level(after: now - time) + amount <= uncut.capacity
    return .refused(
      isReduced ? .reduced : cause, retryAfter: wait(level: level, until: actual.capacity - amount))
  }

  /// Nanoseconds, rounded up, until the level has drained to `target`.
  private func wait(level: Int128, until target: Int128) -> Int64 {
    guard target >= 0, actual.rate > 0 else { return Int64.max }
    let rate = Int128(actual.rate)
    return Int64(clamping: (level - target + rate - 1) / rate)
  }

  /// Adds to the level, or takes from it but never below zero.
  @inline(__always)
  mutating func add(_ amount: Int128, at now: Int64) {
    advance(to: now)
    actual.level = max(0, actual.level + amount)
    if differ { uncut.level = max(0, uncut.level + amount) }
  }

  /// Cuts rate and capacity to a share in millionths, rounded down; a million ends the cut.
  mutating func reduce(toMillionths share: Int64, at now: Int64) {
    advance(to: now)
    if !differ { uncut.level = actual.level }
    apply(share)
  }

  /// Gives it another rate and capacity. The level stays, so that it is another share of the capacity and drains
  /// in another time; a cut in force, a share in millionths, is one of the new limit.
  mutating func resize(
    rate: Int64, capacity: Int128, cutToMillionths share: Int64, at now: Int64
  ) {
    advance(to: now)
    if !differ { uncut.level = actual.level }
    uncut.rate = rate
    uncut.capacity = capacity
    apply(share)
  }

  private mutating func apply(_ share: Int64) {
    actual.rate = Millionths.share(share, of: uncut.rate)
    actual.capacity = uncut.capacity * Int128(share) / Int128(Millionths.one)
    differ = share < Millionths.one || actual.level != uncut.level
  }

  /// What it could have drained since it was changed last, and what not for being empty. O(1).
  @inline(__always)
  func workSinceChange(at now: Int64) -> DrainWork {
    let possible = Int128(actual.rate) * Int128(now - time)
    return DrainWork(possible: possible, idle: max(0, possible - actual.level))
  }

  @inline(__always)
  private mutating func advance(to now: Int64) {
    assert(now >= time)
    actual.level = actual.level(after: now - time)
    if differ {
      uncut.level = uncut.level(after: now - time)
      differ = actual.rate != uncut.rate || actual.level != uncut.level
    }
    time = now
  }

  /// Whole tokens or requests; what is used rounds up.
  func reading(at now: Int64) -> QuotaReading {
    let level = actual.level(after: now - time)
    return QuotaReading(
      limit: Int64(clamping: uncut.capacity / Self.perToken),
      effectiveLimit: Int64(clamping: actual.capacity / Self.perToken),
      used: Int64(clamping: (level + Self.perToken - 1) / Self.perToken),
      usedFraction: actual.capacity == 0 ? 1 : Double(level) / Double(actual.capacity))
  }

  /// The level itself, for tests of exactness.
  func level(at now: Int64) -> Int128 { actual.level(after: now - time) }
}
