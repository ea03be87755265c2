import Estimate
import Money
import Multicloud
import Plan
import Runner
import SimulationKernel
import Workload

/// A plan to be read in ten seconds: what it saves, what to buy, what it holds, what is worth asking for.
public struct PlanSummary {
  private let world: World
  private let outcome: PlanRun.Outcome
  private let layout: TerminalLayout

  /// Prepares a plan's summary.
  public init(_ world: World, _ outcome: PlanRun.Outcome, layout: TerminalLayout = .plain) {
    self.layout = layout
    self.world = world
    self.outcome = outcome
  }

  /// The summary's lines.
  public var lines: [String] {
    layout.wrapped(world.name, indent: 0) + layout.wrapped(headline) + elasticNote + [""]
      + candidates + [""] + purchases + prices + proof
  }

  private var elasticNote: [String] {
    world.elasticNote.map {
      layout.labelled(
        "!", .warning, column: 2,
        $0 + ", and so do the simulations of candidates, from the replicas planned")
    } ?? []
  }

  private var headline: String {
    let best = outcome.best
    if best.name == "present" { return "the present placement is the cheapest that holds" }
    let (mean, half) = outcome.saving
    return "the plan saves \(Quantity.fixed(mean, 2)) ± \(Quantity.fixed(half, 2)) USD in "
      + "\(Quantity.span(world.horizon)) against the present placement (paired seeds, 95 %)"
  }

  private var candidates: [String] {
    var table = TextTable([
      .name("candidate"), .number("USD"), .number("within SLO"), .number("lost"),
      .number("holds"), .number("at 1.5 ×"), .number("region gone"),
    ])
    for candidate in outcome.candidates {
      let lost = candidate.lost.reduce(0, +) / Double(max(1, candidate.lost.count))
      table.add([
        candidate.name, Quantity.fixed(candidate.cost, 2), Quantity.percent(candidate.goodShare),
        Quantity.percent(lost), candidate.holds ? "yes" : "no",
        Quantity.percent(candidate.goodAtMore), Quantity.percent(candidate.goodWithoutWorst),
      ])
    }
    return table.laidOut(width: layout.width)
      + layout.wrapped(
        "within SLO also at 1.5 × the demand, and with the worst region gone")
  }

  private var purchases: [String] {
    let plan = outcome.best.plan
    var table = TextTable([
      .name("deployment"), .number("present"), .number("plan"), .text("bought"),
    ])
    for id in world.pools.indices {
      table.add([
        world.poolName(id), "\(world.pools[id].replicas)", "\(plan.placement.replicas[id])",
        plan.purchases[id]?.name ?? "",
      ])
    }
    for (id, endpoint) in world.endpoints.enumerated() where endpoint.units > 0 {
      table.add([
        world.deploymentName(world.pools.count + id), "\(endpoint.units) units",
        "\(plan.placement.units[id]) units", "",
      ])
    }
    return table.laidOut(width: layout.width)
  }

  private var prices: [String] {
    let shown = outcome.prices.prefix(5)
    if shown.isEmpty { return [] }
    return ["", "  worth asking for (USD an hour for one more):"]
      + shown.flatMap {
        layout.wrapped(
          "\(Quantity.fixed($0.dollarsPerHour, 6)) \($0.unit): \($0.constraint)", indent: 4)
      }
  }

  private var proof: [String] {
    [""]
      + layout.wrapped(
        outcome.isProven
          ? "every search is proven within its gap; \(outcome.nodes) nodes"
          : "a search ended at its nodes (\(outcome.nodes)); cheaper placements may exist")
  }
}

/// How much one workload needs alone.
public struct SizingSummary {
  private let world: World
  private let workload: Int
  private let answers: [WorkloadSizing.Answer]
  private let layout: TerminalLayout

  /// Prepares the answers.
  public init(
    _ world: World, workload: Int, _ answers: [WorkloadSizing.Answer],
    layout: TerminalLayout = .plain
  ) {
    self.layout = layout
    self.world = world
    self.workload = workload
    self.answers = answers
  }

  /// The lines.
  public var lines: [String] {
    let name = world.workloads[workload].spec.name
    if answers.isEmpty {
      return layout.wrapped(
        "\(name): no pool and no provisioned units can hold its targets", indent: 0)
    }
    var table = TextTable([
      .name("like"), .text("kind", rank: 2), .number("needed"), .number("load"),
      .number("TTFT sim."), .number("est.", rank: 1), .number("TPOT sim."),
      .number("est.", rank: 1),
      .number("refused"),
    ])
    for answer in answers {
      table.add([
        answer.deployment, answer.kind,
        Quantity.counted(answer.count, answer.isUnits ? "unit" : "replica"),
        Quantity.percent(answer.load),
        Quantity.latency(nanoseconds: answer.simulatedFirst * 1e9),
        Quantity.latency(nanoseconds: answer.estimatedFirst * 1e9),
        Quantity.latency(nanoseconds: answer.simulatedStep * 1e9),
        Quantity.latency(nanoseconds: answer.estimatedStep * 1e9),
        Quantity.percent(answer.simulatedRefused),
      ])
    }
    return layout.wrapped("\(name) alone, at its peak, within its targets", indent: 0)
      + table.laidOut(width: layout.width)
      + layout.wrapped("TTFT: the 95th percentile, as simulated and as estimated; TPOT: the mean")
  }
}
