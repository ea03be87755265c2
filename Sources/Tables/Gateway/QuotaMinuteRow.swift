/// A row of `quota_minute.csv`: one minute of one quota, by minute, then quota.
public struct QuotaMinuteRow: TableRow {
  /// Sets of names by quota, in this order.
  public static let nameSets = ["quotas", "rules", "units"]

  /// Minutes from the run's start.
  public var minute: Int
  /// Id of the quota.
  public var quota: Int
  /// Limit, in the rule's unit.
  public var limit: Int64
  /// The least that a cut left of it.
  public var effectiveLimit: Int64
  /// Most that was used.
  public var mostUsed: Int64
  /// Calls it let through.
  public var admitted: Int64
  /// Calls it refused.
  public var refused: Int64
  /// Calls it sent on to pay as you go.
  public var overflowed: Int64

  /// Creates a row.
  public init(
    minute: Int, quota: Int, limit: Int64, effectiveLimit: Int64, mostUsed: Int64,
    admitted: Int64, refused: Int64, overflowed: Int64
  ) {
    self.minute = minute
    self.quota = quota
    self.limit = limit
    self.effectiveLimit = effectiveLimit
    self.mostUsed = mostUsed
    self.admitted = admitted
    self.refused = refused
    self.overflowed = overflowed
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "quota_minute", version: 1,
    columns: [
      Column("minute_start_s", .integer, unit: "s", "Start of the minute, from the run's start"),
      Column("quota", .text, "Name of the quota"),
      Column("rule", .text, "Rule by which it admits"),
      Column("unit", .text, "Unit of the limits and of what is used"),
      Column("limit", .integer, "Limit as agreed"),
      Column("effective_limit", .integer, "The least that a cut left of it in the minute"),
      Column("used_max", .integer, "Most that was used"),
      Column("used_fraction_max", .decimal(6), unit: "1", "That over the effective limit"),
      Column("admitted", .integer, unit: "requests", "Calls it let through"),
      Column("refused", .integer, unit: "requests", "Calls it refused"),
      Column("overflowed", .integer, unit: "requests", "Calls it sent on to pay as you go"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(minute * 60)
    for set in Self.nameSets.indices { fields.name(quota, of: set) }
    fields.integer(limit)
    fields.integer(effectiveLimit)
    fields.integer(mostUsed)
    fields.ratio(Ratio(max(0, mostUsed), over: max(0, effectiveLimit)))
    fields.integer(admitted)
    fields.integer(refused)
    fields.integer(overflowed)
  }
}
