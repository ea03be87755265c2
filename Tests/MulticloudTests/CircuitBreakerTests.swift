import Multicloud
import SimulationKernel
import Testing

@Suite("Breaker, retries, flow")
struct CircuitBreakerTests {
  private let second: Int64 = 1_000_000_000

  @Test("it opens on one failure more than allowed, in one window")
  func count() {
    var breaker = CircuitBreaker(
      CircuitBreaker.Settings(allowedFailures: 2, failureShare: nil, cooldown: .seconds(30)))
    breaker.noteFailure(at: 0, isThrottling: false, retryAfter: nil)
    breaker.noteFailure(at: 1, isThrottling: false, retryAfter: nil)
    #expect(breaker.allows(at: 2))
    // Another minute: the count begins again.
    breaker.noteFailure(at: 60 * second, isThrottling: false, retryAfter: nil)
    breaker.noteFailure(at: 61 * second, isThrottling: false, retryAfter: nil)
    #expect(breaker.allows(at: 62 * second))
    breaker.noteFailure(at: 62 * second, isThrottling: false, retryAfter: nil)
    #expect(!breaker.allows(at: 62 * second))
    #expect(!breaker.allows(at: 92 * second - 1))
    #expect(breaker.allows(at: 92 * second))
  }

  @Test("half open it lets one through: success closes, failure opens again and longer")
  func probe() {
    var breaker = CircuitBreaker(
      CircuitBreaker.Settings(
        allowedFailures: 0, failureShare: nil, cooldown: .seconds(10), backoffFactor: 2,
        maximumCooldown: .seconds(30)))
    breaker.noteFailure(at: 0, isThrottling: false, retryAfter: nil)
    #expect(breaker.openUntil == 10 * second)
    breaker.noteSent(at: 10 * second)
    #expect(breaker.state == .halfOpen && !breaker.allows(at: 11 * second))
    breaker.noteFailure(at: 11 * second, isThrottling: false, retryAfter: nil)
    #expect(breaker.openUntil == 31 * second)
    breaker.noteSent(at: 31 * second)
    breaker.noteFailure(at: 31 * second, isThrottling: false, retryAfter: nil)
    #expect(breaker.openUntil == 61 * second)
    breaker.noteSent(at: 61 * second)
    breaker.noteAbandoned(at: 62 * second)
    #expect(breaker.allows(at: 62 * second))
    breaker.noteSent(at: 62 * second)
    breaker.noteSuccess(at: 63 * second)
    #expect(breaker.state == .closed && breaker.allows(at: 63 * second))
    breaker.noteFailure(at: 64 * second, isThrottling: false, retryAfter: nil)
    #expect(breaker.openUntil == 74 * second)
  }

  @Test("a 429 opens it at once and as long as it asks; answers to older calls change nothing")
  func throttling() {
    var breaker = CircuitBreaker(CircuitBreaker.Settings())
    breaker.noteFailure(at: 0, isThrottling: true, retryAfter: 20 * second)
    #expect(breaker.openUntil == 20 * second)
    breaker.noteSuccess(at: second)
    #expect(!breaker.allows(at: 2 * second))
    var deaf = CircuitBreaker(CircuitBreaker.Settings(opensOnThrottling: false))
    deaf.noteFailure(at: 0, isThrottling: true, retryAfter: 20 * second)
    #expect(deaf.allows(at: 1))
  }

  @Test("the share of failures counts from enough calls on")
  func share() {
    var breaker = CircuitBreaker(CircuitBreaker.Settings(failureShare: 0.5, minimumCalls: 4))
    breaker.noteFailure(at: 0, isThrottling: false, retryAfter: nil)
    breaker.noteFailure(at: 1, isThrottling: false, retryAfter: nil)
    breaker.noteSuccess(at: 2)
    #expect(breaker.allows(at: 3))
    breaker.noteFailure(at: 3, isThrottling: false, retryAfter: nil)
    #expect(!breaker.allows(at: 4))
  }

