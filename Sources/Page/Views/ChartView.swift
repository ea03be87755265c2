/// A chart as the template shows it: a drawing, a legend, the table behind it, and data for the script.
struct ChartView {
  /// An entry of the legend.
  struct LegendView {
    var index: Int
    var name: String
    var colour: Int
    var dash: Int
    var isLine: Bool
  }

  /// A line of the table.
  struct LineView {
    var label: String
    var values: [String]
  }

  var id: String
  var title: String
  var rule: String?
  var drawing: String
  var data: String
  var axis: String
  var legend: [LegendView]
  /// Names of targets; `nil` where there are none.
  var marked: String?
  /// Names of incidents; `nil` where there are none.
  var banded: String?
  var heads: [String]
  var lines: [LineView]

  /// O(points).
  init(_ chart: Chart) {
    id = chart.id
    title = chart.title
    rule =
      chart.rule.isEmpty ? nil : chart.rule.prefix(1).uppercased() + chart.rule.dropFirst()
    axis = chart.axis
    drawing = ChartDrawing(chart).svg
    data = ChartScript(chart).json
    legend = chart.series.enumerated().map { index, series in
      LegendView(
        index: index, name: series.name, colour: series.colour, dash: series.dash % 4,
        isLine: chart.kind == .lines)
    }
    marked = Self.list(chart.marks.map(\.name))
    banded = Self.list(chart.bands.map(\.name))
    heads = chart.series.map(\.name)
    lines = chart.labels.enumerated().map { index, label in
      LineView(
        label: label,
        values: chart.series.map { $0.values[index].map(chart.form.text) ?? Figure.none })
    }
  }

  /// Names in a line; `nil` where there are none.
  private static func list(_ names: [String]) -> String? {
    let shown = names.prefix(6).joined(separator: "; ")
    return names.isEmpty ? nil : names.count > 6 ? "\(shown); \(names.count - 6) more" : shown
  }
}
