import Estimate
import Money
import Multicloud
import SimulationKernel
import Tables

/// The tables and figures of an estimate.
public struct EstimateTables {
  private let world: World
  private let outcome: EstimateRun.Outcome
  private let horizon: Duration

  /// Prepares the tables.
  public init(_ world: World, _ outcome: EstimateRun.Outcome, horizon: Duration) {
    self.world = world
    self.outcome = outcome
    self.horizon = horizon
  }

  /// Six significant digits: the last bits of a product depend on the processor.
  private func value(_ number: Double?) -> SummaryTable.Value {
    guard let number, number.isFinite, let text = RealText.significant(number, digits: 6),
      let rounded = Double(text)
    else { return .none }
    return .real(rounded)
  }

  /// The rows of `summary.csv`, all of source `estimated`.
  public var summary: [SummaryTable.Row] {
    var rows: [SummaryTable.Row] = []
    func add(
      _ kind: SummaryTable.ScopeKind, _ scope: String, _ metric: String, _ unit: String,
      _ number: Double?
    ) {
      rows.append(
        SummaryTable.Row(
          scopeKind: kind, scope: scope, metric: metric, unit: unit, value: value(number),
          source: .estimated))
    }
    let estimate = outcome.estimate
    add(.all, "", "estimated_time", "s", horizon.seconds)
    add(.all, "", "measured_time", "s", estimate.measuredSeconds)
    add(.all, "", outcome.bill == nil ? "total_cost" : "billed_cost", "USD", outcome.cost)
    if let bill = outcome.bill {
      add(.all, "", "list_cost", "USD", bill.total.list.dollars)
      add(.all, "", "effective_cost", "USD", bill.total.effective.dollars)
      add(.all, "", "unused_cost", "USD", bill.total.unused.dollars)
      add(.all, "", "energy", "kWh", bill.kilowattHours.reduce(0, +))
      add(.all, "", "carbon", "kg", bill.grams.reduce(0, +) / 1000)
      for (id, account) in (world.billing?.contracts.accounts ?? []).enumerated() {
        add(.account, account.name, "billed_cost", "USD", bill.accounts[id].billed.dollars)
      }
    }
    for (id, w) in estimate.workloads.enumerated() {
      let name = world.workloadNames[id]
      add(.workload, name, "request_rate", "requests/s", w.arrived)
      add(.workload, name, "completion_rate", "requests/s", w.served)
      add(.workload, name, "lost_share", "1", w.arrived > 0 ? w.lost / w.arrived : nil)
      add(
        .workload, name, "attempts_per_request", "1", w.arrived > 0 ? w.attempts / w.arrived : nil)
      add(
        .workload, name, "token_cost_per_million", "USD",
        w.tokens > 0 ? w.tokenCost / w.tokens * 1e6 : nil)
      if world.workloads[id].objective != Objective() {
        add(.workload, name, "slo_attainment", "1", w.arrived > 0 ? w.good / w.arrived : nil)
      }
      for (metric, law) in [
        ("ttft", w.timeToFirstToken), ("tpot", w.timePerOutputToken), ("e2e", w.endToEnd),
      ] {
        add(.workload, name, "\(metric)_mean", "ms", law.mean.map { $0 * 1e3 })
        for (label, q) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]
        where world.workloads[id].chain == nil {
          add(.workload, name, "\(metric)_\(label)", "ms", law.quantile(q).map { $0 * 1e3 })
        }
      }
    }
    for (id, d) in estimate.deployments.enumerated() {
      let name = world.deploymentName(id)
      add(.deployment, name, "attempt_rate", "requests/s", d.attempts)
      add(.deployment, name, "completion_rate", "requests/s", d.served)
      add(.deployment, name, "refused_share", "1", d.attempts > 0 ? d.refused / d.attempts : nil)
      add(.deployment, name, "spilled_out_rate", "requests/s", d.spilledOut)
      add(.deployment, name, "output_token_rate", "tokens/s", d.outputTokens)
      add(.deployment, name, "in_flight_mean", "requests", d.inFlight)
      add(.deployment, name, "utilisation", "1", d.utilisation)
      if id < world.pools.count {
        add(.deployment, name, "load", "1", d.load)
        add(.deployment, name, "load_peak", "1", d.peakLoad)
      }
      add(.deployment, name, "tpot_mean", "ms", d.timePerOutputToken.mean.map { $0 * 1e3 })
    }
    for (id, q) in estimate.quotas.enumerated() {
      add(.quota, world.quotas[id].name, "asked_over_limit", "1", q.offered)
      add(.quota, world.quotas[id].name, "asked_over_limit_peak", "1", q.peakOffered)
      add(.quota, world.quotas[id].name, "refused_share", "1", q.refused)
    }
    for (id, paths) in outcome.paths.enumerated() {
      guard let name = world.billing?.contracts.commitments[id].name else { continue }
      for path in paths {
        add(.commitment, name, "shortfall_\(path.which.rawValue)", "USD", path.shortfall.dollars)
      }
    }
    return rows
  }

  /// Writes the tables into a directory.
  public func write(
    into directory: RunDirectory, verification: [Verification.Result]
  ) throws(TableError) -> [FinishedTable] {
    var finished: [FinishedTable] = []
    var summary = try directory.summary()
    for row in self.summary { try summary.append(row) }
    finished.append(try summary.finish())
    finished.append(try writeSeries(directory))
    if !outcome.paths.isEmpty {
      var months: TextTableFile<CommitmentMonthRow> = try directory.table(
        of: CommitmentMonthRow.self)
      for (id, paths) in outcome.paths.enumerated() {
        let name = world.billing?.contracts.commitments[id].name ?? ""
        for path in paths {
          for row in path.rows(name) { try months.append(row) }
        }
      }
      finished.append(try months.finish())
    }
    if !verification.isEmpty { finished.append(try write(verification, directory)) }
    return finished
  }

  private func writeSeries(_ directory: RunDirectory) throws(TableError) -> FinishedTable {
    var table: TextTableFile<DeploymentEstimateRow> = try directory.table(
      of: DeploymentEstimateRow.self)
    let series = outcome.estimate.series
    let count = world.deploymentCount
    let names = (0..<count).map { id in
      let region = world.regions[world.region(ofDeployment: id)]
      return [
        world.clouds[region.cloud].name, region.name,
        world.endpoint(ofDeployment: id)?.name ?? world.pools[id].name,
      ]
    }
    for row in 0..<series.rows {
      let start = Double(row) * series.rowSeconds
      let seconds = min(series.rowSeconds, horizon.seconds - start)
      for d in 0..<count {
        let cell = row * count + d
        // Rates are means over a whole row; the last may be shorter.
        let whole = series.rowSeconds
        try table.append(
          DeploymentEstimateRow(
            start: Int64(start), seconds: Int64(seconds), names: names[d],
            attempts: series.attempts[cell] * whole, completions: series.served[cell] * whole,
            promptTokens: series.promptTokens[cell] * whole,
            outputTokens: series.outputTokens[cell] * whole,
            inFlight: series.inFlight[cell] * whole / max(1e-9, seconds),
            utilisation: series.utilisation[cell] * whole / max(1e-9, seconds),
            dollars: series.tokenCost[cell] * whole))
      }
    }
    return try table.finish()
  }

  private func write(
    _ results: [Verification.Result], _ directory: RunDirectory
  ) throws(TableError) -> FinishedTable {
    var table: TextTableFile<VerificationRow> = try directory.table(of: VerificationRow.self)
    for result in results {
      for row in result.comparison.rows {
        try table.append(
          VerificationRow(
            window: result.window.reason,
            start: result.window.start.nanoseconds / 1_000_000_000,
            seconds: result.window.length.nanoseconds / 1_000_000_000, scopeKind: row.scopeKind,
            scope: row.scope, metric: row.metric.rawValue, simulated: row.simulated,
            halfWidth: row.halfWidth, estimated: row.estimated, difference: row.difference,
            band: row.metric.band, isInside: row.isInside))
      }
    }
    return try table.finish()
  }
}
