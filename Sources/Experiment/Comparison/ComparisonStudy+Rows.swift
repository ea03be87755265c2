import Statistics
import Tables

extension ComparisonStudy {
  /// The rows of `comparison.csv`.
  public var rows: [ComparisonRow] {
    figures.flatMap { figure in
      zip(alternatives, figure.rows).map { alternative, row in
        ComparisonRow(
          scopeKind: figure.key.scopeKind, scope: figure.key.scope, metric: figure.key.metric,
          unit: figure.key.unit, alternative: alternative.name, count: row.count,
          own: (row.mean, row.halfWidth),
          difference: row.difference.map { ($0.estimate, $0.halfWidth) },
          independentHalfWidth: row.independentHalfWidth, level: figure.level,
          verdict: row.verdict.rawValue, best: row.distance.map { $0.lower...$0.upper },
          standing: Self.standing(row, figure))
      }
    }
  }

  private static func standing(
    _ row: FigureComparison.Row, _ figure: FigureComparison
  ) -> String {
    guard let mayBeBest = row.mayBeBest else { return "" }
    if !mayBeBest { return "not best" }
    return figure.rows.filter { $0.mayBeBest == true }.count == 1 ? "best" : "may be best"
  }
}
