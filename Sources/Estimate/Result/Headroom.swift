import Multicloud
import Workload

/// What capacity is left over a demand once the worst region, or the worst provider of models, is gone: the
/// N+1 rule of capacity planning.
///
/// A pool's capacity is the largest rate it can sustain with the mix of its model's requests; an endpoint's is
/// the least of what its concurrency and its quotas allow, a quota that several share counted once. Totals of
/// periods and priority ramps are no rates and count as no limit. Where data may be processed is not looked at:
/// a capacity that residency forbids counts as well.
public struct Headroom: Sendable {
  /// What is left without the thing whose loss hurts most.
  public struct Loss: Hashable, Sendable {
    /// Id of the region or provider.
    public var id: Int
    /// Capacity left over demand, less 1: negative where some is missing.
    public var share: Double
  }

  /// A demand and what serves it.
  public struct Figures: Hashable, Sendable {
    /// Requests a second that are asked for.
    public var demand: Double
    /// Requests a second that can be served.
    public var capacity: Double
    /// Without the worst region.
    public var withoutRegion: Loss?
    /// Without the worst provider; `nil` where there are no endpoints.
    public var withoutProvider: Loss?
  }

  /// By model; `nil` where nobody asks for it first.
  public var models: [Figures?]
  /// All models that are asked for, first or as second best; `nil` without demand.
  public var all: Figures?

  /// Works it out.
  ///
  /// - Parameters:
  ///   - world: The capacity.
  ///   - rates: Requests a second by workload; chains are asked for by the calls they make.
  /// - Complexity: O(deployments × (regions + providers)), and a pool model for each pool.
  public init(_ world: World, rates: [Double]) {
    let streams = StreamDemand.streams(of: world)
    let weights = streams.map { stream in
      let origins = world.workloads[stream.workload].spec.origins
      let total = origins.reduce(0) { $0 + $1.share }
      let share = origins.first { $0.origin == stream.origin }?.share ?? total
      return total > 0 ? rates[stream.workload] * share / total : rates[stream.workload]
    }
    let capacities = DeploymentCapacities(world, streams, weights)
    func demand(_ isAsked: (World.Demand) -> Bool) -> Double {
      world.workloads.indices.reduce(0) {
        let workload = world.workloads[$1]
        return workload.chain == nil && isAsked(workload) ? $0 + rates[$1] : $0
      }
    }
    func figures(_ demand: Double, _ serves: (Int) -> Bool) -> Figures? {
      guard demand > 0 else { return nil }
      func left(_ ids: Range<Int>, _ isLost: (Int, Int) -> Bool) -> Loss? {
        ids.map { id in
          let rest = capacities.sum { serves($0) && !isLost($0, id) }
          return Loss(id: id, share: rest / demand - 1)
        }.min { ($0.share, $0.id) < ($1.share, $1.id) }
      }
      return Figures(
        demand: demand, capacity: capacities.sum(serves),
        withoutRegion: left(world.regions.indices) { world.region(ofDeployment: $0) == $1 },
        withoutProvider: world.endpoints.isEmpty
          ? nil
          : left(world.providers.indices) { world.endpoint(ofDeployment: $0)?.provider == $1 })
    }
    models = world.models.indices.map { model in
      figures(demand { $0.model == model }) { world.model(ofDeployment: $0) == model }
    }
    let asked = Set(world.workloads.flatMap(\.models))
    all = figures(demand { _ in true }) { asked.contains(world.model(ofDeployment: $0)) }
  }
}

/// Requests a second that every deployment can serve of its model's mix.
private struct DeploymentCapacities {
  private let world: World
  private let own: [Double]
  /// Requests a second a quota allows of a deployment's mix, by quota; infinite for no rate.
  private let quotas: [[(deployment: Int, rate: Double)]]

  init(_ world: World, _ streams: [StreamDemand], _ weights: [Double]) {
    self.world = world
    var own: [Double] = []
    var quotas = [[(deployment: Int, rate: Double)]](repeating: [], count: world.quotas.count)
    for id in 0..<world.deploymentCount {
      let model = world.model(ofDeployment: id)
      let asked = streams.indices.filter {
        world.workloads[streams[$0].workload].models.contains(model)
      }
      let part = asked.map { streams[$0] }
      let shares = asked.map { weights[$0] }
      let total = shares.reduce(0, +)
      guard total > 0, let mix = RequestMix(part, weights: shares) else {
        own.append(0)
        continue
      }
      guard let endpoint = world.endpoint(ofDeployment: id) else {
        let pool = world.pools[id]
        own.append(pool.replicas > 0 ? PoolModel(pool, mix: mix).capacity : 0)
        continue
      }
      let service = EndpointModel(endpoint)
      func mean(_ value: (StreamDemand) -> Double) -> Double {
        zip(part, shares).reduce(0) { $0 + value($1.0) * $1.1 } / total
      }
      let seconds = mean { service.seconds($0, cached: 0, inFlight: service.slots, slowness: 1) }
      own.append(service.slots / max(1e-9, seconds))
      let most = mean(\.maximumOutput)
      for quota in endpoint.quotas {
        let rate = world.quotas[quota].rule.sustainedRate(mix, mostOutput: most)
        quotas[quota].append((id, rate ?? .infinity))
      }
    }
    self.own = own
    self.quotas = quotas
  }

  /// What some deployments can serve together. A quota is shared out in the proportion of what its
  /// deployments could serve without it.
  func sum(_ isThere: (Int) -> Bool) -> Double {
    var left = own.indices.map { isThere($0) ? own[$0] : 0 }
    for members in quotas {
      let used = members.reduce(0.0) { $0 + left[$1.deployment] / $1.rate }
      guard used > 1 else { continue }
      for member in members { left[member.deployment] /= used }
    }
    return left.reduce(0, +)
  }
}

extension QuotaRule {
  /// Requests a second of a mix that the rule lets pass for good; `nil` where it is no rate.
  func sustainedRate(_ mix: RequestMix, mostOutput: Double) -> Double? {
    let estimate = mix.promptTokens + mostOutput
    switch self {
    case .fixedMinuteTokens(let rule):
      return Double(rule.tokensPerMinute) / 60 / estimate
    case .slicedRequests(let rule):
      return Double(rule.requestsPerMinute) / 60
    case .provisionedBucket(let rule):
      let perSecond = Double(rule.units * rule.inputTokensPerMinutePerUnit) / 60
      return perSecond / (mix.promptTokens + Double(rule.outputRatio) * mix.outputTokens)
    case .reserveAndSettle(let rule):
      return Double(rule.tokensPerMinute) / 60
        / (mix.promptTokens + Double(rule.outputBurndown) * mix.outputTokens)
    case .windowBurndown(let rule):
      return Double(rule.units * rule.tokensPerSecondPerUnit)
        / (mix.promptTokens + Double(rule.outputBurndown) * mix.outputTokens)
    case .separateTokens(let rule):
      let limits = [
        rule.inputTokensPerMinute.map { Double($0) / 60 / mix.promptTokens },
        rule.outputTokensPerMinute.map { Double($0) / 60 / mix.outputTokens },
        rule.requestsPerMinute.map { Double($0) / 60 },
      ]
      return limits.compactMap { $0 }.min()
    case .tokenBucket(let rule):
      return Double(rule.perMinute) / 60 / (rule.unit == .requests ? 1 : estimate)
    case .periodTotal, .priorityRamp: return nil
    }
  }
}
