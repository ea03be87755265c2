import Foundation
import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Random worlds in which everything goes wrong at once: nothing may be lost, come twice, or go where
/// its data must not be.
@Suite("Random worlds of the gateway")
struct RandomWorldTests {
  /// How many worlds; `PLIMSOLL_GATEWAY_WORLDS` asks for more.
  static let count =
    ProcessInfo.processInfo.environment["PLIMSOLL_GATEWAY_WORLDS"].flatMap(Int.init) ?? 300
  static let firstSeed =
    ProcessInfo.processInfo.environment["PLIMSOLL_GATEWAY_SEED"].flatMap(UInt64.init) ?? 1

  @Test("conservation, one decision for each attempt, residency, in every world")
  func conservation() throws {
    var seen: Set<RequestRecord.Reason> = []
    for seed in Self.firstSeed..<(Self.firstSeed + UInt64(Self.count)) {
      var dice = Dice(seed: seed)
      let worlds = dice.world()
      let (result, audit) = try worlds.run()
      let world = worlds.world
      // The run itself asserts totals by workload and by deployment; here the rows must agree.
      #expect(audit.requests.count == Int(result.requests), "seed \(seed)")
      #expect(Set(audit.requests.map(\.number)).count == audit.requests.count, "seed \(seed)")
      let decisions = audit.decisions.map(\.number)
      #expect(Set(decisions).count == decisions.count, "seed \(seed)")
      let attempts = audit.attempts.map(\.decision)
      #expect(attempts.sorted() == decisions, "seed \(seed)")
      let byRequest = Dictionary(grouping: audit.attempts, by: \.request)
      for request in audit.requests {
        let made = byRequest[request.number]?.count ?? 0
        #expect(made == Int(request.attempts), "seed \(seed), request \(request.number)")
        if request.status != .inFlight { seen.insert(request.reason) }
        if request.status == .completed, request.deployment >= 0 {
          #expect(request.endToEnd >= request.timeToFirstToken && request.timeToFirstToken > 0)
        }
      }
      for attempt in audit.attempts {
        let workload = world.workloads[Int(attempt.workload)]
        #expect(
          world.isInside(workload.residency, deployment: Int(attempt.deployment)),
          "seed \(seed)")
      }
      let spent = result.deployments.reduce(Int128(0)) { $0 + $1.totals.picodollars }
      let billed = audit.requests.reduce(Int128(0)) {
        $0 + (world.workloads[Int($1.workload)].chain == nil ? Int128($1.picodollars) : 0)
      }
      #expect(billed == spent, "seed \(seed)")
      for quota in audit.quotaMinutes { #expect(quota.effectiveLimit <= quota.limit) }
    }
    // The worlds are wild enough to see nearly every way to end.
    #expect(seen.count >= 16, "\(seen)")
  }

  @Test("the same world is the same run")
  func determinism() throws {
    for seed in Self.firstSeed..<(Self.firstSeed + 20) {
      var dice = Dice(seed: seed)
      let worlds = dice.world()
      let first = try worlds.run()
      let second = try worlds.run()
      #expect(first.result.fingerprint == second.result.fingerprint)
      var quiet = try Simulation(worlds.world)
      #expect(quiet.run().fingerprint == first.result.fingerprint, "looking changes nothing")
    }
  }
}

/// Draws worlds.
struct Dice {
  private var bits: SplitMix64

