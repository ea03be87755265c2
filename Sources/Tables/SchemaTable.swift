/// `schema.csv`: every column of every table of a run, its own included.
public struct SchemaTable: ~Copyable, Table {
  /// A column of a table.
  public struct Row: Hashable, Sendable {
    /// Name of the table, such as `requests`.
    public var table: String
    /// The column.
    public var column: Column

    /// Creates a row.
    public init(table: String, column: Column) {
      self.table = table
      self.column = column
    }
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "schema", version: 1,
    columns: [
      Column("table", .text, "Name of the table: its file without .csv"),
      Column("column", .text, "Name of the column in the header"),
      Column(
        "type", .text, "text, integer, flag (0 or 1), decimal(n) with n decimals, or real"),
      Column("unit", .text, "Unit of its numbers; empty where there is none"),
      Column("meaning", .text, "What it holds"),
    ])

  private var writer: CSVWriter

  /// Creates the table at `path`. Throws where the file cannot be created.
  public init(path: String) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Self.schema)
  }

  /// Appends a column. Throws where the buffer could not be written.
  public mutating func append(_ row: Row) throws(TableError) {
    try writer.appendText(row.table)
    try writer.appendText(row.column.name)
    try writer.appendText(row.column.type.description)
    try writer.appendText(row.column.unit)
    try writer.appendText(row.column.meaning)
    try writer.endRow()
  }

  /// Appends every column of a table. Throws where the buffer could not be written.
  public mutating func append(_ schema: TableSchema) throws(TableError) {
    for column in schema.columns { try append(Row(table: schema.name, column: column)) }
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}
