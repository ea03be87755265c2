import Catalog
import Estimate
import Money
import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// The worlds that are timed: Llama-3.1-8B on H100, 512 prompt tokens, at 65 % load.
struct BenchmarkWorlds {
  private let engine: ServingConfiguration

  init() throws {
    let catalog = try Catalog.bundled()
    guard let accelerator = catalog.accelerator(named: "h100-sxm"),
      let model = catalog.model(named: "llama-3.1-8b"),
      let interconnect = catalog.defaultInterconnect(of: accelerator),
      let host = catalog.engine(named: "vllm")
    else { preconditionFailure("the catalog lacks what the benchmark needs") }
    engine = try EngineDeployment(
      accelerator: accelerator, model: model, interconnect: interconnect, host: host
    ).resolve()
  }

  /// A world of `replicas` in `regions` regions (three clouds where there are several), fed from as
  /// many origins, for about `requests` requests, at 65 % load if outputs had `loadedTokens`.
  ///
  /// With `rules` the gateway enforces a tenant's and its project's limits on tokens and requests, half
  /// of the requests must stay in their data zone, and it retries, fails over and keeps breakers.
  func world(
    replicas: Int, regions: Int, outputTokens: Int, loadedTokens: Int? = nil, requests: Int,
    routing: String, rules: Bool = false
  ) -> World {
    let plain = plainWorld(
      replicas: replicas, regions: regions, outputTokens: outputTokens,
      loadedTokens: loadedTokens, requests: requests, routing: routing)
    return rules ? ruled(plain) : plain
  }

  /// The same with contracts on every cloud, machines that are paid for, and meters of energy.
  func billed(_ plain: World) -> World {
    var world = plain
    let starts = BillingTime(CivilDate(year: 2026, month: 3, day: 2)!)
    var contracts = Contracts(
      starts: starts,
      accounts: world.clouds.indices.map {
        BillingAccount(name: world.clouds[$0].name, cloud: $0)
      })
    contracts.commitments = world.clouds.indices.map {
      Commitment(
        name: "commitment-\($0)", account: $0, amount: Money(dollars: 250_000_000),
        starts: CivilDate(year: 2026, month: 2, day: 1)!,
        ends: CivilDate(year: 2029, month: 1, day: 31)!)
    }
    var billing = Billing(contracts: contracts, world: world)
    for (id, pool) in world.pools.enumerated() {
      billing.accountOfDeployment[id] = world.regions[pool.region].cloud
      billing.machines[id] = MachinePurchase(
        instance: "p5.48xlarge", instances: (pool.replicas + 7) / 8, purchase: .onDemand,
        hourly: Money(dollars: 98))
      billing.power[id] = PowerCurve(
        idleWatts: 100, activeWatts: 300, maximumWatts: 600, halfBatch: 18, serverFactor: 1.5)
    }
    world.billing = billing
    return world
  }

  private func ruled(_ plain: World) -> World {
    var world = plain
    world.zones = ["a", "b", "c"]
    for id in world.regions.indices { world.regions[id].zone = id * 3 / world.regions.count }
    let plenty: Int64 = 1_000_000_000_000
    world.quotas = [
      QuotaSpec(name: "tenant", rule: .tokenBucket(TokenBucket(perMinute: plenty))),
      QuotaSpec(name: "requests", rule: .tokenBucket(TokenBucket(.requests, perMinute: plenty))),
      QuotaSpec(name: "project", rule: .tokenBucket(TokenBucket(perMinute: plenty))),
    ]
    world.tenants = [
      Tenant(name: "t", quotas: [0, 1]), Tenant(name: "t/p", parent: 0, quotas: [2]),
    ]
    world.gateway.retry = RetryPolicy(attempts: 3)
    world.gateway.breaker = CircuitBreaker.Settings(allowedFailures: 3)
    let spec = plain.workloads[0].spec
    world.workloads = []
    // One workload without bounds and one for each zone; together they ask as much as the plain one.
    for zone in -1..<world.zones.count {
      let origins = spec.origins.filter { zone < 0 || world.regions[$0.origin].zone == zone }
      let share = Double(origins.count) / Double(spec.origins.count) / 2
      guard case .poisson(let rate) = spec.arrivals else { continue }
      var part = World.Demand(
        spec: WorkloadSpec(
          name: zone < 0 ? "anywhere" : world.zones[zone], arrivals: .poisson(rate: rate * share),
          shape: spec.shape, origins: origins), model: 0)
      part.tenant = 1
      part.residency = zone < 0 ? .anywhere : .zone(zone)
      world.workloads.append(part)
    }
    return world
  }

