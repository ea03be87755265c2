import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Worlds of one disaggregated pool, for hand-made arithmetic.
struct SplitWorlds {
  /// Milliseconds of a step that prefills, by prompt token and at least, and of one that decodes.
  var prefillBase = 10.0
  var prefillPerToken = 0.0
  var decodeStep = 10.0
  var prefillReplicas = 1
  var decodeReplicas = 1
  var prefillBlocks = 4000
  var decodeBlocks = 4000
  var prefillBudget = 8192
  var maxSequences = 64
  var link = CacheLink(bytesPerSecond: 1_000_000_000)
  var blockBytes: Int64 = 1_000_000
  var firstToken = Disaggregation.FirstToken.prefill
  var queueLimit: Int?
  /// Arrival, prompt, output.
  var requests: [(milliseconds: Double, prompt: Int, output: Int)] = []
  var seconds = 60.0
  var patience: Duration?

  /// The world; requests come as they are written, on the nanosecond.
  func world() throws -> World {
    func stepTime(_ prefill: Bool) -> StepTimeModel {
      var mixed = StepTimeModel.MixedCoefficients()
      mixed.base = prefillBase * 1e9
      mixed.prefillAttentionPerToken = prefillPerToken * 1e9
      return StepTimeModel(
        decodeBase: [0] + (1...maxSequences).map { _ in Int64(decodeStep * 1e9) }, perKVToken: 0,
        mixed: mixed)
    }
    var pools = [prefillBlocks, decodeBlocks].enumerated().map { id, blocks in
      var scheduler = SchedulerSettings(
        maxBatchedTokens: id == 0 ? prefillBudget : 8192, maxSequences: maxSequences,
        kvBlocks: blocks)
      scheduler.transfersCaches = true
      return Pool(
        name: id == 0 ? "chat" : "chat-decode", region: 0, model: 0,
        replicas: id == 0 ? prefillReplicas : decodeReplicas, acceleratorsPerReplica: 1,
        accelerator: "test", scheduler: scheduler, stepTime: stepTime(id == 0),
        queueLimit: id == 0 ? queueLimit : nil)
    }
    pools[0].role = .prefill(
      Disaggregation(
        decodePool: 1, link: link, blockBytes: blockBytes, firstToken: firstToken))
    pools[1].role = .decode(of: 0)
    var base = SmallWorlds()
    base.seconds = seconds
    base.patience = patience
    var world = base.world
    world.pools = pools
    world.workloads = try requests.enumerated().map { id, request in
      let trace = try TraceRows(
        name: "r\(id)", times: [Int64(request.milliseconds * 1e6)],
        promptTokens: [Int32(request.prompt)], outputTokens: [Int32(request.output)])
      let spec = WorkloadSpec(
        name: "r\(id)", arrivals: .trace(TraceReplay(source: .rows(trace), loops: false)),
        shape: .fixed(prompt: request.prompt, output: request.output),
        origins: [OriginShare(origin: 0, share: 1)])
      return World.Demand(spec: spec, model: 0, patience: patience)
    }
    return world
  }

  /// Runs the world; the records in order of arrival.
  func run() throws -> (result: SimulationResult, requests: [RequestRecord], minutes: [PoolMinute])
  {
    let keeper = Keeper()
    var simulation = try Simulation(world(), recorder: keeper)
    let result = simulation.run()
    return (result, keeper.requests.sorted { $0.arrival < $1.arrival }, keeper.minutes)
  }
}
