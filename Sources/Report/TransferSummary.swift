import Multicloud
import Runner
import SimulationKernel

/// Pools that compute prompts for others, and how their caches travelled.
struct TransferSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where no pool is disaggregated.
  var lines: [String] {
    guard world.isDisaggregated else { return [] }
    var table = TextTable([
      .name("KV caches of"), .number("copies"), .number("wait p95", rank: 1),
      .number("copy p50", rank: 2),
      .number("copy p95"), .number("sending"), .number("receiving"),
    ])
    let measured =
      Double((outcome.result.end - outcome.result.measuredFrom).nanoseconds)
    for (id, pool) in world.pools.enumerated() {
      guard let join = pool.disaggregation, let s = outcome.result.pools[id].transfers else {
        continue
      }
      func time(_ histogram: LogLinearHistogram, _ q: Double) -> String {
        Quantity.latency(nanoseconds: histogram.quantile(q).map(Double.init))
      }
      func share(_ replicas: Int) -> String {
        measured > 0
          ? Quantity.percent(Double(s.sending) / (measured * Double(replicas))) : "–"
      }
      table.add([
        world.poolName(id), Quantity.grouped(s.copies), time(s.waiting, 0.95),
        time(s.copying, 0.5), time(s.copying, 0.95), share(pool.replicas),
        share(world.pools[join.decodePool].replicas),
      ])
    }
    return table.laidOut(width: layout.width)
      + layout.wrapped(
        "wait: from the end of a prompt until there are blocks where it decodes; copy: from then until the cache "
          + "is there; sending and receiving: time in which a replica's interface did; no estimates beside "
          + "disaggregated pools")
  }
}
