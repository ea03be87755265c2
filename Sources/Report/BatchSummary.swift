import Experiment
import Multicloud
import SimulationKernel
import Statistics

/// One long run in batches.
public struct BatchSummary {
  private let world: World
  private let run: BatchRun
  private let level: Double
  private let wallSeconds: Double
  private let layout: TerminalLayout

  /// Prepares a summary.
  public init(
    _ world: World, _ run: BatchRun, level: Double, wallSeconds: Double,
    layout: TerminalLayout = .plain
  ) {
    self.world = world
    self.run = run
    self.level = level
    self.wallSeconds = wallSeconds
    self.layout = layout
  }

  /// The summary's lines.
  public var lines: [String] {
    let count = run.figures.first?.batches.means.count ?? 0
    let shown = run.figures.filter { ComparisonStudy.decides($0.key) }
    var lines = layout.wrapped(world.name, indent: 0)
    lines += layout.wrapped(
      "one run of \(Quantity.span(world.horizon)) in \(count) batches of "
        + "\(Quantity.span(run.length)), seed \(world.seed)")
    lines += layout.wrapped(
      "\(Quantity.grouped(run.result.requests)) requests in \(Quantity.fixed(wallSeconds, 1)) s")
    lines.append("")
    lines += StudySummary.table(shown.map { ($0.key, $0.batches.means) }, level: level, layout)
    let linked = shown.filter { !$0.batches.isTrusted }
    lines.append("")
    if linked.isEmpty {
      lines.append("  neighbouring batches pass for independent")
    } else {
      let names = linked.prefix(3).map(\.key.name).joined(separator: ", ")
      lines += layout.labelled(
        "!", .warning, column: 2,
        "neighbouring batches of \(names) depend on each other: intervals are too narrow; run longer, "
          + "with a longer warm-up, or use --replications")
    }
    return lines
  }
}
