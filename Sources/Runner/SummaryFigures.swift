import Estimate
import Multicloud
import ServingEngine
import SimulationKernel
import Tables

/// The rows of `summary.csv`: a run in figures, simulated ones and, marked as such, estimated ones.
public struct SummaryFigures {
  /// The rows, in the order of the table.
  public private(set) var rows: [SummaryTable.Row] = []
  let world: World
  let result: SimulationResult
  let measured: Int64
  let worstMinutes: WorstMinutes?

  /// Puts a run's result and the estimate of the same world into rows.
  public init(
    _ world: World, _ result: SimulationResult, estimates: [PoolEstimate],
    worstMinutes: WorstMinutes? = nil, money: MoneyFigures? = nil, drill: Drill? = nil,
    headroom: Headroom? = nil, band: StepErrorBand? = nil
  ) {
    self.world = world
    self.worstMinutes = worstMinutes
    self.result = result
    measured = max(0, result.end.nanoseconds - result.measuredFrom.nanoseconds)
    addRun()
    let hasRules = world.hasGatewayRules
    for id in world.workloads.indices {
      addWorkload(id)
      if hasRules { addGatewayFigures(ofWorkload: id) }
    }
    if let band { add(band) }
    if hasRules { addGateway() }
    addIncidents()
    if let headroom { addHeadroom(headroom) }
    if let drill { addDrill(drill) }
    if let money { addMoney(money) }
    for id in world.clouds.indices {
      addPlace(.cloud, world.clouds[id].name) { world.regions[$0.region].cloud == id }
    }
    for id in world.regions.indices {
      addPlace(.region, world.regionName(id)) { $0.region == id }
    }
    for id in world.pools.indices {
      addPool(id)
      if let estimate = estimates.first(where: { $0.pool == id }) { add(estimate) }
    }
    addTraining()
  }

  mutating func add(
    _ kind: SummaryTable.ScopeKind, _ scope: String, _ metric: String, _ unit: String,
    _ value: SummaryTable.Value, _ source: SummaryTable.Source = .simulated
  ) {
    rows.append(
      SummaryTable.Row(
        scopeKind: kind, scope: scope, metric: metric, unit: unit, value: value, source: source))
  }

  /// A count over the measured time, per second.
  private func perSecond(_ count: Int64) -> SummaryTable.Value {
    .ratio(Ratio(Int128(count) * 1_000_000_000, over: Int128(measured)))
  }

  private func share(_ part: Int64, of whole: Int64) -> SummaryTable.Value {
    .ratio(Ratio(part, over: whole))
  }

  private mutating func addRun() {
    let totals = result.totals.reduce(SimulationResult.Totals(), +)
    add(.all, "", "simulated_time", "s", .seconds(result.end - .zero))
    add(.all, "", "measured_time", "s", .seconds(Duration(nanoseconds: measured)))
    add(.all, "", "requests_arrived", "requests", .integer(totals.arrived))
    add(.all, "", "requests_completed", "requests", .integer(totals.completed))
    add(.all, "", "requests_rejected", "requests", .integer(totals.rejected))
    add(.all, "", "requests_failed", "requests", .integer(totals.failed))
    add(.all, "", "requests_cancelled", "requests", .integer(totals.cancelled))
    add(.all, "", "requests_in_flight", "requests", .integer(totals.inFlight))
    add(.all, "", "events", "events", .integer(result.events))
  }

  private mutating func addWorkload(_ id: Int) {
    let name = world.workloadNames[id]
    let s = result.workloads[id]
    let objective = world.workloads[id].objective
    add(.workload, name, "requests_arrived", "requests", .integer(s.arrived))
    add(.workload, name, "requests_completed", "requests", .integer(s.completed))
    addLost(.workload, name, s)
    add(.workload, name, "lost_share", "1", share(s.lostTotal, of: s.ended))
    add(.workload, name, "requests_cancelled", "requests", .integer(s.cancelled))
    add(.workload, name, "requests_in_flight", "requests", .integer(s.inFlight))
    add(.workload, name, "request_rate", "requests/s", perSecond(s.arrived))
    add(.workload, name, "completion_rate", "requests/s", perSecond(s.completed))
    add(.workload, name, "output_token_rate", "tokens/s", perSecond(s.outputTokens))
    add(.workload, name, "preemptions", "preemptions", .integer(s.preemptions))
    addLatencies(.workload, name, s.latencies)
    if objective != Objective() {
      add(.workload, name, "goodput", "requests/s", perSecond(s.good))
      add(.workload, name, "slo_attainment", "1", share(s.good, of: s.ended))
    }
    addTarget(name, "ttft", objective.timeToFirstToken, s.goodTimeToFirstToken, s.ended)
    addTarget(name, "tpot", objective.timePerOutputToken, s.goodTimePerOutputToken, s.ended)
    addTarget(name, "e2e", objective.endToEnd, s.goodEndToEnd, s.ended)
  }

