import Foundation
import SimulationKernel
import Tables

/// A run directory written by hand, gone with its test.
final class StoredRunFixture {
  let path: String
  private let folder: String

  /// Which tables to leave beside `summary.csv`.
  enum Tables: CaseIterable {
    case pools
    case deployments
    case tenants
    case quotas
    case requests
    case money
    case incidents
    case capacity
    case jobs
  }

  /// - Parameters:
  ///   - name: A name for everything that has one.
  ///   - minutes: Length of the run.
  ///   - waiting: Requests waiting by minute, in the only pool.
  ///   - wall: Wall time, which must not show.
  ///   - leads: Whether `figures` stand before the usual ones rather than behind them.
  init(
    directory: String = "run", name: String = "near", minutes: Int = 5,
    tables: [Tables] = Tables.allCases, waiting: [Int] = [], wall: Int64 = 1,
    figures: [SummaryTable.Row] = [], leads: Bool = false, scenario: String? = "name: by hand\n"
  ) throws {
    folder = NSTemporaryDirectory() + "plimsoll-page-" + UUID().uuidString
    path = folder + "/" + directory
    let run = try RunDirectory(path)
    var finished: [FinishedTable] = []
    if tables.contains(.pools) {
      finished.append(try Self.pools(run, name, minutes, waiting))
    }
    if tables.contains(.deployments) { finished.append(try Self.deployments(run, name, minutes)) }
    if tables.contains(.tenants) { finished.append(try Self.tenants(run, name, minutes)) }
    if tables.contains(.quotas) { finished.append(try Self.quotas(run, name, minutes)) }
    if tables.contains(.requests) { finished.append(try Self.requests(run, name)) }
    if tables.contains(.money) { finished += try Self.money(run, name) }
    if tables.contains(.incidents) {
      var table = try run.table(of: IncidentRow.self)
      try table.append(
        IncidentRow(
          start: 60_000_000_000, end: 120_000_000_000, kind: "region", target: name,
          effect: "fails", factor: nil))
      finished.append(try table.finish())
    }
    if tables.contains(.capacity) { finished.append(try Self.capacity(run, name)) }
    if tables.contains(.jobs) { finished.append(try Self.jobs(run, name)) }
    var summary = try run.summary()
    // Of two figures of one name the first counts.
    let own = Self.figures(name, minutes)
    for row in leads ? figures + own : own + figures { try summary.append(row) }
    finished.append(try summary.finish())
    if let scenario { try run.write(scenario.utf8, as: RunDirectory.scenarioFile) }
    try run.complete(
      Manifest(
        toolVersion: "0", scenario: .init(name: name, contents: "a".utf8), inputs: [], seed: 1,
        overrides: [], startedUnixSeconds: wall, wall: .seconds(wall),
        simulated: .seconds(Int64(minutes) * 60), requests: 4, events: 9, fingerprint: 7),
      tables: finished)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var run: StoredRun { get throws { try StoredRun(path: path) } }

  // MARK: Tables

  private static func figures(_ name: String, _ minutes: Int) -> [SummaryTable.Row] {
    func workload(_ metric: String, _ unit: String, _ value: SummaryTable.Value)
      -> SummaryTable.Row
    {
      .init(scopeKind: .workload, scope: name, metric: metric, unit: unit, value: value)
    }
    return [
      .init(
        metric: "simulated_time", unit: "s", value: .seconds(.seconds(Int64(minutes) * 60))),
      .init(
        metric: "measured_time", unit: "s", value: .seconds(.seconds(Int64(minutes) * 60))),
      .init(metric: "requests_arrived", unit: "requests", value: .integer(4)),
      workload("ttft_p50", "ms", .milliseconds(.milliseconds(120))),
      workload("ttft_p95", "ms", .milliseconds(.milliseconds(450))),
      workload("slo_ttft_limit", "ms", .milliseconds(.milliseconds(500))),
      workload("slo_ttft_required", "1", .real(0.95)),
      workload("slo_ttft_attainment", "1", .ratio(Ratio(3, over: 4))),
      workload("slo_ttft_held", "1", .integer(0)),
      .init(
        scopeKind: .pool, scope: "azure/eastus2/\(name)", metric: "kv_used_fraction_max", unit: "1",
        value: .ratio(Ratio(3, over: 8))),
    ]
  }

  private static func pools(
    _ run: RunDirectory, _ name: String, _ minutes: Int, _ waiting: [Int]
  ) throws -> FinishedTable {
    var table = try run.poolsMinute(pools: [
      .init(cloud: "azure", region: "eastus2", pool: name, accelerator: "h100", model: "m")
    ])
    for minute in 0..<minutes {
      var row = PoolsMinuteTable.Row(minute: minute, pool: 0)
      row.replicas = 2
      row.wanted = 4
      row.readyMean = Ratio(minute == 0 ? 5 : 4, over: 2)
      row.starting = minute == 0 ? 0 : 2
      row.arrivals = 10
      row.busyFraction = Ratio(1, over: 2)
      row.waitingMean = Ratio(minute < waiting.count ? waiting[minute] : 1, over: 1)
      row.kvUsedFractionMax = Ratio(1, over: 4)
      row.timeToFirstTokenP95 = .milliseconds(40)
      try table.append(row)
    }
    return try table.finish()
  }

  private static func deployments(
    _ run: RunDirectory, _ name: String, _ minutes: Int
  ) throws -> FinishedTable {
    var table = try run.table(
      of: DeploymentMinuteRow.self,
      names: [["aws"], ["us-east-1"], [name], ["standard"], ["p"], ["a"], ["t"], ["m"]])
    for minute in 0..<minutes {
      try table.append(
        DeploymentMinuteRow(
          minute: minute, deployment: 0, attempts: 20, completions: 10,
          refused: [0, 7, 0, 0, 0, 0, 0, 0], errors: 0, cancellations: 0, spilledOut: 3,
          spilledIn: 0, promptTokens: 1, cachedTokens: 0, outputTokens: 1,
          inFlightMean: Ratio(4, over: 1), inFlightMax: 8, loadMean: Ratio(1, over: 4),
          loadMax: Ratio(1, over: 2), cost: 1_000_000_000_000))
    }
    return try table.finish()
  }

  private static func tenants(
    _ run: RunDirectory, _ name: String, _ minutes: Int
  ) throws -> FinishedTable {
    var table = try run.table(of: TenantMinuteRow.self, names: [[name], [""], [name]])
    for minute in 0..<minutes {
      try table.append(
        TenantMinuteRow(
          minute: minute, workload: 0, arrivals: 20, completions: 10,
          rejected: [0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], failed: 1, timedOut: 0, impatient: 0,
          promptTokens: 1, outputTokens: 1, cost: 1_000_000_000_000))
    }
    return try table.finish()
  }

  private static func quotas(
    _ run: RunDirectory, _ name: String, _ minutes: Int
  ) throws -> FinishedTable {
    var table = try run.table(
      of: QuotaMinuteRow.self, names: [["q \(name)"], ["fixed-minute"], ["tokens"]])
    for minute in 0..<minutes {
      try table.append(
        QuotaMinuteRow(
          minute: minute, quota: 0, limit: 100, effectiveLimit: 100, mostUsed: 90, admitted: 5,
          refused: 1, overflowed: 0))
    }
    return try table.finish()
  }

  private static func capacity(_ run: RunDirectory, _ name: String) throws -> FinishedTable {
    var table = try run.table(
      of: CapacityEventRow.self,
      names: [
        ["azure/eastus2/\(name)"], ["scale_up_failed", "interrupted", "failed", "ready"], ["m"],
        ["", "quota", "supply"],
      ])
    for (minute, kind, cause) in [
      (0, 0, 1), (1, 0, 1), (1, 0, 2), (1, 3, -1), (2, 1, -1), (3, 2, -1),
    ] {
      try table.append(
        CapacityEventRow(
          time: SimTime(nanoseconds: Int64(minute) * 60_000_000_000 + 1), kind: kind, pool: 0,
          replica: -1, market: 0, before: 1, after: 1, leadTime: -1, cause: cause))
    }
    return try table.finish()
  }

  private static func jobs(_ run: RunDirectory, _ name: String) throws -> FinishedTable {
    var table = try run.table(of: TrainingJobRow.self)
    for (job, deadline, isMet) in [
      (name, 60_000_000_000, false), ("b", 60_000_000_000, true), ("c", 600_000_000_000, nil),
      ("d", -1, nil),
    ] as [(String, Int64, Bool?)] {
      try table.append(
        TrainingJobRow(
          job: job, tenant: "", market: "m", accelerators: 64, submitted: 0, started: 0, ended: -1,
          doneFraction: Ratio(1, over: 4), preemptions: 2, faults: 1, checkpoints: 3, lost: 0,
          overhead: 0, held: 0, waited: 0, deadline: deadline, isDeadlineMet: isMet))
    }
    return try table.finish()
  }

  private static func requests(_ run: RunDirectory, _ name: String) throws -> FinishedTable {
    var table = try run.requests(
      names: .init(
        workloads: [name], origins: ["us-east"], models: ["m"],
        deployments: ["azure/eastus2/\(name)"], reasons: ["quota"]))
    for (id, milliseconds) in [100, 200, 400, 800].enumerated() {
      try table.append(
        RequestsTable.Row(
          requestID: UInt64(id), workload: 0, origin: 0, model: 0, deployment: 0,
          status: .completed, attempts: 1, arrival: SimTime(nanoseconds: Int64(id)),
          promptTokens: 1, outputTokens: 1,
          timeToFirstToken: .milliseconds(Int64(milliseconds))))
    }
    return try table.finish()
  }

  private static func money(_ run: RunDirectory, _ name: String) throws -> [FinishedTable] {
    var charges = try run.table(of: ChargeRow.self)
    for (tenant, dollars) in [(name, Int128(30)), ("", 2)] {
      let amount = dollars * 1_000_000_000_000
      try charges.append(
        ChargeRow(
          account: "a", tenant: tenant, project: "", workload: "",
          start: "2026-03-02T14:00:00Z", end: "2026-03-02T15:00:00Z", category: "Usage",
          description: "d", provider: "azure", service: "s", region: "r", resource: "",
          sku: "k", pricing: "Standard", quantity: 1, unit: "u", list: amount,
          contracted: amount, billed: amount, effective: amount, eligible: amount,
          discount: ("", "", "")))
    }
    var months = try run.table(of: CommitmentMonthRow.self)
    for (index, word) in ["p10", "p50", "p90"].enumerated() {
      for month in 0..<3 {
        let left = Int128(max(0, 100 - (month + 1) * (index + 1) * 20)) * 1_000_000_000_000
        try months.append(
          CommitmentMonthRow(
            commitment: name, month: "2026-0\(month + 3)-01", case: word, opening: left,
            spend: 0, closing: left, shortfall: month == 2 ? left : 0, rule: "by hand"))
      }
    }
    return [try charges.finish(), try months.finish()]
  }
}
