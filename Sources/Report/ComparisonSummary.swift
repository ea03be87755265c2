import Experiment
import Statistics

/// A comparison to be read in ten seconds: figure by figure, every alternative beside the base.
public struct ComparisonSummary {
  private let study: ComparisonStudy
  private let family: Double
  private let layout: TerminalLayout

  /// Prepares a comparison's summary.
  public init(_ study: ComparisonStudy, family: Double, layout: TerminalLayout = .plain) {
    self.study = study
    self.family = family
    self.layout = layout
  }

  /// The summary's lines.
  public var lines: [String] {
    headline + study.figures.filter { !Self.isSame($0) }.flatMap { [""] + lines(of: $0) } + same
      + notes
  }

  private var headline: [String] {
    let names = study.alternatives.map(\.name)
    let counts = Set(study.alternatives.map(\.runs.count)).sorted()
    let runs = counts.map(String.init).joined(separator: " to ")
    let percent = Quantity.fixed(family * 100, 0)
    return layout.wrapped(
      "\(names.count) alternatives, \(runs) replication\(counts == [1] ? "" : "s") each"
        + (study.isPaired ? ", the same demand for all" : ", not paired"), indent: 0)
      + layout.wrapped("base: \(names[0])")
      + layout.wrapped("intervals hold together with \(percent) % for each figure")
  }

  /// Whether no alternative differs from the base in any replication.
  private static func isSame(_ figure: FigureComparison) -> Bool {
    figure.rows.dropFirst().allSatisfy { $0.verdict == .equal }
  }

  /// Figures that say nothing, in one place.
  private var same: [String] {
    let names = study.figures.filter(Self.isSame).map(\.key.name)
    if names.isEmpty { return [] }
    return [""] + layout.wrapped("the same for all: " + names.joined(separator: ", "), hanging: 4)
  }

  private func lines(of figure: FigureComparison) -> [String] {
    var table = TextTable([
      .name(FigureText.label(figure.key.name, unit: figure.key.unit)), .number("mean"),
      .number("to the base"), .number("±"), .text(""),
    ])
    let unit = figure.key.unit
    for (alternative, row) in zip(study.alternatives, figure.rows) {
      var verdict = row.verdict == .base ? "" : row.verdict.rawValue
      if row.mayBeBest == true, figure.rows.count > 2 {
        let alone = figure.rows.filter { $0.mayBeBest == true }.count == 1
        verdict += (verdict.isEmpty ? "" : ", ") + (alone ? "best" : "may be best")
      }
      table.add([
        alternative.name, FigureText.cell(row.mean, unit: unit),
        row.difference.map { FigureText.difference($0.estimate, unit: unit) } ?? "",
        row.difference.map { FigureText.difference($0.halfWidth, unit: unit, isSigned: false) }
          ?? "",
        verdict,
      ])
    }
    var lines = table.laidOut(width: layout.width)
    if let narrowing = figure.narrowing {
      lines.append(
        "    common random numbers: intervals \(Quantity.fixed(narrowing, 1)) times narrower")
    }
    return lines
  }

  private var notes: [String] {
    let undecided = study.figures.flatMap(\.rows).filter { $0.verdict == .undecided }.count
    guard undecided > 0 else { return [] }
    return [
      "",
      "  \(undecided) difference\(undecided == 1 ? "" : "s") undecided: more --replications tell",
    ]
  }
}
