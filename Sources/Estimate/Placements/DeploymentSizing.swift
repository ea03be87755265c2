import Money
import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// How much of a deployment a request takes, and how full it may be while targets are held: what a planner
/// reckons with.
public struct DeploymentSizing: Sendable {
  /// Highest load at which every workload that may come is within its targets.
  public let sustainableLoad: Double
  private let table: StateTable

  /// Sizes a deployment for the requests that may come to it.
  ///
  /// - Parameter ceiling: Highest load to allow whatever the targets.
  /// - Complexity: O(points × streams).
  public init(
    _ world: World, _ streams: [StreamDemand], deployment: Int, ceiling: Double = 0.9
  ) {
    table = StateTable(world, streams, deployment: deployment)
    var load = 0.0
    for percent in 1...100 where Double(percent) / 100 <= ceiling + 1e-9 {
      let next = Double(percent) / 100
      if table.holds(next, world, streams, deployment: deployment) {
        load = next
      } else {
        break
      }
    }
    sustainableLoad = load
  }

  /// Replica-seconds of a pool, or slot-seconds of an endpoint, that a request of a stream takes.
  public func work(_ stream: StreamDemand) -> Double { table.work(stream) }
}

extension StateTable {
  /// Whether every workload that may come to a deployment is within its targets at a load.
  func holds(
    _ load: Double, _ world: World, _ streams: [StreamDemand], deployment d: Int
  ) -> Bool {
    for workload in world.workloads.indices {
      guard let stream = streams.first(where: { $0.workload == workload }),
        world.workloads[workload].verdict(of: d, in: world) == .eligible
      else { continue }
      let objective = world.workloads[workload].objective
      let way = world.meanWay(ofWorkload: workload, deployment: d)
      let times = times(load, stream)
      guard !times.isEmpty else { return false }
      func held(_ target: Objective.Target?, _ value: ((first: Double, perToken: Double)) -> Double)
        -> Bool
      {
        guard let target else { return true }
        let good = times.count { value($0) <= target.limit.seconds }
        return Double(good) >= target.quantile * Double(times.count)
      }
      if !held(objective.timeToFirstToken, { $0.first + way }) { return false }
      if !held(objective.timePerOutputToken, \.perToken) { return false }
      if !held(objective.endToEnd, { $0.first + way + (stream.outputTokens - 1) * $0.perToken }) {
        return false
      }
    }
    return true
  }
}

extension World {
  /// Round trip between a workload's clients and a deployment, the shortest of its origins': the planner
  /// sends clients to what is near them.
  func meanWay(ofWorkload id: Int, deployment d: Int) -> Double {
    let regions = self.regions.count
    let region = region(ofDeployment: d)
    let ways = workloads[id].spec.origins.map { origin -> Double in
      if let ingress = network.ingress {
        return network.originToRegion[origin.origin * regions + ingress].seconds
          + network.regionToRegion[ingress * regions + region].seconds
      }
      return network.originToRegion[origin.origin * regions + region].seconds
    }
    let prompt = workloads[id].spec.lengthMoments.meanPrompt
    return 2 * (ways.min() ?? 0) + frontEndSeconds(ofDeployment: d, promptTokens: prompt)
  }
}
