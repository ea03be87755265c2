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
  private let layout: TerminalLayout

  /// Half-widths above this share of the mean are flagged.
  private static let wide = 0.05

  /// Prepares a study's summary.
  public init(
    _ world: World, _ runs: [RunFigures], level: Double, wallSeconds: Double, threads: Int,
    layout: TerminalLayout = .plain
  ) {
    precondition(!runs.isEmpty)
    self.world = world
    self.runs = runs
    self.level = level
    self.wallSeconds = wallSeconds
    self.threads = threads
    self.layout = layout
  }

  /// The summary's lines.
  public var lines: [String] {
    let samples = FigureSamples(runs)
    let keys = samples.keys.filter { ComparisonStudy.decides($0) }
    return headline + Self.verdicts(samples, level: level, layout) + [""]
      + Self.table(keys.map { ($0, samples.values($0)) }, level: level, layout)
      + notes(samples, keys)
  }

  /// The answer first: which targets are held, and how sure that is.
  static func verdicts(
    _ samples: FigureSamples, level: Double, _ layout: TerminalLayout
  ) -> [String] {
    let targets = TargetResult.all(samples, level: level)
    if targets.isEmpty { return [] }
    return [""]
      + targets.flatMap { target -> [String] in
        let mark = target.isHeld ? "✓ holds" : target.isMissed ? "✗ MISSES" : "~ close"
        let width = target.halfWidth.map { " ± " + Quantity.percent($0) } ?? ""
        let name = ["ttft": "TTFT", "tpot": "TPOT", "e2e": "end-to-end"][target.latency]
        return layout.labelled(
          mark, target.isHeld ? .good : .bad, column: 10,
          "\(target.workload): \(name ?? target.latency) ≤ "
            + "\(Quantity.latency(nanoseconds: target.limit * 1e6)) for "
            + "\(Quantity.percent(target.attained))\(width) of requests "
            + "(target \(Quantity.percent(target.required)))")
      }
  }

  private var headline: [String] {
    let requests = runs.reduce(Int64(0)) { $0 + $1.requests }
    return layout.wrapped(world.name, indent: 0)
      + layout.wrapped(
        "\(runs.count) replications of \(Quantity.span(world.horizon)), seeds \(runs[0].seed) to "
          + "\(runs[runs.count - 1].seed)")
      + layout.wrapped(
        "\(Quantity.grouped(requests)) requests in \(Quantity.fixed(wallSeconds, 1)) s on "
          + Quantity.counted(threads, "thread"))
  }

  static func table(
    _ figures: [(key: FigureKey, values: [Double])], level: Double, _ layout: TerminalLayout
  ) -> [String] {
    let percent = Quantity.fixed(level * 100, level * 100 == (level * 100).rounded() ? 0 : 1)
    var table = TextTable([
      .name("of", shortest: 12), .text("figure"), .number("mean"), .number("± \(percent) %"),
      .number("lowest", rank: 2), .number("highest", rank: 1),
    ])
    var last = ""
    for (key, values) in figures {
      guard let least = values.min(), let most = values.max() else { continue }
      let moments = SampleMoments(values)
      let scope = key.scope.isEmpty ? "all" : key.scope
      table.add([
        scope == last ? "" : scope, FigureText.label(key.metric, unit: key.unit),
        FigureText.cell(moments.mean, unit: key.unit),
        ConfidenceInterval(moments, level: level).map {
          FigureText.difference($0.halfWidth, unit: key.unit, isSigned: false)
        } ?? "–",
        FigureText.cell(least, unit: key.unit), FigureText.cell(most, unit: key.unit),
      ])
      last = scope
    }
    return table.laidOut(width: layout.width)
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
    return [""]
      + layout.labelled(
        "!", .warning, column: 2,
        "\(Quantity.counted(wide.count, "figure")) known to less than ±\(Quantity.fixed(Self.wide * 100, 0)) %; "
          + "\(worst.key.name) least, ±\(Quantity.percent(worst.width)): more replications, or "
          + "--precision \"\(worst.key.name): 5%\"")
  }
}
