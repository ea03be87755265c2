import Multicloud
import SimulationKernel

/// A fraction, exactly.
struct Fraction: Comparable {
  var numerator: Int128
  var denominator: Int128

  init(_ numerator: Int128, over denominator: Int128 = 1) {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = a == 0 ? 1 : Int128(a)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  init(_ whole: Int64) { self.init(Int128(whole)) }

  static func + (a: Fraction, b: Fraction) -> Fraction {
    Fraction(
      a.numerator * b.denominator + b.numerator * a.denominator,
      over: a.denominator * b.denominator)
  }
  static func - (a: Fraction, b: Fraction) -> Fraction {
    a + Fraction(-b.numerator, over: b.denominator)
  }
  static func * (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.numerator, over: a.denominator * b.denominator)
  }
  static func < (a: Fraction, b: Fraction) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
  var roundedDown: Fraction {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Fraction(rest < 0 ? quotient - 1 : quotient)
  }
  var roundedUp: Int64 { Int64(-Fraction(-numerator, over: denominator).roundedDown.numerator) }
}

/// A rule told again the slow and obvious way: from the whole history at every question.
protocol QuotaTwin {
  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer
  mutating func take(_ ask: QuotaAsk, at now: Int64)
  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64)
  mutating func cut(to share: Fraction, at now: Int64)
}

/// A level that drains.
struct LevelTwin: QuotaTwin {
  var perMinute: Int64
  var capacity: Fraction
  var cause = QuotaCause.tokens
  var checksBeforeAdding = false
  var estimate: (QuotaAsk) -> Fraction
  var actual: ((QuotaUse) -> Fraction)?
  private var history: [(time: Int64, change: Change)] = []

  private enum Change {
    case add(Fraction)
    case cut(Fraction)
  }

  init(
    perMinute: Int64, capacity: Int64, cause: QuotaCause = .tokens,
    checksBeforeAdding: Bool = false, estimate: @escaping (QuotaAsk) -> Fraction,
    actual: ((QuotaUse) -> Fraction)?
  ) {
    self.perMinute = perMinute
    self.capacity = Fraction(capacity)
    self.cause = cause
    self.checksBeforeAdding = checksBeforeAdding
    self.estimate = estimate
    self.actual = actual
  }

  private func replay(to now: Int64, withCuts: Bool) -> (level: Fraction, share: Fraction) {
    var level = Fraction(0)
    var time: Int64 = 0
    var share = Fraction(1)
    func drain(to next: Int64) {
      let rate = (Fraction(perMinute) * share).roundedDown
      level = max(Fraction(0), level - rate * Fraction(Int128(next - time), over: 60_000_000_000))
      time = next
    }
    for event in history {
      drain(to: event.time)
      switch event.change {
      case .add(let amount): level = max(Fraction(0), level + amount)
      case .cut(let to): if withCuts { share = to }
      }
    }
    drain(to: now)
    return (level, share)
  }

  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    let amount = checksBeforeAdding ? Fraction(0) : estimate(ask)
    let real = replay(to: now, withCuts: true)
    let room = capacity * real.share
    if real.level + amount <= room { return .admitted }
    if amount > capacity { return .refused(.maximumTokens, retryAfter: Int64.max) }
    let without = replay(to: now, withCuts: false)
    let cause = without.level + amount <= capacity ? QuotaCause.reduced : self.cause
    let rate = (Fraction(perMinute) * real.share).roundedDown
    if amount > room || rate == Fraction(0) {
      return .refused(cause, retryAfter: Int64.max)
    }
    let excess = real.level + amount - room
    let wait = excess * Fraction(60_000_000_000, over: rate.numerator)
    return .refused(cause, retryAfter: wait.roundedUp)
  }

  mutating func take(_ ask: QuotaAsk, at now: Int64) {
    history.append((now, .add(estimate(ask))))
  }

  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
    if let actual { history.append((now, .add(actual(use) - estimate(ask)))) }
  }

  mutating func cut(to share: Fraction, at now: Int64) { history.append((now, .cut(share))) }
}

/// Several twins, all of which must admit.
struct TogetherTwin: QuotaTwin {
  var parts: [LevelTwin]

  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    var refusals: [(cause: QuotaCause, wait: Int64)] = []
    for part in parts {
      if case .refused(let cause, let wait) = part.answer(ask, at: now) {
        refusals.append((cause, wait))
      }
    }
    if refusals.isEmpty { return .admitted }
    let wait = refusals.map(\.wait).max() ?? 0
    if refusals.contains(where: { $0.cause == .maximumTokens }) {
      return .refused(.maximumTokens, retryAfter: wait)
    }
    let cause = refusals.first { $0.cause != .reduced }?.cause ?? .reduced
    return .refused(cause, retryAfter: wait)
  }

  mutating func take(_ ask: QuotaAsk, at now: Int64) {
    for i in parts.indices { parts[i].take(ask, at: now) }
  }

  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
    for i in parts.indices { parts[i].end(ask, use, admittedAt: admittedAt, at: now) }
  }

  mutating func cut(to share: Fraction, at now: Int64) {
    for i in parts.indices { parts[i].cut(to: share, at: now) }
  }
}

/// A count by windows.
struct WindowTwin: QuotaTwin {
  /// What a window answers when it is full, and when that is.
  enum Style {
    /// Refuses once the limit is reached.
    case refusesAtLimit(QuotaCause)
    /// Refuses what does not fit.
    case refusesWhatDoesNotFit
    /// Lets overflow what does not fit.
    case overflows
  }

