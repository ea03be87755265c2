import ArgumentParser
import Multicloud
import Runner
import Tables

/// How results are printed on standard output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table
  case json
  case csv
}

/// The summary's rows as text for programs.
enum SummaryText {
  static func csv(_ rows: [SummaryTable.Row]) -> String {
    let header = SummaryTable.columns.map(\.name).joined(separator: ",")
    let lines = rows.map { row in
      [
        row.scopeKind.rawValue, row.scope, row.metric, row.unit, row.value.text ?? "",
        row.source.rawValue,
      ].joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n")
  }

  /// Rows alone.
  static func json(_ rows: [SummaryTable.Row]) -> String {
    var json = JSONWriter()
    json.beginObject()
    add(rows, to: &json)
    json.end()
    return json.finish()
  }

  private static func add(_ rows: [SummaryTable.Row], to json: inout JSONWriter) {
    json.beginArray("summary")
    for row in rows {
      json.beginObject()
      json.string(row.scopeKind.rawValue, "scope_kind")
      json.string(row.scope, "scope")
      json.string(row.metric, "metric")
      json.string(row.unit, "unit")
      if let text = row.value.text, let number = Double(text) {
        json.real(number, "value")
      } else {
        json.string(nil, "value")
      }
      json.string(row.source.rawValue, "source")
      json.end()
    }
    json.end()
  }

  static func json(_ outcome: ScenarioRun.Outcome, directory: String) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.string(directory, "directory")
    json.boolean(outcome.result.isComplete, "complete")
    json.integer(outcome.result.requests, "requests")
    json.integer(outcome.result.events, "events")
    json.real(outcome.wallSeconds, "wall_seconds")
    add(outcome.summary, to: &json)
    json.end()
    return json.finish()
  }
}
