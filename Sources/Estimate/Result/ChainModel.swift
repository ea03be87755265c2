import Multicloud
import SimulationKernel
import Workload

/// The mean time of a chain: the longest way through its stages by their mean times, and the client's way
/// to the gateway and back.
///
/// The mean of a maximum is above the maximum of the means; where branches run side by side for about
/// as long, the figure is low.
struct ChainModel {
  /// Mean seconds from the client's request to the last stage's end.
  let seconds: Double

  init(_ world: World, _ workloads: [WorkloadEstimate], _ chain: Chain, _ demand: World.Demand) {
    let regions = world.regions.count
    var ends: [Double] = []
    for stage in chain.stages {
      let begin = stage.after.map { ends[$0] }.max() ?? 0
      switch stage.work {
      case .timed(let timed):
        let way =
          world.network.ingress.map {
            2 * world.network.regionToRegion[$0 * regions + timed.region].seconds
          } ?? 0
        ends.append(begin + timed.mean.seconds + way)
      case .call(let called): ends.append(begin + (workloads[called].endToEnd.mean ?? 0))
      }
    }
    var way = 0.0
    if let ingress = world.network.ingress {
      let total = demand.spec.origins.reduce(0) { $0 + $1.share }
      for origin in demand.spec.origins {
        way +=
          2 * origin.share / total
          * world.network.originToRegion[origin.origin * regions + ingress].seconds
      }
    }
    seconds = (ends.max() ?? 0) + way
  }
}