  /// Requests that were refused or lost, by reason. Reasons that only a gateway with rules can give
  /// have a row where there were any.
  private mutating func addLost(
    _ kind: SummaryTable.ScopeKind, _ name: String, _ s: WorkloadStatistics
  ) {
    for reason in RequestRecord.Reason.allCases where reason != .none {
      let count = s.lost[Int(reason.rawValue)]
      let isPlain = reason == .queueFull || reason == .contextTooLong
      guard isPlain || count > 0 else { continue }
      let word =
        reason == .serverError || reason == .noAnswer || reason == .stageFailed
        ? "failed" : "rejected"
      add(kind, name, "requests_\(word)_\(reason.word)", "requests", .integer(count))
    }
  }

  private mutating func addTarget(
    _ name: String, _ metric: String, _ target: Objective.Target?, _ good: Int64, _ ended: Int64
  ) {
    guard let target else { return }
    add(.workload, name, "slo_\(metric)_limit", "ms", .milliseconds(target.limit))
    add(.workload, name, "slo_\(metric)_required", "1", .real(target.quantile))
    add(.workload, name, "slo_\(metric)_attainment", "1", share(good, of: ended))
    let isHeld = target.isHeld(good: good, of: ended)
    add(.workload, name, "slo_\(metric)_held", "1", .integer(isHeld ? 1 : 0))
  }

  mutating func addLatencies(
    _ kind: SummaryTable.ScopeKind, _ name: String, _ latencies: LatencyHistograms
  ) {
    addDistribution(kind, name, latencies.timeToFirstToken, "ttft")
    addDistribution(kind, name, latencies.timePerOutputToken, "tpot")
    addDistribution(kind, name, latencies.endToEnd, "e2e")
    addDistribution(kind, name, latencies.queueing, "queue")
  }

