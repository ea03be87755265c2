/// A row of `replications.csv`: a figure of one replication.
public struct ReplicationRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row.
  public init(
    replication: Int, seed: UInt64, fingerprint: UInt64, scopeKind: String, scope: String,
    metric: String, unit: String, source: String, value: Double?
  ) {
    let hexadecimal = String(fingerprint, radix: 16)
    fields = [
      .integer(Int64(replication)), .text(String(seed)),
      .text(String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal),
      .text(scopeKind), .text(scope), .text(metric), .text(unit),
      .text(value.flatMap { RealText.shortest($0) } ?? ""), .text(source),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "replications", version: 1,
    columns: [
      Column("replication", .integer, "Number of the replication, from 0"),
      Column("seed", .integer, "Its seed"),
      Column("fingerprint", .text, "Hash of its event stream"),
      Column("scope_kind", .text, "What the figure is about, as in summary.csv"),
      Column("scope", .text, "Name of what it is about; empty for the whole run"),
      Column("metric", .text, "Name of the metric"),
      Column("unit", .text, "Unit of the value; 1 for a plain fraction"),
      Column("value", .real, "The value, to the last bit; empty where there is none"),
      Column("source", .text, "simulated, estimated or extrapolated"),
    ])

  /// A row as it is read back.
  public struct Record: TableRecord, Sendable {
    /// Shape of the table it comes from.
    public static var schema: TableSchema { ReplicationRow.schema }

    /// Number of the replication, from 0.
    public var replication: Int
    /// Its seed.
    public var seed: UInt64
    /// Hash of its event stream.
    public var fingerprint: UInt64
    /// What the figure is about.
    public var scopeKind: String
    /// Name of what it is about.
    public var scope: String
    /// Name of the metric.
    public var metric: String
    /// Unit of the value.
    public var unit: String
    /// The value; `nil` where there is none.
    public var value: Double?
    /// Where it comes from.
    public var source: String

    /// Takes the reader's current row apart. Throws where a field is not what its column holds.
    public init(_ reader: borrowing CSVReader) throws(TableError) {
      replication = try reader.count(0)
      seed = try reader.unsigned(1)
      let text = try reader.text(2)
      guard text.utf8.count == 16, let fingerprint = UInt64(text, radix: 16) else {
        throw reader.malformed("expected 16 hexadecimal digits, found '\(text)'", column: 2)
      }
      self.fingerprint = fingerprint
      scopeKind = try reader.text(3)
      scope = try reader.text(4)
      metric = try reader.text(5)
      unit = try reader.text(6)
      value = try reader.real(7)
      source = try reader.text(8)
    }
  }
}
