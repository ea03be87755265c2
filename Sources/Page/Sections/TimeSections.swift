import Tables

/// What happens minute by minute: demand, utilisation and queues, refusals, spillover, incidents.
struct TimeSections {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  var use: SectionView? {
    section(
      "use", "Utilisation and queues",
      page.lines("arrivals", "Requests arriving a minute, by workload", .count) {
        $0.tenants?.arrivalsByWorkload
      }
        + (page.runs.contains { $0.tenants != nil }
          ? []
          : page.lines("arrivals", "Requests arriving at pools a minute, by region", .count) {
            $0.pools?.arrivalsByRegion
          })
        + page.lines("busy-region", "Time replicas spend in steps, by region", .percent) {
          $0.pools?.busyByRegion
        }
        + page.lines("busy-pool", "Time replicas spend in steps, by pool", .percent) {
          $0.pools?.busyByPool
        }
        + page.lines("cache-pool", "KV cache in use at the fullest replica, by pool", .percent) {
          $0.pools?.cacheByPool
        }
        + page.lines("waiting-region", "Requests waiting, by region", .count) {
          $0.pools?.waitingByRegion
        }
        + page.lines("waiting-pool", "Requests waiting, by pool", .count) {
          $0.pools?.waitingByPool
        }
        + page.lines("load", "Requests in flight over what an endpoint can run at once", .percent) {
          $0.deployments?.loadByEndpoint
        }
        + page.lines("quotas", "Quota in use", .percent, [limit]) { $0.quotas?.usedByQuota }
        + page.lines("estimated-use", "Utilisation, estimated", .percent) {
          $0.estimates?.utilisation
        }
        + page.lines("estimated-flight", "Requests in flight, estimated", .count) {
          $0.estimates?.inFlight
        })
  }

  private var limit: Chart.Mark {
    Chart.Mark(name: "the limit", at: 1, isUpright: false, colour: Palette.others)
  }

  var refusals: SectionView? {
    guard page.runs.contains(where: { $0.deployments != nil || $0.tenants != nil }) else {
      return nil
    }
    var blocks =
      page.stacks("rejected", "Requests that were lost, by cause") { $0.tenants?.rejectedByCause }
      + page.stacks("refused", "Attempts that deployments refused (429), by cause") {
        $0.deployments?.refusedByCause
      }
    for run in page.runs {
      var lost = TableView(
        "Lost requests" + (page.isComparison ? ", \(run.name)" : ""), "workload",
        ["cause", "requests"])
      for row in run.figures.rows where row.scopeKind == .workload && (row.value ?? 0) > 0 {
        for prefix in ["requests_rejected_", "requests_failed_", "requests_cancelled"]
        where row.metric.hasPrefix(prefix) {
          let cause = DeploymentHistory.words(row.metric, after: prefix)
          lost.add(row.scope, [CellView(cause.isEmpty ? "given up" : cause), CellView(row)])
        }
      }
      if !lost.rows.isEmpty { blocks.append(.table(lost)) }
      let worst = run.figures.scopes(.workload).filter {
        run.figures.figure(.workload, $0, "worst_minute_429_share") != nil
      }
      if !worst.isEmpty {
        var table = TableView(
          "Worst minute of 429s" + (page.isComparison ? ", \(run.name)" : ""), "workload",
          ["share of requests", "begins"])
        for name in worst {
          table.add(
            name,
            [
              CellView(run.figures.figure(.workload, name, "worst_minute_429_share")),
              .number(
                run.figures.figure(.workload, name, "worst_minute_start")?.value
                  .map(TimelineDrawing.moment) ?? Figure.none),
            ])
        }
        blocks.append(.table(table))
      }
    }
    if blocks.isEmpty { blocks = [.text("Nothing was refused, and no request was lost.")] }
    return section("refused", "Refusals (429)", blocks)
  }

  var spillover: SectionView? {
    section(
      "spillover", "Spillover",
      page.stacks("spilled-out", "Attempts that were sent on, by who sent them") {
        $0.deployments?.spilledOut
      }
        + page.stacks("spilled-in", "Attempts that were taken over, by who took them") {
          $0.deployments?.spilledIn
        })
  }

  var incidents: SectionView? {
    var blocks: [BlockView] = []
    for run in page.runs where !run.incidents.isEmpty {
      let most = 30
      let title = "Incidents" + (page.isComparison ? ", \(run.name)" : "")
      blocks.append(
        BlockView(
          timeline: TimelineView(
            title: title,
            drawing: TimelineDrawing(
              Array(run.incidents.prefix(most)), seconds: run.figures.seconds, bins: page.bins
            ).svg)))
      var table = TableView(
        title, "what", ["effect", "from", "to"],
        note: run.incidents.count > most ? "The drawing shows the first \(most)." : nil)
      for incident in run.incidents {
        table.add(
          incident.target,
          [
            CellView(incident.effect), .number(TimelineDrawing.moment(incident.startSeconds)),
            .number(TimelineDrawing.moment(incident.endSeconds)),
          ])
      }
      blocks.append(.table(table))
      blocks += measures(run)
    }
    return section("incidents", "Incidents", blocks)
  }

  private static let measured = [
    ("detection_time", "noticed after"), ("left_alone_time", "left alone after"),
    ("failover_time", "service back after"), ("failback_time", "served there again after its end"),
    ("goodput_dip", "worst ten seconds"), ("lost_requests", "requests lost"),
    ("attempts_per_request_before", "attempts a request before"),
    ("attempts_per_request_during", "during"), ("quota_refusals", "refused by quotas elsewhere"),
  ]

  /// What incidents did to service.
  private func measures(_ run: RunContents) -> [BlockView] {
    let names = run.figures.scopes(.incident)
    let columns = Self.measured.filter { metric, _ in
      names.contains { run.figures.figure(.incident, $0, metric) != nil }
    }
    if names.isEmpty || columns.isEmpty { return [] }
    var table = TableView(
      "What incidents did" + (page.isComparison ? ", \(run.name)" : ""), "incident",
      columns.map(\.1),
      note: names.count < run.incidents.count
        ? "The first \(names.count); the others are in failures.csv." : nil)
    for name in names {
      table.add(name, columns.map { CellView(run.figures.figure(.incident, name, $0.0)) })
    }
    return [.table(table)]
  }

  private func section(_ id: String, _ heading: String, _ blocks: [BlockView]) -> SectionView? {
    blocks.isEmpty ? nil : SectionView(id: id, heading: heading, blocks: blocks)
  }
}
