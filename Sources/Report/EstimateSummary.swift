import Estimate
import Money
import Multicloud
import Runner
import SimulationKernel
import Workload

/// An estimate to be read in ten seconds.
public struct EstimateSummary {
  private let world: World
  private let outcome: EstimateRun.Outcome
  private let horizon: Duration
  private let verification: [Verification.Result]
  private let layout: TerminalLayout

  /// Prepares an estimate's summary.
  public init(
    _ world: World, _ outcome: EstimateRun.Outcome, horizon: Duration,
    verification: [Verification.Result], layout: TerminalLayout = .plain
  ) {
    self.layout = layout
    self.world = world
    self.outcome = outcome
    self.horizon = horizon
    self.verification = verification
  }

  /// The summary's lines.
  public var lines: [String] {
    let estimate = outcome.estimate
    let cost = outcome.bill == nil ? "at list price" : "billed"
    var lines = layout.wrapped(world.name, indent: 0)
    lines += layout.wrapped(
      "ESTIMATE of \(Quantity.span(horizon)) in \(estimate.grid.bins) bins, "
        + "\(Quantity.counted(estimate.levels, "level")), in "
        + "\(Quantity.fixed(outcome.wallSeconds, 1)) s")
    lines += ["  \(Quantity.fixed(outcome.cost, 2)) USD \(cost)"]
    if let note = world.elasticNote { lines += layout.labelled("!", .warning, column: 2, note) }
    lines.append("")
    lines += workloads + [""] + deployments + quotas + commitments
    for result in verification { lines += [""] + compared(result) }
    return lines
  }

  private var workloads: [String] {
    var table = TextTable([
      .name("workload", shortest: 16), .number("req/s"), .number("lost"),
      .number("TTFT p50", rank: 1), .number("p95"), .number("TPOT mean"),
      .number("e2e mean", rank: 2), .number("within SLO"),
    ])
    for (id, w) in outcome.estimate.workloads.enumerated() {
      func time(_ seconds: Double?) -> String {
        Quantity.latency(nanoseconds: seconds.map { $0 * 1e9 })
      }
      let hasTargets = world.workloads[id].objective != Objective()
      let isChain = world.workloads[id].chain != nil
      table.add([
        world.workloads[id].spec.name, Quantity.rate(w.arrived),
        Quantity.percent(w.arrived > 0 ? w.lost / w.arrived : 0),
        isChain ? "" : time(w.timeToFirstToken.quantile(0.5)),
        isChain ? "" : time(w.timeToFirstToken.quantile(0.95)),
        isChain ? "" : time(w.timePerOutputToken.mean), time(w.endToEnd.mean),
        hasTargets && !isChain && w.arrived > 0 ? Quantity.percent(w.good / w.arrived) : "",
      ])
    }
    return table.laidOut(width: layout.width)
  }

  private var deployments: [String] {
    var table = TextTable([
      .name("deployment"), .number("req/s"), .number("refused"), .number("spilled", rank: 1),
      .number("in use"), .number("load peak"), .number("TPOT", rank: 2),
    ])
    for (id, d) in outcome.estimate.deployments.enumerated() {
      table.add([
        world.deploymentName(id), Quantity.rate(d.served),
        Quantity.percent(d.attempts > 0 ? d.refused / d.attempts : 0),
        Quantity.percent(d.attempts > 0 ? d.spilledOut / d.attempts : 0),
        Quantity.percent(d.utilisation),
        id < world.pools.count ? Quantity.percent(d.peakLoad) : "",
        Quantity.latency(nanoseconds: d.timePerOutputToken.mean.map { $0 * 1e9 }),
      ])
    }
    return table.laidOut(width: layout.width)
  }

  private var quotas: [String] {
    let tight = outcome.estimate.quotas.enumerated().filter { $0.element.peakOffered > 0.8 }
    if tight.isEmpty { return [] }
    var table = TextTable([
      .name("quota, of its limit"), .number("asked"), .number("at the peak"), .number("refused"),
    ])
    for (id, quota) in tight {
      table.add([
        world.quotas[id].name, Quantity.percent(quota.offered), Quantity.percent(quota.peakOffered),
        Quantity.percent(quota.refused),
      ])
    }
    return [""] + table.laidOut(width: layout.width)
  }

  private var commitments: [String] {
    var lines: [String] = []
    for (id, paths) in outcome.paths.enumerated() {
      guard let commitment = world.billing?.contracts.commitments[id] else { continue }
      for path in paths {
        let fate: String
        if let met = path.exhaustion {
          fate = "met in the month of \(met)"
        } else if path.shortfall > .zero {
          fate = "shortfall \(Quantity.fixed(path.shortfall.dollars, 0)) USD"
        } else {
          fate = "\(Quantity.fixed((path.months.last?.closing ?? .zero).dollars, 0)) USD left"
        }
        lines += layout.wrapped(
          "commitment \(commitment.name) at \(path.which.rawValue) of demand: \(fate)")
      }
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private func compared(_ result: Verification.Result) -> [String] {
    let hour = Quantity.fixed(result.window.start.seconds / 3600, 1)
    let length = Quantity.span(result.window.length)
    var table = TextTable([
      .name("verified"), .text("figure"), .number("simulated"), .number("±", rank: 1),
      .number("estimated"), .number("off"), .number("band"), .text(""),
    ])
    for row in result.comparison.rows {
      let unit = row.metric.isAbsolute ? " pt" : " %"
      table.add([
        row.scope, row.metric.rawValue, Quantity.fixed(row.simulated, 3),
        Quantity.fixed(row.halfWidth, 3), Quantity.fixed(row.estimated, 3),
        Quantity.fixed(row.difference * 100, 1) + unit,
        Quantity.fixed(row.metric.band * 100, 0) + unit, row.isInside ? "" : "OUTSIDE",
      ])
    }
    let outside = result.comparison.outside.count
    let verdict =
      outside == 0 ? "all inside their bands" : "\(outside) OUTSIDE their bands"
    var lines = layout.wrapped(
      "simulated \(length) from \(hour) h (\(result.window.reason)): \(verdict)")
    lines += table.laidOut(width: layout.width)
    return lines
  }
}
