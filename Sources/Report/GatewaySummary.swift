import Multicloud
import Runner
import SimulationKernel
import Tables
import Workload

/// What a gateway with rules adds to the summary: who lost requests and why, where attempts went,
/// what it cost.
struct GatewaySummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome

  init(_ world: World, _ outcome: ScenarioRun.Outcome) {
    self.world = world
    self.outcome = outcome
  }

  var lines: [String] {
    money + [""] + losses + [""] + deploymentTable
  }

  private var result: SimulationResult { outcome.result }

  // MARK: Money

  private var money: [String] {
    func figure(_ metric: String) -> Double {
      let row = outcome.summary.first { $0.scopeKind == .all && $0.metric == metric }
      return row?.value.text.flatMap(Double.init) ?? 0
    }
    let units = figure("provisioned_cost")
    let isBilled = world.billing != nil
    var line =
      isBilled
      ? "  tokens at list price: \(dollars(figure("token_cost")))"
      : "  cost: \(dollars(figure("token_cost"))) for tokens"
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
    var lines = [line]
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

  private var losses: [String] {
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
      lines.append("  \(workload.spec.name) lost \(Quantity.percent(share)): \(text)")
      if let worst = outcome.worstMinutes.minutes[id] {
        lines.append(
          "    worst minute (\(minute(worst.start))): \(Quantity.percent(worst.share)) got 429, "
            + "mostly \(worst.cause.word)")
      }
    }
    return lines.isEmpty ? ["  no request was refused or lost"] : lines
  }

  private func minute(_ start: Duration) -> String {
    let minutes = start.nanoseconds / Duration.seconds(60).nanoseconds
    let rest = minutes % 60
    return "from \(minutes / 60):\(rest < 10 ? "0" : "")\(rest) h"
  }

  // MARK: Deployments

  private var deploymentTable: [String] {
    var table = TextTable(
      [
        "deployment", "sold as", "model", "attempts", "done", "429", "errors", "spilled", "load",
        "TTFT p95", "USD",
      ],
      [.left, .left, .left] + [TextTable.Alignment](repeating: .right, count: 8))
    let seconds = (result.end - result.measuredFrom).seconds
    for (id, s) in result.deployments.enumerated() {
      let m = s.measured
      let slots = Double(world.slots(ofDeployment: id))
      let load = Double(s.inFlightIntegral) / 1e9 / max(seconds, 1e-9) / slots
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
    return table.lines + [
      "  load is the share of the requests it can run at once; spilled: − sent on, + taken over"
    ]
  }
}
