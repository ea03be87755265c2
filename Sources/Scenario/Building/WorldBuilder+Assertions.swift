import Money
import Multicloud
import ServingEngine
import Workload

/// What must hold of a run, and how runs are checked.
extension WorldBuilder {
  /// Assertions in the order of the file.
  func buildAssertions(_ world: World) -> [Assertion] {
    root.required("assert").items.compactMap { buildAssertion($0, world) }
  }

  private func buildAssertion(_ item: Item, _ world: World) -> Assertion? {
    let metricItem = item.required("metric")
    let name = metricItem.text
    let given = ScenarioShape.assertionScopes.map(\.key).filter { item[$0] != nil }
    guard given.count <= 1 else {
      diagnostics.report(
        item.mark, "an assertion is about one thing, not \(given.joined(separator: " and "))")
      return nil
    }
    let kind = given.first ?? "all"
    var scope = ""
    if let key = given.first {
      let named = item.required(key)
      guard reference(named, key, among: names(of: key, in: world)) != nil else { return nil }
      scope = named.text
    }
    guard let metric = FigureMetric.named(name, of: kind) else {
      diagnostics.report(metricItem.mark, unknown(name, of: kind))
      return nil
    }
    if let missing = missing(metric, scope, world) {
      diagnostics.report(metricItem.mark, "'\(name)' \(missing)")
      return nil
    }
    let isWhole = diagnostics.isEmpty
    let assertion = Assertion(
      scopeKind: kind, scope: scope, metric: metric, least: limit(item["at-least"], metric),
      most: limit(item["at-most"], metric))
    if assertion.least == nil, assertion.most == nil {
      if isWhole, diagnostics.isEmpty {
        diagnostics.report(item.mark, "an assertion has a limit: give at-least, at-most or both")
      }
      return nil
    }
    if let least = assertion.least, let most = assertion.most, least.value > most.value {
      diagnostics.report(
        item.mark, "at-least \(least.text) is above at-most \(most.text): nothing can hold that")
    }
    return assertion
  }

  private func limit(_ item: Item?, _ metric: FigureMetric) -> Assertion.Limit? {
    guard let item else { return nil }
    switch FigureLimit.parse(item.text, unit: metric.unit) {
    case .success(let value): return Assertion.Limit(value: value, text: item.text)
    case .failure(let problem):
      diagnostics.report(item.mark, "\(metric.name) in \(metric.unit): \(problem.message)")
      return nil
    }
  }

  private func names(of kind: String, in world: World) -> [String] {
    switch kind {
    case "workload": world.workloads.map(\.spec.name)
    case "tenant": tenants.map(\.name)
    case "pool": Array(deploymentNames.prefix(pools.count))
    case "deployment": deploymentNames
    case "region": regionNames
    case "cloud": clouds.map(\.name)
    case "account": world.billing?.contracts.accounts.map(\.name) ?? []
    case "model": world.models
    case "incident": world.declaredIncidentScopes
    default: world.billing?.contracts.commitments.map(\.name) ?? []
    }
  }

  private func unknown(_ name: String, of kind: String) -> String {
    let others = FigureMetric.kinds(of: name)
    let subject = kind == "all" ? "the whole run" : "a \(kind)"
    if !others.isEmpty {
      let keys = others.map { $0 == "all" ? "the whole run (no key)" : $0 }
      return "'\(name)' is no figure of \(subject), but of: \(keys.joined(separator: ", "))"
    }
    let names = FigureMetric.names(of: kind)
    let near = NearestName.hint(for: name, among: names)
    // A name that is near nothing of this kind may be near something of another.
    if !near.hasPrefix(" (did"),
      let other = NearestName.nearest(to: name, among: FigureMetric.all.map(\.name))
    {
      return "unknown metric '\(name)' (did you mean '\(other)', a figure of a "
        + "\(FigureMetric.kinds(of: other).joined(separator: " or "))?)"
    }
    return "unknown metric '\(name)' of \(subject)\(near)"
  }

  /// Why a figure that is known will not be there; `nil` where it will.
  private func missing(_ metric: FigureMetric, _ scope: String, _ world: World) -> String? {
    let objective = world.workloads.first { $0.spec.name == scope }?.objective ?? Objective()
    switch metric.need {
    case .nothing: return nil
    case .objective:
      return objective == Objective()
        ? "needs a latency target: give workload '\(scope)' an slo" : nil
    case .target(let time):
      let isSet =
        switch time {
        case "ttft": objective.timeToFirstToken != nil
        case "tpot": objective.timePerOutputToken != nil
        default: objective.endToEnd != nil
        }
      return isSet ? nil : "needs a target: give workload '\(scope)' slo.\(time)"
    case .rules:
      return world.hasGatewayRules
        ? nil
        : "is there only where the gateway has something to decide: endpoints, tenants, retries, prices"
    case .elastic: return missingElastic(scope, world)
    case .disaggregated:
      let pool = deploymentNames.prefix(world.pools.count).firstIndex(of: scope)
      return pool.map { world.pools[$0].disaggregation == nil } ?? false
        ? "is there only of pools that compute prompts alone: give pool '\(scope)' disaggregated"
        : nil
    case .billedCapacity:
      let pool = deploymentNames.prefix(world.pools.count).firstIndex(of: scope)
      let isBilled = pool.map { world.capacity(ofDeployment: $0) != nil } ?? true
      return missingElastic(scope, world)
        ?? (isBilled
          ? nil : "needs a bill for the machines of pool '\(scope)': add billing or a contract")
    case .elasticUnits:
      let id = deploymentNames.firstIndex(of: scope)
      guard let id, world.endpoint(ofDeployment: id)?.elastic == nil else { return nil }
      return "is there only of endpoints whose units change: give an endpoint elastic"
    case .incidents:
      return world.incidents.isEmpty && world.failureProcesses.isEmpty
        ? "needs something that goes wrong: give incidents or failures" : nil
    case .resilience:
      return world.incidents.isEmpty && world.failureProcesses.isEmpty
        && world.gateway.health == nil
        ? "needs something that goes wrong, or checks for it: give incidents, failures or gateway.health"
        : nil
    case .stepError:
      return world.pools.allSatisfy { $0.stepError.isNone }
        ? "needs engines with a stated error: take accelerators from the catalog, not step times"
        : nil
    case .drill: return "is there only where run --drill or --incident compares with a calm run"
    case .bill:
      return world.billing == nil ? "needs a bill: add billing or a contract" : nil
    }
  }

  /// Why a figure of elastic pools will not be there; `nil` where it will.
  private func missingElastic(_ scope: String, _ world: World) -> String? {
    let pool = deploymentNames.prefix(world.pools.count).firstIndex(of: scope)
    return pool.map { world.pools[$0].elastic == nil } ?? false
      ? "is there only of elastic pools: give pool '\(scope)' elastic" : nil
  }

  /// How the scenario wants to be checked.
  func buildCheck(_ world: World) -> CheckSettings {
    let item = root.required("check")
    var settings = CheckSettings()
    settings.replications = item.required("replications").integer
    settings.alpha = item.required("alpha").number
    settings.relevance = item.required("relevance").number
    for entry in item.required("tolerances").entries {
      do {
        settings.tolerances.append(try Tolerance(key: entry.key, value: entry.item.text))
      } catch {
        diagnostics.report(entry.mark, "check.tolerances: \(error)")
      }
    }
    return settings
  }
}
