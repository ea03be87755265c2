import SimulationKernel

/// A row of `capacity_events.csv`: a change of the capacity of a pool or of an endpoint's units, or one that was
/// wanted and did not come.
public struct CapacityEventRow: TableRow {
  /// Sets of names, in this order.
  public static let nameSets = ["pools", "kinds", "markets", "causes"]

  /// When, from the run's start.
  public var time: SimTime
  /// Place of what happened among the kinds.
  public var kind: Int
  /// Id of the pool or, as a deployment, of the endpoint.
  public var pool: Int
  /// Number of the replica in its pool; -1 for none.
  public var replica: Int
  /// Id of the market; -1 for none.
  public var market: Int
  /// Replicas, or units of an endpoint, that serve or are on their way, before.
  public var before: Int
  /// The same after.
  public var after: Int
  /// From the request to service, nanoseconds; -1 where nothing became ready.
  public var leadTime: Int64
  /// Place of the cause among the causes.
  public var cause: Int

  /// Creates a row.
  public init(
    time: SimTime, kind: Int, pool: Int, replica: Int, market: Int, before: Int, after: Int,
    leadTime: Int64, cause: Int
  ) {
    self.time = time
    self.kind = kind
    self.pool = pool
    self.replica = replica
    self.market = market
    self.before = before
    self.after = after
    self.leadTime = leadTime
    self.cause = cause
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "capacity_events", version: 1,
    columns: [
      Column("t_s", .decimal(9), unit: "s", "When, from the run's start"),
      Column(
        "kind", .text,
        "scale_up, scale_up_failed, ready, scale_down, revived, spot_notice, interrupted, failed, "
          + "detected, repaired, block_begins, block_ends or gone"),
      Column("pool", .text, "Pool or endpoint, as cloud/region/name"),
      Column("replica", .integer, "Number of the replica in its pool; empty for units"),
      Column("market", .text, "Market its machine, or units, come from"),
      Column(
        "from_replicas", .integer, unit: "replicas",
        "Replicas, or units of an endpoint, serving or on their way, before"),
      Column("to_replicas", .integer, unit: "replicas", "The same after"),
      Column("lead_time_s", .decimal(9), unit: "s", "From the request to service"),
      Column(
        "reason", .text, "wanted, quota, supply, outage, places or drain_limit; empty for none"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.seconds(time.nanoseconds)
    fields.name(kind, of: 1)
    fields.name(pool, of: 0)
    fields.integer(replica)
    fields.name(market, of: 2)
    fields.integer(before)
    fields.integer(after)
    fields.seconds(leadTime)
    fields.name(cause, of: 3)
  }
}