  private func plainWorld(
    replicas: Int, regions: Int, outputTokens: Int, loadedTokens: Int?, requests: Int,
    routing: String
  ) -> World {
    let loadedTokens = loadedTokens ?? outputTokens
    let clouds = min(3, regions)
    let places = (0..<regions).map { Region(name: "region-\($0)", cloud: $0 % clouds) }
    let pools = (0..<regions).map { region in
      Pool(
        name: "pool", region: region, model: 0,
        replicas: (region + 1) * replicas / regions - region * replicas / regions,
        acceleratorsPerReplica: 1, accelerator: "h100-sxm", scheduler: engine.scheduler,
        stepTime: engine.stepTime, routing: ReplicaRouting(policy: routing))
    }
    // A ring: every origin is nearest to its own region, 2 ms away, others 10 ms a hop.
    let ways = (0..<regions).flatMap { origin in
      (0..<regions).map { region -> Duration in
        let hops = min((region - origin + regions) % regions, (origin - region + regions) % regions)
        return regions == 1 ? .zero : .milliseconds(Int64(2 + 10 * hops))
      }
    }
    func world(rate: Double, seconds: Double, tokens: Int) -> World {
      let spec = WorkloadSpec(
        name: "requests", arrivals: .poisson(rate: rate),
        shape: .fixed(prompt: 512, output: tokens),
        origins: (0..<regions).map { OriginShare(origin: $0, share: 1) })
      return World(
        name: "benchmark", seed: 1, horizon: Duration(seconds: seconds), warmup: .zero,
        clouds: (0..<clouds).map { Cloud(name: "cloud-\($0)") }, regions: places, pools: pools,
        models: ["llama-3.1-8b"], origins: (0..<regions).map { Origin(name: "origin-\($0)") },
        network: Network(originToRegion: ways, regionToRegion: ways),
        workloads: [World.Demand(spec: spec, model: 0)],
        gateway: Gateway(policy: regions == 1 ? "nearest" : "least-loaded"))
    }
    // Load is in proportion to the rate.
    let probe = world(rate: Double(replicas), seconds: 1, tokens: loadedTokens)
    var load = 0.0
    for estimate in (try? PoolEstimate.pools(of: probe)) ?? [] {
      load += estimate.load * Double(probe.pools[estimate.pool].replicas)
    }
    let rate = 0.65 * Double(replicas) * Double(replicas) / load
    return world(rate: rate, seconds: Double(requests) / rate, tokens: outputTokens)
  }

  /// The same fleet under a demand that goes up and down by a fifth every 15 s; with `scaling` an autoscaler in
  /// every region follows it, as often, with replicas that take 10 s to come and drain before they go.
  func changing(_ plain: World, scaling: Bool) -> World {
    var world = plain
    guard case .poisson(let rate) = plain.workloads[0].spec.arrivals else {
      preconditionFailure("the worlds of the benchmark are fed by Poisson streams")
    }
    world.workloads[0].spec.arrivals = .piecewise(
      rates: [rate * 1.2, rate * 0.8], binWidth: .seconds(15), repeats: true)
    guard scaling else { return world }
    for (id, pool) in world.pools.enumerated() {
      world.pools[id].elastic = ElasticPool(
        minimum: 1, maximum: pool.replicas * 3 / 2,
        life: ReplicaLife(loading: .lognormal(median: 10, sigma: 0.2)))
      guard let policy = PolicyRegistry.autoscaler(named: "target-rate") else {
        preconditionFailure("the registry lacks an autoscaler")
      }
      var settings = policy.usual
      settings.target = rate / Double(world.pools.reduce(0) { $0 + $1.replicas })
      settings.interval = .seconds(15)
      settings.scrapeInterval = .seconds(15)
      settings.window = .seconds(15)
      settings.upDelay = .zero
      settings.downDelay = .zero
      world.scaling.append(ScalingGroup(settings: settings, pools: [id]))
    }
    return world
  }

  /// A year of 26 million requests a day on 1,000 replicas in 12 regions around the world, each busy by its own
  /// day.
  func year() -> World {
    var world = world(
      replicas: 1000, regions: 12, outputTokens: 128, requests: 1_000_000,
      routing: "least-outstanding-requests")
    let hourly = (0..<24).map { (hour: Int) -> Double in
      let distance = Double((hour + 8) % 24) / 12 - 1
      return 1 + 0.6 * distance.magnitude
    }
    world.workloads[0].spec = WorkloadSpec(
      name: "requests",
      arrivals: .diurnal(meanRate: 26_000_000 / 86_400, hourly: hourly, startUTCHour: 0),
      shape: .fixed(prompt: 512, output: 128),
      origins: (0..<12).map {
        OriginShare(origin: $0, share: 1, utcOffsetHours: Double($0 * 2 - 11))
      })
    world.horizon = .seconds(Int64(YearMeasurement.daysOfYear) * 86_400)
    return world
  }

  /// A world for estimates: 8 workloads from 8 origins on 96 pools in 12 regions, following the hour of the
  /// day.
  func estimated() -> World {
    let base = world(
      replicas: 96 * 8, regions: 12, outputTokens: 200, requests: 1_000_000,
      routing: "least-outstanding-requests")
    var world = base
    world.pools = (0..<96).map { number in
      var pool = base.pools[number % 12]
      pool.name = "pool-\(number)"
      pool.replicas = 6 + number % 5
      pool.model = 0
      return pool
    }
    let rate = base.workloads[0].spec.expectedRates(
      binWidth: .seconds(1), horizon: .seconds(1))[0]
    let hourly = (0..<24).map { (hour: Int) -> Double in
      let distance = Double((hour + 12) % 24) / 12 - 1
      return 1 + 0.6 * distance.magnitude
    }
    world.workloads = (0..<8).map { number in
      let spec = WorkloadSpec(
        name: "workload-\(number)",
        arrivals: .diurnal(meanRate: rate / 12, hourly: hourly, startUTCHour: Double(number)),
        shape: .fixed(prompt: 300 + 100 * number, output: 100 + 25 * number),
        origins: (0..<8).map { OriginShare(origin: $0, share: 1) })
      return World.Demand(
        spec: spec, model: 0,
        objective: Objective(
          timeToFirstToken: Objective.Target(limit: .milliseconds(500), quantile: 0.95)))
    }
    return world
  }
}
