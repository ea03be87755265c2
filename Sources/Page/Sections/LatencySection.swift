import Tables

/// Distributions of latencies against their targets.
struct LatencySection {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  var section: SectionView? {
    var blocks: [BlockView] = []
    for (kind, words) in Target.kinds.prefix(2) {
      let title = kind == "ttft" ? "Time to first token" : "Time per output token"
      blocks += distribution(kind, title, words)
    }
    blocks += page.lines("ttft-pool", "TTFT P95 of the minute, by pool", .milliseconds) {
      $0.pools?.firstTokenByPool
    }
    blocks += page.lines("tpot-pool", "TPOT P95 of the minute, by pool", .milliseconds) {
      $0.pools?.perTokenByPool
    }
    return blocks.isEmpty
      ? nil : SectionView(id: "latency", heading: "Latency against targets", blocks: blocks)
  }

  // MARK: Distributions

  /// From the rows of requests where there are any in every run, else from the quantiles of the summary.
  private func distribution(_ kind: String, _ title: String, _ words: String) -> [BlockView] {
    let digests = page.runs.map { run in
      run.requests.map { kind == "ttft" ? $0.firstToken : $0.perToken }
    }
    let ranges = digests.flatMap { ($0 ?? []).compactMap(\.range) }
    guard !digests.contains(where: { $0 == nil }), let low = ranges.map(\.lowerBound).min(),
      let high = ranges.map(\.upperBound).max()
    else { return quantiles(kind, title) }
    let marks = targets(kind).map { target -> Chart.Mark in
      let position = LatencyGrid.position(milliseconds: target.limit.value ?? 0)
      return Chart.Mark(
        name: "\(target.workload): \(target.limit.shown) for \(target.required.shown)",
        at: position, isUpright: true, colour: colour(target.workload))
    }
    // Targets are shown even where every request is far from them.
    let range =
      min(
        low, marks.map { Int($0.at) }.min() ?? low)...max(
        high, marks.map { Int($0.at) + 1 }.max() ?? high)
    let series = page.runs.enumerated().flatMap { dash, run -> [Chart.Series] in
      guard let digest = run.requests, let shares = digests[dash] else { return [] }
      return shown(digest.workloads).compactMap { name in
        let index = digest.workloads.firstIndex(of: name)!
        guard shares[index].total > 0 else { return nil }
        return Chart.Series(
          name: page.prefix(run) + name, values: shares[index].shares(range),
          colour: colour(name), dash: dash)
      }
    }
    var chart = Chart(
      id: kind, title: "\(title): share of requests within it", axis: "\(words) within",
      kind: .lines, form: .percent, labels: range.map(LatencyGrid.label), series: series)
    chart.top = 1
    chart.marks = marks.map { mark in
      var mark = mark
      mark.at -= Double(range.lowerBound)
      return mark
    }
    let rows = page.runs.map { run in
      "\(page.prefix(run))\(Figure.grouped(Int64(run.requests?.rows ?? 0))) rows of "
        + "\(Figure.grouped(Int64(run.manifest.requests))) requests"
    }
    chart.rule =
      "completed requests that arrived after the warm-up, as far as requests.csv has them ("
      + rows.joined(separator: "; ") + "); upright lines are targets" + hidden
    return [.chart(chart)]
  }

  private func quantiles(_ kind: String, _ title: String) -> [BlockView] {
    let quantiles = ["p50", "p90", "p95", "p99"]
    let series = page.runs.enumerated().flatMap { dash, run in
      shown(run.figures.scopes(.workload)).compactMap { name -> Chart.Series? in
        let values = quantiles.map {
          run.figures.figure(.workload, name, "\(kind)_\($0)")?.value
        }
        guard values.contains(where: { $0 != nil }) else { return nil }
        return Chart.Series(
          name: page.prefix(run) + name, values: values, colour: colour(name), dash: dash)
      }
    }
    var chart = Chart(
      id: kind, title: "\(title), by quantile", axis: "quantile", kind: .lines,
      form: .milliseconds, labels: quantiles.map { $0.uppercased() }, series: series)
    // A quantile that no run has is no label.
    let having = quantiles.indices.filter { index in series.contains { $0.values[index] != nil } }
    chart.labels = having.map { chart.labels[$0] }
    for index in chart.series.indices {
      chart.series[index].values = having.map { series[index].values[$0] }
    }
    chart.marks = targets(kind).map { target in
      Chart.Mark(
        name: "\(target.workload): \(target.limit.shown) for \(target.required.shown)",
        at: target.limit.value ?? 0, isUpright: false, colour: colour(target.workload))
    }
    chart.rule = "from summary.csv; level lines are targets" + hidden
    return chart.isEmpty ? [] : [.chart(chart)]
  }

  // MARK: Workloads

  private var workloads: [String] {
    var seen: Set<String> = []
    return page.runs.flatMap { $0.figures.scopes(.workload) }.filter { seen.insert($0).inserted }
  }

  /// Workloads past the number of colours are left out: distributions cannot be put together.
  private func shown(_ names: [String]) -> [String] {
    let first = workloads.prefix(Palette.count)
    return names.filter(first.contains)
  }

  private var hidden: String {
    let count = workloads.count - Palette.count
    return count > 0 ? "; \(count) more workloads are in the table of figures" : ""
  }

  private func colour(_ workload: String) -> Int {
    min(workloads.firstIndex(of: workload) ?? Palette.others, Palette.others)
  }

  /// Targets of workloads that are shown; equal ones of several runs once.
  private func targets(_ kind: String) -> [Target] {
    var seen: Set<String> = []
    return page.runs.flatMap { Target.all($0.figures) }.filter {
      $0.kind == kind && !shown([$0.workload]).isEmpty
        && seen.insert("\($0.workload)|\($0.limit.text)").inserted
    }
  }
}
