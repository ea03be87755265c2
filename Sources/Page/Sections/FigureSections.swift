import Tables

/// Tables of figures: targets, the whole run, workloads, what is close to its limit.
struct FigureSections {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  var sections: [SectionView] {
    [
      section("targets", "Targets and limits", targets + limits),
      section("figures", "Figures", figures),
    ].compactMap { $0 }
  }

  private func section(_ id: String, _ heading: String, _ blocks: [BlockView]) -> SectionView? {
    blocks.isEmpty ? nil : SectionView(id: id, heading: heading, blocks: blocks)
  }

  // MARK: Targets

  private var targets: [BlockView] {
    var table = TableView(
      "Latency targets", "workload", ["target", "required", "within it", "verdict"])
    for run in page.runs {
      for target in Target.all(run.figures) {
        table.add(
          page.prefix(run) + target.workload,
          [
            CellView("\(target.name) ≤ \(target.limit.shown)"), CellView(target.required),
            CellView(target.attainment),
            target.isHeld ? CellView("✓ holds", "good") : CellView("✗ misses", "bad"),
          ])
      }
    }
    return table.rows.isEmpty ? [] : [.table(table)]
  }

  private var limits: [BlockView] {
    page.runs.compactMap { run in
      let limits = Limit.all(run)
      guard !limits.isEmpty else { return nil }
      var table = TableView(
        "Closest to a limit" + (page.isComparison ? ", \(run.name)" : ""), "what",
        ["reached", "of what"],
        note: limits.count > 8 ? "The 8 closest of \(limits.count)." : nil)
      for limit in limits.prefix(8) {
        let reached =
          limit.figure.map { CellView($0) } ?? CellView.number(Figure.percent(limit.share))
        table.add(limit.name, [reached, CellView(limit.what)])
      }
      return .table(table)
    }
  }

  // MARK: Figures

  private static let whole = [
    ("simulated_time", "simulated time"), ("estimated_time", "estimated time"),
    ("requests_arrived", "requests arrived"), ("requests_completed", "completed"),
    ("requests_rejected", "rejected"), ("requests_failed", "failed"),
    ("requests_cancelled", "given up"), ("requests_in_flight", "in flight at the end"),
    ("residency_violations", "residency violations"), ("token_cost", "tokens at list price"),
    ("list_cost", "list cost"), ("billed_cost", "billed"), ("effective_cost", "effective cost"),
    ("unused_cost", "of it for what nobody used"),
    ("billed_cost_per_million_tokens", "billed for a million tokens"),
    ("billed_cost_per_good_request", "billed for a request within its targets"),
    ("energy", "energy, kWh"), ("carbon", "carbon, kg CO2e"),
  ]

  private static let workload = [
    ("requests_arrived", "arrived"), ("requests_completed", "completed"),
    ("request_rate", "requests/s"), ("slo_attainment", "within targets"),
    ("ttft_p50", "TTFT P50"), ("ttft_p95", "TTFT P95"), ("ttft_p99", "TTFT P99"),
    ("tpot_p50", "TPOT P50"), ("tpot_p95", "TPOT P95"), ("e2e_p95", "end-to-end P95"),
    ("attempts_per_request", "attempts each"), ("token_cost_per_million", "USD a million tokens"),
  ]

  private var figures: [BlockView] {
    var whole = comparison("The whole run", "figure")
    for (metric, words) in Self.whole {
      add(words, page.runs.map { $0.figures.figure(metric) }, to: &whole)
    }
    var blocks: [BlockView] = whole.rows.isEmpty ? [] : [.table(whole)]
    if page.isComparison {
      var table = comparison("Workloads", "figure")
      for name in scopes(.workload) {
        for (metric, words) in Self.workload {
          add(
            "\(name): \(words)", page.runs.map { $0.figures.figure(.workload, name, metric) },
            to: &table)
        }
      }
      if !table.rows.isEmpty { blocks.append(.table(table)) }
    } else if let figures = page.runs.first?.figures {
      let names = figures.scopes(.workload)
      let columns = Self.workload.filter { metric, _ in
        names.contains { figures.figure(.workload, $0, metric) != nil }
      }
      var table = TableView("Workloads", "workload", columns.map(\.1))
      for name in names {
        table.add(name, columns.map { CellView(figures.figure(.workload, name, $0.0)) })
      }
      if !table.rows.isEmpty { blocks.append(.table(table)) }
    }
    return blocks
  }

  /// A table with a column for each run, and from the second on its difference to the first.
  private func comparison(_ caption: String, _ corner: String) -> TableView {
    let heads = page.runs.enumerated().flatMap { index, run in
      !page.isComparison
        ? ["value"] : index == 0 ? [run.name] : [run.name, "against \(page.runs[0].name)"]
    }
    return TableView(caption, corner, heads)
  }

  private func add(_ name: String, _ records: [SummaryFigure?], to table: inout TableView) {
    guard records.contains(where: { $0 != nil }) else { return }
    let cells = records.enumerated().flatMap { index, record -> [CellView] in
      guard index > 0 else { return [CellView(record)] }
      var change = Figure.none
      if let old = records[0]?.value, let new = record?.value {
        change = Figure.change(from: old, to: new) ?? Figure.none
      }
      return [CellView(record), .number(change)]
    }
    table.add(name, cells)
  }

  private func scopes(_ kind: SummaryTable.ScopeKind) -> [String] {
    var seen: Set<String> = []
    return page.runs.flatMap { $0.figures.scopes(kind) }.filter { seen.insert($0).inserted }
  }
}
