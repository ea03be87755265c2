import Multicloud
import ServingEngine

/// How long requests wait for a slot of a pool: with which probability, and those that do, how long.
struct SlotWait: Sendable {
  var probability: Double
  var seconds: Double

  /// Mean wait of all requests.
  var mean: Double { probability * seconds }

  /// The wait where requests are served in the order of arrival.
  init(_ figures: BatchChain.Figures) {
    probability = figures.waitProbability
    seconds = figures.waitSeconds
  }

  /// The wait of a stream's requests: by arrival, or by the priority of their workload.
  ///
  /// By priority, the loads of the classes before it and of its own decide. (Cobham, Priority assignment in
  /// waiting line problems, 1954.)
  init(
    _ world: World, _ streams: [StreamDemand], _ stream: Int, _ pool: Int, _ state: LevelState,
    _ model: PoolModel
  ) {
    let figures = state.pools[pool]
    self.init(figures)
    guard world.pools[pool].scheduler.order == .priority else { return }
    let mine = world.workloads[streams[stream].workload].priority
    var (before, own, all) = (0.0, 0.0, 0.0)
    for (s, other) in streams.enumerated() {
      let work =
        state.served[s * world.deploymentCount + pool] * other.contextTokens * other.outputTokens
      all += work
      let priority = world.workloads[other.workload].priority
      if priority < mine { before += work }
      if priority == mine { own += work }
    }
    guard all > 0 else { return }
    // Mean seconds until a slot is free.
    let free = 1 / model.capacity
    before *= figures.load / all
    own *= figures.load / all
    seconds =
      before + own < 1 ? free / ((1 - before) * (1 - before - own)) : .infinity
  }
}
