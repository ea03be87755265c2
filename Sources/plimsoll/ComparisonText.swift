import Experiment
import Statistics
import Tables

/// Comparisons and selections as text for programs: the columns of `comparison.csv`.
enum ComparisonText {
  static func csv(_ study: ComparisonStudy) -> String {
    let header = ComparisonRow.schema.columns.map(\.name).joined(separator: ",")
    return ([header] + study.rows.map { $0.fields.map(text).joined(separator: ",") })
      .joined(separator: "\n")
  }

  static func json(_ study: ComparisonStudy) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.boolean(study.isPaired, "paired")
    json.beginArray("comparison")
    for row in study.rows {
      json.beginObject()
      for (column, field) in zip(ComparisonRow.schema.columns, row.fields) {
        switch field {
        case .estimate(let value?): json.real(value, column.name)
        case .integer(let value?): json.integer(Int(value), column.name)
        default:
          let plain = text(field)
          json.string(plain.isEmpty ? nil : plain, column.name)
        }
      }
      json.end()
    }
    json.end()
    json.beginArray("narrowing")
    for figure in study.figures {
      guard let narrowing = figure.narrowing else { continue }
      json.beginObject()
      json.string(figure.key.name, "figure")
      json.real(narrowing, "times")
      json.end()
    }
    json.end()
    json.end()
    return json.finish()
  }

  static func csv(_ names: [String], _ outcome: BestSelection.Outcome) -> String {
    let lines = names.indices.map { place in
      let left = outcome.procedure.eliminatedAfter[place].map { "\($0)" } ?? ""
      let mean = RealText.significant(outcome.procedure.mean(of: place), digits: 6) ?? ""
      return "\(quoted(names[place])),\(mean),\(left),\(outcome.selected == place ? 1 : 0)"
    }
    return (["alternative,mean,eliminated_after,selected"] + lines).joined(separator: "\n")
  }

  static func json(_ names: [String], _ outcome: BestSelection.Outcome) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.string(outcome.key.name, "figure")
    json.string(outcome.selected.map { names[$0] }, "selected")
    json.real(outcome.procedure.level, "level")
    json.real(outcome.procedure.indifference, "indifference")
    json.integer(outcome.procedure.runs, "runs")
    json.beginArray("alternatives")
    for place in names.indices {
      json.beginObject()
      json.string(names[place], "alternative")
      json.real(outcome.procedure.mean(of: place), "mean")
      if let left = outcome.procedure.eliminatedAfter[place] {
        json.integer(left, "eliminated_after")
      }
      json.end()
    }
    json.end()
    json.end()
    return json.finish()
  }

  private static func text(_ field: TextField) -> String {
    switch field {
    case .text(let text): quoted(text)
    case .integer(let value): value.map(String.init) ?? ""
    case .estimate(let value): value.flatMap { RealText.significant($0, digits: 6) } ?? ""
    case .dollars(let value): value.flatMap { SummaryTable.Value.dollars($0).text } ?? ""
    case .ratio(let ratio): SummaryTable.Value.ratio(ratio).text ?? ""
    }
  }

  /// RFC 4180.
  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
