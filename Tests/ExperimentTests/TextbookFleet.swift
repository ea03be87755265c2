import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Replicas of a few servers each behind one router, with Poisson arrivals and exponential service of mean 1 s:
/// queues that a Markov chain describes. A million steps of 1 µs make a service.
struct TextbookFleet {
  var replicas: Int
  /// Servers of a replica: the size of its batch.
  var servers: Int
  /// Requests per second.
  var rate: Double
  /// Seconds left out at the start, and seconds measured after them.
  var warmup: Double
  var measured: Double
  /// How a replica is chosen.
  var policy = "least-outstanding-requests"

  /// The world of this fleet.
  var world: World {
    let step: Int64 = 1_000_000
    var mixed = StepTimeModel.MixedCoefficients()
    // A step that computes a prompt takes as long as any other.
    mixed.base = Double(step)
    let pool = Pool(
      name: "pool", region: 0, model: 0, replicas: replicas, acceleratorsPerReplica: 1,
      accelerator: "textbook",
      scheduler: SchedulerSettings(maxSequences: servers, kvBlocks: 1 << 26),
      stepTime: StepTimeModel(
        decodeBase: [0] + [Int64](repeating: step, count: servers), perKVToken: 0, mixed: mixed),
      routing: ReplicaRouting(policy: policy))
    let workload = WorkloadSpec(
      name: "customers", arrivals: .poisson(rate: rate),
      shape: .independent(prompt: .constant(1), output: .exponential(mean: 1e6)),
      origins: [OriginShare(origin: 0, share: 1)])
    return World(
      name: "textbook", seed: 1, horizon: Duration(seconds: warmup + measured),
      warmup: Duration(seconds: warmup), clouds: [Cloud(name: "cloud")],
      regions: [Region(name: "region", cloud: 0)], pools: [pool], models: ["model"],
      origins: [Origin(name: "origin")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [World.Demand(spec: workload, model: 0)], gateway: Gateway())
  }

  /// Requests in the fleet, averaged over the time measured: an integral over a fixed time, so its expectation
  /// is the chain's to the digit, which a mean over the requests of that time would not be.
  func requestsInside(seed: UInt64) throws -> Double {
    var own = world
    own.seed = seed
    var simulation = try Simulation(own)
    let work = simulation.run().pools[0].work
    return Double(work.runningIntegral + work.waitingIntegral) / (measured * 1e9)
  }

  /// What that is in the steady state of one replica: M/M/c by Erlang's formula.
  var stationaryRequests: Double {
    var blocking = 1.0
    for n in 1...servers { blocking = rate * blocking / (Double(n) + rate * blocking) }
    let load = rate / Double(servers)
    let waiting = blocking / (1 - load * (1 - blocking))
    return rate + waiting * load / (1 - load)
  }
}