  mutating func addDistribution(
    _ kind: SummaryTable.ScopeKind, _ name: String, _ histogram: LogLinearHistogram,
    _ metric: String
  ) {
    let mean = Ratio(histogram.sum, over: Int128(histogram.count) * 1_000_000)
    add(kind, name, "\(metric)_mean", "ms", .ratio(mean))
    for (label, q) in [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)] {
      let value = histogram.quantile(q).map {
        SummaryTable.Value.milliseconds(.init(nanoseconds: $0))
      }
      add(kind, name, "\(metric)_\(label)", "ms", value ?? .none)
    }
    let maximum = histogram.maximum
    add(
      kind, name, "\(metric)_max", "ms",
      maximum.map { .milliseconds(Duration(nanoseconds: $0)) } ?? .none)
  }

  private mutating func addPlace(
    _ kind: SummaryTable.ScopeKind, _ name: String, _ isIn: (Pool) -> Bool
  ) {
    let ids = world.pools.indices.filter { isIn(world.pools[$0]) }
    let pools = ids.map { result.pools[$0] }
    let accelerators = ids.reduce(0) {
      $0 + world.pools[$1].replicas * world.pools[$1].acceleratorsPerReplica
    }
    let replicaTime = ids.reduce(Int128(0)) { $0 + self.replicaTime($1) }
    add(kind, name, "accelerators", "accelerators", .integer(Int64(accelerators)))
    // Who decodes for another pool was sent what that one has counted.
    let arrived = ids.reduce(0) {
      $0 + (world.pools[$1].isDecodeRole ? 0 : result.pools[$1].arrived)
    }
    add(kind, name, "request_rate", "requests/s", perSecond(arrived))
    add(
      kind, name, "output_token_rate", "tokens/s",
      perSecond(pools.reduce(0) { $0 + $1.work.outputTokens }))
    let busy = pools.reduce(Int128(0)) { $0 + $1.work.busy }
    add(
      kind, name, "busy_fraction", "1",
      .ratio(Ratio(busy, over: replicaTime)))
  }

  /// Replicas that serve × nanoseconds.
  private func replicaTime(_ pool: Int) -> Int128 {
    result.pools[pool].capacity?.servingTime
      ?? Int128(measured) * Int128(world.pools[pool].replicas)
  }

  private mutating func addPool(_ id: Int) {
    let pool = world.pools[id]
    let name = world.poolName(id)
    let s = result.pools[id]
    let time = Int128(measured)
    let replicaTime = self.replicaTime(id)
    add(.pool, name, "replicas", "replicas", .integer(Int64(pool.replicas)))
    add(
      .pool, name, "accelerators", "accelerators",
      .integer(Int64(pool.replicas * pool.acceleratorsPerReplica)))
    add(.pool, name, "kv_blocks", "blocks", .integer(Int64(pool.scheduler.kvBlocks)))
    add(.pool, name, "requests_arrived", "requests", .integer(s.arrived))
    add(.pool, name, "requests_completed", "requests", .integer(s.completed))
    add(.pool, name, "requests_rejected", "requests", .integer(s.rejected))
    add(.pool, name, "requests_cancelled", "requests", .integer(s.cancelled))
    add(.pool, name, "request_rate", "requests/s", perSecond(s.arrived))
    add(.pool, name, "prompt_token_rate", "tokens/s", perSecond(s.work.prefillTokens))
    add(.pool, name, "output_token_rate", "tokens/s", perSecond(s.work.outputTokens))
    add(.pool, name, "busy_fraction", "1", .ratio(Ratio(s.work.busy, over: replicaTime)))
    add(
      .pool, name, "running_mean", "requests",
      .ratio(Ratio(s.work.runningIntegral, over: time)))
    add(
      .pool, name, "waiting_mean", "requests",
      .ratio(Ratio(s.work.waitingIntegral, over: time)))
    add(.pool, name, "waiting_max_replica", "requests", .integer(Int64(s.work.peakWaiting)))
    let blockTime = replicaTime * Int128(pool.scheduler.kvBlocks)
    add(
      .pool, name, "kv_used_fraction_mean", "1",
      .ratio(Ratio(s.work.doubledBlockIntegral, over: 2 * blockTime)))
    add(
      .pool, name, "kv_used_fraction_max", "1",
      .ratio(Ratio(s.work.peakBlocks, over: pool.scheduler.kvBlocks)))
    add(.pool, name, "preemptions", "preemptions", .integer(s.work.preemptions))
    if pool.scheduler.prefixCache {
      add(.pool, name, "prefix_lookup_tokens", "tokens", .integer(s.work.lookedUpTokens))
      add(.pool, name, "prefix_hit_tokens", "tokens", .integer(s.work.hitTokens))
      add(
        .pool, name, "prefix_hit_rate", "1",
        .ratio(Ratio(s.work.hitTokens, over: s.work.lookedUpTokens)))
    }
    if pool.scheduler.offload != nil {
      add(.pool, name, "prefix_loaded_tokens", "tokens", .integer(s.work.loadedTokens))
    }
    if let capacity = s.capacity { add(capacity, ofPool: id, name, time) }
    if let transfers = s.transfers { add(transfers, ofPool: id, name) }
    addLatencies(.pool, name, s.latencies)
  }

  /// Estimates are printed with six significant digits: the last bits of a product depend on the
  /// processor.
  private mutating func add(_ estimate: PoolEstimate) {
    let name = world.poolName(estimate.pool)
    func value(_ number: Double) -> SummaryTable.Value {
      guard number.isFinite, let text = RealText.significant(number, digits: 6),
        let rounded = Double(text)
      else { return .none }
      return .real(rounded)
    }
    add(.pool, name, "request_rate", "requests/s", value(estimate.requestsPerSecond), .estimated)
    add(
      .pool, name, "prompt_token_rate", "tokens/s", value(estimate.promptTokensPerSecond),
      .estimated)
    add(
      .pool, name, "output_token_rate", "tokens/s", value(estimate.outputTokensPerSecond),
      .estimated)
    add(.pool, name, "load", "1", value(estimate.load), .estimated)
    add(.pool, name, "load_peak", "1", value(estimate.peakLoad), .estimated)
    add(.pool, name, "busy_fraction", "1", value(estimate.busyFraction), .estimated)
    add(.pool, name, "running_mean", "requests", value(estimate.running), .estimated)
    add(.pool, name, "tpot_mean", "ms", value(estimate.timePerOutputToken * 1000), .estimated)
  }
}
