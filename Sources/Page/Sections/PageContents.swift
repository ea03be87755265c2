import Tables

/// A figure of `summary.csv`.
typealias SummaryFigure = SummaryTable.Record

/// The runs of a page, and what all sections make charts from.
struct PageContents {
  let runs: [RunContents]
  let bins: TimeBins

  /// Whether runs stand side by side.
  var isComparison: Bool { runs.count > 1 }

  /// `name: ` where there are several runs.
  func prefix(_ run: RunContents) -> String { isComparison ? "\(run.name): " : "" }

  /// A line for each thing over time, of all runs in one chart; nothing where no run has any.
  func lines(
    _ id: String, _ title: String, _ form: NumberForm, _ marks: [Chart.Mark] = [],
    _ measure: (RunContents) -> Breakdown?
  ) -> [BlockView] {
    let having = runs.compactMap { run in measure(run).map { (run.name, $0) } }
    let choice = SeriesChoice(having)
    guard let first = having.first?.1 else { return [] }
    var chart = Chart(
      id: id, title: title, axis: "from", kind: .lines, form: form, labels: bins.labels,
      series: choice.series, bands: bands, marks: marks)
    guard !chart.isEmpty else { return [] }
    chart.rule = rule(first.reduction, choice)
    return [.chart(chart)]
  }

  /// Stacked bars over time, a chart for each run on the same scale; nothing where no run has any.
  func stacks(
    _ id: String, _ title: String, _ measure: (RunContents) -> Breakdown?
  ) -> [BlockView] {
    let having = runs.compactMap { run in
      measure(run).flatMap { $0.hasAnything ? (run.name, $0) : nil }
    }
    guard let first = having.first?.1 else { return [] }
    let choice = SeriesChoice(having)
    var charts = having.indices.map { index -> Chart in
      var chart = Chart(
        id: isComparison ? "\(id)-\(index)" : id,
        title: isComparison ? "\(title), \(having[index].0)" : title, axis: "from", kind: .stack,
        form: .whole, labels: bins.labels,
        series: choice.series(ofRun: index).filter { $0.values.contains { ($0 ?? 0) > 0 } },
        bands: bands)
      chart.rule = rule(first.reduction, choice)
      return chart
    }
    let top = charts.map(\.largest).max()
    for index in charts.indices { charts[index].top = top }
    return charts.map { .chart($0) }
  }

  private func rule(_ reduction: Reduction, _ choice: SeriesChoice) -> String {
    [reduction.words(bins), choice.words].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Incidents on the time axis; those that several runs share only once.
  private var bands: [Chart.Band] {
    var seen: Set<String> = []
    return runs.flatMap(\.incidents).map { incident in
      Chart.Band(
        name: incident.words + ", " + TimelineDrawing.moment(incident.startSeconds) + " to "
          + TimelineDrawing.moment(incident.endSeconds),
        from: bins.position(seconds: incident.startSeconds),
        to: bins.position(seconds: incident.endSeconds))
    }.filter { seen.insert($0.name).inserted }
  }
}
