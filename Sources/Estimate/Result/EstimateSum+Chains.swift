import Multicloud
import SimulationKernel

extension EstimateSum {
  /// What is in flight at the end is not billed; chains' own figures follow from their calls'.
  mutating func finish() {
    let last = usage.count - 1
    let length = settings.horizon.seconds - (settings.periods.dropLast().last ?? 0)
    for w in world.workloads.indices {
      guard let seconds = workloads[w].endToEnd.mean, seconds.isFinite, length > 0 else { continue }
      let ended = max(0, 1 - seconds / length)
      for d in 0..<deploymentCount {
        let place = w * deploymentCount + d
        usage[last].requests[place] *= ended
        usage[last].promptTokens[place] *= ended
        usage[last].cachedTokens[place] *= ended
        usage[last].writtenTokens[place] *= ended
        usage[last].outputTokens[place] *= ended
        usage[last].longRequests[place] *= ended
        usage[last].longPromptTokens[place] *= ended
        usage[last].longOutputTokens[place] *= ended
      }
    }
    for (w, demand) in world.workloads.enumerated() where demand.chain != nil {
      addChain(w, demand)
    }
  }

  private mutating func addChain(_ w: Int, _ demand: World.Demand) {
    guard let chain = demand.chain else { return }
    var rate = 0.0
    for bin in 0..<grid.bins {
      rate += grid.workloadRate(w, bin: bin) * measuredSeconds(bin) / measured
    }
    for at in usage.indices {
      let edges = settings.periods
      let from = edges[at]
      let to = at + 1 < edges.count ? edges[at + 1] : settings.horizon.seconds
      usage[at].arrived[w] += rate * (to - from)
    }
    workloads[w].arrived = rate
    var kept = 1.0
    for stage in chain.stages {
      switch stage.work {
      case .timed(let timed): kept *= 1 - timed.failureShare
      case .call(let called):
        let arrived = workloads[called].arrived
        if arrived > 0 { kept *= 1 - workloads[called].lost / arrived }
      }
    }
    workloads[w].served = rate * kept
    workloads[w].lost = rate * (1 - kept)
    workloads[w].attempts = rate
    workloads[w].endToEnd.add(ChainModel(world, workloads, chain, demand).seconds, weight: 1)
  }
}