  @Test("pauses double to their limit, keep their jitter, and wait as long as asked")
  func pauses() {
    let policy = RetryPolicy(attempts: 5, jitter: 0)
    #expect(
      (1...6).map { policy.delay(retry: $0, bits: 0, retryAfter: nil) / 1_000_000 }
        == [500, 1_000, 2_000, 4_000, 8_000, 8_000])
    #expect(policy.delay(retry: 1, bits: 0, retryAfter: 3 * second) == 3 * second)
    #expect(policy.delay(retry: 1, bits: 0, retryAfter: 500 * second) == 60 * second)
    let shaky = RetryPolicy(attempts: 5, jitter: 0.25)
    #expect(shaky.delay(retry: 1, bits: 0, retryAfter: nil) >= 375_000_000)
    #expect(shaky.delay(retry: 1, bits: .max, retryAfter: nil) <= 625_000_000)
  }

  /// What a queue holds, in plain sight.
  private struct Held {
    var slot: Int32
    var band: Int
    var tenant: Int
    var key: Int64
    var number: Int
  }

  @Test(
    "bands before tenants before order, as an obvious list has it",
    arguments: FlowQueue.Order.allCases)
  func flow(_ order: FlowQueue.Order) {
    var bits = SplitMix64(seed: 7)
    func draw(_ count: Int) -> Int { Int(bits.next() % UInt64(count)) }
    var queue = FlowQueue(
      ceilings: [1, 0.8, 0.5], fairness: .none, order: order, tenants: 3, capacity: 40)
    var list: [Held] = []
    for number in 0..<4_000 {
      if draw(5) < 3 {
        let band = draw(3)
        let (deadline, estimate) = (Int64(draw(50)), Int64(draw(50)))
        let key = order == .earliestDeadline ? deadline : order == .shortestEstimate ? estimate : 0
        let entry = Held(
          slot: Int32(number), band: band, tenant: draw(3), key: key, number: number)
        list.append(entry)
        let evicted = queue.push(
          slot: entry.slot, generation: 0, band: band, tenant: entry.tenant, deadline: deadline,
          estimate: estimate, cost: (1, 1), at: 0)
        if list.count > 40 {
          let worst = list.max { ($0.band, $0.number) < ($1.band, $1.number) }
          #expect(evicted?.slot == worst?.slot)
          list.removeAll { $0.slot == worst?.slot }
        } else {
          #expect(evicted == nil)
        }
      } else if draw(4) == 0, let gone = list.randomElement(using: &bits) {
        queue.remove(slot: gone.slot)
        list.removeAll { $0.slot == gone.slot }
      } else {
        let load = [0.3, 0.6, 0.9, 1.0][draw(4)]
        let open = [1, 0.8, 0.5].prefix { load < $0 }.count
        let best = list.filter { $0.band < open }.min {
          ($0.band, $0.key, $0.number) < ($1.band, $1.key, $1.number)
        }
        let popped = queue.pop(saturation: load)
        #expect(popped?.slot == best?.slot)
        list.removeAll { $0.slot == best?.slot }
      }
      #expect(queue.count == list.count)
    }
  }

  @Test("token counters give unequal askers equal service; turns give equal turns")
  func fairness() {
    for fairness in [FlowQueue.Fairness.virtualTokenCounter, .roundRobin] {
      var queue = FlowQueue(
        ceilings: [1], fairness: fairness, order: .firstComeFirstServed, tenants: 2,
        capacity: 10_000)
      // One tenant asks nine times as often, with prompts three times as long.
      for number in 0..<2_000 {
        let tenant = number % 10 == 0 ? 1 : 0
        _ = queue.push(
          slot: Int32(number), generation: 0, band: 0, tenant: tenant, deadline: 0, estimate: 0,
          cost: (input: tenant == 0 ? 300 : 100, output: 50), at: 0)
      }
      var turns = [0, 0]
      for _ in 0..<240 {
        guard let next = queue.pop(saturation: 0) else { break }
        turns[next.slot % 10 == 0 ? 1 : 0] += 1
      }
      if fairness == .roundRobin {
        #expect(turns == [120, 120])
      } else {
        let served = [queue.tokensServed(0), queue.tokensServed(1)].map(Double.init)
        #expect(abs(served[0] - served[1]) <= 400)
      }
    }
  }
}
