import Experiment
import Scenario
import Tables

/// Checks as JSON, for programs.
public enum CheckDocument {
  /// The document: an array `checks`, one for each scenario.
  public static func json(_ results: [CheckResult]) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.boolean(!results.contains(where: \.isFailed), "ok")
    json.beginArray("checks")
    for result in results { add(result, to: &json) }
    json.end()
    json.end()
    return json.finish()
  }

  private static func add(_ result: CheckResult, to json: inout JSONWriter) {
    json.beginObject()
    json.string(result.path, "scenario")
    json.string(result.name, "name")
    json.boolean(!result.isFailed, "ok")
    json.string(CheckSummary(result).reason, "reason")
    json.string(result.baselinePath, "baseline")
    json.boolean(result.isUpdate, "updated")
    json.beginArray("seeds")
    for seed in result.runs.seeds { json.integer(seed) }
    json.end()
    if let comparison = result.comparison { add(comparison, to: &json) }
    json.beginArray("assertions")
    for assertion in result.assertions {
      json.beginObject()
      json.string(assertion.assertion.text, "assertion")
      json.string(assertion.assertion.metric.unit, "unit")
      real(assertion.value, "value", &json)
      real(assertion.halfWidth, "half_width_95", &json)
      real(assertion.assertion.least?.value, "at_least", &json)
      real(assertion.assertion.most?.value, "at_most", &json)
      json.string(assertion.verdict.rawValue, "verdict")
      json.end()
    }
    json.end()
    json.end()
  }

  private static func add(_ comparison: BaselineComparison, to json: inout JSONWriter) {
    json.boolean(comparison.isPaired, "paired")
    json.integer(comparison.testedFigures, "figures_tested")
    json.beginArray("notes")
    for note in comparison.notes { json.string(note) }
    json.end()
    if let divergence = comparison.divergence {
      json.beginObject("divergence")
      json.integer(divergence.seed, "seed")
      json.integer(divergence.partedSeeds, "seeds_parted")
      json.integer(divergence.commonSeeds, "seeds_common")
      json.real(divergence.sameUntil, "same_until_s")
      json.real(divergence.differsBy, "differs_by_s")
      json.beginArray("parts")
      for part in divergence.parts { json.string(part) }
      json.end()
      add(divergence.now, "now", to: &json)
      add(divergence.before, "baseline", to: &json)
      json.end()
    }
    json.beginArray("figures")
    for figure in comparison.figures where figure.verdict != .same {
      json.beginObject()
      json.string(figure.key.scopeKind, "scope_kind")
      json.string(figure.key.scope, "scope")
      json.string(figure.key.metric, "metric")
      json.string(figure.key.unit, "unit")
      json.string(figure.key.source, "source")
      real(figure.before, "baseline", &json)
      real(figure.now, "now", &json)
      json.real(figure.difference, "difference")
      json.real(figure.relative, "relative")
      real(figure.halfWidth, "half_width_95", &json)
      real(figure.probability, "probability", &json)
      json.string(FigureText.rule(figure.rule, unit: figure.key.unit), "fails_where")
      json.string(figure.verdict.rawValue, "verdict")
      json.end()
    }
    json.end()
  }

  private static func add(
    _ activity: Divergence.Activity, _ key: String, to json: inout JSONWriter
  ) {
    json.beginObject(key)
    json.integer(activity.arrived, "arrived")
    json.integer(activity.completed, "completed")
    json.integer(activity.lost, "lost")
    json.integer(activity.events, "events")
    json.end()
  }

  private static func real(_ value: Double?, _ key: String, _ json: inout JSONWriter) {
    if let value { json.real(value, key) } else { json.string(nil, key) }
  }
}