  var limit: Int64
  var width: Int64
  var style: Style
  /// `nil`: counts at the end of a call only, in the window of its end.
  var estimate: ((QuotaAsk) -> Fraction)?
  var actual: ((QuotaUse) -> Fraction)?
  private var entries: [(time: Int64, amount: Fraction)] = []
  private var share = Fraction(1)

  init(
    limit: Int64, width: Int64, style: Style, estimate: ((QuotaAsk) -> Fraction)?,
    actual: ((QuotaUse) -> Fraction)?
  ) {
    self.limit = limit
    self.width = width
    self.style = style
    self.estimate = estimate
    self.actual = actual
  }

  private func used(at now: Int64) -> Fraction {
    entries.filter { $0.time / width == now / width }.reduce(Fraction(0)) { $0 + $1.amount }
  }

  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    let effective = (Fraction(limit) * share).roundedDown
    let edge = (now / width + 1) * width - now
    let used = used(at: now)
    switch style {
    case .refusesAtLimit(let cause):
      if used < effective { return .admitted }
      return .refused(
        used < Fraction(limit) ? .reduced : cause,
        retryAfter: effective == Fraction(0) ? Int64.max : edge)
    case .refusesWhatDoesNotFit, .overflows:
      let amount = estimate?(ask) ?? Fraction(0)
      if used + amount <= effective { return .admitted }
      if case .overflows = style { return .overflows }
      if amount > Fraction(limit) { return .refused(.maximumTokens, retryAfter: Int64.max) }
      return .refused(
        used + amount <= Fraction(limit) ? .reduced : .tokens,
        retryAfter: amount <= effective ? edge : Int64.max)
    }
  }

  mutating func take(_ ask: QuotaAsk, at now: Int64) {
    if let estimate { entries.append((now, estimate(ask))) }
  }

  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
    guard let actual else { return }
    if let estimate {
      entries.append((admittedAt, actual(use) - estimate(ask)))
    } else {
      entries.append((now, actual(use)))
    }
  }

  mutating func cut(to share: Fraction, at now: Int64) { self.share = share }
}

/// Requests by slice and minute.
struct SliceTwin: QuotaTwin {
  var perMinute: Int64
  var width: Int64
  private var times: [Int64] = []
  private var share = Fraction(1)

  init(perMinute: Int64, width: Int64) {
    self.perMinute = perMinute
    self.width = width
  }

  private func admits(_ limit: Fraction, at now: Int64) -> (slice: Bool, minute: Bool) {
    let inSlice = times.filter { $0 / width == now / width }.count
    let inMinute = times.filter { $0 / minute == now / minute }.count
    let perSlice = (limit * Fraction(Int128(width), over: Int128(minute))).roundedDown
    let least = limit == Fraction(0) ? Fraction(0) : max(Fraction(1), perSlice)
    return (Fraction(Int64(inSlice)) < least, Fraction(Int64(inMinute)) < limit)
  }

  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    let effective = (Fraction(perMinute) * share).roundedDown
    let real = admits(effective, at: now)
    if real.slice && real.minute { return .admitted }
    let full = admits(Fraction(perMinute), at: now)
    let wait = real.minute ? width : minute
    return .refused(
      full.slice && full.minute ? .reduced : .requests,
      retryAfter: effective == Fraction(0) ? Int64.max : wait - now % wait)
  }

  mutating func take(_ ask: QuotaAsk, at now: Int64) { times.append(now) }
  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {}
  mutating func cut(to share: Fraction, at now: Int64) { self.share = share }
}

/// The ramp of a priority tier.
struct RampTwin: QuotaTwin {
  var floor: Int64
  var earlier: Int64
  var window: Int64
  var longest: Int64
  /// By the minute a call came; forgotten minutes take no more corrections.
  private var entries: [(minute: Int64, amount: Int64)] = []
  private var latest: Int64 = 0
  private var share = Fraction(1)

  init(floor: Int64, earlier: Int64, window: Int64, longest: Int64) {
    self.floor = floor
    self.earlier = earlier
    self.window = window
    self.longest = longest
  }

  private func tokens(_ minute: Int64) -> Int64 {
    entries.filter { $0.minute == minute }.reduce(0) { $0 + $1.amount }
  }

  func answer(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    if ask.promptTokens > longest { return .downgraded }
    let present = now / minute
    let base = present < window ? earlier : tokens(present - window)
    let rise = (Fraction(base) * Fraction(3, over: 2)).roundedDown
    let allowed = (max(Fraction(floor), rise) * share).roundedDown
    let with = tokens(present) + ask.promptTokens + ask.maximumOutputTokens
    return Fraction(with) <= allowed ? .admitted : .downgraded
  }

  mutating func take(_ ask: QuotaAsk, at now: Int64) {
    if ask.promptTokens > longest { return }
    entries.append((now / minute, ask.promptTokens + ask.maximumOutputTokens))
  }

  mutating func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
    if ask.promptTokens > longest || now / minute - admittedAt / minute > window { return }
    let correction =
      use.promptTokens + use.outputTokens - ask.promptTokens - ask.maximumOutputTokens
    entries.append((admittedAt / minute, correction))
  }

  mutating func cut(to share: Fraction, at now: Int64) { self.share = share }
}
