import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Worlds of a few pools for the tests of this folder.
struct SmallWorlds {
  var pools = [(region: 0, replicas: 2)]
  var regions = 1
  /// One-way delay from the one origin to each region.
  var oneWay: [Duration] = [.zero]
  var regionWay: [Duration] = [.zero]
  var ingress: Int?
  var gateway = Gateway()
  var routing = ReplicaRouting()
  var weights: [Double] = []
  var arrivals = ArrivalSpec.poisson(rate: 20)
  var shape = ShapeSpec.fixed(prompt: 64, output: 32)
  var seconds = 120.0
  var warmup = 0.0
  var queueLimit: Int?
  var patience: Duration?
  var objective = Objective()
  var preferred: [Int] = []
  var maxSequences = 8
  var kvBlocks = 4000
  var seed: UInt64 = 1

  /// Steps of 10 ms and 0.1 ms a sequence.
  var world: World {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 12e9
    mixed.perSequence = 1e8
    let step = StepTimeModel(
      decodeBase: [0] + (1...maxSequences).map { 10_000_000_000 + 100_000_000 * Int64($0) },
      perKVToken: 0, mixed: mixed)
    let pools = pools.enumerated().map { id, pool in
      Pool(
        name: "pool\(id)", region: pool.region, model: 0, replicas: pool.replicas,
        acceleratorsPerReplica: 1, accelerator: "test",
        scheduler: SchedulerSettings(
          maxBatchedTokens: 512, maxSequences: maxSequences, kvBlocks: kvBlocks),
        stepTime: step, routing: routing, weight: weights.isEmpty ? 1 : weights[id],
        queueLimit: queueLimit)
    }
    let spec = WorkloadSpec(
      name: "requests", arrivals: arrivals, shape: shape,
      origins: [OriginShare(origin: 0, share: 1)])
    return World(
      name: "small", seed: seed, horizon: Duration(seconds: seconds),
      warmup: Duration(seconds: warmup), clouds: [Cloud(name: "cloud")],
      regions: (0..<regions).map { Region(name: "region\($0)", cloud: 0) }, pools: pools,
      models: ["model"], origins: [Origin(name: "origin")],
      network: Network(originToRegion: oneWay, regionToRegion: regionWay, ingress: ingress),
      workloads: [
        World.Demand(
          spec: spec, model: 0, objective: objective, preferredRegions: preferred,
          patience: patience)
      ], gateway: gateway)
  }

  /// Runs the world and keeps every request.
  func run() throws -> (result: SimulationResult, requests: [RequestRecord]) {
    let keeper = Keeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    return (result, keeper.requests)
  }
}

/// Keeps every row.
final class Keeper: Recorder {
  private(set) var requests: [RequestRecord] = []
  private(set) var minutes: [PoolMinute] = []
  let wantsRequests = true
  let wantsPoolMinutes = true
  let hasFailed = false

  func record(_ request: borrowing RequestRecord) { requests.append(copy request) }
  func record(_ minute: borrowing PoolMinute) { minutes.append(copy minute) }
}
