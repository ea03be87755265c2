import Multicloud
import ServingEngine
import SimulationKernel

/// The expected routing of a placement: what share of each stream goes to each pool.
///
/// Policies that look at no load have exact shares. Those that do are followed by a fluid: the
/// streams' mean rates are poured in small portions, each where the policy would send it given the
/// expected number of requests outstanding so far.
struct RoutingFractions {
  private let world: World
  private let streams: [StreamDemand]
  private let models: [BatchModel]
  private static let portions = 64
  /// Policies whose shares are known here.
  static let policies = ["nearest", "weighted", "preferred", "least-loaded"]

  init(_ world: World, streams: [StreamDemand], models: [BatchModel]) {
    self.world = world
    self.streams = streams
    self.models = models
  }

  /// The S × P matrix of shares; rows sum to 1.
  func matrix() -> Matrix {
    var fractions = Matrix(rows: streams.count, columns: world.pools.count)
    switch world.gateway.policy {
    case "nearest":
      for (s, stream) in streams.enumerated() {
        if let nearest = byDistance(stream).first { fractions[s, nearest] = 1 }
      }
    case "weighted":
      for (s, stream) in streams.enumerated() {
        let candidates = candidates(stream)
        let total = candidates.reduce(0) { $0 + world.pools[$1].weight }
        for pool in candidates {
          fractions[s, pool] =
            total > 0 ? world.pools[pool].weight / total : 1 / Double(candidates.count)
        }
      }
    default:
      pour(into: &fractions)
    }
    return fractions
  }

  private func candidates(_ stream: StreamDemand) -> [Int] {
    let model = world.workloads[stream.workload].model
    return world.pools.indices.filter {
      world.pools[$0].model == model && world.pools[$0].replicas > 0
    }
  }

  private func oneWay(_ stream: StreamDemand, _ pool: Int) -> Double {
    let regions = world.regions.count
    let region = world.pools[pool].region
    if let ingress = world.network.ingress {
      return world.network.regionToRegion[ingress * regions + region].seconds
    }
    return world.network.originToRegion[stream.origin * regions + region].seconds
  }

  private func byDistance(_ stream: StreamDemand) -> [Int] {
    candidates(stream).sorted { (oneWay(stream, $0), $0) < (oneWay(stream, $1), $1) }
  }

  private func pour(into fractions: inout Matrix) {
    var rates = [Double](repeating: 0, count: world.pools.count)
    let means = streams.map { $0.rates.reduce(0, +) / Double(max(1, $0.rates.count)) }
    let orders = streams.map { order($0) }
    for _ in 0..<Self.portions {
      for s in streams.indices {
        let pool = choose(streams[s], orders[s], rates)
        rates[pool] += means[s] / Double(Self.portions)
        fractions[s, pool] += 1 / Double(Self.portions)
      }
    }
  }

  /// Candidates in the order in which the policy looks at them.
  private func order(_ stream: StreamDemand) -> [Int] {
    let near = byDistance(stream)
    guard world.gateway.policy == "preferred" else { return near }
    let preferred = world.workloads[stream.workload].preferredRegions
    func rank(_ pool: Int) -> Int {
      preferred.firstIndex(of: world.pools[pool].region) ?? preferred.count
    }
    let place = near.enumerated().map { (rank($0.element), $0.offset, $0.element) }
    return place.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private func choose(_ stream: StreamDemand, _ order: [Int], _ rates: [Double]) -> Int {
    precondition(!order.isEmpty, "a workload has at least one pool")
    var best = order[0]
    var bestScore = Double.infinity
    for pool in order {
      let spec = world.pools[pool]
      let replicas = Double(spec.replicas)
      let outstanding = models[pool].figures(rate: rates[pool] / replicas).batch * replicas
      let slots = replicas * Double(spec.scheduler.maxSequences)
      if world.gateway.policy == "preferred" {
        let limit = world.gateway.spillAt.map { $0 * replicas } ?? slots
        if outstanding < limit { return pool }
        let score = outstanding / slots
        if score < bestScore { (best, bestScore) = (pool, score) }
      } else {
        let penalty = world.gateway.roundTripPenaltyPerSecond * 2 * oneWay(stream, pool)
        let score = outstanding / slots + penalty
        if score < bestScore { (best, bestScore) = (pool, score) }
      }
    }
    return best
  }
}
