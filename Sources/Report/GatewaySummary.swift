import Multicloud
import Runner
import ServingEngine
import SimulationKernel
import Tables
import Workload

/// What a gateway with rules adds to the summary: who lost requests and why, where attempts went,
/// what it cost.
struct GatewaySummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  private var result: SimulationResult { outcome.result }

  // MARK: Money

  /// What tokens cost, attempts, bytes between regions, residency.
  var cost: [String] {
    func figure(_ metric: String) -> Double {
      let row = outcome.summary.first { $0.scopeKind == .all && $0.metric == metric }
      return row?.value.text.flatMap(Double.init) ?? 0
    }
    let units = figure("provisioned_cost")
    let isBilled = world.billing != nil
    var line =
      isBilled
      ? "tokens at list price: \(dollars(figure("token_cost")))"
      : "cost: \(dollars(figure("token_cost"))) for tokens"
    if units > 0, !isBilled {
      line += " + \(dollars(units)) for provisioned units = \(dollars(figure("total_cost")))"
    }
    // A chain is served by the calls it makes.
    let served = result.workloads.filter { !$0.isChain }
    let ended = served.reduce(0) { $0 + $1.ended }
    let attempts = served.reduce(0) { $0 + $1.attempts }
    if ended > 0 {
      line += "; \(Quantity.fixed(Double(attempts) / Double(ended), 2)) attempts a request"
    }
    let egress = figure("egress")
    var lines = layout.wrapped(line)
    if egress > 0 { lines.append("  egress: \(bytes(egress)) from one region to another") }
    if world.workloads.contains(where: { $0.residency != .anywhere }) {
      lines.append("  residency: \(result.residencyViolations) violations")
    }
    return lines
  }

  private func dollars(_ value: Double) -> String {
    value >= 1000
      ? "\(Quantity.grouped(Int64(value.rounded()))) USD"
      : "\(Quantity.fixed(value, 2)) USD"
  }

  private func bytes(_ value: Double) -> String {
    for (unit, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where value >= size {
      return "\(Quantity.fixed(value / size, 1)) \(unit)"
    }
    return "\(Quantity.fixed(value, 0)) B"
  }

  // MARK: Losses

  /// Who lost requests, and why.
  var losses: [String] {
    var lines: [String] = []
    for (id, workload) in world.workloads.enumerated() {
      let s = result.workloads[id]
      let causes = RequestRecord.Reason.allCases.compactMap { reason -> (String, Int64)? in
        let count = s.lost[Int(reason.rawValue)]
        return count > 0 ? (reason.word, count) : nil
      }
      guard !causes.isEmpty else { continue }
      let text = causes.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        .map { "\(Quantity.grouped($0.1)) \($0.0)" }.joined(separator: ", ")
      let share = Double(s.lostTotal) / Double(max(1, s.ended))
      lines += layout.wrapped(
        "\(workload.spec.name) lost \(Quantity.percent(share)): \(text)", hanging: 4)
      if let worst = outcome.worstMinutes.minutes[id] {
        lines += layout.wrapped(
          "worst minute (from \(Quantity.clock(worst.start))): \(Quantity.percent(worst.share)) got "
            + "429, mostly \(worst.cause.word)", indent: 4)
      }
    }
    return lines.isEmpty ? ["  no request was refused or lost"] : lines
  }

  // MARK: Deployments

  /// Every deployment to which anything was sent, and the names of the others.
  var deployments: [String] {
    var table = TextTable([
      .name("deployment"), .text("sold as", rank: 3), .text("model", rank: 4), .number("attempts"),
      .number("done", rank: 2), .number("429"), .number("errors", rank: 1),
      .number("spilled", rank: 1), .number("load"), .number("TTFT p95"), .number("USD"),
    ])
    var idle: [String] = []
    let seconds = (result.end - result.measuredFrom).seconds
    for (id, s) in result.deployments.enumerated() {
      let m = s.measured
      guard m.attempts > 0 || s.inFlightIntegral > 0 else {
        idle.append(world.deploymentName(id))
        continue
      }
      let capacity = id < world.pools.count ? result.pools[id].capacity : nil
      // What serves of an elastic pool, moment by moment; of all others the same all the time.
      let slotTime =
        capacity.map { Double($0.servingTime) * Double(world.pools[id].scheduler.maxSequences) }
        ?? Double(world.slots(ofDeployment: id)) * 1e9 * max(seconds, 1e-9)
      let load = Double(s.inFlightIntegral) / max(slotTime, 1)
      let throttled = RequestRecord.Reason.allCases.reduce(Int64(0)) {
        $0 + ($1.httpStatus == 429 ? m.refused[Int($1.rawValue)] : 0)
      }
      table.add([
        world.deploymentName(id), world.endpoint(ofDeployment: id)?.kind.word ?? "pool",
        world.models[world.model(ofDeployment: id)], Quantity.grouped(m.attempts),
        Quantity.grouped(m.completed), Quantity.grouped(throttled),
        Quantity.grouped(m.total(.failed)),
        m.spilledIn > 0
          ? "+\(Quantity.grouped(m.spilledIn))"
          : m.spilledOut > 0 ? "−\(Quantity.grouped(m.spilledOut))" : "0",
        Quantity.percent(load),
        Quantity.latency(
          nanoseconds: s.latencies.timeToFirstToken.quantile(0.95).map(Double.init)),
        Quantity.fixed(Double(m.picodollars) / 1e12, 2),
      ])
    }
    var lines: [String] = []
    if !table.isEmpty {
      lines = table.laidOut(width: layout.width)
      var legend = "load is the share of the requests it can run at once"
      if lines[0].contains("spilled") { legend += "; spilled: − sent on, + taken over" }
      lines += layout.wrapped(legend)
    }
    if !idle.isEmpty {
      lines += layout.wrapped("nothing was sent to \(idle.joined(separator: ", "))")
    }
    return lines
  }
}
