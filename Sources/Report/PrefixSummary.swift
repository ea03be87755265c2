import Multicloud
import Runner
import ServingEngine

/// What prefix caches saved: of the tokens that came in prompts, those that were there already.
struct PrefixSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where no pool keeps a prefix cache.
  var lines: [String] {
    if !world.cachesPrefixes { return [] }
    var table = TextTable([
      .name("prefix cache", shortest: 16), .text("balancer", rank: 1), .number("prompt tokens"),
      .number("found"), .number("loaded", rank: 2), .number("hit rate"),
    ])
    for (id, pool) in world.pools.enumerated() where pool.scheduler.prefixCache {
      let work = outcome.result.pools[id].work
      let share =
        work.lookedUpTokens > 0 ? Double(work.hitTokens) / Double(work.lookedUpTokens) : nil
      table.add([
        world.poolName(id), pool.routing.policy, Quantity.grouped(work.lookedUpTokens),
        Quantity.grouped(work.hitTokens),
        pool.scheduler.offload == nil ? "–" : Quantity.grouped(work.loadedTokens),
        Quantity.percent(share),
      ])
    }
    return table.laidOut(width: layout.width)
  }
}
