import Multicloud

/// Expected requests at every deployment while portions move: what policies see.
struct LoadBook {
  private var perRequest: [Double]
  private var rates: [Double]
  private let curves: [PoolCurve?]
  private var loads: [Double]
  private let deployments: Int

  /// A pool's load follows the curve of its model; elsewhere it follows the rate in proportion, and the next
  /// round has it exactly.
  init(
    _ world: World, _ streams: [StreamDemand], _ state: LevelState, unloaded: [Double]
  ) {
    curves = state.curves
    deployments = world.deploymentCount
    loads = state.inFlight
    rates = [Double](repeating: 0, count: world.deploymentCount)
    perRequest = [Double](repeating: 0, count: streams.count * deployments)
    for d in 0..<deployments {
      var rate = 0.0
      for s in streams.indices { rate += state.served[s * deployments + d] }
      rates[d] = rate
      for s in streams.indices {
        perRequest[s * deployments + d] =
          rate > 0
          ? state.inFlight[d] / rate : unloaded[s * deployments + d]
      }
    }
  }

  mutating func clear() {
    for d in loads.indices {
      loads[d] = 0
      rates[d] = 0
    }
  }

  func rate(_ deployment: Int) -> Double { max(0, rates[deployment]) }

  func load(_ deployment: Int) -> Double {
    if deployment < curves.count, let curve = curves[deployment] {
      return curve.inFlight(rate: rate(deployment))
    }
    return max(0, loads[deployment])
  }

  mutating func add(_ stream: Int, _ deployment: Int, _ rate: Double) {
    rates[deployment] += rate
    loads[deployment] += rate * perRequest[stream * deployments + deployment]
  }
}
