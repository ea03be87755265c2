import Experiment
import Statistics
import Tables

/// Figures with their intervals as text for programs: the columns of `intervals.csv`.
enum IntervalText {
  static func csv(_ runs: [RunFigures], level: Double) -> String {
    csv(figures(runs), level: level)
  }

  static func json(_ runs: [RunFigures], level: Double) -> String {
    json(figures(runs), level: level)
  }

  private static func figures(_ runs: [RunFigures]) -> [(FigureKey, [Double])] {
    let samples = FigureSamples(runs)
    return samples.keys.map { ($0, samples.values($0)) }
  }

  static func csv(_ figures: [(key: FigureKey, values: [Double])], level: Double) -> String {
    let header = "scope_kind,scope,metric,unit,replications,mean,half_width,source"
    let lines = figures.filter { !$0.values.isEmpty }.map { key, values -> String in
      let moments = SampleMoments(values)
      let half = ConfidenceInterval(moments, level: level)?.halfWidth
      return [
        key.scopeKind, key.scope, key.metric, key.unit, "\(moments.count)", number(moments.mean),
        half.map(number) ?? "", key.source,
      ].joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n")
  }

  static func json(_ figures: [(key: FigureKey, values: [Double])], level: Double) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.real(level, "level")
    json.beginArray("intervals")
    for (key, values) in figures where !values.isEmpty {
      let moments = SampleMoments(values)
      json.beginObject()
      json.string(key.scopeKind, "scope_kind")
      json.string(key.scope, "scope")
      json.string(key.metric, "metric")
      json.string(key.unit, "unit")
      json.integer(moments.count, "replications")
      json.real(moments.mean, "mean")
      if let interval = ConfidenceInterval(moments, level: level) {
        json.real(interval.halfWidth, "half_width")
      } else {
        json.string(nil, "half_width")
      }
      json.string(key.source, "source")
      json.end()
    }
    json.end()
    json.end()
    return json.finish()
  }

  private static func number(_ value: Double) -> String {
    RealText.significant(value, digits: 6) ?? ""
  }
}
