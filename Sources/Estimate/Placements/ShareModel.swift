import Multicloud

/// Where requests go under a placement, by the gateway's policy at mean demand: a few portions of each
/// stream, poured once. Quick rather than exact.
struct ShareModel: Sendable {
  private let world: World
  private let streams: [StreamDemand]
  private let tables: [StateTable]
  private static let portions = 4

  init(_ world: World, _ streams: [StreamDemand], _ tables: [StateTable]) {
    // Every pool is on the way; placements say which of them are open.
    var open = world
    for id in open.pools.indices { open.pools[id].replicas = max(1, open.pools[id].replicas) }
    self.world = open
    self.streams = streams
    self.tables = tables
  }

  func router() -> Router { Router(world, streams, tables) }

  /// A worker's own gateway.
  struct Router: ~Copyable {
    private var probe: GatewayProbe
    private let world: World
    private let streams: [StreamDemand]
    private let tables: [StateTable]
    private let candidates: [[DeploymentCandidates.Candidate]]
    private let work: [Double]
    private let asks: [GatewayProbe.Ask]

    init(_ world: World, _ streams: [StreamDemand], _ tables: [StateTable]) {
      self.world = world
      self.streams = streams
      self.tables = tables
      let probe = GatewayProbe(world)
      candidates = streams.map { probe.candidates(workload: $0.workload, origin: $0.origin) }
      self.probe = probe
      let count = world.deploymentCount
      work = streams.flatMap { stream in (0..<count).map { tables[$0].work(stream) } }
      asks = streams.map {
        GatewayProbe.Ask(
          promptTokens: $0.promptTokens, outputTokens: $0.outputTokens,
          maximumOutputTokens: $0.maximumOutput, timeToFirstTokenLimit: nil)
      }
    }

    /// Shares by stream × deployments + deployment; a row sums to 1, or to 0 where nothing is open.
    mutating func fractions(_ placement: Placement, rates: [Double]) -> [Double] {
      let count = world.deploymentCount
      let pools = world.pools.count
      var fractions = [Double](repeating: 0, count: streams.count * count)
      var loads = [Double](repeating: 0, count: count)
      for d in 0..<count { probe.show(load: 0, at: d) }
      for portion in 0..<ShareModel.portions {
        for s in streams.indices {
          let chosen = probe.choose(
            workload: streams[s].workload, origin: streams[s].origin, ask: asks[s],
            draw: UInt64(portion),
            isEligible: { candidate, _ in
              candidate.deployment >= pools || placement.replicas[candidate.deployment] > 0
            })
          guard let chosen else { continue }
          let d = candidates[s][chosen].deployment
          let share = 1 / Double(ShareModel.portions)
          fractions[s * count + d] += share
          loads[d] += share * rates[s] * work[s * count + d]
          // The policy compares requests with slots of the world's own replicas: shown the load of the
          // placement, as if these were they.
          let capacity = tables[d].capacity(placement)
          probe.show(
            load: loads[d] / max(1e-9, capacity) * Double(world.slots(ofDeployment: d)), at: d)
        }
      }
      return fractions
    }
  }
}
