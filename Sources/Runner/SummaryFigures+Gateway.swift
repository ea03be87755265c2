import Multicloud
import SimulationKernel
import Tables

/// Figures of a gateway with rules: money, attempts, refusals, tenants, deployments.
extension SummaryFigures {
  /// Picodollars as dollars with six decimals.
  func dollars(_ picodollars: Int128) -> SummaryTable.Value {
    .ratio(Ratio(picodollars, over: 1_000_000_000_000))
  }

  mutating func addGateway() {
    let tokens = result.workloads.reduce(Int128(0)) { $0 + $1.tokenCost }
    let units = world.unitCost(result)
    add(.all, "", "token_cost", "USD", dollars(tokens))
    add(.all, "", "provisioned_cost", "USD", dollars(units))
    add(.all, "", "total_cost", "USD", dollars(tokens + units))
    add(.all, "", "residency_violations", "attempts", .integer(result.residencyViolations))
    let egress = result.workloads.reduce(Int64(0)) { $0 + $1.egressBytes }
    add(.all, "", "egress", "B", .integer(egress))
    for id in world.tenants.indices { addTenant(id) }
    for id in 0..<result.deployments.count { addDeployment(id) }
  }

  mutating func addGatewayFigures(ofWorkload id: Int) {
    let name = world.workloadNames[id]
    let s = result.workloads[id]
    let ended = s.completed + s.lostTotal + s.cancelled
    add(.workload, name, "attempts_per_request", "1", .ratio(Ratio(s.attempts, over: ended)))
    add(.workload, name, "token_cost", "USD", dollars(s.picodollars))
    let tokens = Int128(s.promptTokens) + Int128(s.outputTokens)
    // Picodollars a token are microdollars a million tokens.
    add(
      .workload, name, "token_cost_per_million", "USD",
      .ratio(Ratio(s.picodollars, over: tokens * 1_000_000)))
    add(
      .workload, name, "cached_share", "1", .ratio(Ratio(s.cachedTokens, over: s.promptTokens)))
    add(.workload, name, "cached_tokens_lost", "tokens", .integer(s.cachedTokensLost))
    guard let worst = worstMinutes?.minutes[id] else { return }
    add(
      .workload, name, "worst_minute_429_share", "1",
      .ratio(Ratio(worst.throttled, over: worst.ended)))
    add(.workload, name, "worst_minute_start", "s", .seconds(worst.start))
    add(
      .workload, name, "worst_minute_429_\(worst.cause.word)", "requests",
      .integer(worst.throttled))
  }

  private mutating func addTenant(_ id: Int) {
    let name = world.tenants[id].name
    let mine = world.workloads.indices.filter {
      let tenant = world.workloads[$0].tenant
      return tenant >= 0 && world.lineage(ofTenant: tenant).contains(id)
    }
    let all = mine.map { result.workloads[$0] }
    add(.tenant, name, "requests_arrived", "requests", .integer(all.sum(\.arrived)))
    add(.tenant, name, "requests_completed", "requests", .integer(all.sum(\.completed)))
    add(.tenant, name, "requests_rejected", "requests", .integer(all.sum(\.rejectedTotal)))
    add(.tenant, name, "requests_failed", "requests", .integer(all.sum(\.failedTotal)))
    add(.tenant, name, "requests_cancelled", "requests", .integer(all.sum(\.cancelled)))
    add(.tenant, name, "token_cost", "USD", dollars(all.reduce(0) { $0 + $1.tokenCost }))
  }

  private mutating func addDeployment(_ id: Int) {
    let name = world.deploymentName(id)
    let s = result.deployments[id]
    let m = s.measured
    add(.deployment, name, "attempts", "requests", .integer(m.attempts))
    add(.deployment, name, "completed", "requests", .integer(m.completed))
    for reason in RequestRecord.Reason.allCases {
      let count = m.refused[Int(reason.rawValue)]
      if count > 0 {
        add(.deployment, name, "refused_\(reason.word)", "requests", .integer(count))
      }
    }
    add(.deployment, name, "cancelled", "requests", .integer(m.cancelled))
    add(.deployment, name, "spilled_out", "requests", .integer(m.spilledOut))
    add(.deployment, name, "spilled_in", "requests", .integer(m.spilledIn))
    let time = Int128(measured)
    add(
      .deployment, name, "in_flight_mean", "requests",
      .ratio(Ratio(s.inFlightIntegral, over: time)))
    add(.deployment, name, "in_flight_max", "requests", .integer(Int64(s.mostInFlight)))
    add(.deployment, name, "prompt_tokens", "tokens", .integer(m.promptTokens))
    add(.deployment, name, "cached_tokens", "tokens", .integer(m.cachedTokens))
    add(.deployment, name, "output_tokens", "tokens", .integer(m.outputTokens))
    add(.deployment, name, "token_cost", "USD", dollars(m.picodollars))
    if let endpoint = world.endpoint(ofDeployment: id) {
      if endpoint.units > 0 {
        add(.deployment, name, "provisioned_units", "units", .integer(Int64(endpoint.units)))
        add(
          .deployment, name, "provisioned_cost", "USD",
          dollars(world.unitCost(result, ofEndpoint: id - world.pools.count)))
      }
      if let units = s.units { add(units, name, time) }
      // Those of pools stand in their own rows.
      addLatencies(.deployment, name, s.latencies)
    }
  }
}

extension World {
  /// What the provisioned units of all endpoints cost over a run's measured time, at list price; picodollars.
  func unitCost(_ result: SimulationResult) -> Int128 {
    endpoints.indices.reduce(0) { $0 + unitCost(result, ofEndpoint: $1) }
  }

  /// What an endpoint's provisioned units cost over a run's measured time, at list price; picodollars.
  func unitCost(_ result: SimulationResult, ofEndpoint id: Int) -> Int128 {
    let measured = max(0, (result.end - result.measuredFrom).nanoseconds)
    let bought =
      result.deployments[pools.count + id].units?.unitTime
      ?? Int128(endpoints[id].units) * Int128(measured)
    return bought * Int128(endpoints[id].picodollarsPerUnitHour) / 3_600_000_000_000
  }
}

extension WorkloadStatistics {
  /// What a workload's tokens cost; a chain's are those of the calls it made.
  var tokenCost: Int128 { isChain ? 0 : picodollars }
}

extension [WorkloadStatistics] {
  fileprivate func sum(_ count: (WorkloadStatistics) -> Int64) -> Int64 {
    reduce(0) { $0 + count($1) }
  }
}
