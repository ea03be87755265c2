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

  /// Prepares a plan's summary.
  public init(_ world: World, _ outcome: PlanRun.Outcome) {
    self.world = world
    self.outcome = outcome
  }

  /// The summary's lines.
  public var lines: [String] {
    [world.name, headline, ""] + candidates + [""] + purchases + prices + proof
  }

  private var headline: String {
    let best = outcome.best
    if best.name == "present" { return "  the present placement is the cheapest that holds" }
    let (mean, half) = outcome.saving
    return "  the plan saves \(Quantity.fixed(mean, 2)) ± \(Quantity.fixed(half, 2)) USD in "
      + "\(Quantity.span(world.horizon)) against the present placement (paired seeds, 95 %)"
  }

  private var candidates: [String] {
    var table = TextTable(
      ["candidate", "USD", "within SLO", "lost", "holds", "1.5 x demand", "worst region gone"],
      [.left] + [TextTable.Alignment](repeating: .right, count: 6))
    for candidate in outcome.candidates {
      let lost = candidate.lost.reduce(0, +) / Double(max(1, candidate.lost.count))
      table.add([
        candidate.name, Quantity.fixed(candidate.cost, 2), Quantity.percent(candidate.goodShare),
        Quantity.percent(lost), candidate.holds ? "yes" : "no",
        Quantity.percent(candidate.goodAtMore), Quantity.percent(candidate.goodWithoutWorst),
      ])
    }
    return table.lines
  }

  private var purchases: [String] {
    let plan = outcome.best.plan
    var table = TextTable(
      ["deployment", "present", "plan", "bought"], [.left, .right, .right, .left])
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
    return table.lines
  }

  private var prices: [String] {
    let shown = outcome.prices.prefix(5)
    if shown.isEmpty { return [] }
    return ["", "  worth asking for (USD an hour for one more):"]
      + shown.map {
        "    \(Quantity.fixed($0.dollarsPerHour, 6))  \($0.unit)  \($0.constraint)"
      }
  }

  private var proof: [String] {
    [
      "",
      outcome.isProven
        ? "  every search is proven within its gap; \(outcome.nodes) nodes"
        : "  a search ended at its nodes (\(outcome.nodes)); cheaper placements may exist",
    ]
  }
}

/// How much one workload needs alone.
public struct SizingSummary {
  private let world: World
  private let workload: Int
  private let answers: [WorkloadSizing.Answer]

  /// Prepares the answers.
  public init(_ world: World, workload: Int, _ answers: [WorkloadSizing.Answer]) {
    self.world = world
    self.workload = workload
    self.answers = answers
  }

  /// The lines.
  public var lines: [String] {
    let name = world.workloads[workload].spec.name
    if answers.isEmpty { return ["\(name): no pool and no provisioned units can hold its targets"] }
    var table = TextTable(
      [
        "like", "kind", "needed", "load", "TTFT p95 est.", "sim.", "TPOT est.", "sim.", "refused",
      ], [.left, .left] + [TextTable.Alignment](repeating: .right, count: 7))
    for answer in answers {
      table.add([
        answer.deployment, answer.kind, "\(answer.count) \(answer.isUnits ? "units" : "replicas")",
        Quantity.percent(answer.load), Quantity.latency(nanoseconds: answer.estimatedFirst * 1e9),
        Quantity.latency(nanoseconds: answer.simulatedFirst * 1e9),
        Quantity.latency(nanoseconds: answer.estimatedStep * 1e9),
        Quantity.latency(nanoseconds: answer.simulatedStep * 1e9),
        Quantity.percent(answer.simulatedRefused),
      ])
    }
    return ["\(name) alone, at its peak, within its targets"] + table.lines
  }
}
