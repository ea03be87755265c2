import Multicloud
import SimulationKernel

extension World {
  /// What the server in front of a deployment takes for a prompt, seconds; 0 for an endpoint, whose
  /// latency has it in it.
  func frontEndSeconds(ofDeployment id: Int, promptTokens: Double) -> Double {
    guard id < pools.count else { return 0 }
    let frontEnd = pools[id].frontEnd
    return frontEnd.base.seconds + frontEnd.perPromptToken.seconds * promptTokens
  }
}
