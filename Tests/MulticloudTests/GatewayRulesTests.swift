import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Rules of the gateway")
struct GatewayRulesTests {
  /// Two regions of a zone, one outside, all serving the model.
  private var europe: ControlWorlds {
    var worlds = ControlWorlds()
    worlds.zones = ["eu", "us"]
    worlds.regions = [
      Region(name: "sweden", cloud: 0, zone: 0), Region(name: "france", cloud: 0, zone: 0),
      Region(name: "virginia", cloud: 0, zone: 1),
    ]
    worlds.oneWay = [.milliseconds(60), .milliseconds(50), .milliseconds(5)]
    worlds.endpoints = [
      ControlWorlds.endpoint("sweden", region: 0),
      ControlWorlds.endpoint("france-zone", region: 1, scope: .zone(0)),
      ControlWorlds.endpoint("virginia", region: 2),
      ControlWorlds.endpoint("virginia-global", region: 2, scope: .everywhere),
    ]
    return worlds
  }

  @Test(
    "residency is a wall: nothing outside is eligible, however near",
    arguments: [
      (Residency.anywhere, [0, 1, 2, 3], 2), (.zone(0), [0, 1], 1), (.zone(1), [2], 2),
      (.regions([0]), [0], 0), (.regions([0, 2]), [0, 2], 2),
    ])
  func residency(_ residency: Residency, _ inside: [Int], _ nearest: Int) throws {
    var worlds = europe
    var demand = World.Demand(spec: ControlWorlds.spec(), model: 0)
    demand.residency = residency
    worlds.demands = [demand]
    worlds.seconds = 60
    let world = worlds.world
    let allowed = (0..<4).filter { world.isInside(residency, deployment: $0) }
    #expect(allowed == inside)
    let (result, audit) = try worlds.run()
    #expect(result.residencyViolations == 0)
    #expect(audit.requests.allSatisfy { $0.deployment == nearest || $0.deployment < 0 })
    for row in audit.candidates {
      #expect((row.eligibility == .residency) == !inside.contains(Int(row.deployment)))
    }
  }

