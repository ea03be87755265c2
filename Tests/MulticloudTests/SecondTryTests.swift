import Multicloud
import SimulationKernel
import Testing
import Workload

/// What counts of a request that is tried again: attempts, and its tenant's tokens.
@Suite("Second tries")
struct SecondTryTests {
  private static func failing(_ deployment: Int, from start: Int64, for length: Int64) -> Incident {
    Incident(
      target: .deployment(deployment), effect: .fails, start: .seconds(start),
      duration: .seconds(length))
  }

  @Test("every order has all its attempts, the first and those that are failed over to")
  func attemptsOfEveryOrder() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = (0..<3).map { ControlWorlds.endpoint("e\($0)", order: $0) }
    worlds.incidents = (0..<3).map { Self.failing($0, from: 0, for: 600) }
    worlds.gateway.retry = RetryPolicy(attempts: 3, initial: .milliseconds(10), jitter: 0)
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(arrivals: .poisson(rate: 1)), model: 0)]
    let (result, audit) = try worlds.run()
    let failed = audit.requests.filter { $0.status == .failed }
    #expect(failed.count > 500 && failed.allSatisfy { $0.attempts == 9 })
    let attempts = result.deployments.map(\.totals.attempts)
    #expect(attempts[0] - attempts[1] <= 3 && attempts[1] - attempts[2] <= 3)
    #expect(attempts[2] >= Int64(3 * failed.count))
  }

  @Test("a refused second try gives back nothing, for it took nothing")
  func refusedTriesGiveNothingBack() throws {
    var worlds = ControlWorlds()
    // One request of 151 tokens a second, ten at once; ten a second are asked for.
    worlds.quotas = [
      QuotaSpec(
        name: "t", rule: .tokenBucket(TokenBucket(.tokens, perMinute: 151 * 60, burst: 1510)))
    ]
    worlds.tenants = [Tenant(name: "t", quotas: [0])]
    worlds.endpoints = [ControlWorlds.endpoint("gpt")]
    // Half of the time what was admitted fails and gives its tokens back, and its client comes again.
    worlds.incidents = (0..<10).map { Self.failing(0, from: 60 * $0 + 30, for: 30) }
    var demand = World.Demand(spec: ControlWorlds.spec(), model: 0)
    demand.tenant = 0
    demand.maximumOutputTokens = 51
    demand.clientRetry = RetryPolicy(attempts: 6, initial: .seconds(1), factor: 1.5)
    worlds.demands = [demand]
    let (result, _) = try worlds.run()
    let completed = result.totals[0].completed
    #expect(completed <= 600 + 10, "\(completed)")
    #expect(completed > 250)
    #expect(result.deployments[0].totals.attempts > 2 * completed)
  }
}
