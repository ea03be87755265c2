import Multicloud
import SimulationKernel
import Workload

/// How the gateway chooses, retries and holds back.
extension WorldBuilder {
  func buildGateway(_ demands: [World.Demand]) -> Gateway {
    let item = root.required("gateway")
    if item.required("route").text == "weighted" { checkWeights(demands) }
    let route = item.required("route").text
    if route == "cost-band" || route == "contract-aware" { checkQualities(demands, route) }
    let scores = item.required("scores")
    let failover = item.required("failover")
    var gateway = Gateway(
      policy: item.required("route").text, staleness: item.required("staleness").duration,
      spillAt: item["spill-at"]?.number,
      roundTripPenaltyPerSecond: item.required("round-trip-penalty").number,
      qualityBand: item.required("quality-band").number,
      latencyBand: item.required("latency-band").number,
      latencyWindow: item.required("latency-window").duration,
      scores: ScoreWeights(
        load: scores.required("load").number, nearness: scores.required("nearness").number,
        cost: scores.required("cost").number, headroom: scores.required("headroom").number,
        cache: scores.required("cache").number, draws: scores.required("draw").flag),
      preferenceLoad: item.required("preference-load").number,
      exhaustsModelFirst: failover.required("exhaust-model-first").flag,
      failsOver: failover.required("enabled").flag,
      retry: item["retry"].map(retryPolicy) ?? RetryPolicy(attempts: 1),
      breaker: item["breaker"].map(breaker), breakerScope: breakerScope(item["breaker"]),
      attemptTimeout: item["attempt-timeout"]?.duration,
      flow: item["flow"].flatMap { flow($0, demands) },
      reservation: item["reservation"].flatMap(reservation))
    gateway.forecast =
      ContractForecastKind(rawValue: item.required("forecast").text) ?? .probability
    gateway.health = item["health"].flatMap(health)
    return gateway
  }

  private func health(_ item: Item) -> HealthCheck? {
    let timeout = item.required("timeout")
    let interval = item.required("interval")
    guard timeout.duration <= interval.duration else {
      diagnostics.report(
        timeout.mark,
        "gateway.health: a probe may not wait longer (\(timeout.written)) than until the next one "
          + "(\(interval.written))")
      return nil
    }
    return HealthCheck(
      interval: interval.duration, timeout: timeout.duration,
      failures: item.required("failures").integer, successes: item.required("successes").integer)
  }

  private func reservation(_ item: Item) -> PriorityReservation.Settings? {
    let shares = item.required("shares")
    let sum = shares.items.reduce(0) { $0 + $1.number }
    guard !shares.items.isEmpty, sum <= 1 + 1e-9 else {
      diagnostics.report(
        shares.mark,
        shares.items.isEmpty
          ? "reservation.shares: give a share for each priority band"
          : "reservation.shares: the parts come to more than the whole, "
            + "\(Int((sum * 100).rounded()))%")
      return nil
    }
    return PriorityReservation.Settings(
      tokensPerMinute: item.required("tokens").whole, shares: shares.items.map(\.number),
      threshold: item.required("threshold").number)
  }

  /// Weighted routing needs a deployment with a weight for every model that is asked for.
  private func checkWeights(_ demands: [World.Demand]) {
    for demand in demands {
      let weights =
        pools.filter { $0.model == demand.model && $0.places > 0 }.map(\.weight)
        + endpoints.filter { $0.model == demand.model }.map(\.weight)
      if !weights.isEmpty, !weights.contains(where: { $0 > 0 }) {
        let deployment = hasEndpoints ? "deployment" : "pool"
        diagnostics.report(
          root.required("gateway").mark,
          "route weighted: every \(deployment) that serves workload '\(demand.spec.name)' "
            + "has weight 0")
      }
    }
  }

  /// A band of quality needs the quality of all models between which it chooses.
  private func checkQualities(_ demands: [World.Demand], _ route: String) {
    for demand in demands where !demand.alternatives.isEmpty {
      for model in [demand.model] + demand.alternatives where quality(of: models[model]) == nil {
        let name = models[model]
        diagnostics.report(
          root.required("gateway").mark,
          "route \(route): the quality of model '\(name)' is unknown; give it as "
            + "models: { \(name): { quality: 70% } }")
      }
    }
  }

  func retryPolicy(_ item: Item) -> RetryPolicy {
    RetryPolicy(
      attempts: item.required("attempts").integer, initial: item.required("backoff").duration,
      factor: item.required("factor").number, maximum: item.required("max").duration,
      jitter: item.required("jitter").number,
      honoursRetryAfter: item.required("honour-retry-after").flag,
      longestRetryAfter: item.required("longest-retry-after").duration,
      retriesThrottling: item.required("throttling").flag,
      retriesServerErrors: item.required("server-errors").flag,
      retriesTimeouts: item.required("timeouts").flag)
  }

  private func breaker(_ item: Item) -> CircuitBreaker.Settings {
    CircuitBreaker.Settings(
      allowedFailures: item["allowed-failures"]?.integer,
      failureShare: item.required("failure-share").number,
      minimumCalls: item.required("minimum-calls").integer,
      window: item.required("window").duration,
      opensOnThrottling: item.required("on-throttling").flag,
      honoursRetryAfter: item.required("honour-retry-after").flag,
      cooldown: item.required("cooldown").duration, backoffFactor: item.required("factor").number,
      maximumCooldown: item.required("max-cooldown").duration,
      probes: item.required("probe").flag)
  }

  private func breakerScope(_ item: Item?) -> BreakerScope {
    switch item?.required("scope").text {
    case "account": .account
    case "provider": .provider
    default: .deployment
    }
  }

  private func flow(_ item: Item, _ demands: [World.Demand]) -> FlowSettings? {
    let ceilings = item.required("ceilings")
    let shedAt = item.required("shed-at")
    var isRight = true
    func check(_ list: Item, _ key: String) {
      let loads = list.items.map(\.number)
      if !zip(loads, loads.dropFirst()).allSatisfy({ $0 >= $1 }) {
        diagnostics.report(list.mark, "flow.\(key): a later band may not have a higher load")
        isRight = false
      }
    }
    check(ceilings, "ceilings")
    check(shedAt, "shed-at")
    let bands = ceilings.items.count
    if bands == 0 {
      diagnostics.report(ceilings.mark, "flow.ceilings: give a load for each priority band")
      return nil
    }
    if !shedAt.items.isEmpty, shedAt.items.count != bands {
      diagnostics.report(
        shedAt.mark, "flow.shed-at: give \(bands) loads, one for each of the ceilings, or none")
      isRight = false
    }
    for demand in demands where demand.band >= bands && !demand.isCalled {
      let mark =
        root.required("workloads")[demand.spec.name]?.required("band").mark ?? ceilings.mark
      diagnostics.report(
        mark,
        "workload '\(demand.spec.name)' has band \(demand.band), but flow.ceilings ends with "
          + "band \(bands - 1)")
      isRight = false
    }
    guard isRight else { return nil }
    return FlowSettings(
      ceilings: ceilings.items.map(\.number), shedAt: shedAt.items.map(\.number),
      fairness: FlowQueue.Fairness(rawValue: item.required("fairness").text) ?? .none,
      order: FlowQueue.Order(rawValue: item.required("order").text) ?? .firstComeFirstServed,
      capacity: item.required("capacity").integer)
  }
}
