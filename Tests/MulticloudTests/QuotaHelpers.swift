import Multicloud
import SimulationKernel

/// Nanoseconds of simulated time.
let second: Int64 = 1_000_000_000
let minute: Int64 = 60 * second

extension QuotaAsk {
  init(_ prompt: Int64, _ output: Int64, cached: Int64 = 0) {
    self.init(promptTokens: prompt, cachedTokens: cached, maximumOutputTokens: output)
  }
}

extension QuotaUse {
  init(_ prompt: Int64, _ output: Int64, cached: Int64 = 0) {
    self.init(promptTokens: prompt, cachedTokens: cached, outputTokens: output)
  }
}

/// A book of quotas, held by reference: expectations cannot hold what cannot be copied.
final class TestedBook {
  private var book: QuotaBook

  init(_ specs: [QuotaSpec]) { book = QuotaBook(specs) }

  convenience init(_ rule: QuotaRule) { self.init([QuotaSpec(name: "tested", rule: rule)]) }

  var count: Int { book.count }

  func check(_ quota: Int, _ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    book.check(quota, ask, at: now)
  }

  func commit(_ quota: Int, _ ask: QuotaAsk, at now: Int64) {
    book.commit(quota, ask, at: now)
  }

  func reduce(_ quota: Int, toShare share: Double, at now: Int64) {
    book.reduce(quota, toShare: share, at: now)
  }

  func resize(units: Int64, at now: Int64) { book.resize(0, units: units, at: now) }

  func reading(_ quota: Int, at now: Int64) -> QuotaReading { book.reading(quota, at: now) }

  /// Checks and, if the call may go ahead, commits.
  func ask(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    let answer = check(0, ask, at: now)
    if answer.isYes { commit(0, ask, at: now) }
    return answer
  }

  func end(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
    book.settle(0, ask, use, admittedAt: admittedAt, at: now)
  }

  func used(at now: Int64) -> Int64 { reading(0, at: now).used }

  /// How many calls like `ask` go ahead at one instant, at most `limit`.
  func fill(_ ask: QuotaAsk, at now: Int64, limit: Int = 1_000_000) -> Int {
    var admitted = 0
    while admitted < limit, self.ask(ask, at: now) == .admitted { admitted += 1 }
    return admitted
  }
}

/// Draws for the tests of this folder.
struct QuotaDraws {
  var generator: Xoshiro256StarStar

  init(_ seed: UInt64) {
    generator = KeyedStream(seed: seed, entity: 0, purpose: 901).generator()
  }

  mutating func next(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound
      + Int64(generator.next(below: UInt64(range.upperBound - range.lowerBound) + 1))
  }

  mutating func chance(_ share: Double) -> Bool { generator.nextUnit() < share }

  mutating func exponential(mean: Double) -> Double {
    mean * Distribution.unitExponential(generator.nextUnit())
  }

  /// An ask of some size and what it comes to.
  mutating func call(_ largest: Int64) -> (ask: QuotaAsk, use: QuotaUse) {
    let prompt = next(0...largest)
    let cached = next(0...prompt)
    let output = next(0...largest)
    let ask = QuotaAsk(prompt, output, cached: cached)
    if chance(0.1) { return (ask, .none) }
    let really = chance(0.8) ? cached : next(0...prompt)
    return (ask, QuotaUse(prompt, next(0...output), cached: really))
  }
}
