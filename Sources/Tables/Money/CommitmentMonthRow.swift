/// A row of `commitments_outlook.csv`: a month to come, extrapolated from the simulated window.
public struct CommitmentMonthRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; amounts in picodollars.
  public init(
    commitment: String, month: String, case quantile: String, opening: Int128, spend: Int128,
    closing: Int128, shortfall: Int128, rule: String
  ) {
    fields = [
      .text(commitment), .text(month), .text(quantile), .dollars(opening), .dollars(spend),
      .dollars(closing), .dollars(shortfall), .text(rule),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "commitments_outlook", version: 1,
    columns: [
      Column("commitment", .text, "Name of the commitment"),
      Column("month", .text, "First day of the month, or of what the run left of it"),
      Column("case", .text, "p10, p50 or p90 of spending to come"),
      Column("opening_balance_usd", .decimal(12), unit: "USD", "Left of the promise at its start"),
      Column("eligible_usd", .decimal(12), unit: "USD", "Eligible spending, extrapolated"),
      Column("closing_balance_usd", .decimal(12), unit: "USD", "Left of the promise at its end"),
      Column(
        "shortfall_usd", .decimal(12), unit: "USD", "Shortfall that falls due in the month"),
      Column("rule", .text, "How the simulated window stands for the month"),
    ])
}
