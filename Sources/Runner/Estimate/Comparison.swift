import Estimate
import Money
import Multicloud
import SimulationKernel
import Statistics
import Workload

/// How far an estimate is off what the simulation of the same world says, metric by metric.
public struct Comparison: Sendable {
  /// One figure, both ways.
  public struct Row: Sendable {
    /// Kind of thing it is about: `all`, `workload`, `deployment`.
    public var scopeKind: String
    /// Its name.
    public var scope: String
    /// The metric.
    public var metric: Metric
    /// Mean over the simulated seeds.
    public var simulated: Double
    /// Half-width of its 95 % interval over the seeds; 0 for one seed.
    public var halfWidth: Double
    /// What was estimated.
    public var estimated: Double

    /// The difference as the metric's band measures it.
    public var difference: Double {
      metric.isAbsolute
        ? estimated - simulated : simulated == 0 ? 0 : estimated / simulated - 1
    }

    /// The half-width in the same measure.
    public var noise: Double {
      metric.isAbsolute || simulated == 0 ? halfWidth : abs(halfWidth / simulated)
    }

    /// Whether the difference is inside the band, the simulation's own uncertainty allowed for.
    public var isInside: Bool {
      difference.isFinite && abs(difference) <= metric.band + noise
    }
  }

  /// What is compared.
  public enum Metric: String, CaseIterable, Sendable {
    /// Share of capacity in use, in points.
    case utilisation
    /// Dollars of the run.
    case cost = "cost_usd"
    /// Requests served a second.
    case served = "request_rate"
    /// Mean time from token to token, milliseconds.
    case timePerOutputToken = "tpot_mean_ms"
    /// 95 % quantile of the time to first token, milliseconds.
    case timeToFirstToken = "ttft_p95_ms"

    /// How far an estimate may be off: points for utilisation, else relative.
    public var band: Double {
      switch self {
      case .utilisation: 0.03
      case .cost: 0.01
      case .served: 0.15
      case .timePerOutputToken: 0.05
      case .timeToFirstToken: 0.3
      }
    }

    /// Whether the band is in the metric's own unit.
    public var isAbsolute: Bool { self == .utilisation }
  }

  /// The rows.
  public private(set) var rows: [Row] = []

  /// Compares an estimate with simulations of the same world.
  ///
  /// Deployments and workloads with less than a hundredth of the requests are left out: their figures are
  /// noise.
  init(_ world: World, _ estimate: EstimateRun.Outcome, _ runs: [SimulatedRun]) {
    let seconds = (runs[0].result.end - runs[0].result.measuredFrom).seconds
    add(.cost, "all", "", runs.map(\.cost), estimate.cost)
    let all = runs[0].result.workloads.reduce(Int64(0)) { $0 + $1.completed }
    for d in 0..<world.deploymentCount {
      let served = runs.map { $0.served(world, d) / seconds }
      guard served[0] * seconds > max(100, Double(all) / 100) else { continue }
      let name = world.deploymentName(d)
      let expected = estimate.estimate.deployments[d]
      add(
        .utilisation, "deployment", name, runs.map { $0.utilisation(world, d) },
        expected.utilisation)
      add(.served, "deployment", name, served, expected.served)
      add(
        .timePerOutputToken, "deployment", name,
        runs.map { $0.latencies(world, d).timePerOutputToken.meanMilliseconds },
        (expected.timePerOutputToken.mean ?? 0) * 1e3)
    }
    for (w, workload) in world.workloads.enumerated() where workload.chain == nil {
      let s = runs.map { $0.result.workloads[w] }
      guard s[0].completed > max(100, all / 100) else { continue }
      let expected = estimate.estimate.workloads[w]
      add(
        .timePerOutputToken, "workload", workload.spec.name,
        s.map { $0.latencies.timePerOutputToken.meanMilliseconds },
        (expected.timePerOutputToken.mean ?? 0) * 1e3)
      add(
        .timeToFirstToken, "workload", workload.spec.name,
        s.map { $0.latencies.timeToFirstToken.milliseconds(0.95) },
        (expected.timeToFirstToken.quantile(0.95) ?? 0) * 1e3)
    }
  }

  private mutating func add(
    _ metric: Metric, _ kind: String, _ scope: String, _ simulated: [Double], _ estimated: Double
  ) {
    let sample = SampleMoments(simulated)
    if sample.mean == 0, estimated == 0 { return }
    rows.append(
      Row(
        scopeKind: kind, scope: scope, metric: metric, simulated: sample.mean,
        halfWidth: ConfidenceInterval(sample)?.halfWidth ?? 0, estimated: estimated))
  }

  /// Rows outside their band.
  public var outside: [Row] { rows.filter { !$0.isInside } }
}

/// A simulated window with what it cost.
struct SimulatedRun {
  var result: SimulationResult
  var cost: Double

  /// Simulates a world, and bills it where somebody is billed.
  init(_ world: World) throws {
    if let billing = world.billing {
      let books = try Books(world, billing, in: nil)
      result = try Simulation.soundResult(of: world, recorder: BookKeeper(books))
      cost = try books.closing().bill.total.billed.dollars
    } else {
      result = try Simulation.soundResult(of: world)
      cost = Self.listCost(world, result)
    }
  }

  /// Tokens and units of the measured time at list price.
  private static func listCost(_ world: World, _ result: SimulationResult) -> Double {
    let tokens = result.workloads.reduce(0.0) {
      $0 + ($1.isChain ? 0 : Double($1.picodollars) / 1e12)
    }
    return tokens + world.unitCost(seconds: (result.end - result.measuredFrom).seconds)
  }

  func served(_ world: World, _ d: Int) -> Double {
    d < result.deployments.count
      ? Double(result.deployments[d].measured.completed) : Double(result.pools[d].completed)
  }

  func utilisation(_ world: World, _ d: Int) -> Double {
    let time = Double(result.end.nanoseconds - result.measuredFrom.nanoseconds)
    if d < world.pools.count {
      return Double(result.pools[d].work.busy) / (time * Double(max(1, world.pools[d].replicas)))
    }
    return Double(result.deployments[d].inFlightIntegral)
      / (time * Double(world.slots(ofDeployment: d)))
  }

  func latencies(_ world: World, _ d: Int) -> LatencyHistograms {
    d < world.pools.count ? result.pools[d].latencies : result.deployments[d].latencies
  }
}

extension World {
  /// What provisioned units cost at list price over a time, dollars.
  func unitCost(seconds: Double) -> Double {
    endpoints.reduce(0.0) {
      $0 + Double($1.units) * Double($1.picodollarsPerUnitHour) / 1e12 * seconds / 3600
    }
  }
}

extension LogLinearHistogram {
  /// Mean in milliseconds; 0 where nothing was recorded.
  var meanMilliseconds: Double { count == 0 ? 0 : Double(sum) / Double(count) / 1e6 }

  /// A quantile in milliseconds; 0 where nothing was recorded.
  func milliseconds(_ q: Double) -> Double { quantile(q).map { Double($0) / 1e6 } ?? 0 }
}
