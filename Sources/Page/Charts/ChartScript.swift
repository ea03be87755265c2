/// A chart as JSON for the page's script. Labels and texts of values are not repeated: the script reads
/// them from the table behind the chart.
struct ChartScript {
  private let chart: Chart

  init(_ chart: Chart) { self.chart = chart }

  /// The JSON text, safe inside a script element. O(points).
  var json: String {
    let scale = chart.scale
    let series = chart.series.map { series -> String in
      let values = series.values.map { $0.map(Coordinate.significant) ?? "null" }
      let fill = series.fillsTo.map { ",\"fill\":\($0)" } ?? ""
      return "{\"colour\":\(series.colour),\"dash\":\(series.dash)\(fill),"
        + "\"values\":[\(values.joined(separator: ","))]}"
    }
    let ticks = scale.ticks.map {
      "[\(Coordinate.significant($0)),\(Markup.json(scale.label($0)))]"
    }
    let bands = chart.bands.map {
      "[\(Coordinate.significant($0.from)),\(Coordinate.significant($0.to)),\(Markup.json($0.name))]"
    }
    let marks = chart.marks.map {
      "[\($0.isUpright),\(Coordinate.significant($0.at)),\($0.colour),\(Markup.json($0.name))]"
    }
    return "{\"kind\":\"\(chart.kind.rawValue)\",\"ticks\":[\(ticks.joined(separator: ","))],"
      + "\"series\":[\(series.joined(separator: ","))],\"bands\":[\(bands.joined(separator: ","))],"
      + "\"marks\":[\(marks.joined(separator: ","))]}"
  }
}