  @Test("a request longer than a context goes where it fits, and nowhere it does not")
  func context() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint("short", context: 200),
      ControlWorlds.endpoint("long", order: 1, context: 5_000),
    ]
    worlds.demands = [
      World.Demand(spec: ControlWorlds.spec("small"), model: 0),
      World.Demand(spec: ControlWorlds.spec("large", prompt: 4_000), model: 0),
      World.Demand(spec: ControlWorlds.spec("huge", prompt: 9_000), model: 0),
    ]
    worlds.seconds = 60
    let (_, audit) = try worlds.run()
    for request in audit.requests where request.status != .inFlight {
      switch request.workload {
      case 0: #expect(request.status == .completed && request.deployment == 0)
      case 1: #expect(request.status == .completed && request.deployment == 1)
      default: #expect(request.reason == .contextTooLong && request.attempts == 0)
      }
    }
  }

  @Test("limits hold at every level above a request")
  func tenants() throws {
    var worlds = ControlWorlds()
    worlds.quotas = [
      QuotaSpec(name: "company", rule: .tokenBucket(TokenBucket(.requests, perMinute: 300))),
      QuotaSpec(name: "project", rule: .tokenBucket(TokenBucket(.requests, perMinute: 120))),
    ]
    worlds.tenants = [
      Tenant(name: "company", quotas: [0]),
      Tenant(name: "company/a", parent: 0, quotas: [1]), Tenant(name: "company/b", parent: 0),
      Tenant(name: "free"),
    ]
    worlds.endpoints = [ControlWorlds.endpoint("gpt")]
    worlds.demands = [1, 2, 3].map { tenant in
      var demand = World.Demand(
        spec: ControlWorlds.spec("w\(tenant)", arrivals: .poisson(rate: 10)), model: 0)
      demand.tenant = tenant
      return demand
    }
    let (result, audit) = try worlds.run()
    let completed = result.totals.map { Double($0.completed) }
    #expect(abs(completed[0] - 1200 - 120) < 30)
    #expect(abs(completed[0] + completed[1] - 3000 - 300) < 60)
    #expect(result.totals[2].rejected == 0)
    for request in audit.requests where request.status == .rejected {
      #expect(request.reason == .tenantRequests && request.attempts == 0)
    }
    // The minutes of the tenants sum to the run.
    for id in 0..<3 {
      let minutes = audit.tenantMinutes.filter { $0.workload == id }
      #expect(minutes.reduce(0) { $0 + $1.completions } == result.totals[id].completed)
      #expect(minutes.reduce(0) { $0 + $1.arrivals } == result.totals[id].arrived)
      let lost = minutes.reduce(0) { $0 + $1.lost.reduce(0, +) }
      #expect(lost == result.totals[id].rejected)
    }
  }

  @Test("a budget blocks once it is spent; calls in flight overshoot it; a new period is free")
  func budget() throws {
    var worlds = ControlWorlds()
    worlds.tenants = [Tenant(name: "t", budget: Budget(limit: 100_000, period: .seconds(300)))]
    worlds.endpoints = [ControlWorlds.endpoint("gpt", price: TokenPrice(input: 10))]
    var demand = World.Demand(spec: ControlWorlds.spec(), model: 0)
    demand.tenant = 0
    worlds.demands = [demand]
    let (result, audit) = try worlds.run()
    // A thousand a request: a hundred requests a period, and those in flight then.
    let spent = result.deployments[0].totals.picodollars
    #expect(spent >= 200_000 && spent < 250_000)
    #expect(result.workloads[0].lost[Int(RequestRecord.Reason.budget.rawValue)] > 5_000)
    #expect(audit.requests.contains { $0.status == .completed && $0.arrival > 300_000_000_000 })
  }

  @Test("cost-band takes the cheapest model of the band, and moves when the cache makes it dearer")
  func costBand() throws {
    var worlds = ControlWorlds()
    worlds.models = ["best", "near", "weak"]
    worlds.quality = [0.90, 0.89, 0.5]
    worlds.endpoints = [
      ControlWorlds.endpoint("best", model: 0, price: TokenPrice(input: 10, output: 40)),
      ControlWorlds.endpoint("near", model: 1, price: TokenPrice(input: 5, output: 20)),
      ControlWorlds.endpoint("weak", model: 2, price: TokenPrice(input: 1, output: 4)),
    ]
    var demand = World.Demand(spec: ControlWorlds.spec(), model: 0)
    demand.alternatives = [1, 2]
    worlds.demands = [demand]
    worlds.seconds = 60
    for (band, chosen) in [(0.0, 0), (0.015, 1), (1.0, 2)] {
      worlds.gateway = Gateway(policy: "cost-band", qualityBand: band)
      let (_, audit) = try worlds.run()
      #expect(audit.decisions.allSatisfy { Int($0.chosen) == chosen })
    }
  }

  @Test("a conversation's cache is where it was served last, and is lost on a switch")
  func promptCache() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint("a", price: TokenPrice(input: 10, cachedInput: 1)),
      ControlWorlds.endpoint("b", price: TokenPrice(input: 10, cachedInput: 1)),
    ]
    var demand = World.Demand(spec: ControlWorlds.spec(), model: 0)
    demand.promptCache = PromptCache(share: 0.5, conversations: 10)
    worlds.demands = [demand]
    worlds.gateway = Gateway(policy: "nearest")
    let steady = try worlds.run()
    worlds.gateway = Gateway(policy: "round-robin")
    let switching = try worlds.run()
    let hits = steady.result.workloads[0].cachedTokens
    let completed = steady.result.workloads[0].completed
    // Every request but the first few of each conversation finds half its prompt.
    #expect(hits > (completed - 60) * 50 && hits <= completed * 50)
    #expect(steady.result.workloads[0].cachedTokensLost == 0)
    #expect(switching.result.workloads[0].cachedTokens < hits * 3 / 4)
    #expect(switching.result.workloads[0].cachedTokensLost > 0)
    #expect(
      switching.result.workloads[0].picodollars > steady.result.workloads[0].picodollars)
  }

  @Test("an outage fails what is in service and what comes, and nothing before or after")
  func outage() throws {
    for target in [
      Incident.Target.deployment(0), .account(0), .provider(0), .region(0), .cloud(0),
    ] {
      var worlds = ControlWorlds()
      worlds.endpoints = [ControlWorlds.endpoint("a")]
      worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
      worlds.incidents = [
        Incident(target: target, effect: .fails, start: .seconds(100), duration: .seconds(60))
      ]
      let (result, audit) = try worlds.run()
      #expect(result.totals[0].failed > 500)
      for request in audit.requests where request.status == .failed {
        #expect(request.reason == .serverError)
        #expect(request.ended >= 100_000_000_000 && request.ended < 160_000_000_000)
      }
      let inService = audit.requests.filter {
        $0.status == .failed && $0.arrival < 100_000_000_000
      }
      #expect(!inService.isEmpty && inService.allSatisfy { $0.ended == 100_000_000_000 })
      #expect(
        result.totals[0].completed + result.totals[0].failed + result.totals[0].inFlight
          == result.totals[0].arrived)
    }
  }

  @Test("a pool that fails loses its requests to the next in order, none of them twice")
  func poolOutage() throws {
    var worlds = ControlWorlds()
    worlds.pools = [ControlWorlds.pool("near"), ControlWorlds.pool("far")]
    worlds.pools[1].order = 1
    worlds.demands = [
      World.Demand(spec: ControlWorlds.spec(arrivals: .poisson(rate: 30), prompt: 64), model: 0)
    ]
    worlds.incidents = [
      Incident(target: .deployment(0), effect: .fails, start: .seconds(100), duration: .seconds(60))
    ]
    let (result, audit) = try worlds.run()
    #expect(result.totals[0].failed == 0)
    #expect(result.deployments[1].totals.completed > 1_700)
    let moved = audit.requests.filter { $0.attempts == 2 && $0.arrival < 100_000_000_000 }
    #expect(!moved.isEmpty && moved.allSatisfy { $0.deployment == 1 })
    #expect(Set(audit.requests.map(\.number)).count == audit.requests.count)
    #expect(audit.requests.count == Int(result.requests))
  }

  @Test("a deployment that hangs costs the gateway's patience, then the request moves on")
  func hanging() throws {
    var worlds = ControlWorlds()
    worlds.pools = [ControlWorlds.pool("near")]
    worlds.endpoints = [ControlWorlds.endpoint("far", order: 1)]
    worlds.gateway.attemptTimeout = .seconds(2)
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(prompt: 64), model: 0)]
    worlds.incidents = [
      Incident(target: .deployment(0), effect: .hangs, start: .seconds(100), duration: .seconds(60))
    ]
    let (result, audit) = try worlds.run()
    let late = audit.requests.filter {
      $0.arrival > 100_000_000_000 && $0.arrival < 157_000_000_000 && $0.status == .completed
    }
    #expect(late.count > 400)
    for request in late {
      #expect(request.timeToFirstToken == 2_500_000_000 && request.deployment == 1)
    }
    #expect(result.totals[0].failed == 0)
    let timeouts = audit.attempts.filter { $0.reason == .noAnswer }
    #expect(timeouts.allSatisfy { $0.deployment == 0 })
    #expect(timeouts.count >= late.count)
  }

  @Test("a cut makes refusals with a cause of their own")
  func cut() throws {
    var worlds = ControlWorlds()
    worlds.quotas = [
      QuotaSpec(
        name: "tpm", rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 200_000)))
    ]
    worlds.endpoints = [ControlWorlds.endpoint("gpt", quotas: [0])]
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    worlds.incidents = [
      Incident(
        target: .quota(0), effect: .cuts(0.25), start: .seconds(120), duration: .seconds(120))
    ]
    let (result, audit) = try worlds.run()
    #expect(result.workloads[0].lost[Int(RequestRecord.Reason.quotaTokens.rawValue)] == 0)
    #expect(result.workloads[0].lost[Int(RequestRecord.Reason.reducedLimit.rawValue)] > 300)
    let cut = audit.quotaMinutes.filter { $0.effectiveLimit < $0.limit }
    #expect(cut.map(\.start) == [120, 180].map { $0 * 1_000_000_000 })
    #expect(cut.allSatisfy { $0.refused > 0 && $0.effectiveLimit == 50_000 })
  }

  @Test("clients that time out are counted apart, wherever their request was")
  func timeouts() throws {
    var worlds = ControlWorlds()
    worlds.pools = [ControlWorlds.pool("pool", replicas: 1)]
    worlds.endpoints = [ControlWorlds.endpoint("endpoint", order: 1)]
    worlds.gateway = Gateway(policy: "round-robin", failsOver: false)
    worlds.endpoints[0].order = 0
    var demand = World.Demand(spec: ControlWorlds.spec(prompt: 64, output: 120), model: 0)
    demand.timeout = .milliseconds(1_200)
    worlds.demands = [demand]
    let (result, audit) = try worlds.run()
    #expect(result.totals[0].cancelled > 1_000)
    for request in audit.requests where request.status == .cancelled {
      #expect(request.reason == .timeout)
      let lived = request.ended - request.arrival
      #expect(lived >= 1_200_000_000 && lived < 1_240_000_000)
    }
    #expect(result.deployments.allSatisfy { $0.totals.isConserved && $0.totals.cancelled > 0 })
    // What an endpoint had delivered by then is counted.
    let cut = audit.requests.filter { $0.status == .cancelled && $0.deployment == 1 }
    #expect(cut.allSatisfy { $0.deliveredTokens == 1 + 70 })
  }
}
