import Experiment
import Statistics

/// Which of several alternatives is best, and how sure that is.
public struct SelectionSummary {
  private let names: [String]
  private let outcome: BestSelection.Outcome
  private let budget: Int

  /// Prepares a selection's summary.
  public init(_ names: [String], _ outcome: BestSelection.Outcome, budget: Int) {
    self.names = names
    self.outcome = outcome
    self.budget = budget
  }

  /// The summary's lines.
  public var lines: [String] {
    let kn = outcome.procedure
    let key = outcome.key
    let percent = Quantity.fixed(kn.level * 100, 0)
    let delta = FigureText.difference(kn.indifference, unit: key.unit, isSigned: false)
    var lines: [String] = []
    if let selected = outcome.selected {
      lines.append("\(names[selected]) is the best by \(key.name)")
      lines.append(
        "  with \(percent) % probability, if it leads every other by \(delta) or more (Kim and Nelson)"
      )
    } else {
      lines.append("NOT DECIDED after \(budget) replications: \(kn.survivors.count) are left")
      lines.append("  a larger --indifference than \(delta), or a larger --budget, decides it")
    }
    lines.append(
      "  \(kn.runs) runs; all \(names.count) to the end would have been "
        + "\(kn.replications * names.count)")
    lines.append("")
    var table = TextTable(["alternative", key.metric, "left after"], [.left, .right, .right])
    for (place, name) in names.enumerated() {
      table.add([
        name, FigureText.value(kn.mean(of: place), unit: key.unit),
        kn.eliminatedAfter[place].map { "\($0)" } ?? (outcome.selected == place ? "best" : "–"),
      ])
    }
    return lines + table.laidOut(width: TerminalLayout.plain.width)
  }
}
