import Yams

/// Values that one place of a scenario takes in a sweep.
public struct SweepAxis: Sendable {
  /// The place, a path as in `--set`.
  public var path: String
  /// What stands there, as text after `=` in `--set`.
  public var values: [String]
  /// Where the path stands, and where each value.
  var mark: Mark
  var valueMarks: [Mark]

  init(_ entry: Item.Entry) {
    path = entry.key
    values = entry.item.items.map(\.text)
    mark = entry.mark
    valueMarks = entry.item.items.map(\.mark)
  }
}

/// Holds what a sweep varies against the scenario it varies, before anything runs.
struct SweepCheck {
  /// The scenario, overrides of the command line applied.
  let scenario: Node
  let diagnostics: Diagnostics

  /// Reports axes that name nothing, that are empty, that undo one another, and values that do not fit.
  func check(_ axes: [SweepAxis]) {
    for (index, axis) in axes.enumerated() {
      let earlier = axes[..<index].map(\.path)
      guard checkPath(axis.path, after: earlier, at: axis.mark) else { continue }
      if axis.values.isEmpty {
        diagnostics.report(axis.mark, "axis '\(axis.path)' is empty; give at least one value")
      }
      var known: Set<String> = []
      for (place, value) in axis.values.enumerated() {
        let mark = axis.valueMarks[place]
        guard known.insert(value).inserted else {
          diagnostics.report(mark, "axis '\(axis.path)' has the value '\(value)' twice")
          continue
        }
        // A path that leads nowhere is said once, not for each value.
        guard check([(axis.path, value, mark)], pathMark: axis.mark) else { break }
      }
    }
  }

  /// Reports a path that a sweep may not vary, or that takes back what an earlier one has set.
  func checkPath(_ path: String, after earlier: [String], at mark: Mark) -> Bool {
    let top = path.prefix { $0 != "." }
    if top == "seed" {
      diagnostics.report(mark, "'seed' is no axis; write seeds, a number or a list")
      return false
    }
    if top == "axes" || top == "plimsoll" {
      diagnostics.report(mark, "'\(top)' is no place in a scenario that a sweep can vary")
      return false
    }
    for other in earlier where other.hasPrefix(path + ".") {
      diagnostics.report(
        mark, "'\(path)' replaces what '\(other)' sets before it; give it first, or leave one out")
      return false
    }
    return true
  }

  /// Whether the paths of some overrides lead anywhere; reports what is wrong with path or value.
  @discardableResult
  func check(
    _ overrides: [(path: String, value: String, mark: Mark)], pathMark: Mark? = nil
  ) -> Bool {
    var node = scenario
    for override in overrides {
      switch Overrides.put(override.value, at: override.path, in: node) {
      case .success(let changed): node = changed
      case .failure(let problem):
        // Text that is no YAML is to blame itself; else its path is.
        let isValue = (try? YAMLText.document(override.value)) == nil
        diagnostics.report(
          isValue ? override.mark : pathMark ?? override.mark,
          "'\(override.path)': \(problem.message)")
        return isValue
      }
    }
    let own = Diagnostics()
    _ = ShapeReader(diagnostics: own).read(node, as: ScenarioShape.root, path: "")
    for problem in own.all {
      // What an override brings has no line; the rest stands in the scenario.
      let place = problem.mark.line > 0 ? " (line \(problem.mark.line) of the scenario)" : ""
      diagnostics.report(overrides.last?.mark ?? .commandLine, problem.message + place)
    }
    return true
  }
}
