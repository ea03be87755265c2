import SimulationKernel
import Testing

@testable import Multicloud

/// A provisioned bucket whose units change: what is in it stays, in tokens.
@Suite struct BucketResizeTests {
  /// One token a second and unit, a minute's worth of room.
  private func book(_ units: Int64) -> TestedBook {
    TestedBook(
      .provisionedBucket(
        ProvisionedBucket(units: units, inputTokensPerMinutePerUnit: 60, outputRatio: 1)))
  }

  private let ask = QuotaAsk(1, 0)

  @Test func `twice the units halve the utilisation and drain in half the time`() {
    let book = book(1)
    book.commit(0, QuotaAsk(120, 0), at: 0)
    #expect(book.reading(0, at: 0).usedFraction == 2)
    #expect(book.check(0, ask, at: 0) == .refused(.provisioned, retryAfter: 60 * second))
    book.resize(units: 2, at: 0)
    #expect(book.reading(0, at: 0).limit == 120 && book.used(at: 0) == 120)
    #expect(book.reading(0, at: 0).usedFraction == 1)
    #expect(book.check(0, ask, at: 0) == .admitted)
    book.commit(0, QuotaAsk(60, 0), at: 0)
    #expect(book.check(0, ask, at: 0) == .refused(.provisioned, retryAfter: 30 * second))
    #expect(book.check(0, ask, at: 30 * second) == .admitted)
  }

  @Test func `fewer units leave it above its limit until it has drained`() {
    let book = book(2)
    book.commit(0, QuotaAsk(180, 0), at: 0)
    // A minute of two tokens a second leaves sixty.
    book.resize(units: 1, at: 30 * second)
    #expect(book.used(at: 30 * second) == 120)
    #expect(book.reading(0, at: 30 * second).usedFraction == 2)
    #expect(
      book.check(0, ask, at: 30 * second) == .refused(.provisioned, retryAfter: 60 * second))
    #expect(book.check(0, ask, at: 90 * second) == .admitted)
    #expect(book.used(at: 150 * second) == 0)
  }

  @Test func `a call under way is settled at what it used`() {
    let book = book(1)
    let whole = QuotaAsk(20, 30)
    book.commit(0, whole, at: 0)
    book.resize(units: 2, at: 0)
    book.end(whole, QuotaUse(20, 10), admittedAt: 0, at: second)
    #expect(book.used(at: second) == 28)
  }

  @Test func `a cut in force is one of the new limit, and is to blame for what it refuses`() {
    let book = book(1)
    book.reduce(0, toShare: 0.5, at: 0)
    book.resize(units: 2, at: 0)
    #expect(book.reading(0, at: 0).limit == 120)
    #expect(book.reading(0, at: 0).effectiveLimit == 60)
    book.commit(0, QuotaAsk(70, 0), at: 0)
    #expect(book.check(0, ask, at: 0) == .refused(.reduced, retryAfter: 10 * second))
    book.reduce(0, toShare: 1, at: 0)
    #expect(book.reading(0, at: 0).effectiveLimit == 120)
    #expect(book.check(0, ask, at: 0) == .admitted)
  }

  @Test func `levels and drained work are those of a slow twin, under any changes`() {
    for seed in UInt64(0)..<50 {
      var draws = QuotaDraws(seed)
      var level = MeteredLevel(rate: 3, capacity: 3 * 60 * Int128(second))
      var (rate, share) = (Int64(3), Int64(1_000_000))
      var (now, twin) = (Int64(0), Int128(0))
      var work = DrainWork()
      for _ in 0..<200 {
        let elapsed = draws.next(0...40)
        now += elapsed
        let inForce = Int128(rate * share / 1_000_000)
        for _ in 0..<elapsed {
          work.possible += inForce
          work.idle += max(0, inForce - twin)
          twin = max(0, twin - inForce)
        }
        switch draws.next(0...4) {
        case 0:
          rate = draws.next(1...9)
          level.resize(rate: rate, capacity: Int128(rate) * 60 * Int128(second), at: now)
        case 1:
          share = draws.next(0...4) * 250_000
          level.reduce(toMillionths: share, at: now)
        default:
          let amount = Int128(draws.next(-30...90))
          level.add(amount, at: now)
          twin = max(0, twin + amount)
        }
        #expect(level.level.level(at: now) == twin, "seed \(seed)")
        #expect(level.work(at: now) == work, "seed \(seed)")
      }
      let left = level.work(at: now + 1000)
      #expect(left.possible - work.possible == 1000 * Int128(rate * share / 1_000_000))
      #expect(left.possible - left.idle - (work.possible - work.idle) <= twin)
    }
  }

  @Test func `the busy share is what drained of what could`() {
    var level = MeteredLevel(rate: 60, capacity: 1 << 60)
    level.add(30 * DrainingLevel.perToken, at: 0)
    // A token a second: thirty of sixty seconds.
    let first = level.work(at: 60 * second)
    #expect(first.busyShare(since: DrainWork()) == 0.5)
    level.resize(rate: 120, capacity: 1 << 60, at: 60 * second)
    level.add(30 * DrainingLevel.perToken, at: 60 * second)
    let then = level.work(at: 120 * second)
    #expect(then.busyShare(since: first) == 0.25)
    level.add(1000 * DrainingLevel.perToken, at: 120 * second)
    #expect(level.work(at: 150 * second).busyShare(since: then) == 1)
    level.reduce(toMillionths: 0, at: 150 * second)
    let stopped = level.work(at: 150 * second)
    #expect(level.work(at: 170 * second).busyShare(since: stopped) == 1, "nothing can be borne")
  }
}

/// A level and the work it has done, counted at every change as a provisioned bucket counts it.
private struct MeteredLevel {
  var level: DrainingLevel
  private var done = DrainWork()
  private var share: Int64 = 1_000_000

  init(rate: Int64, capacity: Int128) { level = DrainingLevel(rate: rate, capacity: capacity) }

  func work(at now: Int64) -> DrainWork { done + level.workSinceChange(at: now) }

  mutating func add(_ amount: Int128, at now: Int64) {
    done = work(at: now)
    level.add(amount, at: now)
  }

  mutating func reduce(toMillionths share: Int64, at now: Int64) {
    done = work(at: now)
    self.share = share
    level.reduce(toMillionths: share, at: now)
  }

  mutating func resize(rate: Int64, capacity: Int128, at now: Int64) {
    done = work(at: now)
    level.resize(rate: rate, capacity: capacity, cutToMillionths: share, at: now)
  }
}
