import Tables

/// A commitment in a sentence and in a row.
struct CommitmentWords {
  let name: String
  /// Whether something falls short in the middle case.
  let isShort: Bool
  private let run: RunContents
  private let outlook: CommitmentOutlook?
  private let state: CommitmentState?

  init(_ run: RunContents, _ name: String) {
    self.run = run
    self.name = name
    outlook = run.outlooks.first { $0.name == name }
    state = run.commitments.first { $0.name == name }
    isShort = (run.figures.figure(.commitment, name, "shortfall_p50")?.value ?? 0) > 0
  }

  /// The figure of a metric.
  func figure(_ metric: String) -> SummaryFigure? {
    run.figures.figure(.commitment, name, metric)
  }

  /// What comes of it in a case, 0 to 2: short by how much, or met when.
  func fate(_ index: Int) -> String {
    guard let short = figure("shortfall_\(CommitmentOutlook.cases[index])") else {
      return Figure.none
    }
    if (short.value ?? 0) > 0 { return "\(short.shown) short" }
    if state?.hasAnnualFloors == true { return "met every year" }
    return outlook?.monthMet(index).map { "met in \($0.prefix(7))" } ?? "met"
  }

  /// The month in which its term ends, as far as the outlook shows it.
  var lastMonth: String? { outlook?.months.last.map { String($0.prefix(7)) } }

  var sentence: String {
    let promise = figure("committed").map { " of \($0.shown)" } ?? ""
    let end = lastMonth.map { ", term to \($0)" } ?? ""
    let chance =
      figure("shortfall_probability").map { "; next due short with a probability of \($0.shown)" }
      ?? ""
    return "\(name)\(promise)\(end): P50 \(fate(1)); P10 \(fate(0)); P90 \(fate(2))\(chance)"
  }
}
