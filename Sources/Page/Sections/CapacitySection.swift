import Tables

/// Replicas of elastic pools as they come and go, what they lack, and the training jobs beside them.
struct CapacitySection {
  private let page: PageContents
  /// Pools with a chart of their own: those with the largest gaps.
  private static let mostCharts = 6

  init(_ page: PageContents) { self.page = page }

  var section: SectionView? {
    let blocks = charts + losses + page.runs.flatMap { replicas($0) + money($0) + jobs($0) }
    return blocks.isEmpty
      ? nil : SectionView(id: "capacity", heading: "Capacity", blocks: blocks)
  }

  // MARK: Over time

  /// Elastic pools of all runs, the largest gap first; equal gaps keep the order of the tables.
  private var pools: [String] {
    var gaps: [(name: String, gap: Double)] = []
    for run in page.runs {
      for name in run.elasticPools {
        let gap = run.figures.figure(.pool, name, "capacity_gap")?.value ?? 0
        if let index = gaps.firstIndex(where: { $0.name == name }) {
          gaps[index].gap = max(gaps[index].gap, gap)
        } else {
          gaps.append((name, gap))
        }
      }
    }
    return gaps.enumerated().sorted { a, b in
      a.element.gap == b.element.gap
        ? a.offset < b.offset : a.element.gap > b.element.gap
    }.map(\.element.name)
  }

  private var charts: [BlockView] {
    let names = pools
    var blocks =
      names.count > 1
      ? page.lines("ready-pool", "Ready replicas, by pool", .count) { $0.pools?.readyByPool } : []
    for (index, name) in names.prefix(Self.mostCharts).enumerated() {
      blocks += page.lines("replicas-\(index)", "Replicas of \(name)", .count) {
        $0.pools?.replicas(of: name)
      }
    }
    if names.count > Self.mostCharts {
      blocks.append(
        .text(
          "The \(Self.mostCharts) of \(names.count) elastic pools with the largest gaps have a chart."
        ))
    }
    return blocks
  }

  private var losses: [BlockView] {
    page.stacks("capacity-lost", "Capacity that was asked for in vain or lost, by cause") {
      $0.capacity?.lossesByCause
    }
  }

  // MARK: Figures

  private static let counts = [
    ("replicas_ready_mean", "ready, mean"), ("replicas_ready_min", "least"),
    ("replicas_ready_max", "most"), ("replicas_wanted_mean", "wanted, mean"),
    ("lead_time_mean", "lead time"), ("scale_ups", "scale-ups"), ("scale_downs", "scale-downs"),
    ("scale_ups_failed", "failed"), ("scale_ups_failed_quota", "for quota"),
    ("scale_ups_failed_supply", "for supply"), ("interruptions", "taken back"),
    ("machine_failures", "faults"),
  ]

  private static let paid = [
    ("capacity_gap", "gap, accelerator-hours"), ("accelerator_hours", "held, accelerator-hours"),
    ("spot_share", "spot"), ("machine_cost", "machines at the markets' prices"),
    ("machine_saving", "less than on demand"), ("requests_broken_off", "requests broken off"),
    ("requests_moved", "requests moved"),
  ]

  private func replicas(_ run: RunContents) -> [BlockView] {
    table(run, "Replicas of elastic pools", Self.counts)
  }

  private func money(_ run: RunContents) -> [BlockView] {
    table(run, "What elastic pools lacked, held and cost", Self.paid)
  }

  private func table(
    _ run: RunContents, _ caption: String, _ metrics: [(String, String)]
  ) -> [BlockView] {
    let names = run.elasticPools
    let columns = metrics.filter { metric, _ in
      names.contains { run.figures.figure(.pool, $0, metric) != nil }
    }
    if names.isEmpty || columns.isEmpty { return [] }
    var table = TableView(title(caption, run), "pool", columns.map(\.1))
    for name in names {
      table.add(name, columns.map { CellView(run.figures.figure(.pool, name, $0.0)) })
    }
    return [.table(table)]
  }

  // MARK: Training

  private static let job = [
    ("job_preemptions", "preempted"), ("job_faults", "faults"),
    ("accelerator_hours", "held, accelerator-hours"), ("accelerator_hours_lost", "lost"),
    ("accelerator_hours_overhead", "overhead"), ("waited", "waited"),
  ]

  private func jobs(_ run: RunContents) -> [BlockView] {
    guard !run.jobs.isEmpty else { return [] }
    var table = TableView(
      title("Training jobs", run), "job",
      ["market", "gang", "done", "deadline"] + Self.job.map(\.1))
    for job in run.jobs {
      func figure(_ metric: String) -> CellView {
        CellView(run.figures.figure(.job, job.name, metric))
      }
      let deadline =
        switch (job.hasDeadline, job.isDeadlineMet) {
        case (_, .some(true)): CellView("✓ met", "good")
        case (_, .some(false)): CellView("✗ missed", "bad")
        case (true, .none): CellView("open")
        case (false, .none): CellView(Figure.none)
        }
      table.add(
        job.name,
        [
          CellView(job.market), .number(Figure.grouped(Int64(job.accelerators))),
          figure("done_fraction"), deadline,
        ] + Self.job.map { figure($0.0) })
    }
    return [.table(table)]
  }

  private func title(_ caption: String, _ run: RunContents) -> String {
    caption + (page.isComparison ? ", \(run.name)" : "")
  }
}
