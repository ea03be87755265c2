import Multicloud
import SimulationKernel
import Workload

/// Worlds of one endpoint whose units change: increments of 5 units, calls of 151 tokens that use all they ask for.
struct UnitWorlds {
  var rate = 4.0
  var units = 20
  var tokensPerMinutePerUnit: Int64 = 1_200
  var elastic = ElasticUnits(minimum: 5, maximum: 200, increment: 5)
  var settings: AutoscalerSettings?
  var markets: [Market] = []
  var incidents: [Incident] = []
  var seconds = 1800.0
  var warmup = 0.0

  static func scheduled(_ sizes: [(Int64, Int)]) -> AutoscalerSettings {
    var settings = AutoscalerSettings(policy: "scheduled")
    settings.interval = .seconds(60)
    settings.lookAhead = .zero
    settings.schedule = sizes.map { .init(from: .seconds($0.0), replicas: $0.1) }
    return settings
  }

  static func byUtilization(_ target: Double, step: Int = 1) -> AutoscalerSettings {
    guard var settings = PolicyRegistry.autoscaler(named: "provisioned-units")?.usual else {
      preconditionFailure("the registry has it")
    }
    settings.target = target
    settings.maximumUpStep = step
    return settings
  }

  var world: World {
    var control = ControlWorlds()
    control.seconds = seconds
    control.warmup = warmup
    control.incidents = incidents
    control.quotas = [
      QuotaSpec(
        name: "units",
        rule: .provisionedBucket(
          ProvisionedBucket(
            units: Int64(units), inputTokensPerMinutePerUnit: tokensPerMinutePerUnit,
            outputRatio: 1, minimumUnits: 5, unitIncrement: 5)))
    ]
    control.endpoints = [ControlWorlds.endpoint("units", kind: .provisioned, quotas: [0])]
    control.demands = [
      World.Demand(
        spec: ControlWorlds.spec(
          arrivals: .gamma(rate: rate, coefficientOfVariation: 0.05), prompt: 100, output: 51),
        model: 0)
    ]
    control.demands[0].maximumOutputTokens = 51
    var world = control.world
    world.endpoints[0].units = units
    world.endpoints[0].elastic = elastic
    world.markets = markets
    if let settings { world.scaling = [ScalingGroup(settings: settings, pools: [0])] }
    return world
  }

  func run() throws -> (
    statistics: UnitStatistics, totals: DeploymentTotals, keeper: CapacityKeeper
  ) {
    let keeper = CapacityKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    return (result.deployments[0].units!, result.deployments[0].totals, keeper)
  }
}

extension CapacityKeeper {
  /// Events as one writes them down: what, when in seconds, from how many to how many.
  var lines: [String] {
    events.map {
      "\($0.kind.word) \($0.time / 1_000_000_000) \($0.before) \($0.after)"
        + ($0.cause == .none ? "" : " \($0.cause.word)")
    }
  }
}
