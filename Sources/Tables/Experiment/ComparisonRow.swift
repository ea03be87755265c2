/// A row of `comparison.csv`: a figure of one alternative, beside the base and beside the best.
public struct ComparisonRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// A mean with the half-width of its interval.
  public typealias Estimate = (mean: Double, halfWidth: Double?)

  /// Creates a row; `nil` for what does not apply.
  public init(
    scopeKind: String, scope: String, metric: String, unit: String, alternative: String, count: Int,
    own: Estimate, difference: Estimate?, independentHalfWidth: Double?, level: Double,
    verdict: String, best: ClosedRange<Double>?, standing: String
  ) {
    fields = [
      .text(scopeKind), .text(scope), .text(metric), .text(unit), .text(alternative),
      .integer(Int64(count)), .estimate(own.mean), .estimate(own.halfWidth),
      .estimate(difference?.mean), .estimate(difference?.halfWidth),
      .estimate(independentHalfWidth), .estimate(level), .text(verdict),
      .estimate(best?.lowerBound), .estimate(best?.upperBound), .text(standing),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "comparison", version: 1,
    columns: [
      Column("scope_kind", .text, "What the figure is about, as in summary.csv"),
      Column("scope", .text, "Name of what it is about; empty for the whole run"),
      Column("metric", .text, "Name of the metric"),
      Column("unit", .text, "Unit of the values; 1 for a plain fraction"),
      Column("alternative", .text, "Placement, policy or scenario; the first is the base"),
      Column("replications", .integer, "Replications that have a value"),
      Column("mean", .real, "Mean over them"),
      Column("half_width", .real, "Half-width of its 95 % interval"),
      Column("difference", .real, "Mean difference to the base"),
      Column(
        "difference_half_width", .real,
        "Half-width of its interval: paired under common random numbers, else Welch's"),
      Column(
        "independent_half_width", .real,
        "What that half-width would be if replications were not paired"),
      Column("level", .real, unit: "1", "Level of the difference's interval (Bonferroni)"),
      Column("verdict", .text, "base, better, worse, higher, lower, equal or undecided"),
      Column(
        "best_low", .real, "Lower end of the interval of the distance to the best of the others"),
      Column("best_high", .real, "Upper end of it"),
      Column(
        "standing", .text, "best, may be best or not best; empty where no direction is better"),
    ])
}
