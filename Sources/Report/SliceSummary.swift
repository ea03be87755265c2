import Experiment
import Multicloud
import Runner
import SimulationKernel

/// A long run that was played in slices: its figures and, where the uncut run was played too, how far off they are.
public struct SliceSummary {
  private let world: World
  private let plan: SlicePlan
  private let stitched: RunFigures
  private let mismatch: Int64
  private let uncut: RunFigures?
  private let wallSeconds: Double
  private let threads: Int
  private let layout: TerminalLayout

  /// Prepares a summary.
  public init(
    _ world: World, _ plan: SlicePlan, _ outcome: SlicedStudy.Outcome, uncut: RunFigures?,
    wallSeconds: Double, threads: Int, layout: TerminalLayout = .plain
  ) {
    self.world = world
    self.plan = plan
    stitched = outcome.figures
    mismatch = outcome.mismatch
    self.uncut = uncut
    self.wallSeconds = wallSeconds
    self.threads = threads
    self.layout = layout
  }

  /// The summary's lines.
  public var lines: [String] {
    let rate = Double(stitched.requests) / max(1e-9, wallSeconds)
    let head =
      layout.wrapped(world.name, indent: 0)
      + layout.wrapped(
        "\(Quantity.span(world.horizon)) in \(plan.count) slices, each played from "
          + "\(Quantity.span(plan.overlap)) before it")
      + layout.wrapped(
        "\(Quantity.grouped(stitched.requests)) requests in \(Quantity.fixed(wallSeconds, 1)) s on "
          + "\(Quantity.counted(threads, "thread")): \(Quantity.rate(rate)) requests/s")
    let verdicts = StudySummary.verdicts(FigureSamples([stitched]), level: 0.95, layout)
    return head + verdicts + [""] + table + [
      "", "  counted twice less not at all at the edges: \(mismatch)",
    ] + worst
  }

  private var keys: [FigureKey] {
    stitched.keys.filter { ComparisonStudy.decides($0) }
  }

  private var table: [String] {
    var table = TextTable(
      ["of", "figure", "slices", uncut == nil ? "" : "uncut", uncut == nil ? "" : "off by"],
      [.left, .left, .right, .right, .right])
    var last = ""
    for key in keys {
      guard let value = stitched[key] else { continue }
      let scope = key.scope.isEmpty ? "all" : key.scope
      let whole = uncut?[key]
      table.add([
        scope == last ? "" : scope, FigureText.label(key.metric, unit: key.unit),
        FigureText.cell(value, unit: key.unit),
        whole.map { FigureText.cell($0, unit: key.unit) } ?? "",
        whole.map { Self.error(value, $0) } ?? "",
      ])
      last = scope
    }
    return table.laidOut(width: layout.width)
  }

  private static func error(_ value: Double, _ whole: Double) -> String {
    if value == whole { return "0" }
    return whole == 0 ? "–" : Quantity.fixed(100 * (value / whole - 1), 4) + " %"
  }

  /// The largest error of all figures.
  private var worst: [String] {
    guard let uncut else { return [] }
    var worst: (key: FigureKey, error: Double)?
    for (key, value) in zip(stitched.keys, stitched.values) {
      // Events of overlaps come twice; a peak of one moment says little.
      guard let value, let whole = uncut[key], whole != 0, key.metric != "events",
        !key.metric.hasSuffix("_max")
      else { continue }
      let error = abs(value / whole - 1)
      if error > worst?.error ?? 0 { worst = (key, error) }
    }
    guard let worst else { return ["  every figure is that of the uncut run"] }
    return [
      "  largest stitching error of all figures: \(Quantity.fixed(worst.error * 100, 4)) % ("
        + "\(worst.key.name))"
    ]
  }
}
