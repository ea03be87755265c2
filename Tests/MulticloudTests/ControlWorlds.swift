import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Worlds of managed endpoints for the tests of this folder: one region unless said otherwise, one
/// origin without delay, endpoints that answer in a second.
struct ControlWorlds {
  var endpoints: [Endpoint] = []
  var quotas: [QuotaSpec] = []
  var tenants: [Tenant] = []
  var incidents: [Incident] = []
  var gateway = Gateway(policy: "nearest")
  var demands: [World.Demand] = []
  var regions = [Region(name: "one", cloud: 0)]
  var clouds = [Cloud(name: "cloud")]
  var zones: [String] = []
  var pools: [Pool] = []
  var models = ["model"]
  var quality: [Double] = []
  var oneWay: [Duration] = []
  var seconds = 600.0
  var warmup = 0.0
  var seed: UInt64 = 1

  /// First token after 500 ms, then a token every 10 ms.
  static let steady = EndpointService(
    curve: [
      EndpointService.Point(
        load: 0, timeToFirstToken: .milliseconds(500), tokensPerSecond: 100)
    ])

  static func endpoint(
    _ name: String, region: Int = 0, model: Int = 0, account: Int = 0, provider: Int = 0,
    kind: Endpoint.Kind = .standard, scope: ProcessingScope? = nil, quotas: [Int] = [],
    spillover: Int? = nil, service: EndpointService = steady, price: TokenPrice = TokenPrice(),
    order: Int = 0, context: Int = 1_000_000
  ) -> Endpoint {
    Endpoint(
      name: name, region: region, model: model, provider: provider, account: account,
      type: "test", kind: kind, scope: scope ?? .region(region), contextTokens: context,
      quotas: quotas, spillover: spillover, service: service, price: price, order: order)
  }

  static func spec(
    _ name: String = "requests", arrivals: ArrivalSpec = .poisson(rate: 10), prompt: Int = 100,
    output: Int = 51, start: Duration = .zero, end: Duration? = nil
  ) -> WorkloadSpec {
    WorkloadSpec(
      name: name, arrivals: arrivals, shape: .fixed(prompt: prompt, output: output),
      origins: [OriginShare(origin: 0, share: 1)], start: start, end: end)
  }

  /// Steps of 10 ms and 0.1 ms a sequence.
  static func pool(_ name: String, region: Int = 0, replicas: Int = 2) -> Pool {
    var small = SmallWorlds()
    small.pools = [(region: region, replicas: replicas)]
    var pool = small.world.pools[0]
    pool.name = name
    return pool
  }

  var world: World {
    let delays = oneWay.isEmpty ? regions.map { _ in Duration.zero } : oneWay
    var world = World(
      name: "control", seed: seed, horizon: Duration(seconds: seconds),
      warmup: Duration(seconds: warmup), clouds: clouds, regions: regions, pools: pools,
      models: models, origins: [Origin(name: "origin")],
      network: Network(
        originToRegion: delays,
        regionToRegion: [Duration](repeating: .zero, count: regions.count * regions.count)),
      workloads: demands, gateway: gateway)
    world.endpoints = endpoints
    world.quotas = quotas
    world.tenants = tenants
    world.incidents = incidents
    world.accounts = ["prod", "other"]
    world.providers = ["maker", "other maker"]
    world.zones = zones
    world.modelQuality = quality
    return world
  }

  /// Runs the world and keeps every row.
  func run() throws -> (result: SimulationResult, audit: AuditKeeper) {
    let keeper = AuditKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    return (result, keeper)
  }
}

/// Keeps every row, those of the gateway too.
final class AuditKeeper: Recorder {
  private(set) var requests: [RequestRecord] = []
  private(set) var decisions: [DecisionRecord] = []
  private(set) var candidates: [CandidateRecord] = []
  private(set) var attempts: [AttemptRecord] = []
  private(set) var stages: [StageRecord] = []
  private(set) var deploymentMinutes: [DeploymentMinute] = []
  private(set) var quotaMinutes: [QuotaMinute] = []
  private(set) var tenantMinutes: [TenantMinute] = []
  private(set) var poolMinutes: [PoolMinute] = []
  let wantsRequests = true
  let wantsPoolMinutes = true
  let wantsDecisions = true
  let wantsCandidates = true
  let hasFailed = false

  func record(_ request: borrowing RequestRecord) { requests.append(copy request) }
  func record(_ minute: borrowing PoolMinute) { poolMinutes.append(copy minute) }
  func record(_ minute: borrowing DeploymentMinute) { deploymentMinutes.append(copy minute) }
  func record(_ minute: borrowing QuotaMinute) { quotaMinutes.append(copy minute) }
  func record(_ minute: borrowing TenantMinute) { tenantMinutes.append(copy minute) }
  func record(_ decision: borrowing DecisionRecord) { decisions.append(copy decision) }
  func record(_ candidate: borrowing CandidateRecord) { candidates.append(copy candidate) }
  func record(_ attempt: borrowing AttemptRecord) { attempts.append(copy attempt) }
  func record(_ stage: borrowing StageRecord) { stages.append(copy stage) }
}
