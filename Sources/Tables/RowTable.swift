import SimulationKernel

/// A row that knows its table and how its fields are written.
public protocol TableRow: Sendable {
  /// Shape of the table.
  static var schema: TableSchema { get }

  /// Puts down every field, in the order of the columns.
  func write(to fields: inout FieldCursor)
}

/// A table of rows of one type. Names stand in rows as ids, by set, and are escaped once.
public struct RowTable<Row: TableRow>: ~Copyable {
  private var writer: CSVWriter
  private let names: [EscapedNames]
  private let maximumRowBytes: Int

  /// Creates the table at `path`; `names` by set and id. Throws where the file cannot be created.
  public init(path: String, names: [[String]]) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Row.schema)
    self.names = names.map { EscapedNames($0) }
    let longest = self.names.map(\.longest).max() ?? 0
    maximumRowBytes =
      Row.schema.columns.count * (max(longest, ByteCursor.maximumNumberBytes) + 1)
  }

  /// Rows appended so far.
  public var rows: Int { writer.rows }

  /// Appends a row. Traps where an id has no name; throws where a full buffer could not be written,
  /// and again on every later write. O(length of the row).
  public mutating func append(_ row: Row) throws(TableError) {
    let names = names
    try writer.appendRow(maximumBytes: maximumRowBytes) { cursor in
      var fields = FieldCursor(cursor: cursor, names: names)
      row.write(to: &fields)
      precondition(
        fields.count == Row.schema.columns.count, "a row has a field for every column")
      cursor = fields.cursor
    }
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}

/// Puts the fields of a row down one after the other, commas included. A negative id, count or time
/// is an empty field.
public struct FieldCursor {
  var cursor: ByteCursor
  let names: [EscapedNames]
  private(set) var count = 0

  init(cursor: ByteCursor, names: [EscapedNames]) {
    self.cursor = cursor
    self.names = names
  }

  private mutating func begin() {
    if count > 0 { cursor.comma() }
    count += 1
  }

  /// Puts down the name of an id in one of the table's sets.
  public mutating func name(_ id: Int, of set: Int) {
    begin()
    names[set].putIfAny(id, into: &cursor)
  }

  /// Puts down a count or a number, nothing where it is negative.
  public mutating func integer(_ value: Int64) {
    begin()
    if value >= 0 { cursor.unsigned(UInt64(value)) }
  }

  /// Puts down a count or a number, nothing where it is negative.
  public mutating func integer(_ value: Int) { integer(Int64(value)) }

  /// Puts down nanoseconds as seconds with nine decimals.
  public mutating func seconds(_ nanoseconds: Int64) {
    begin()
    if nanoseconds >= 0 { cursor.billionths(nanoseconds) }
  }

  /// Puts down nanoseconds as milliseconds with six decimals.
  public mutating func milliseconds(_ nanoseconds: Int64) {
    begin()
    if nanoseconds >= 0 { cursor.millionths(nanoseconds) }
  }

  /// Puts down picodollars as dollars with twelve decimals.
  public mutating func dollars(_ picodollars: Int64) {
    begin()
    cursor.fixed(picodollars, decimals: 12)
  }

  /// Puts down a ratio with six decimals, nothing where there is none.
  public mutating func ratio(_ ratio: Ratio) {
    begin()
    cursor.ratio(ratio)
  }

  /// Puts down 1 or 0.
  public mutating func flag(_ value: Bool) {
    begin()
    cursor.byte(UInt8(ascii: value ? "1" : "0"))
  }

  /// Puts down the shortest text that reads back to a number; nothing for `nil`, an infinity or
  /// what is not a number. Allocates.
  public mutating func real(_ value: Double?) {
    begin()
    guard let value, let text = RealText.shortest(value) else { return }
    for byte in text.utf8 { cursor.byte(byte) }
  }
}
