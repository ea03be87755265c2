/// Writes one CSV table: RFC 4180 with `\n`, UTF-8, the header first, an empty field for null.
///
/// Fields are appended in the order of the schema's columns and `endRow()` closes each row; both
/// are checked. Rows collect in memory and go out by `write(2)` at 256 KiB and more. The first error
/// stays: every later call that would write throws it again, so that nothing can pass for written.
///
/// A process that writes to pipes should ignore `SIGPIPE`; it then gets an error here instead.
public struct CSVWriter: ~Copyable {
  /// Bytes at which the buffer is written out.
  static let flushBytes = 256 * 1024

  /// Shape of the table.
  public let schema: TableSchema
  /// Rows ended so far, the header not counted.
  public private(set) var rows = 0

  private let file: OutputFile
  private let fileName: String
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var used = 0
  /// Fields appended to the row that is open.
  private var fields = 0

  /// Creates the file at `path` and puts down the header. Throws where it cannot be created.
  public init(path: String, schema: TableSchema) throws(TableError) {
    let opened = try OutputFile(creating: path)
    var header: [UInt8] = []
    for (index, column) in schema.columns.enumerated() {
      if index > 0 { header.append(UInt8(ascii: ",")) }
      appendEscaped(column.name, to: &header)
    }
    header.append(UInt8(ascii: "\n"))
    self.schema = schema
    file = opened
    fileName = schema.fileName
    capacity = Self.flushBytes + header.count + 4096
    buffer = .allocate(capacity: capacity)
    UnsafeMutableRawBufferPointer(start: buffer, count: header.count).copyBytes(from: header)
    used = header.count
  }

  deinit { buffer.deallocate() }

  /// The error that stopped this table, if any.
  public var failure: TableError? { file.failure }

  // MARK: Fields, one at a time

  /// Appends an empty field: null. O(1).
  public mutating func appendEmpty() throws(TableError) {
    try reserve(ByteCursor.maximumNumberBytes)
    put { _ in }
  }

  /// Appends a whole number; `nil` is an empty field. O(1).
  public mutating func appendInteger(_ value: Int64?) throws(TableError) {
    try reserve(ByteCursor.maximumNumberBytes)
    put { cursor in if let value { cursor.integer(value) } }
  }

  /// Appends a whole number. O(1).
  public mutating func appendUnsigned(_ value: UInt64) throws(TableError) {
    try reserve(ByteCursor.maximumNumberBytes)
    put { $0.unsigned(value) }
  }

  /// Appends `value / 10^decimals` with exactly that many decimals (0 to 18): nanoseconds with 9
  /// are seconds, with 6 milliseconds. `nil` is an empty field. O(decimals).
  public mutating func appendFixed(_ value: Int64?, decimals: Int) throws(TableError) {
    try reserve(ByteCursor.maximumNumberBytes)
    put { cursor in if let value { cursor.fixed(value, decimals: decimals) } }
  }

  /// Appends a ratio with six decimals, rounded half up; a ratio over 0 is an empty field. O(1).
  public mutating func appendRatio(_ ratio: Ratio) throws(TableError) {
    try appendFixed(ratio.millionths, decimals: 6)
  }

  /// Appends the shortest text that reads back to `value`; an infinity or what is not a number is
  /// an empty field. Allocates; for tables of few rows.
  public mutating func appendReal(_ value: Double) throws(TableError) {
    try appendText(RealText.shortest(value) ?? "")
  }

  /// Appends `value` with exactly `digits` significant digits; an infinity or what is not a number
  /// is an empty field. Allocates; for tables of few rows.
  public mutating func appendSignificant(_ value: Double, digits: Int = 6) throws(TableError) {
    try appendText(RealText.significant(value, digits: digits) ?? "")
  }

  /// Appends text, quoted where RFC 4180 asks for it. O(length).
  public mutating func appendText(_ text: String) throws(TableError) {
    var escaped: [UInt8] = []
    appendEscaped(text, to: &escaped)
    try reserve(escaped.count + ByteCursor.maximumNumberBytes)
    put { cursor in
      for byte in escaped { cursor.byte(byte) }
    }
  }

  /// Ends the row. Traps where it does not have as many fields as the table has columns.
  public mutating func endRow() throws(TableError) {
    precondition(fields == schema.columns.count, "a row must have a field for every column")
    try reserve(1)
    (buffer + used).pointee = UInt8(ascii: "\n")
    used += 1
    rows += 1
    fields = 0
    if used >= Self.flushBytes { try flush() }
  }

  // MARK: A row at once

  /// Makes room for a row of at most `maximumBytes` and lets `body` put all of it down, the commas
  /// included and the line end not. The hot path: one check for room in each row.
  @inline(__always)
  mutating func appendRow(
    maximumBytes: Int, _ body: (inout ByteCursor) -> Void
  ) throws(TableError) {
    if used &+ maximumBytes &+ ByteCursor.slack > capacity { try makeRoom(maximumBytes) }
    var cursor = ByteCursor(next: buffer + used)
    body(&cursor)
    cursor.byte(UInt8(ascii: "\n"))
    let end = cursor.next - buffer
    assert(end - used <= maximumBytes + 1, "a row outgrew its bound")
    used = end
    rows &+= 1
    if used >= Self.flushBytes { try flush() }
  }

  // MARK: Out

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable {
    precondition(fields == 0, "the last row was not ended")
    try flush()
    let digest = try file.close()
    return FinishedTable(
      file: fileName, version: schema.version, rows: rows, bytes: file.bytes, sha256: digest)
  }

  /// Writes the buffer out. After an error the buffer is empty and its rows are gone.
  private mutating func flush() throws(TableError) {
    let count = used
    used = 0
    try file.write(UnsafeRawBufferPointer(start: buffer, count: count))
  }

  private mutating func reserve(_ count: Int) throws(TableError) {
    // A comma and the line end go with every field.
    if used + count + 2 + ByteCursor.slack > capacity { try makeRoom(count + 2) }
  }

  /// Grows the buffer so that it holds what it has and `count` bytes more. Rows are written out only
  /// when whole, so a row that is longer than the buffer needs a larger one.
  private mutating func makeRoom(_ count: Int) throws(TableError) {
    if let failure = file.failure { throw failure }
    let larger = used + 2 * count + Self.flushBytes
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    grown.update(from: buffer, count: used)
    buffer.deallocate()
    buffer = grown
    capacity = larger
  }

  private mutating func put(_ body: (inout ByteCursor) -> Void) {
    precondition(fields < schema.columns.count, "a row has more fields than the table has columns")
    var cursor = ByteCursor(next: buffer + used)
    if fields > 0 { cursor.comma() }
    body(&cursor)
    used = cursor.next - buffer
    fields += 1
  }
}
