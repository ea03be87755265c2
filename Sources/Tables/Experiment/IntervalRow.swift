/// A row of `intervals.csv`: a figure over several replications.
public struct IntervalRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; `nil` for what two replications at least would be needed for.
  public init(
    scopeKind: String, scope: String, metric: String, unit: String, source: String, count: Int,
    mean: Double, halfWidth: Double?, level: Double, deviation: Double?, minimum: Double,
    maximum: Double
  ) {
    fields = [
      .text(scopeKind), .text(scope), .text(metric), .text(unit), .integer(Int64(count)),
      .estimate(mean), .estimate(halfWidth), .estimate(halfWidth.map { mean - $0 }),
      .estimate(halfWidth.map { mean + $0 }), .estimate(level), .estimate(deviation),
      .estimate(minimum), .estimate(maximum), .text(source),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "intervals", version: 1,
    columns: [
      Column("scope_kind", .text, "What the figure is about, as in summary.csv"),
      Column("scope", .text, "Name of what it is about; empty for the whole run"),
      Column("metric", .text, "Name of the metric"),
      Column("unit", .text, "Unit of the values; 1 for a plain fraction"),
      Column("replications", .integer, "Replications (or batches of one run) that have a value"),
      Column("mean", .real, "Mean over them"),
      Column(
        "half_width", .real, "Half-width of the confidence interval of the mean (Student's t)"),
      Column("low", .real, "Lower end of the interval"),
      Column("high", .real, "Upper end of the interval"),
      Column("level", .real, unit: "1", "Level of the interval"),
      Column("deviation", .real, "Standard deviation between replications"),
      Column("minimum", .real, "Smallest value"),
      Column("maximum", .real, "Largest value"),
      Column("source", .text, "simulated, estimated or extrapolated"),
    ])
}
