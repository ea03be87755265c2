/// Which of many things get a series of their own.
///
/// The rule: of all things that are not zero throughout, the seven that are largest (in sum, or at their
/// highest where extremes count), fewer where several runs are shown; all others together are one more
/// series.
struct SeriesChoice {
  private let runs: [(name: String, breakdown: Breakdown)]
  /// Things with a series of their own, the largest first.
  let chosen: [String]
  /// Things that are put together.
  let others: [String]
  /// Things that are zero throughout and left out.
  let idle: Int

  /// - Parameter runs: What each run has; all with the same bins.
  init(_ runs: [(name: String, breakdown: Breakdown)]) {
    self.runs = runs
    var names: [String] = []
    var sizes: [String: Double] = [:]
    for run in runs {
      for name in run.breakdown.names {
        if sizes[name] == nil { names.append(name) }
        sizes[name] = max(sizes[name] ?? 0, run.breakdown.size(name))
      }
    }
    let active = names.filter { sizes[$0]! != 0 }
    let shown = active.isEmpty ? names : active
    idle = names.count - shown.count
    // Equal sizes keep the order of the tables.
    let ranked = shown.enumerated().sorted { a, b in
      let (x, y) = (sizes[a.element]!, sizes[b.element]!)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
    let room = max(2, Palette.count / max(1, runs.count))
    // One that is left alone gets its own series rather than the name of many.
    let count = ranked.count <= min(Palette.count, room + 1) ? ranked.count : room
    chosen = Array(ranked.prefix(count))
    others = Array(ranked.dropFirst(count))
  }

  /// Name of what is put together.
  var othersName: String { others.count == 1 ? others[0] : "others (\(others.count))" }

  /// The series of every run: things by colour, runs by dash.
  var series: [Chart.Series] {
    runs.indices.flatMap { run in
      series(ofRun: run).map { series in
        var series = series
        if runs.count > 1 { series.name = "\(runs[run].name): \(series.name)" }
        series.dash = run
        return series
      }
    }
  }

  /// The series of one run, for a chart of its own.
  func series(ofRun index: Int) -> [Chart.Series] {
    let breakdown = runs[index].breakdown
    var series = chosen.enumerated().compactMap { colour, name in
      breakdown.values(name).map { Chart.Series(name: name, values: $0, colour: colour) }
    }
    if let values = breakdown.values(others) {
      series.append(Chart.Series(name: othersName, values: values, colour: Palette.others))
    }
    return series
  }

  /// What was put together how and what was left out, for the reader; empty where nothing was.
  var words: String {
    var parts: [String] = []
    if others.count > 1, let breakdown = runs.first?.breakdown {
      let how =
        switch breakdown.reduction {
        case .sum, .perMinute: "added up"
        case .mean: "as their mean"
        case .largest: "at the highest of them"
        }
      parts.append(
        "the \(chosen.count) largest of \(chosen.count + others.count), the others \(how)")
    }
    if idle > 0 { parts.append("\(idle) of nothing but zeros left out") }
    return parts.joined(separator: "; ")
  }
}
