import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Endpoints, quotas and spillover")
struct EndpointTests {
  private func quota(_ name: String, _ rule: QuotaRule) -> QuotaSpec {
    QuotaSpec(name: name, rule: rule)
  }

  @Test("one request: every moment by hand")
  func byHand() throws {
    var worlds = ControlWorlds()
    worlds.oneWay = [.milliseconds(20)]
    worlds.endpoints = [
      ControlWorlds.endpoint("gpt", price: TokenPrice(input: 3, cachedInput: 1, output: 7))
    ]
    worlds.demands = [
      World.Demand(
        spec: ControlWorlds.spec(
          arrivals: .piecewise(
            rates: [1], binWidth: .seconds(1), repeats: false)), model: 0)
    ]
    let (result, audit) = try worlds.run()
    for request in audit.requests {
      #expect(request.status == .completed)
      #expect(request.timeToFirstToken == 540_000_000)
      #expect(request.endToEnd == 1_040_000_000)
      #expect(request.timePerOutputToken == 10_000_000)
      #expect(request.picodollars == 100 * 3 + 51 * 7)
    }
    #expect(result.deployments[0].totals.completed == result.totals[0].completed)
    #expect(result.deployments[0].totals.picodollars == Int128(audit.requests.count * 657))
  }

  @Test("service slows with load, along the points of the curve")
  func curve() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint(
        "gpt",
        service: EndpointService(
          curve: [
            .init(load: 0, timeToFirstToken: .milliseconds(100), tokensPerSecond: 100),
            .init(load: 1, timeToFirstToken: .milliseconds(300), tokensPerSecond: 50),
          ], prefillPerToken: .microseconds(100), concurrency: 10))
    ]
    worlds.demands = [
      World.Demand(spec: ControlWorlds.spec(arrivals: .poisson(rate: 20)), model: 0)
    ]
    worlds.seconds = 120
    let (result, audit) = try worlds.run()
    let first = try #require(audit.requests.first { $0.number == 0 })
    // Alone, the load is a tenth: 120 ms, 10 ms of prompt, 95 tokens a second.
    #expect(first.timeToFirstToken == 130_000_000)
    #expect(abs(first.decodeTime - 50 * 1_000_000_000 / 95) <= 1)
    // Beyond its concurrency it refuses, and never holds more.
    #expect(result.deployments[0].mostInFlight == 10)
    #expect(result.workloads[0].lost[Int(RequestRecord.Reason.capacity.rawValue)] > 0)
  }

  @Test("a fixed-minute quota refuses until the edge, a slice of requests until the slice ends")
  func quotas() throws {
    var worlds = ControlWorlds()
    worlds.quotas = [
      quota("tpm", .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 30_200))),
      quota("rpm", .slicedRequests(SlicedRequests(requestsPerMinute: 600))),
    ]
    worlds.endpoints = [ControlWorlds.endpoint("gpt", quotas: [0, 1])]
    worlds.demands = [
      World.Demand(
        spec: ControlWorlds.spec(
          arrivals: .piecewise(rates: [30], binWidth: .seconds(600), repeats: false)), model: 0)
    ]
    let (result, audit) = try worlds.run()
    // 151 tokens a request: the 201st of a minute finds 200 × 151 = 30,200 used.
    let admitted = Dictionary(grouping: audit.requests.filter { $0.status == .completed }) {
      $0.reachedDeployment / 60_000_000_000
    }
    for minute in 0..<9 { #expect(admitted[Int64(minute)]?.count == 200) }
    let perSecond = Dictionary(grouping: audit.requests.filter { $0.status == .completed }) {
      $0.reachedDeployment / 1_000_000_000
    }
    #expect(perSecond.values.allSatisfy { $0.count <= 10 })
    let lost = result.workloads[0].lost
    #expect(lost[Int(RequestRecord.Reason.quotaTokens.rawValue)] > 0)
    #expect(lost[Int(RequestRecord.Reason.quotaRequests.rawValue)] > 0)
    let refusals = audit.attempts.filter { $0.reason == .quotaTokens }
    for refusal in refusals {
      #expect((refusal.end + refusal.retryAfter) % 60_000_000_000 == 0)
    }
  }

  @Test("provisioned first, spillover at the same place, the first one's error if both refuse")
  func spillover() throws {
    var worlds = ControlWorlds()
    worlds.quotas = [
      quota(
        "ptu",
        .provisionedBucket(
          ProvisionedBucket(
            units: 10, inputTokensPerMinutePerUnit: 3_400, outputRatio: 8,
            capacityWindow: .seconds(1)))),
      quota("payg", .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 15_100))),
    ]
    worlds.endpoints = [
      ControlWorlds.endpoint("ptu", kind: .provisioned, quotas: [0], spillover: 1),
      ControlWorlds.endpoint("payg", quotas: [1], price: TokenPrice(input: 2, output: 5), order: 1),
    ]
    worlds.gateway.failsOver = false
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    let (result, audit) = try worlds.run()
    let totals = result.deployments.map(\.totals)
    #expect(totals[0].attempts == result.totals[0].arrived)
    #expect(totals[0].spilledOut == totals[1].spilledIn && totals[1].spilledIn > 0)
    // The refusal counts at the provisioned one even where the other served it.
    #expect(totals[0].refusedTotal == totals[0].spilledOut)
    #expect(totals[1].completed > 0 && totals[1].picodollars > 0)
    #expect(totals[0].picodollars == 0)
    let rejected = audit.requests.filter { $0.status == .rejected }
    #expect(!rejected.isEmpty)
    for request in rejected {
      #expect(request.reason == .provisionedThroughput)
      #expect(request.deployment == 0)
      #expect(request.attempts == 2)
    }
    // Saturated: 34,000 normalised tokens a minute at 100 + 8 × 51 a request.
    let perMinute = Double(totals[0].completed) / 10
    #expect(abs(perMinute * 508 / 34_000 - 1) < 0.01)
  }

  @Test("every attempt has one decision, every request as many attempts as it says")
  func audit() throws {
    var worlds = ControlWorlds()
    worlds.quotas = [
      quota("rpm", .slicedRequests(SlicedRequests(requestsPerMinute: 300)))
    ]
    worlds.endpoints = [
      ControlWorlds.endpoint("a", quotas: [0]), ControlWorlds.endpoint("b", order: 1),
    ]
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    let (_, audit) = try worlds.run()
    let decisions = Set(audit.attempts.map(\.decision))
    #expect(decisions.count == audit.attempts.count)
    #expect(decisions == Set(audit.decisions.map(\.number)))
    let byRequest = Dictionary(grouping: audit.attempts, by: \.request)
    for request in audit.requests {
      #expect(byRequest[request.number]?.count == Int(request.attempts))
    }
    #expect(audit.decisions.contains { $0.occasion == .failover })
    // Candidates: one chosen, and those that were not eligible say why.
    let byDecision = Dictionary(grouping: audit.candidates, by: \.decision)
    for decision in audit.decisions {
      let rows = byDecision[decision.number] ?? []
      #expect(rows.count == 2)
      #expect(rows.contains { $0.deployment == decision.chosen && $0.eligibility == .eligible })
    }
  }

  @Test("a world without rules is the same to the event on the long way")
  func longWay() throws {
    var small = SmallWorlds()
    small.pools = [(0, 2), (0, 3)]
    small.gateway = Gateway(policy: "least-loaded")
    small.queueLimit = 30
    small.arrivals = .poisson(rate: 160)
    small.patience = .milliseconds(600)
    let short = try small.run()
    let keeper = AuditKeeper()
    var simulation = try Simulation(small.world, recorder: keeper)
    let long = simulation.run()
    #expect(short.result.fingerprint == long.fingerprint)
    #expect(short.result.totals == long.totals)
    #expect(long.totals[0].rejected > 0 && long.totals[0].cancelled > 0)
    #expect(keeper.requests.count == short.requests.count)
  }
}
