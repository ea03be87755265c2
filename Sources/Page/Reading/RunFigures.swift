import Tables

/// The figures of `summary.csv`, by what they are about.
struct RunFigures: Sendable {
  private struct Key: Hashable {
    var kind: SummaryTable.ScopeKind
    var scope: String
    var metric: String
  }

  /// Every row, in order.
  let rows: [SummaryTable.Record]
  private let measured: [Key: Int]
  private let estimated: [Key: Int]

  init(_ rows: [SummaryTable.Record]) {
    self.rows = rows
    var measured: [Key: Int] = [:]
    var estimated: [Key: Int] = [:]
    for (index, row) in rows.enumerated() {
      let key = Key(kind: row.scopeKind, scope: row.scope, metric: row.metric)
      if row.source == .estimated {
        estimated[key] = estimated[key] ?? index
      } else {
        measured[key] = measured[key] ?? index
      }
    }
    self.measured = measured
    self.estimated = estimated
  }

  /// A figure: as simulated or extrapolated where there is such a one, else as estimated.
  func figure(
    _ kind: SummaryTable.ScopeKind, _ scope: String, _ metric: String
  ) -> SummaryTable.Record? {
    let key = Key(kind: kind, scope: scope, metric: metric)
    return (measured[key] ?? estimated[key]).map { rows[$0] }
  }

  /// A figure of the whole run.
  func figure(_ metric: String) -> SummaryTable.Record? { figure(.all, "", metric) }

  /// A figure of the bulk estimate.
  func estimate(
    _ kind: SummaryTable.ScopeKind, _ scope: String, _ metric: String
  ) -> SummaryTable.Record? {
    estimated[Key(kind: kind, scope: scope, metric: metric)].map { rows[$0] }
  }

  /// What there are figures of, in order.
  func scopes(_ kind: SummaryTable.ScopeKind) -> [String] {
    var seen: Set<String> = []
    return rows.filter { $0.scopeKind == kind }.map(\.scope).filter { seen.insert($0).inserted }
  }

  /// Length of what was simulated or estimated, seconds.
  var seconds: Double {
    (figure("simulated_time") ?? figure("estimated_time"))?.value ?? 0
  }

  /// What of it was left out of the statistics at its beginning, seconds.
  var warmupSeconds: Double { max(0, seconds - (figure("measured_time")?.value ?? seconds)) }

  /// Whether it comes from `plimsoll estimate`: nothing was simulated.
  var isEstimate: Bool { figure("estimated_time") != nil }
}

extension SummaryTable.Record {
  /// The value as the page shows it.
  var shown: String {
    value.map(NumberForm(metric: metric, unit: unit).text) ?? Figure.none
  }
}
