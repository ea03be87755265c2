import Multicloud
import SimulationKernel
import Testing
import Workload

/// The published measurement of a gateway under an outage of 60 s: litellm issue #40405, 2026-09. A
/// client asks every 4 s, or as soon as it has its answer; the primary is down; the fallback takes
/// about a second.
@Suite("The outage fixture")
struct OutageFixtureTests {
  private func run(
    _ breaker: CircuitBreaker.Settings?
  ) throws -> (primaryAttempts: Int, requests: [RequestRecord]) {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint("primary"), ControlWorlds.endpoint("fallback", order: 1),
    ]
    // Three attempts at the primary with pauses of some 4.5 s in all, then the fallback.
    worlds.gateway.retry = RetryPolicy(attempts: 3, initial: .milliseconds(1_500), jitter: 0.1)
    worlds.gateway.breaker = breaker
    worlds.demands = [
      World.Demand(
        spec: ControlWorlds.spec(arrivals: .pacedLoop(clients: 1, every: .seconds(4))), model: 0)
    ]
    worlds.incidents = [
      Incident(
        target: .deployment(0), effect: .fails, start: .seconds(8), duration: .seconds(60))
    ]
    worlds.seconds = 80
    let (_, audit) = try worlds.run()
    let down = audit.requests.filter {
      $0.arrival >= 8_000_000_000 && $0.arrival < 68_000_000_000
    }
    let failures = audit.attempts.filter { $0.deployment == 0 && $0.reason == .serverError }
    #expect(audit.requests.allSatisfy { $0.status != .failed && $0.status != .rejected })
    return (failures.count, down)
  }

  @Test("without a breaker every request tries the dead primary three times")
  func defaults() throws {
    let (attempts, requests) = try run(nil)
    #expect(abs(attempts - 33) <= 1)
    #expect(requests.count == 11)
    for request in requests.dropLast() {
      #expect(request.endToEnd > 5_000_000_000 && request.endToEnd < 6_500_000_000)
    }
  }

  @Test("one failure allowed and 30 s of cooldown: four attempts for fifteen requests")
  func tuned() throws {
    let (attempts, requests) = try run(
      CircuitBreaker.Settings(
        allowedFailures: 1, failureShare: nil, cooldown: .seconds(30), probes: false))
    #expect(attempts == 4)
    #expect(requests.count == 15)
    let quick = requests.filter { $0.endToEnd < 1_100_000_000 }
    #expect(quick.count == 13)
  }

  @Test("with a probe after the cooldown one attempt is enough to know")
  func probing() throws {
    let (attempts, requests) = try run(
      CircuitBreaker.Settings(allowedFailures: 1, failureShare: nil, cooldown: .seconds(30)))
    #expect(attempts == 3)
    #expect(requests.count == 15)
  }
}
