import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// A world that is a textbook queue: one pool of one replica whose step times make it so.
///
/// A request's service is its number of output tokens times the step: its one prompt token is
/// computed by the step that yields the first of them. With microsecond steps and a million tokens
/// the discreteness is a millionth of a service time.
struct OracleWorld {
  /// Seconds of a step with a batch of `n`, by `n`.
  var step: (Int) -> Double
  /// Largest batch: the number of servers.
  var servers: Int
  /// Requests per second.
  var rate: Double
  /// Output tokens.
  var output: LengthSpec
  /// Simulated seconds of each replication, and how many of them are warm-up.
  var seconds: Double
  var warmup: Double
  /// Requests held beyond the servers.
  var queueLimit: Int?
  /// Adapters that fit in a batch and how many requests ask for, all alike; loads take no time.
  var adapters: (resident: Int, asked: Int)?
  /// Picoseconds that adapters add to steps.
  var adapterTimes = AdapterTimes()
  /// Tokens drafted, the probability that one is right, and the cost of a drafting pass in steps.
  var speculation: (drafted: Int, acceptance: Double, cost: Double)?

  /// One independent replication.
  func run(seed: UInt64) throws -> SimulationResult {
    let drafting = speculation.map { 1 + Double($0.drafted) * $0.cost } ?? 1
    let table = [0] + (1...servers).map { Int64((step($0) * drafting * 1e12).rounded()) }
    var mixed = StepTimeModel.MixedCoefficients()
    // The step that computes a prompt costs what any step of that batch costs.
    mixed.base = Double(table[1]) - (servers > 1 ? Double(table[2] - table[1]) : 0)
    mixed.perSequence = servers > 1 ? Double(table[2] - table[1]) : 0
    var pool = Pool(
      name: "pool", region: 0, model: 0, replicas: 1, acceleratorsPerReplica: 1,
      accelerator: "textbook",
      scheduler: SchedulerSettings(maxSequences: servers, kvBlocks: 1 << 26),
      stepTime: StepTimeModel(decodeBase: table, perKVToken: 0, mixed: mixed),
      queueLimit: queueLimit)
    if let speculation {
      pool.scheduler.speculation = SpeculationSettings(
        draftTokens: speculation.drafted, lookaheadTokens: speculation.drafted)
      pool.speculation = Speculation(acceptance: speculation.acceptance)
    }
    if let adapters {
      pool.scheduler.adapters = AdapterSettings(
        resident: adapters.resident, held: adapters.resident)
      pool.stepTime.adapters = adapterTimes
    }
    let workload = WorkloadSpec(
      name: "customers", arrivals: .poisson(rate: rate),
      shape: .independent(prompt: .constant(1), output: output),
      origins: [OriginShare(origin: 0, share: 1)])
    var demand = World.Demand(spec: workload, model: 0)
    demand.adapters = adapters.map {
      AdapterUse(first: 0, weights: AdapterUse.zipf(count: $0.asked, exponent: 0))
    }
    let world = World(
      name: "oracle", seed: seed, horizon: Duration(seconds: seconds),
      warmup: Duration(seconds: warmup), clouds: [Cloud(name: "cloud")],
      regions: [Region(name: "region", cloud: 0)], pools: [pool], models: ["model"],
      origins: [Origin(name: "origin")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [demand], gateway: Gateway())
    var simulation = try Simulation(world)
    return simulation.run()
  }
}

/// The mean of independent replications with its 99 % confidence interval.
struct Replicated {
  let mean: Double
  let halfWidth: Double

  /// Student's t, 99 % two-sided, nine degrees of freedom.
  private static let t = 3.2498355440153697

  /// Runs ten replications and measures each.
  init(_ world: OracleWorld, _ measure: (SimulationResult) -> Double) throws {
    try self.init { measure(try world.run(seed: $0)) }
  }

  /// Asks for the figure of each of ten seeds.
  init(_ figure: (UInt64) throws -> Double) throws {
    var values: [Double] = []
    for seed in 1...10 { values.append(try figure(UInt64(seed))) }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    self.mean = mean
    halfWidth = Self.t * (variance / count).squareRoot()
  }

  /// Whether theory lies in the interval, give or take a stated bias.
  func agrees(with theory: Double, bias: Double = 0) -> Bool {
    abs(mean - theory) <= halfWidth + bias
  }

  /// Whether an error of 2 % of theory would have fallen outside the interval.
  func wouldNoticeTwoPercent(of theory: Double) -> Bool { halfWidth < 0.02 * abs(theory) }
}
