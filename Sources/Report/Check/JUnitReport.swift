import Experiment
import Scenario

/// Checks as JUnit XML, the form that CI systems show: a suite for each scenario, a case for each figure that is
/// judged and for each assertion.
public struct JUnitReport {
  private let results: [CheckResult]

  /// Prepares a report.
  public init(_ results: [CheckResult]) { self.results = results }

  /// The document.
  public var text: String {
    let suites = results.map(Suite.init)
    let tests = suites.reduce(0) { $0 + $1.cases.count }
    let failures = suites.reduce(0) { $0 + $1.failures }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"plimsoll check\" tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\">",
    ]
    for suite in suites {
      lines.append(
        "  <testsuite name=\"\(Self.escaped(suite.name))\" tests=\"\(suite.cases.count)\" "
          + "failures=\"\(suite.failures)\" errors=\"0\" skipped=\"0\">")
      for entry in suite.cases {
        let head =
          "    <testcase classname=\"\(Self.escaped(suite.name))\" "
          + "name=\"\(Self.escaped(entry.name))\""
        guard let failure = entry.failure else {
          lines.append(head + "/>")
          continue
        }
        lines.append(head + ">")
        lines.append(
          "      <failure type=\"\(entry.kind)\" message=\"\(Self.escaped(failure))\">"
            + "\(Self.escaped(entry.detail))</failure>")
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private struct Case {
    var name: String
    var kind: String
    var failure: String?
    var detail = ""
  }

  private struct Suite {
    var name: String
    var cases: [Case] = []
    var failures: Int { cases.filter { $0.failure != nil }.count }

    init(_ result: CheckResult) {
      name = result.path
      if let comparison = result.comparison, !result.isUpdate {
        for figure in comparison.figures where figure.rule != .ignored {
          var entry = Case(name: figure.key.fullName, kind: figure.verdict.rawValue)
          if figure.verdict.isFailure {
            entry.failure = CheckSummary.text(figure)
            entry.detail =
              "fails where \(FigureText.rule(figure.rule, unit: figure.key.unit)); by chance "
              + FigureText.chance(figure.probability)
          }
          cases.append(entry)
        }
      }
      if result.mustBeExact {
        var entry = Case(name: "course of every request", kind: "divergence")
        if result.isAnotherCourse, let divergence = result.comparison?.divergence {
          let lines = DivergenceText.lines(divergence)
          entry.failure = lines[0]
          entry.detail = lines.joined(separator: "\n")
        }
        cases.append(entry)
      }
      for assertion in result.assertions {
        var entry = Case(name: assertion.assertion.text, kind: assertion.verdict.rawValue)
        if assertion.verdict.isFailure {
          entry.failure = AssertionText.value(assertion)
          entry.detail = AssertionText.line(assertion)
        }
        cases.append(entry)
      }
    }
  }

  /// Text as it may stand in an attribute or an element. What XML 1.0 has no place for, escaped or not,
  /// becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      // An attribute would turn these into spaces.
      case "\n": result += "&#10;"
      case "\r": result += "&#13;"
      case "\t": result += "&#9;"
      default:
        let isAllowed =
          (0x20...0xD7FF).contains(scalar.value) || (0xE000...0xFFFD).contains(scalar.value)
          || (0x10000...0x10FFFF).contains(scalar.value)
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
