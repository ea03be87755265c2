import Estimate
import Multicloud
import Runner
import ServingEngine
import SimulationKernel
import Workload

/// The summary at the end of a run, to be read in ten seconds.
///
/// The answer comes first: were the targets held, what is close to its limit, what does it cost. Then who
/// lost requests and why, the workloads' latencies, how close everything was to its limit in the course of
/// the run, and every deployment, simulated beside estimated. The tables hold the rest.
public struct TerminalSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let notes: [String]
  private let layout: TerminalLayout

  /// Prepares the summary of a run.
  ///
  /// - Parameter notes: Lines about where the demand came from.
  public init(
    _ world: World, _ outcome: ScenarioRun.Outcome, notes: [String] = [],
    layout: TerminalLayout = .plain
  ) {
    self.world = world
    self.outcome = outcome
    self.notes = notes
    self.layout = layout
  }

  /// The summary's lines. O(world).
  public var lines: [String] {
    let gateway = world.hasGatewayRules ? GatewaySummary(world, outcome, layout) : nil
    let money = MoneySummary(world, outcome, layout)
    let incidents = IncidentSummary(world, outcome, layout)
    let sections =
      [
        headline, verdicts, warnings, (money?.bill ?? []) + (gateway?.cost ?? []),
        money?.commitments ?? [], money?.regret ?? [], gateway?.losses ?? [],
        incidents.lines, incidents.headroom, incidents.drill, workloadTable,
        BandSummary(world, outcome, layout).lines,
        UseSummary(world, outcome, layout).lines, gateway?.deployments ?? [],
        PoolSummary(world, outcome, layout).lines, PrefixSummary(world, outcome, layout).lines,
        TransferSummary(world, outcome, layout).lines,
        CapacitySummary(world, outcome, layout).lines,
        TrainingSummary(world, outcome, layout).lines, money?.marginal ?? [], money?.tenants ?? [],
        layout.width < Self.ample
          ? layout.wrapped("more columns in a wider terminal; all figures in summary.csv") : [],
      ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  /// A terminal in which no column of a usual run is left out.
  private static let ample = 132

  private var headline: [String] {
    let result = outcome.result
    let places = (0..<world.deploymentCount).map(world.region(ofDeployment:))
    let regions = Set(places).count
    let clouds = Set(places.map { world.regions[$0].cloud }).count
    let kinds = [
      world.pools.isEmpty ? nil : Quantity.counted(world.pools.count, "pool"),
      world.endpoints.isEmpty ? nil : Quantity.counted(world.endpoints.count, "endpoint"),
    ].compactMap { $0 }.joined(separator: " and ")
    let requests = Quantity.grouped(result.requests)
    let span = Quantity.span(result.end - .zero)
    let wall = Quantity.fixed(outcome.wallSeconds, 1)
    var lines = layout.wrapped(world.name, indent: 0)
    if !result.isComplete {
      lines += layout.labelled("INTERRUPTED", .bad, column: 12, "figures up to \(span) only")
    }
    lines += layout.wrapped(
      "\(requests) requests in \(span), simulated in \(wall) s")
    lines += layout.wrapped(
      "\(kinds) in \(Quantity.counted(regions, "region")) of \(Quantity.counted(clouds, "cloud"))")
    return lines + notes.flatMap { layout.wrapped($0) }
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
        guard let share else {
          lines += layout.labelled(
            "? unknown", .warning, column: 10,
            "\(workload.spec.name): \(name) ≤ \(limit) for \(required) of requests: none ended in the "
              + "measured time")
          return
        }
        lines += layout.labelled(
          isHeld ? "✓ holds" : "✗ MISSES", isHeld ? .good : .bad, column: 10,
          "\(workload.spec.name): \(name) ≤ \(limit) for "
            + "\(Quantity.percent(share)) of requests (target \(required))")
      }
      verdict("TTFT", workload.objective.timeToFirstToken, s.goodTimeToFirstToken)
      verdict("TPOT", workload.objective.timePerOutputToken, s.goodTimePerOutputToken)
      verdict("end-to-end", workload.objective.endToEnd, s.goodEndToEnd)
    }
    return lines.isEmpty ? ["  no latency targets set"] : lines
  }

  /// Most warnings shown; the tables tell of the others.
  private static let mostWarnings = 8

  private var warnings: [String] {
    let all = LimitWarnings(world, outcome).all
    var lines = all.prefix(Self.mostWarnings).flatMap {
      layout.labelled("!", .warning, column: 2, $0.text)
    }
    if all.count > Self.mostWarnings {
      lines += layout.labelled(
        "!", .warning, column: 2,
        "\(Quantity.counted(all.count - Self.mostWarnings, "warning")) more: see load and KV blocks "
          + "in summary.csv, quotas in quota_minute.csv")
    }
    return lines
  }

  // MARK: Workloads

  private var workloadTable: [String] {
    var table = TextTable([
      .name("workload", shortest: 16), .number("arrived"), .number("done", rank: 2),
      .number("lost"), .number("TTFT p50"), .number("p95"), .number("p99", rank: 1),
      .number("TPOT p50"), .number("p95"), .number("e2e p95"),
    ])
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
    return table.laidOut(width: layout.width)
  }

  private func latency(_ histogram: LogLinearHistogram, _ q: Double) -> String {
    Quantity.latency(nanoseconds: histogram.quantile(q).map(Double.init))
  }
}
