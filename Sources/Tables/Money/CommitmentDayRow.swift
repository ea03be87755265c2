/// A row of `commitments_daily.csv`: a commitment at the end of a day, or of the run.
public struct CommitmentDayRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; amounts in picodollars.
  public init(
    date: String, commitment: String, account: String, shape: String, committed: Int128,
    eligible: Int128, drawn: Int128, balance: Int128, pace: (required: Int128, actual: Int128),
    shortfall: Int128, exhaustion: String
  ) {
    fields = [
      .text(date), .text(commitment), .text(account), .text(shape), .dollars(committed),
      .dollars(eligible), .dollars(drawn), .dollars(balance), .dollars(pace.required),
      .dollars(pace.actual), .dollars(shortfall), .text(exhaustion),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "commitments_daily", version: 1,
    columns: [
      Column("date", .text, "Day, by the account's calendar"),
      Column("commitment", .text, "Name of the commitment"),
      Column("account", .text, "Account it is invoiced to"),
      Column("kind", .text, "drawdown or annual_floors"),
      Column("committed_usd", .decimal(12), unit: "USD", "Promised over the term"),
      Column("eligible_day_usd", .decimal(12), unit: "USD", "Eligible spending of the day"),
      Column("drawn_usd", .decimal(12), unit: "USD", "Eligible spending since the term began"),
      Column("balance_usd", .decimal(12), unit: "USD", "What is left of the promise"),
      Column(
        "pace_required_usd_day", .decimal(12), unit: "USD",
        "A day's spending that would just meet what is due next"),
      Column(
        "pace_actual_usd_day", .decimal(12), unit: "USD", "A day's spending as simulated so far"),
      Column(
        "projected_shortfall_usd", .decimal(12), unit: "USD",
        "What would be missing when it is next due, by the outlook's rule"),
      Column(
        "projected_exhaustion_date", .text,
        "Day on which the promise would be met, by the outlook's rule; empty where it would not"),
    ])
}
