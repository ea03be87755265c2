import Estimate
import Multicloud
import Runner
import ServingEngine
import SimulationKernel
import Workload

/// The summary at the end of a run, to be read in ten seconds.
///
/// The answer comes first: were the targets held, and if not, by how much were they missed. Then
/// the workloads' latencies, then every pool, simulated beside estimated.
public struct TerminalSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let notes: [String]

  /// Prepares the summary of a run.
  ///
  /// - Parameter notes: Lines about where the demand came from.
  public init(_ world: World, _ outcome: ScenarioRun.Outcome, notes: [String] = []) {
    self.world = world
    self.outcome = outcome
    self.notes = notes
  }

  /// The summary's lines.
  public var lines: [String] {
    var lines = headline + notes.map { "  " + $0 } + [""] + verdicts + [""] + workloadTable
    if world.hasGatewayRules { lines += [""] + GatewaySummary(world, outcome).lines }
    if !world.pools.isEmpty { lines += [""] + poolTable }
    if let money = MoneySummary(world, outcome) { lines += [""] + money.lines }
    return lines + warnings
  }

  private var measuredSeconds: Double {
    max(0, (outcome.result.end - outcome.result.measuredFrom).seconds)
  }

  private var headline: [String] {
    let result = outcome.result
    let places = (0..<world.deploymentCount).map(world.region(ofDeployment:))
    let regions = Set(places).count
    let clouds = Set(places.map { world.regions[$0].cloud }).count
    let kinds = [
      world.pools.isEmpty ? nil : counted(world.pools.count, "pool"),
      world.endpoints.isEmpty ? nil : counted(world.endpoints.count, "endpoint"),
    ].compactMap { $0 }.joined(separator: " and ")
    let requests = Quantity.grouped(result.requests)
    let span = Quantity.span(result.end - .zero)
    let wall = Quantity.fixed(outcome.wallSeconds, 1)
    let interrupted = result.isComplete ? "" : "  INTERRUPTED: figures up to \(span) only"
    return [
      world.name + interrupted,
      "  \(requests) requests in \(span), \(kinds) in "
        + "\(counted(regions, "region")) of \(counted(clouds, "cloud")), simulated in \(wall) s",
    ]
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: The answer

  private var verdicts: [String] {
    var lines: [String] = []
    for (id, workload) in world.workloads.enumerated() {
      let s = outcome.result.workloads[id]
      func verdict(_ name: String, _ target: Objective.Target?, _ good: Int64) {
        guard let target else { return }
        let share = s.ended > 0 ? Double(good) / Double(s.ended) : nil
        let isHeld = target.isHeld(good: good, of: s.ended)
        let limit = Quantity.latency(nanoseconds: Double(target.limit.nanoseconds))
        let required = Quantity.percent(target.quantile)
        lines.append(
          "  \(isHeld ? "✓ holds " : "✗ MISSES")  \(workload.spec.name): \(name) ≤ \(limit) for "
            + "\(Quantity.percent(share)) of requests (target \(required))")
      }
      verdict("TTFT", workload.objective.timeToFirstToken, s.goodTimeToFirstToken)
      verdict("TPOT", workload.objective.timePerOutputToken, s.goodTimePerOutputToken)
      verdict("end-to-end", workload.objective.endToEnd, s.goodEndToEnd)
    }
    return lines.isEmpty ? ["  no latency targets set"] : lines
  }

  // MARK: Workloads

  private var workloadTable: [String] {
    var table = TextTable(
      [
        "workload", "arrived", "done", "lost", "TTFT p50", "p95", "p99", "TPOT p50", "p95",
        "e2e p95",
      ],
      [.left] + [TextTable.Alignment](repeating: .right, count: 9))
    for (id, workload) in world.workloads.enumerated() {
      let s = outcome.result.workloads[id]
      table.add([
        workload.spec.name, Quantity.grouped(s.arrived), Quantity.grouped(s.completed),
        Quantity.grouped(s.lostTotal + s.cancelled),
        latency(s.latencies.timeToFirstToken, 0.5), latency(s.latencies.timeToFirstToken, 0.95),
        latency(s.latencies.timeToFirstToken, 0.99),
        latency(s.latencies.timePerOutputToken, 0.5),
        latency(s.latencies.timePerOutputToken, 0.95), latency(s.latencies.endToEnd, 0.95),
      ])
    }
    return table.lines
  }

  private func latency(_ histogram: LogLinearHistogram, _ q: Double) -> String {
    Quantity.latency(nanoseconds: histogram.quantile(q).map(Double.init))
  }

  // MARK: Pools

  /// Columns of estimates stand where there are any.
  private var poolTable: [String] {
    let hasEstimates = !outcome.estimates.isEmpty
    func row(_ fields: [(text: String, isEstimate: Bool)]) -> [String] {
      fields.filter { hasEstimates || !$0.isEstimate }.map(\.text)
    }
    let heading = row([
      ("pool", false), ("GPUs", false), ("req/s", false), ("est.", true), ("tokens/s", false),
      ("est.", true), ("batch", false), ("est.", true), ("waiting", false), ("KV max", false),
      ("load est.", true),
    ])
    var table = TextTable(
      heading,
      [.left, .left] + [TextTable.Alignment](repeating: .right, count: heading.count - 2))
    let seconds = measuredSeconds
    for (id, pool) in world.pools.enumerated() {
      let s = outcome.result.pools[id]
      let estimate = outcome.estimates.first { $0.pool == id }
      let replicaTime = seconds * 1e9 * Double(pool.replicas)
      func per(_ value: Double, _ whole: Double) -> Double? { whole > 0 ? value / whole : nil }
      table.add(
        row([
          (world.poolName(id), false),
          ("\(pool.replicas * pool.acceleratorsPerReplica) × \(pool.accelerator)", false),
          (rate(per(Double(s.arrived), seconds)), false),
          (rate(estimate?.requestsPerSecond), true),
          (rate(per(Double(s.work.outputTokens), seconds)), false),
          (rate(estimate?.outputTokensPerSecond), true),
          (batch(per(Double(s.work.runningIntegral), replicaTime)), false),
          (batch(estimate.map { $0.running / Double(max(1, pool.replicas)) }), true),
          (batch(per(Double(s.work.waitingIntegral), replicaTime)), false),
          (Quantity.percent(Double(s.work.peakBlocks) / Double(pool.scheduler.kvBlocks)), false),
          (Quantity.percent(estimate?.load), true),
        ]))
    }
    if !hasEstimates { return table.lines + ["  batch and waiting are per replica"] }
    return table.lines + [
      "  est. = expected from demand × routing × work by matrices, beside what was simulated;",
      "  batch and waiting are per replica; load is the share of what the pool could sustain",
    ]
  }

  private func rate(_ value: Double?) -> String { value.map(Quantity.rate) ?? "–" }

  private func batch(_ value: Double?) -> String { value.map { Quantity.fixed($0, 1) } ?? "–" }

  // MARK: What is close to its limit

  private var warnings: [String] {
    var lines: [String] = []
    for (id, pool) in world.pools.enumerated() {
      let s = outcome.result.pools[id]
      let name = world.poolName(id)
      if let estimate = outcome.estimates.first(where: { $0.pool == id }),
        estimate.peakLoad > 0.85
      {
        lines.append(
          "  ! \(name) is close to its limit: estimated load "
            + "\(Quantity.percent(estimate.peakLoad)) in its busiest minute")
      }
      if s.work.preemptions > 0 {
        lines.append(
          "  ! \(name) ran out of KV blocks: \(Quantity.grouped(s.work.preemptions)) preemptions "
            + "(\(pool.scheduler.kvBlocks) blocks per replica)")
      }
      if s.rejected > 0 {
        lines.append("  ! \(name) turned away \(Quantity.grouped(s.rejected)) requests")
      }
    }
    return lines.isEmpty ? [] : [""] + lines
  }
}
