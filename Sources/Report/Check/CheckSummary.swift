import Experiment
import Scenario

/// A check on the terminal: the reason in the first line, then what it rests on.
public struct CheckSummary {
  private let result: CheckResult
  private static let mostMoved = 5

  /// Prepares the summary of a check.
  public init(_ result: CheckResult) { self.result = result }

  /// The summary's lines.
  public var lines: [String] {
    var lines = ["\(result.isFailed ? "FAILED" : "ok"): \(result.path): \(reason)"]
    lines += notes.map { "  note: \($0)" }
    lines += figureTable + moved
    if let divergence = result.comparison?.divergence {
      lines += DivergenceText.lines(divergence).map { "  " + $0 }
    }
    return lines + assertionLines
  }

  /// Why it fails, or what holds; one line.
  public var reason: String {
    var reasons: [String] = []
    if let worst = result.failedFigures.max(by: { Self.weight($0) < Self.weight($1) }) {
      let others = result.failedFigures.count - 1
      reasons.append(
        Self.text(worst) + (others > 0 ? " and \(counted(others, "figure")) more" : ""))
    }
    if let missed = result.failedAssertions.first {
      let others = result.failedAssertions.count - 1
      let value = FigureText.value(missed.value, unit: missed.assertion.metric.unit)
      reasons.append(
        "\(missed.assertion.text), but it is \(value)"
          + (others > 0 ? " and \(counted(others, "assertion")) more" : ""))
    }
    if result.isAnotherCourse, reasons.isEmpty { reasons.append("requests took another course") }
    if !reasons.isEmpty { return reasons.joined(separator: "; ") }
    return (comparisonReason + assertionReason).joined(separator: ", ")
      + " (\(counted(result.runs.seeds.count, "seed")))"
  }

  private var comparisonReason: [String] {
    guard let comparison = result.comparison else {
      return result.isUpdate ? ["baseline made"] : []
    }
    let differing = comparison.figures.filter { $0.verdict != .same }.count
    if result.isUpdate {
      return [
        differing == 0
          ? "baseline was right" : "baseline updated: \(counted(differing, "figure")) changed"
      ]
    }
    let better = comparison.figures.filter { $0.verdict == .improved }.count
    let kept =
      differing == 0
      ? "every figure as in the baseline"
      : "no regression in \(counted(comparison.testedFigures, "figure")) tested"
    return [kept] + (better > 0 ? ["\(better) better"] : [])
  }

  private var assertionReason: [String] {
    let count = result.assertions.count
    if count == 0 { return [] }
    let close = result.assertions.filter { $0.verdict == .close }.count
    let held =
      close == 0
      ? "\(counted(count, "assertion")) \(count == 1 ? "holds" : "hold")"
      : "\(close) of \(counted(count, "assertion")) too close to tell"
    return [held]
  }

  private static func weight(_ figure: BaselineFigure) -> Double {
    figure.verdict == .gone ? .infinity : abs(figure.relative)
  }

  /// One figure in a line: `chat ttft_p95 1.02 % worse (61.2 ms, was 60.6 ms)`.
  static func text(_ figure: BaselineFigure) -> String {
    if figure.verdict == .gone { return "\(figure.key.fullName) is not there any more" }
    let share = figure.relative
    let size =
      share.isFinite ? Quantity.fixed(abs(share) * 100, 2) + " % " : ""
    let word =
      figure.better == .neither ? "off" : figure.verdict == .improved ? "better" : "worse"
    let (now, before) = (
      FigureText.value(figure.now, unit: figure.key.unit),
      FigureText.value(figure.before, unit: figure.key.unit)
    )
    return "\(figure.key.fullName) \(size)\(word) (\(now), was \(before))"
  }

  private var notes: [String] { result.comparison?.notes ?? [] }

