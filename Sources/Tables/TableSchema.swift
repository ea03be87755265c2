/// The shape of a table: its name, its columns in order, and the version of both.
public struct TableSchema: Hashable, Sendable {
  /// Name, such as `requests`.
  public var name: String
  /// Version; it grows whenever a column is added, removed, moved or changes its meaning.
  public var version: Int
  /// Columns in the order they are written.
  public var columns: [Column]

  /// Creates a schema.
  public init(name: String, version: Int, columns: [Column]) {
    self.name = name
    self.version = version
    self.columns = columns
  }

  /// Name of the table's file, such as `requests.csv`.
  public var fileName: String { name + ".csv" }

  /// The schemas of every table that this version writes.
  public static var all: [TableSchema] {
    [
      RequestsTable.schema, DecisionRow.schema, DecisionCandidateRow.schema, AttemptRow.schema,
      ChainStageRow.schema, PoolsMinuteTable.schema, CapacityEventRow.schema, TrainingJobRow.schema,
      DeploymentMinuteRow.schema,
      QuotaMinuteRow.schema, TenantMinuteRow.schema, IncidentRow.schema, FailureRow.schema,
      ChargeRow.schema,
      CommitmentDayRow.schema, CommitmentMonthRow.schema, PlacementRow.schema,
      DeploymentEstimateRow.schema, PlacementEstimateRow.schema, VerificationRow.schema,
      IntervalRow.schema, ReplicationRow.schema, ComparisonRow.schema, SummaryTable.schema,
      SchemaTable.schema,
    ]
  }
}

/// A table that a run leaves.
public protocol Table: ~Copyable {
  /// Its shape.
  static var schema: TableSchema { get }
}

extension Table where Self: ~Copyable {
  /// Its columns in the order they are written: the header, and its part of `schema.csv`.
  public static var columns: [Column] { schema.columns }

  /// Version of its shape.
  public static var version: Int { schema.version }
}

/// What is known of a file once its last byte is written.
public struct FinishedTable: Hashable, Sendable {
  /// File name in the run's directory, such as `requests.csv`.
  public var file: String
  /// Version of the table's schema; `nil` for a file that is not a table.
  public var version: Int?
  /// Rows, the header not counted; `nil` for a file that is not a table.
  public var rows: Int?
  /// Length in bytes.
  public var bytes: Int
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public var sha256: String

  /// Creates a description of a finished file.
  public init(file: String, version: Int?, rows: Int?, bytes: Int, sha256: String) {
    self.file = file
    self.version = version
    self.rows = rows
    self.bytes = bytes
    self.sha256 = sha256
  }
}
