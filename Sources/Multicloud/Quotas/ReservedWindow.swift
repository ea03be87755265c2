/// A limit on weighted tokens in windows that follow each other: a call goes ahead only if its
/// estimate fits, and is corrected at its end if that comes in the same window.
///
/// Amounts are millionths of a token, the limit whole tokens.
struct ReservedWindow {
  private(set) var limit: EffectiveLimit
  private var window: WindowCount

  init(limit: Int64, width: Int64) {
    self.limit = EffectiveLimit(limit)
    window = WindowCount(width: width)
  }

  /// Whether `amount` fits.
  @inline(__always)
  func fits(_ amount: Int64, at now: Int64) -> Bool {
    window.count(at: now) + amount <= limit.effective * Millionths.one
  }

  @inline(__always)
  func check(_ amount: Int64, at now: Int64) -> QuotaAnswer {
    fits(amount, at: now) ? .admitted : refusal(amount, at: now)
  }

  private func refusal(_ amount: Int64, at now: Int64) -> QuotaAnswer {
    if amount > limit.full * Millionths.one {
      return .refused(.maximumTokens, retryAfter: Int64.max)
    }
    let isReduced = window.count(at: now) + amount <= limit.full * Millionths.one
    let isEverAdmitted = amount <= limit.effective * Millionths.one
    return .refused(
      isReduced ? .reduced : .tokens,
      retryAfter: isEverAdmitted ? window.timeToEdge(at: now) : Int64.max)
  }

  @inline(__always)
  mutating func add(_ amount: Int64, at now: Int64) {
    window.add(amount, at: now)
  }

  @inline(__always)
  mutating func correct(_ amount: Int64, addedAt time: Int64, at now: Int64) {
    window.correct(amount, addedAt: time, at: now)
  }

  mutating func reduce(toMillionths share: Int64) {
    limit.reduce(toMillionths: share)
  }

  /// Whole tokens; what is used rounds up.
  func reading(at now: Int64) -> QuotaReading {
    let count = window.count(at: now)
    return QuotaReading(
      limit: limit.full, effectiveLimit: limit.effective,
      used: (count + Millionths.one - 1) / Millionths.one,
      usedFraction: limit.effective == 0
        ? 1 : Double(count) / Double(limit.effective * Millionths.one))
  }
}
