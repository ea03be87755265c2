/// A row of `incidents.csv`: something that goes wrong for a while, as the scenario says it.
public struct IncidentRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; times in nanoseconds from the run's start. An incident that lasts beyond the end
  /// of the run ends when the run does.
  public init(
    start: Int64, end: Int64, kind: String, target: String, effect: String, factor: Double?
  ) {
    fields = [
      .ratio(Ratio(start, over: 1_000_000_000)), .ratio(Ratio(end, over: 1_000_000_000)),
      .text(kind), .text(target), .text(effect), .estimate(factor),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "incidents", version: 1,
    columns: [
      Column("start_s", .decimal(6), unit: "s", "When it begins, from the run's start"),
      Column("end_s", .decimal(6), unit: "s", "When it is over, or the run is"),
      Column(
        "target_kind", .text,
        "What it befalls: cloud, region, zone, account, provider, deployment, quota or link"),
      Column("target", .text, "Name of that"),
      Column("effect", .text, "fails, hangs, slows, cuts or loses"),
      Column(
        "factor", .real, unit: "1",
        "Times as long (slows), the share of the limit that is left (cuts), the share of packets lost (loses); else empty"
      ),
    ])
}
