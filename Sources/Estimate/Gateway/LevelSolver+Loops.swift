import Multicloud
import SimulationKernel

extension LevelSolver {
  func meanSeconds(_ s: Int, _ state: LevelState) -> Double {
    var sum = 0.0
    var served = 0.0
    for (id, model) in endpoints.enumerated() {
      let cell = s * deploymentCount + poolCount + id
      sum +=
        state.served[cell]
        * model.seconds(
          streams[s], cached: state.cached[cell], inFlight: state.inFlight[poolCount + id],
          slowness: 1)
      served += state.served[cell]
    }
    for pool in 0..<poolCount {
      let cell = s * deploymentCount + pool
      sum += state.served[cell] * state.pools[pool].step * streams[s].outputTokens
      served += state.served[cell]
    }
    return served > 0 ? sum / served : 0
  }

  /// What clients that wait for their answers send, and what the answers' times allow, a second.
  func loops(_ state: LevelState) -> (sent: Double, allowed: Double) {
    var (sent, allowed) = (0.0, 0.0)
    for (s, stream) in streams.enumerated() {
      guard let loop = stream.closedLoop else { continue }
      sent += state.rates[s]
      var seconds = meanSeconds(s, state)
      var waiting = 0.0
      var served = 0.0
      for d in 0..<deploymentCount {
        let cell = s * deploymentCount + d
        guard state.served[cell] > 0 else { continue }
        served += state.served[cell]
        let way = candidates[s].first { $0.deployment == d }.map { 2 * $0.oneWay.seconds } ?? 0
        let frontEnd = world.frontEndSeconds(ofDeployment: d, promptTokens: stream.promptTokens)
        var queue = frontEnd
        if d < poolCount, let model = state.models[d] {
          queue += SlotWait(world, streams, s, d, state, model).mean
        }
        waiting += state.served[cell] * (way + queue)
      }
      if served > 0 { seconds += waiting / served }
      allowed += seconds.isFinite ? loop.rate(latency: seconds) : 0
    }
    return (sent, allowed)
  }
}
