import Estimate
import Multicloud
import Plan
import SimulationKernel
import Workload

/// How much of each kind of capacity one workload needs alone, by formula, and what the simulation of that
/// says.
public struct WorkloadSizing {
  private let world: World
  private let workload: Int
  private let ceiling: Double

  /// Prepares a workload of a world.
  public init(_ world: World, workload: Int, ceiling: Double) {
    self.world = world
    self.workload = workload
    self.ceiling = ceiling
  }

  /// An answer for one pool or provisioned endpoint.
  public struct Answer: Sendable {
    /// Name of the deployment whose kind it is.
    public var deployment: String
    /// Accelerator, or deployment type.
    public var kind: String
    /// Replicas or units.
    public var count: Int
    /// Whether it is units.
    public var isUnits: Bool
    /// How full it is meant to be at the peak.
    public var load: Double
    /// Estimated utilisation of a pool, or units asked over units there.
    public var estimatedUtilisation: Double
    /// The same, simulated.
    public var simulatedUtilisation: Double
    /// Estimated 95 % quantile of the time to first token, seconds.
    public var estimatedFirst: Double
    /// The same, simulated.
    public var simulatedFirst: Double
    /// Estimated mean time from token to token, seconds.
    public var estimatedStep: Double
    /// The same, simulated.
    public var simulatedStep: Double
    /// Share refused in the simulation.
    public var simulatedRefused: Double
  }

  /// The answers, in the order of the deployments.
  public func answers() throws -> [Answer] {
    var alone = world
    for id in alone.workloads.indices where id != workload {
      // Workloads keep their ids; the others send nothing.
      alone.workloads[id].spec.arrivals = .piecewise(
        rates: [0], binWidth: .seconds(60), repeats: true)
    }
    let grid = DemandGrid(alone, binWidth: .seconds(60), horizon: alone.horizon)
    let peak = PlanningPeriod.periods(grid, count: 1)[0].rates
    var answers: [Answer] = []
    for d in 0..<alone.deploymentCount
    where alone.workloads[workload].verdict(of: d, in: alone) == .eligible
      || (d < alone.pools.count && alone.pools[d].replicas == 0)
    {
      if let answer = try answer(d, alone, grid, peak) { answers.append(answer) }
    }
    return answers
  }

  private func answer(
    _ d: Int, _ alone: World, _ grid: DemandGrid, _ peak: [Double]
  ) throws -> Answer? {
    var only = alone
    let count: Int
    let load: Double
    let kind: String
    var isUnits = false
    if d < alone.pools.count {
      let sizing = DeploymentSizing(only, grid.streams, deployment: d, ceiling: ceiling)
      guard sizing.sustainableLoad > 0 else { return nil }
      let work = zip(grid.streams, peak).reduce(0.0) {
        $0 + ($1.0.workload == workload ? sizing.work($1.0) * $1.1 : 0)
      }
      count = max(1, Int((work / sizing.sustainableLoad).rounded(.up)))
      load = work / Double(count)
      kind = alone.pools[d].accelerator
    } else {
      let endpoint = alone.endpoints[d - alone.pools.count]
      guard endpoint.units > 0,
        let rule = endpoint.quotas.lazy.compactMap({ id -> ProvisionedBucket? in
          if case .provisionedBucket(let rule) = alone.quotas[id].rule { rule } else { nil }
        }).first
      else { return nil }
      let tokens = zip(grid.streams, peak).reduce(0.0) {
        $0
          + ($1.0.workload == workload
            ? 60 * $1.1 * ($1.0.promptTokens + rule.outputRatio * $1.0.outputTokens) : 0)
      }
      let exact = tokens / Double(rule.inputTokensPerMinutePerUnit) / 0.95
      let step = Double(rule.unitIncrement)
      count = max(Int(rule.minimumUnits), Int((exact / step).rounded(.up) * step))
      load = tokens / Double(count) / Double(rule.inputTokensPerMinutePerUnit)
      kind = endpoint.type
      isUnits = true
      only.endpoints[d - alone.pools.count].spillover = nil
    }
    only = only.restricted(to: d, count: count)
    let estimate = try EstimateRun(only).run().estimate
    let run = try SimulatedRun(only)
    let expected = estimate.workloads[workload]
    let s = run.result.workloads[workload]
    return Answer(
      deployment: alone.deploymentName(d), kind: kind, count: count, isUnits: isUnits, load: load,
      estimatedUtilisation: isUnits ? load : estimate.deployments[d].utilisation,
      simulatedUtilisation: isUnits ? load : run.utilisation(only, d),
      estimatedFirst: expected.timeToFirstToken.quantile(0.95) ?? 0,
      simulatedFirst: s.latencies.timeToFirstToken.milliseconds(0.95) / 1e3,
      estimatedStep: expected.timePerOutputToken.mean ?? 0,
      simulatedStep: s.latencies.timePerOutputToken.meanMilliseconds / 1e3,
      simulatedRefused: s.ended > 0 ? Double(s.lostTotal) / Double(s.ended) : 0)
  }
}

extension World {
  /// The world in which only one deployment serves, with so many replicas or units.
  fileprivate func restricted(to deployment: Int, count: Int) -> World {
    var placement = Placement(self)
    for id in pools.indices { placement.replicas[id] = id == deployment ? count : 0 }
    if deployment >= pools.count { placement.units[deployment - pools.count] = count }
    var world = placed(placement)
    world.billing = nil
    world.incidents = []
    world.gateway.policy = "nearest"
    // Other endpoints serve a model nobody asks for.
    let nobody = world.models.count
    world.models.append("nobody's")
    if !world.modelQuality.isEmpty { world.modelQuality.append(0) }
    for id in world.endpoints.indices where id + pools.count != deployment {
      world.endpoints[id].model = nobody
    }
    return world
  }
}
