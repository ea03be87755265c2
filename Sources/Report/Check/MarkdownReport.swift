import Experiment
import Scenario

/// Checks as a short summary in Markdown, for a comment on a pull request.
public struct MarkdownReport {
  private let results: [CheckResult]
  private static let mostRows = 20

  /// Prepares a report.
  public init(_ results: [CheckResult]) { self.results = results }

  /// The document.
  public var text: String {
    let failed = results.filter(\.isFailed).count
    let title =
      failed == 0
      ? "### ✅ Plimsoll: nothing got worse" : "### ❌ Plimsoll: \(failed) of \(results.count) failed"
    return ([title] + results.flatMap { [""] + section($0) }).joined(separator: "\n") + "\n"
  }

  private func section(_ result: CheckResult) -> [String] {
    var lines = [
      "**\(result.isFailed ? "❌" : "✅") \(Self.escaped(result.path))**: "
        + Self.escaped(CheckSummary(result).reason)
    ]
    let notes = result.comparison?.notes ?? []
    if !notes.isEmpty { lines += [""] + notes.map { "- \(Self.escaped($0))" } }
    lines += figures(result)
    if let divergence = result.comparison?.divergence {
      let text = DivergenceText.lines(divergence).map(Self.escaped)
      lines += ["", text.joined(separator: "<br>")]
    }
    if !result.assertions.isEmpty {
      lines += ["", "| | assertion | value |", "|---|---|---|"]
      for assertion in result.assertions {
        let mark = assertion.verdict.isFailure ? "❌" : assertion.verdict == .close ? "⚠️" : "✅"
        lines.append(
          "| \(mark) | \(Self.escaped(assertion.assertion.text)) "
            + "| \(Self.escaped(AssertionText.value(assertion))) |")
      }
    }
    return lines
  }

  private func figures(_ result: CheckResult) -> [String] {
    let all = result.comparison?.figures ?? []
    let shown = all.filter(\.verdict.isFailure) + all.filter { $0.verdict == .improved }
    guard !shown.isEmpty else { return [] }
    var lines = ["", "| | figure | baseline | now | change |", "|---|---|---:|---:|---:|"]
    for figure in shown.prefix(Self.mostRows) {
      let isFailure = figure.verdict.isFailure && !result.isUpdate
      lines.append(
        "| \(isFailure ? "❌" : figure.verdict == .improved ? "⬆️" : "✏️") "
          + "| \(Self.escaped(figure.key.fullName)) "
          + "| \(FigureText.value(figure.before, unit: figure.key.unit)) "
          + "| \(FigureText.value(figure.now, unit: figure.key.unit)) "
          + "| \(FigureText.change(figure)) \(FigureText.interval(figure)) |")
    }
    if shown.count > Self.mostRows { lines.append("\nand \(shown.count - Self.mostRows) more") }
    return lines
  }

  /// Text that Markdown and the HTML in it leave as it is.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "|", "*", "_", "`", "[", "]", "#", "~", "@", "!":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "\n", "\r", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
