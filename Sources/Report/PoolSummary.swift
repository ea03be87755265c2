import Estimate
import Multicloud
import Runner
import ServingEngine
import SimulationKernel

/// Every pool, what was simulated beside what was expected.
struct PoolSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where there are no pools.
  var lines: [String] {
    if world.pools.isEmpty { return [] }
    var table = TextTable([
      .name("pool"), .text("GPUs", rank: 1), .number("req/s"), .number("est.", rank: 3),
      .number("tokens/s", rank: 2), .number("est.", rank: 3), .number("batch"),
      .number("est.", rank: 3), .number("waiting"), .number("KV max"), .number("load"),
    ])
    let seconds = max(0, (outcome.result.end - outcome.result.measuredFrom).seconds)
    for (id, pool) in world.pools.enumerated() {
      let s = outcome.result.pools[id]
      let estimate = outcome.estimates.first { $0.pool == id }
      let replicaTime = seconds * 1e9 * Double(pool.replicas)
      func per(_ value: Double, _ whole: Double) -> Double? { whole > 0 ? value / whole : nil }
      table.add([
        world.poolName(id), "\(pool.replicas * pool.acceleratorsPerReplica) × \(pool.accelerator)",
        rate(per(Double(s.arrived), seconds)), rate(estimate?.requestsPerSecond),
        rate(per(Double(s.work.outputTokens), seconds)), rate(estimate?.outputTokensPerSecond),
        batch(per(Double(s.work.runningIntegral), replicaTime)),
        batch(estimate.map { $0.running / Double(max(1, pool.replicas)) }),
        batch(per(Double(s.work.waitingIntegral), replicaTime)),
        Quantity.percent(Double(s.work.peakBlocks) / Double(pool.scheduler.kvBlocks)),
        Quantity.percent(estimate?.load),
      ])
    }
    let lines = table.laidOut(width: layout.width)
    var legend =
      "batch and waiting are per replica; load is the estimated share of what the pool could sustain"
    if lines[0].contains("est.") { legend += "; est. = expected, beside what was simulated" }
    return lines + layout.wrapped(legend)
  }

  private func rate(_ value: Double?) -> String { value.map(Quantity.rate) ?? "–" }

  private func batch(_ value: Double?) -> String { value.map { Quantity.fixed($0, 1) } ?? "–" }
}
