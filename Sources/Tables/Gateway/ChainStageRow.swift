/// A row of `chain_stages.csv`: one stage of a request that is a chain.
public struct ChainStageRow: TableRow {
  /// Sets of names, in this order.
  public static let nameSets = ["stages", "kinds", "regions", "statuses"]

  /// Number of the request in the run.
  public var request: Int64
  /// Ids of the stage, its kind, its region and its status.
  public var stage: Int
  /// Id of its kind.
  public var kind: Int
  /// Id of its region; -1 where it reached none.
  public var region: Int
  /// Nanoseconds.
  public var start: Int64
  /// When it ended, nanoseconds; -1 where the run ended first.
  public var end: Int64
  /// How it ended; an id in tables.
  public var status: Int
  /// -1 where it called no model.
  public var call: Int64
  /// Bytes handed to it by the stages before.
  public var bytesIn: Int64
  /// Bytes it hands to each stage after it.
  public var bytesOut: Int64
  /// Bytes that came from another region.
  public var egressBytes: Int64
  /// Id of the region they came from; -1 for none.
  public var egressFrom: Int

  /// Creates a row.
  public init(
    request: Int64, stage: Int, kind: Int, region: Int, start: Int64, end: Int64, status: Int,
    call: Int64, bytesIn: Int64, bytesOut: Int64, egressBytes: Int64, egressFrom: Int
  ) {
    self.request = request
    self.stage = stage
    self.kind = kind
    self.region = region
    self.start = start
    self.end = end
    self.status = status
    self.call = call
    self.bytesIn = bytesIn
    self.bytesOut = bytesOut
    self.egressBytes = egressBytes
    self.egressFrom = egressFrom
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "chain_stages", version: 1,
    columns: [
      Column("request_id", .integer, "Number of the chain's request in the run"),
      Column("stage", .text, "Name of the stage, workload/stage"),
      Column("kind", .text, "storage, retrieval, app or call"),
      Column("region", .text, "Where it ran, cloud/region; empty if it reached none"),
      Column("start_s", .decimal(9), unit: "s", "When it began"),
      Column("end_s", .decimal(9), unit: "s", "When it ended"),
      Column("status", .text, "completed or failed"),
      Column("call_request_id", .integer, "Request that called a model for it; or empty"),
      Column("bytes_in", .integer, unit: "B", "Bytes handed to it by the stages before"),
      Column("bytes_out", .integer, unit: "B", "Bytes it hands to each stage after it"),
      Column("egress_bytes", .integer, unit: "B", "Bytes that came from another region"),
      Column("egress_from", .text, "Region they came from, the first of several; or empty"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(request)
    fields.name(stage, of: 0)
    fields.name(kind, of: 1)
    fields.name(region, of: 2)
    fields.seconds(start)
    fields.seconds(end)
    fields.name(status, of: 3)
    fields.integer(call)
    fields.integer(bytesIn)
    fields.integer(bytesOut)
    fields.integer(egressBytes)
    fields.name(egressFrom, of: 2)
  }
}
