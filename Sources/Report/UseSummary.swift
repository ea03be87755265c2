import Estimate
import Multicloud
import Runner
import SimulationKernel

/// How close every pool, endpoint and tenant's quota was to its limit in the course of a run, a line of
/// bars for each.
///
/// A pool's limit is what it could sustain by the estimate, in tokens computed and produced; an endpoint's
/// the tightest of its quotas, or where it has none the requests it can run at once. A bar is the worst of
/// its minutes.
struct UseSummary {
  /// A line of the summary.
  struct Line {
    var name: String
    /// Shares of the limit, in order of time.
    var shares: [Double]
    var peak: Double
  }

  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout

  /// Most lines; where there are more, those that came closest to their limits.
  static let mostLines = 16

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where minutes were not recorded or there are too few to see anything.
  var lines: [String] {
    let all = pools + endpoints + tenants
    guard !all.isEmpty, all.contains(where: { $0.shares.count > 1 }) else { return [] }
    var shown = all
    if all.count > Self.mostLines {
      let least = all.map(\.peak).sorted(by: >)[Self.mostLines - 1]
      shown = Array(all.filter { $0.peak >= least }.prefix(Self.mostLines))
    }
    // Names, peaks and the spaces between take their part; the bars the rest.
    let names = min(32, shown.map(\.name.displayWidth).max() ?? 0)
    let room = max(8, layout.width - 2 - names - 1 - 1 - 9)
    var table = TextTable([.name("of its limit"), .text(title), .number("peak")])
    for line in shown {
      let bars = Sparkline.condensed(line.shares, to: room)
      table.add([line.name, Sparkline.text(bars, full: 1), Quantity.percent(line.peak)])
    }
    var lines = table.laidOut(width: layout.width)
    let limits = [
      world.pools.isEmpty ? nil : "a pool's limit: what it could sustain with its mean mix",
      world.pools.contains { $0.elastic != nil }
        ? "an elastic pool's: the same of the replicas that serve in each minute" : nil,
      world.endpoints.isEmpty ? nil : "an endpoint's: its tightest quota",
    ]
    lines += layout.wrapped(limits.compactMap { $0 }.joined(separator: "; "))
    if shown.count < all.count {
      lines += layout.wrapped(
        "the \(shown.count) closest to their limits of \(all.count); the others are in "
          + "pools_minute.csv, deployments_minute.csv and quota_minute.csv")
    }
    return lines
  }

  private var title: String {
    "0:00 to \(Quantity.clock(outcome.result.end - .zero)), █ = all"
  }

  private var pools: [Line] {
    world.pools.indices.compactMap { id in
      let series = outcome.use.pools[id]
      guard let estimate = outcome.estimates.first(where: { $0.pool == id }), estimate.load > 0,
        estimate.load.isFinite
      else { return nil }
      let sustained =
        (estimate.promptTokensPerSecond + estimate.outputTokensPerSecond) / estimate.load
      guard sustained > 0 else { return nil }
      return line(world.poolName(id), series.bins.map { $0.most / sustained })
    }
  }

  private var endpoints: [Line] {
    world.endpoints.indices.compactMap { id in
      let own = outcome.use.endpoints[id].bins.map(\.most)
      let quotas = world.endpoints[id].quotas.map { outcome.use.quotas[$0].bins.map(\.most) }
      guard !quotas.isEmpty else { return line(deployment(id), own) }
      return line(
        deployment(id),
        own.indices.map { bin in
          quotas.reduce(0) { $1.indices.contains(bin) ? max($0, $1[bin]) : $0 }
        })
    }
  }

  /// Quotas that are no endpoint's: those of tenants, projects and identities.
  private var tenants: [Line] {
    let taken = Set(world.endpoints.flatMap(\.quotas))
    return world.quotas.indices.compactMap { id in
      taken.contains(id)
        ? nil : line(world.quotas[id].name, outcome.use.quotas[id].bins.map(\.most))
    }
  }

  private func deployment(_ endpoint: Int) -> String {
    world.deploymentName(world.pools.count + endpoint)
  }

  /// `nil` where nothing was used at all: an idle deployment needs no line.
  private func line(_ name: String, _ shares: [Double]) -> Line? {
    guard let peak = shares.max(), peak > 0 else { return nil }
    return Line(name: name, shares: shares, peak: peak)
  }
}