  private var figureTable: [String] {
    guard let comparison = result.comparison else { return [] }
    let shown = comparison.figures.filter {
      [.regressed, .changed, .gone, .improved].contains($0.verdict)
    }
    guard !shown.isEmpty else { return [] }
    var table = TextTable(
      ["", "figure", "baseline", "now", "change", "95 %", "by chance", "fails where"],
      [.left, .left, .right, .right, .right, .left, .right, .left])
    for figure in shown.filter(\.verdict.isFailure) + shown.filter({ !$0.verdict.isFailure }) {
      table.add([
        figure.verdict.rawValue, figure.key.fullName,
        FigureText.value(figure.before, unit: figure.key.unit),
        FigureText.value(figure.now, unit: figure.key.unit), FigureText.change(figure),
        FigureText.interval(figure), FigureText.chance(figure.probability),
        FigureText.rule(figure.rule, unit: figure.key.unit),
      ])
    }
    return [""] + table.lines + [""]
  }

  /// Figures that nobody judges and that moved all the same: where to look for the cause.
  private var moved: [String] {
    let moved = (result.comparison?.figures ?? []).filter { $0.verdict == .moved }
      .sorted { abs($0.relative) > abs($1.relative) }
    guard !moved.isEmpty else { return [] }
    let shown = moved.prefix(Self.mostMoved).map {
      "\($0.key.fullName) \(FigureText.change($0))"
    }
    let rest = moved.count - shown.count
    return [
      "  moved, not judged: " + shown.joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "")
    ]
  }

  private var assertionLines: [String] {
    result.assertions.map { "  " + AssertionText.line($0) }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// Assertions as text.
public enum AssertionText {
  /// One assertion in a line: `✓ workload chat ttft_p95 at most 300ms: 61.2 ms ± 0.1 ms`.
  public static func line(_ result: AssertionResult) -> String {
    let mark =
      switch result.verdict {
      case .held: "✓ holds  "
      case .close: "~ close  "
      case .missed, .absent: "✗ missed "
      }
    return "\(mark) \(result.assertion.text): \(value(result))"
  }

  /// The value with its interval, and what to make of it.
  static func value(_ result: AssertionResult) -> String {
    let unit = result.assertion.metric.unit
    switch result.verdict {
    case .absent: return "the run has no such figure"
    case .held, .missed, .close: break
    }
    var text = FigureText.value(result.value, unit: unit)
    if let width = result.halfWidth, width > 0 {
      text += " ± " + FigureText.value(width, unit: unit)
    }
    if result.verdict == .close {
      text += ", outside by less than its interval: more replications would tell"
    }
    return text
  }
}

/// Where runs part, as text.
enum DivergenceText {
  private static let mostParts = 6

  static func lines(_ divergence: Divergence) -> [String] {
    let from = FigureText.moment(divergence.sameUntil)
    let to = FigureText.moment(divergence.differsBy)
    let length = divergence.differsBy - divergence.sameUntil
    let place =
      length == 60 ? "in the minute from \(from)" : "between \(from) and \(to)"
    let same =
      divergence.sameUntil == 0 ? "differs from the start:" : "same until \(from);"
    var first = "\(same) differs first \(place)"
    if !divergence.parts.isEmpty {
      let shown = divergence.parts.prefix(mostParts).joined(separator: ", ")
      let rest = divergence.parts.count - min(mostParts, divergence.parts.count)
      first += ", at \(shown)" + (rest > 0 ? " and \(rest) more" : "")
    }
    first +=
      " (seed \(divergence.seed); \(divergence.partedSeeds) of \(divergence.commonSeeds) seeds part)"
    var lines = [
      first,
      "  then, now:      \(counts(divergence.now))",
      "  then, baseline: \(counts(divergence.before))",
    ]
    if !divergence.otherParts.isEmpty {
      lines.append("  only in one of them: \(divergence.otherParts.joined(separator: ", "))")
    }
    return lines
  }

  private static func counts(_ activity: Divergence.Activity) -> String {
    "\(Quantity.grouped(activity.arrived)) requests arrived, "
      + "\(Quantity.grouped(activity.completed)) completed, "
      + "\(Quantity.grouped(activity.lost)) lost, \(Quantity.grouped(activity.events)) events"
  }
}