  init(seed: UInt64) { bits = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15) }

  mutating func below(_ count: Int) -> Int { Int(bits.next() % UInt64(count)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  mutating func world() -> ControlWorlds {
    var worlds = ControlWorlds()
    worlds.seed = bits.next()
    worlds.seconds = 90
    worlds.warmup = chance(50) ? 20 : 0
    worlds.clouds = [Cloud(name: "a"), Cloud(name: "b")]
    worlds.zones = ["eu", "us"]
    worlds.regions = (0..<4).map { Region(name: "r\($0)", cloud: $0 / 2, zone: $0 % 2) }
    worlds.oneWay = (0..<4).map { _ in .milliseconds(Int64(pick([0, 1, 20, 120]))) }
    worlds.models = ["m0", "m1"]
    worlds.quality = [0.9, 0.8]
    for id in 0..<below(3) {
      var pool = ControlWorlds.pool("p\(id)", region: below(4), replicas: 1 + below(2))
      pool.model = below(2)
      pool.order = below(2)
      pool.queueLimit = chance(50) ? below(20) : nil
      pool.price = chance(50) ? TokenPrice(input: 3, output: 9) : TokenPrice()
      pool.scheduler.order = chance(30) ? .priority : .firstComeFirstServed
      worlds.pools.append(pool)
    }
    for id in 0..<(2 + below(4)) { worlds.endpoints.append(endpoint(id, &worlds)) }
    spillovers(&worlds)
    tenants(&worlds)
    worlds.gateway = gateway()
    demands(&worlds)
    incidents(&worlds)
    return worlds
  }

  private mutating func endpoint(_ id: Int, _ worlds: inout ControlWorlds) -> Endpoint {
    let region = below(4)
    var quotas: [Int] = []
    for _ in 0..<below(3) {
      quotas.append(worlds.quotas.count)
      worlds.quotas.append(QuotaSpec(name: "q\(worlds.quotas.count)", rule: rule()))
    }
    let scope: ProcessingScope = pick([.region(region), .zone(region % 2), .everywhere])
    return ControlWorlds.endpoint(
      "e\(id)", region: region, model: below(2), account: below(2), provider: below(2),
      scope: scope, quotas: quotas,
      service: EndpointService(
        curve: [
          .init(load: 0, timeToFirstToken: .milliseconds(200), tokensPerSecond: 120),
          .init(load: 1, timeToFirstToken: .milliseconds(900), tokensPerSecond: 40),
        ], prefillPerToken: .microseconds(50), concurrency: pick([3, 20, 200]),
        background: pick([0, 0.3]), variation: pick([0, 0.4])),
      price: TokenPrice(input: 5, cachedInput: 1, output: 20), order: below(3),
      context: pick([150, 500, 100_000]))
  }

  private mutating func rule() -> QuotaRule {
    switch below(8) {
    case 0: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 20_000))
    case 1: .slicedRequests(SlicedRequests(requestsPerMinute: 300, slice: .seconds(10)))
    case 2:
      .provisionedBucket(
        ProvisionedBucket(units: 5, inputTokensPerMinutePerUnit: 4_000, outputRatio: 4))
    case 3: .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 30_000))
    case 4:
      .windowBurndown(
        WindowBurndown(units: 2, tokensPerSecondPerUnit: 300, outputBurndown: 4))
    case 5:
      .separateTokens(
        SeparateTokens(
          requestsPerMinute: 400, inputTokensPerMinute: 40_000, outputTokensPerMinute: 20_000))
    case 6: .periodTotal(PeriodTotal(tokens: 60_000, per: .run))
    default: .priorityRamp(PriorityRamp(floorTokensPerMinute: 1_000))
    }
  }

  private mutating func spillovers(_ worlds: inout ControlWorlds) {
    for id in worlds.endpoints.indices where chance(40) {
      let other = below(worlds.endpoints.count)
      let (from, to) = (worlds.endpoints[id], worlds.endpoints[other])
      guard other != id, from.model == to.model, from.region == to.region, from.scope == to.scope
      else { continue }
      worlds.endpoints[id].spillover = other
    }
  }

  private mutating func tenants(_ worlds: inout ControlWorlds) {
    worlds.tenants = [
      Tenant(name: "t", budget: chance(30) ? Budget(limit: 400_000, period: .seconds(30)) : nil),
      Tenant(name: "t/p", parent: 0), Tenant(name: "u"),
    ]
    for id in worlds.tenants.indices where chance(40) {
      worlds.tenants[id].quotas = [worlds.quotas.count]
      worlds.quotas.append(
        QuotaSpec(
          name: "limit\(id)",
          rule: .tokenBucket(TokenBucket(pick([.tokens, .requests]), perMinute: 900))))
    }
  }

  private mutating func gateway() -> Gateway {
    let names = PolicyRegistry.deploymentRouters.map { $0.name }
    var gateway = Gateway(policy: pick(names), qualityBand: 0.2, latencyBand: 0.3)
    gateway.staleness = chance(30) ? .milliseconds(500) : .zero
    gateway.exhaustsModelFirst = chance(50)
    gateway.failsOver = chance(80)
    gateway.retry = RetryPolicy(attempts: 1 + below(3), initial: .milliseconds(100))
    if chance(50) {
      gateway.breaker = CircuitBreaker.Settings(
        allowedFailures: below(4), cooldown: .seconds(5), probes: chance(70))
      gateway.breakerScope = pick([.deployment, .account, .provider])
    }
    if chance(40) { gateway.attemptTimeout = .milliseconds(700) }
    if chance(30) {
      gateway.flow = FlowSettings(
        ceilings: [1, 0.7], shedAt: chance(30) ? [3, 0.9] : [],
        fairness: pick([.none, .roundRobin, .virtualTokenCounter]),
        order: pick([.firstComeFirstServed, .earliestDeadline, .shortestEstimate]),
        capacity: pick([5, 1000]))
    }
    if chance(20) {
      gateway.reservation = PriorityReservation.Settings(
        tokensPerMinute: 60_000, shares: [0.6, 0.4])
    }
    return gateway
  }

  private mutating func demands(_ worlds: inout ControlWorlds) {
    for id in 0..<2 {
      var demand = World.Demand(
        spec: ControlWorlds.spec(
          "w\(id)",
          arrivals: chance(30)
            ? .closedLoop(clients: 12, thinkTime: .seconds(1)) : .poisson(rate: 12),
          prompt: pick([60, 100, 300]), output: 1 + below(60)), model: below(2))
      if chance(50) { demand.alternatives = [1 - demand.model] }
      demand.tenant = below(4) - 1
      demand.band = below(2)
      demand.residency = pick([.anywhere, .anywhere, .zone(0), .regions([0, 1, 2])])
      demand.maximumOutputTokens = chance(30) ? 20 : nil
      demand.patience = chance(40) ? .milliseconds(400) : nil
      demand.timeout = chance(40) ? .milliseconds(1_500) : nil
      demand.clientRetry = RetryPolicy(attempts: 1 + below(3), initial: .milliseconds(200))
      demand.promptCache = chance(40) ? PromptCache(share: 0.5, conversations: 6) : nil
      worlds.demands.append(demand)
    }
    guard chance(40) else { return }
    var call = World.Demand(spec: ControlWorlds.spec("call", output: 20), model: 0)
    call.isCalled = true
    call.alternatives = [1]
    call.patience = chance(30) ? .milliseconds(400) : nil
    worlds.demands[0].chain = Chain(stages: [
      Chain.Stage(
        name: "s",
        work: .timed(
          Chain.Timed(
            kind: .app, region: below(4), mean: .milliseconds(40), variation: 0.5,
            failureShare: 0.05)), bytesOut: 10),
      Chain.Stage(name: "c", work: .call(workload: 2), after: [0], bytesOut: 10),
      Chain.Stage(name: "d", work: .call(workload: 2), after: chance(50) ? [0] : [1]),
    ])
    worlds.demands.append(call)
  }

  private mutating func incidents(_ worlds: inout ControlWorlds) {
    for _ in 0..<below(4) {
      let deployments = worlds.pools.count + worlds.endpoints.count
      var target: Incident.Target = pick([
        .cloud(below(2)), .region(below(4)), .zone(below(2)), .account(below(2)),
        .provider(below(2)), .deployment(below(deployments)),
      ])
      var effect: Incident.Effect = pick([.fails, .hangs, .slows(3)])
      if !worlds.quotas.isEmpty, chance(25) {
        target = .quota(below(worlds.quotas.count))
        effect = .cuts(0.3)
      }
      worlds.incidents.append(
        Incident(
          target: target, effect: effect, start: .seconds(Int64(below(60))),
          duration: .seconds(Int64(5 + below(30)))))
    }
  }
}
