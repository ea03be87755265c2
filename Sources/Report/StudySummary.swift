import Experiment
import Multicloud
import SimulationKernel
import Statistics

/// Replications to be read in ten seconds: the figures a planner decides by, each with what it may be off.
public struct StudySummary {
  private let world: World
  private let runs: [RunFigures]
  private let level: Double
  private let wallSeconds: Double
  private let threads: Int

  /// Half-widths above this share of the mean are flagged.
  private static let wide = 0.05

  /// Prepares a study's summary.
  public init(
    _ world: World, _ runs: [RunFigures], level: Double, wallSeconds: Double, threads: Int
  ) {
    precondition(!runs.isEmpty)
    self.world = world
    self.runs = runs
    self.level = level
    self.wallSeconds = wallSeconds
    self.threads = threads
  }

  /// The summary's lines.
  public var lines: [String] {
    let samples = FigureSamples(runs)
    let keys = samples.keys.filter { ComparisonStudy.decides($0) }
    return headline + [""]
      + Self.table(keys.map { ($0, samples.values($0)) }, level: level) + notes(samples, keys)
  }

  private var headline: [String] {
    let requests = runs.reduce(Int64(0)) { $0 + $1.requests }
    return [
      world.name,
      "  \(runs.count) replications of \(Quantity.span(world.horizon)), seeds \(runs[0].seed) to "
        + "\(runs[runs.count - 1].seed)",
      "  \(Quantity.grouped(requests)) requests in \(Quantity.fixed(wallSeconds, 1)) s on "
        + "\(threads) thread\(threads == 1 ? "" : "s")",
    ]
  }

  static func table(_ figures: [(key: FigureKey, values: [Double])], level: Double) -> [String] {
    let percent = Quantity.fixed(level * 100, level * 100 == (level * 100).rounded() ? 0 : 1)
    var table = TextTable(
      ["of", "figure", "mean", "± \(percent) %", "lowest", "highest"],
      [.left, .left, .right, .right, .right, .right])
    var last = ""
    for (key, values) in figures {
      guard let least = values.min(), let most = values.max() else { continue }
      let moments = SampleMoments(values)
      let scope = key.scope.isEmpty ? "all" : key.scope
      table.add([
        scope == last ? "" : scope, key.metric, FigureText.value(moments.mean, unit: key.unit),
        ConfidenceInterval(moments, level: level).map {
          FigureText.difference($0.halfWidth, unit: key.unit, isSigned: false)
        } ?? "–",
        FigureText.value(least, unit: key.unit), FigureText.value(most, unit: key.unit),
      ])
      last = scope
    }
    return table.lines
  }

  /// Figures that are not known well.
  private func notes(_ samples: FigureSamples, _ keys: [FigureKey]) -> [String] {
    let wide = keys.compactMap { key -> (key: FigureKey, width: Double)? in
      guard let interval = samples.interval(key, level: level),
        let width = interval.relativeHalfWidth, width > Self.wide
      else { return nil }
      return (key, width)
    }
    guard let worst = wide.max(by: { $0.width < $1.width }) else { return [] }
    return [
      "",
      "  ! \(wide.count) of these figures within more than ±\(Quantity.fixed(Self.wide * 100, 0)) %; "
        + "widest is \(worst.key.name), ±\(Quantity.percent(worst.width)):",
      "    more replications, or --precision \"\(worst.key.name): 5%\"",
    ]
  }
}

/// One long run in batches.
public struct BatchSummary {
  private let world: World
  private let run: BatchRun
  private let level: Double
  private let wallSeconds: Double

  /// Prepares a summary.
  public init(_ world: World, _ run: BatchRun, level: Double, wallSeconds: Double) {
    self.world = world
    self.run = run
    self.level = level
    self.wallSeconds = wallSeconds
  }

  /// The summary's lines.
  public var lines: [String] {
    let count = run.figures.first?.batches.means.count ?? 0
    let shown = run.figures.filter { ComparisonStudy.decides($0.key) }
    var lines = [
      world.name,
      "  one run of \(Quantity.span(world.horizon)) in \(count) batches of "
        + "\(Quantity.span(run.length)), seed \(world.seed)",
      "  \(Quantity.grouped(run.result.requests)) requests in \(Quantity.fixed(wallSeconds, 1)) s",
      "",
    ]
    lines += StudySummary.table(shown.map { ($0.key, $0.batches.means) }, level: level)
    let linked = shown.filter { !$0.batches.isTrusted }
    lines.append("")
    if linked.isEmpty {
      lines.append("  neighbouring batches pass for independent")
    } else {
      let names = linked.prefix(3).map(\.key.name).joined(separator: ", ")
      lines.append("  ! neighbouring batches of \(names) depend on each other: intervals are too")
      lines.append("    narrow; run longer, with a longer warm-up, or use --replications")
    }
    return lines
  }
}
