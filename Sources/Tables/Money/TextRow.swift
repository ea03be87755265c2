/// A field of a row that is written seldom: such tables put names down as text and need no ids.
public enum TextField: Hashable, Sendable {
  /// Text, quoted where it must be; empty text is an empty field.
  case text(String)
  /// A whole number; `nil` is an empty field.
  case integer(Int64?)
  /// Picodollars, printed as dollars with twelve decimals; `nil` is an empty field.
  case dollars(Int128?)
  /// A quotient with six decimals.
  case ratio(Ratio)
  /// A number in six significant digits; `nil` is an empty field.
  case estimate(Double?)
}

/// A row of fields for a table that is written a few times an hour of simulated time.
public protocol TextRow: Sendable {
  /// Shape of the table.
  static var schema: TableSchema { get }
  /// Every field, in the order of the columns.
  var fields: [TextField] { get }
}

/// A table of such rows.
public struct TextTableFile<Row: TextRow>: ~Copyable {
  private var writer: CSVWriter

  /// Creates the table at `path`. Throws where the file cannot be created.
  public init(path: String) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Row.schema)
  }

  /// Rows appended so far.
  public var rows: Int { writer.rows }

  /// Appends a row. Throws where a full buffer could not be written, and on every later write.
  public mutating func append(_ row: Row) throws(TableError) {
    let fields = row.fields
    precondition(
      fields.count == Row.schema.columns.count, "a row has a field for every column")
    for field in fields {
      switch field {
      case .text(let text): try writer.appendText(text)
      case .integer(let number): try writer.appendInteger(number)
      case .dollars(let amount):
        if let amount {
          try writer.appendText(DollarText.text(amount))
        } else {
          try writer.appendEmpty()
        }
      case .ratio(let ratio): try writer.appendRatio(ratio)
      case .estimate(let number):
        if let number, number.isFinite {
          try writer.appendSignificant(number)
        } else {
          try writer.appendEmpty()
        }
      }
    }
    try writer.endRow()
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}
