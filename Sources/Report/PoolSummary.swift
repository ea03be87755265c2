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
      // What serves computes: of an elastic pool that is another number every moment.
      let replicaTime =
        s.capacity.map { Double($0.servingTime) } ?? seconds * 1e9 * Double(pool.replicas)
      func per(_ value: Double, _ whole: Double) -> Double? { whole > 0 ? value / whole : nil }
      table.add([
        world.poolName(id), accelerators(pool, s.capacity, seconds),
        rate(per(Double(s.arrived), seconds)), rate(estimate?.requestsPerSecond),
        rate(per(Double(s.work.outputTokens), seconds)), rate(estimate?.outputTokensPerSecond),
        batch(per(Double(s.work.runningIntegral), replicaTime)),
        batch(estimate.map { $0.running / Double(max(1, pool.replicas)) }),
        batch(per(Double(s.work.waitingIntegral), replicaTime)),
        Quantity.percent(Double(s.work.peakBlocks) / Double(pool.scheduler.kvBlocks)),
        Quantity.percent(
          estimate.flatMap { estimate in
            // A load of the replicas that served, where those of the start say nothing of the run.
            let start = seconds * 1e9 * Double(pool.replicas)
            return per(estimate.load * start, s.capacity == nil ? start : replicaTime)
          }),
      ])
    }
    let lines = table.laidOut(width: layout.width)
    let hasEstimates = lines[0].contains("est.")
    var legend =
      "batch and waiting are per replica; load is the estimated share of what the pool could sustain"
    if hasEstimates { legend += "; est. = expected, beside what was simulated" }
    if world.pools.contains(where: { $0.elastic != nil }) {
      legend +=
        "; elastic pools: per serving replica, load at the mean of them"
        + (lines[0].contains("GPUs") ? ", GPUs as held" : "")
        + (hasEstimates ? ", est. at the replicas they start with" : "")
    }
    return lines + layout.wrapped(legend)
  }

  /// `16 × H100-SXM`; of an elastic pool those held, in the mean and at most: `9.2, most 16 × H100-SXM`.
  private func accelerators(
    _ pool: Pool, _ capacity: CapacityStatistics?, _ seconds: Double
  ) -> String {
    let each = pool.acceleratorsPerReplica
    guard let capacity, seconds > 0 else {
      return "\(pool.replicas * each) × \(pool.accelerator)"
    }
    let mean = Double(capacity.machineTime) / (seconds * 1e9) * Double(each)
    return "\(Quantity.fixed(mean, 1)), most \(capacity.extremes.mostMachines * each) × "
      + pool.accelerator
  }

  private func rate(_ value: Double?) -> String { value.map(Quantity.rate) ?? "–" }

  private func batch(_ value: Double?) -> String { value.map { Quantity.fixed($0, 1) } ?? "–" }
}
