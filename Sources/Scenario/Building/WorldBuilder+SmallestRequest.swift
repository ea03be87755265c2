import Multicloud
import SimulationKernel
import Workload

/// Limits that not even the smallest request of a workload can pass: they are mistakes.
extension WorldBuilder {
  /// - Parameter marks: Where each demand stands.
  func checkSmallestRequests(_ demands: [World.Demand], marks: [Mark]) {
    for (demand, mark) in zip(demands, marks) {
      let ask = SmallestRequest(demand)
      var tenant = demand.tenant >= 0 ? demand.tenant : nil
      while let id = tenant {
        if let quota = tenants[id].quotas.first(where: { !ask.passes(quotas[$0].rule) }) {
          report(ask, demand, mark, "limit '\(quotas[quota].name)'")
        }
        tenant = tenants[id].parent
      }
      checkDeployments(demand, ask, mark)
    }
  }

  private func checkDeployments(_ demand: World.Demand, _ ask: SmallestRequest, _ mark: Mark) {
    let models = [demand.model] + demand.alternatives
    let zoneOfRegion = regions.map(\.zone)
    let isServedByPool = pools.contains {
      models.contains($0.model) && $0.places > 0
        && demand.residency.contains(.region($0.region), zoneOfRegion: zoneOfRegion)
    }
    if isServedByPool { return }
    var tight: [String] = []
    for endpoint in endpoints
    where models.contains(endpoint.model)
      && demand.residency.contains(endpoint.scope, zoneOfRegion: zoneOfRegion)
    {
      guard let quota = endpoint.quotas.first(where: { !ask.passes(quotas[$0].rule) })
      else { return }
      if !tight.contains(quotas[quota].name) { tight.append(quotas[quota].name) }
    }
    if !tight.isEmpty {
      let names = tight.map { "'\($0)'" }.joined(separator: " or ")
      report(ask, demand, mark, "quota \(names)")
    }
  }

  private func report(
    _ ask: SmallestRequest, _ demand: World.Demand, _ mark: Mark, _ limit: String
  ) {
    diagnostics.report(
      mark,
      "workload '\(demand.spec.name)': even its smallest request, \(ask.prompt) prompt and "
        + "\(ask.output) output tokens, never passes \(limit)")
  }
}

/// The least that a request of a workload asks of a quota.
struct SmallestRequest {
  var prompt: Int64
  /// What it reserves for output.
  var output: Int64
  /// Prompt tokens that surely are in no cache.
  private var uncached: Int64

  init(_ demand: World.Demand) {
    prompt = Int64(Self.smallestPrompt(demand.spec.shape))
    uncached = demand.promptCache == nil ? prompt : 0
    if let most = demand.maximumOutputTokens {
      output = Int64(most)
    } else if case .fixed(let tokens) = demand.spec.outputEstimate {
      output = Int64(tokens)
    } else {
      output = 1
    }
  }

  /// Whether it passes a rule whose whole limit is free.
  func passes(_ rule: QuotaRule) -> Bool {
    switch rule {
    case .reserveAndSettle(let rule): prompt + output <= rule.tokensPerMinute
    case .separateTokens(let rule):
      output <= rule.outputTokensPerMinute ?? Int64.max
        && uncached <= rule.inputTokensPerMinute ?? Int64.max
    case .tokenBucket(let rule): rule.unit == .requests || prompt + output <= rule.burst
    // They let the last call overshoot, or serve it elsewhere.
    case .fixedMinuteTokens, .slicedRequests, .provisionedBucket, .windowBurndown, .periodTotal,
      .priorityRamp:
      true
    }
  }

  private static func smallestPrompt(_ shape: ShapeSpec) -> Int {
    switch shape {
    case .fixed(let prompt, _): prompt
    case .independent(let prompt, _), .conditional(let prompt, _): smallest(prompt)
    case .empirical: 1
    }
  }

  private static func smallest(_ length: LengthSpec) -> Int {
    switch length {
    case .constant(let tokens): tokens
    case .exponential, .lognormal: 1
    case .pareto(let min, _, _): max(1, Int(min))
    case .uniform(let min, _): min
    case .empirical(let values, _): values.min() ?? 1
    }
  }
}
