/// Reads a CSV table row by row: RFC 4180, UTF-8, `\n` or `\r\n`, quoted fields with line breaks.
///
/// The header must be the schema's, to the name and the order; every row must have a field for
/// every column; the last row must end with a line break (a table that was cut off does not). Memory
/// is one read buffer and the longest row, which `maximumRowBytes` bounds.
public struct CSVReader: ~Copyable {
  /// Shape the table must have.
  public let schema: TableSchema
  /// Line on which the current row begins, from 1.
  public private(set) var line = 0
  /// The file, as given.
  public var path: String { file.path }

  private static let bufferBytes = 256 * 1024

  private let file: InputFile
  private let maximumRowBytes: Int
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var position = 0
  private var filled = 0
  private var nextLine = 1
  /// Bytes of the current row's fields, quotes and commas gone, one field after the other.
  private var row: [UInt8] = []
  /// Where each field of the current row ends in `row`.
  private var ends: [Int] = []

  /// Opens the table at `path` and checks its header.
  ///
  /// Throws where the file cannot be read or the header is not the schema's.
  public static func open(
    path: String, schema: TableSchema, maximumRowBytes: Int = 1 << 20
  ) throws(TableError) -> CSVReader {
    precondition(maximumRowBytes > 0, "a row has at least one byte")
    var reader = CSVReader(
      file: try InputFile(path: path), schema: schema, maximumRowBytes: maximumRowBytes)
    try reader.checkHeader()
    return reader
  }

  private init(file: InputFile, schema: TableSchema, maximumRowBytes: Int) {
    self.schema = schema
    self.maximumRowBytes = maximumRowBytes
    self.file = file
    buffer = .allocate(capacity: Self.bufferBytes)
    buffer.initialize(repeating: 0)
  }

  deinit { buffer.deallocate() }

  /// Moves to the next row; `false` at the end of the table. O(length of the row).
  public mutating func nextRow() throws(TableError) -> Bool {
    guard try readRow() else { return false }
    guard ends.count == schema.columns.count else {
      throw malformed("\(ends.count) fields, expected \(schema.columns.count)")
    }
    return true
  }

  // MARK: Fields of the current row

  /// Bytes of the field in column `index`, as they are without quotes.
  public func bytes(_ index: Int) -> ArraySlice<UInt8> {
    row[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Whether the field is empty: a null.
  public func isEmpty(_ index: Int) -> Bool { bytes(index).isEmpty }

  /// The field as text. Throws where it is not UTF-8.
  public func text(_ index: Int) throws(TableError) -> String {
    let bytes = bytes(index)
    // Decoding repairs what is not UTF-8; text that was repaired has other bytes.
    let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    guard text.utf8.elementsEqual(bytes) else { throw malformed("not UTF-8 text", column: index) }
    return text
  }

  /// The field as a whole number, `nil` where it is empty. Throws where it is anything else.
  public func integer(_ index: Int) throws(TableError) -> Int64? {
    try fixed(index, decimals: 0)
  }

  /// The field as a whole number that may not be empty or negative. Throws where it is.
  public func count(_ index: Int) throws(TableError) -> Int {
    guard let value = try integer(index), value >= 0 else {
      throw malformed("expected a count, found '\(shown(index))'", column: index)
    }
    return Int(value)
  }

  /// The field as a 64-bit whole number without sign that may not be empty. Throws where it is not.
  public func unsigned(_ index: Int) throws(TableError) -> UInt64 {
    let text = bytes(index)
    var value: UInt64 = 0
    var isGood = !text.isEmpty
    for byte in text {
      let (tenfold, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tenfold.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
      isGood = isGood && UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte && !overflowed && !carried
      value = sum
    }
    guard isGood else {
      throw malformed("expected a whole number, found '\(shown(index))'", column: index)
    }
    return value
  }

  /// The field times `10^decimals` as an exact whole number, `nil` where it is empty: nanoseconds of
  /// seconds with 9, of milliseconds with 6. Throws where it is no such number.
  public func fixed(_ index: Int, decimals: Int) throws(TableError) -> Int64? {
    let text = bytes(index)
    if text.isEmpty { return nil }
    let value = text.withUnsafeBufferPointer { FixedDecimal.parse($0, decimals: decimals) }
    guard let value else {
      let wanted =
        decimals == 0 ? "a whole number" : "a number with at most \(decimals) decimals"
      throw malformed("expected \(wanted), found '\(shown(index))'", column: index)
    }
    return value
  }

  /// The field as a floating-point number, `nil` where it is empty. Throws where it is not a number.
  public func real(_ index: Int) throws(TableError) -> Double? {
    if isEmpty(index) { return nil }
    guard let value = Double(try text(index)), value.isFinite else {
      throw malformed("expected a number, found '\(shown(index))'", column: index)
    }
    return value
  }

  /// The field as a flag, `nil` where it is empty. Throws where it is neither `0` nor `1`.
  public func flag(_ index: Int) throws(TableError) -> Bool? {
    let text = bytes(index)
    if text.isEmpty { return nil }
    if text.elementsEqual("1".utf8) { return true }
    if text.elementsEqual("0".utf8) { return false }
    throw malformed("expected 0 or 1, found '\(shown(index))'", column: index)
  }

  /// An error about the current row, and its field in column `index` where one is to blame.
  public func malformed(_ problem: String, column index: Int? = nil) -> TableError {
    TableError(
      .malformed, path: path, line: line, column: index.map { schema.columns[$0].name },
      problem: problem)
  }

  private func shown(_ index: Int) -> String {
    let text = String(decoding: bytes(index).prefix(40), as: UTF8.self)
    return bytes(index).count > 40 ? text + "…" : text
  }

  // MARK: Rows

  private mutating func checkHeader() throws(TableError) {
    func fail(_ problem: String, column: String? = nil) -> TableError {
      TableError(
        .header, path: path, line: 1, column: column, problem: problem,
        advice: "the table must be version \(schema.version) of \(schema.fileName)")
    }
    guard try readRow() else { throw fail("the file is empty, expected a header") }
    let names = ends.indices.map { String(decoding: bytes($0), as: UTF8.self) }
    for (index, column) in schema.columns.enumerated() {
      guard index < names.count else {
        throw fail(
          "the header ends after \(names.count) columns, expected \(schema.columns.count)",
          column: column.name)
      }
      guard names[index] == column.name else {
        throw fail("column \(index + 1) of the header is '\(names[index])'", column: column.name)
      }
    }
    guard names.count == schema.columns.count else {
      throw fail("one column too many", column: names[schema.columns.count])
    }
  }

  /// The next byte, or `nil` at the end of the file.
  @inline(__always)
  private mutating func nextByte() throws(TableError) -> UInt8? {
    if position == filled {
      guard try refill() else { return nil }
    }
    let byte = buffer[position]
    position &+= 1
    return byte
  }

  private mutating func refill() throws(TableError) -> Bool {
    filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    position = 0
    return filled > 0
  }

  /// Keeps bytes up to the next that is special, in one piece for each read buffer, and returns the
  /// special one; `nil` at the end of the file. In quotes only a quote is special; outside of them a
  /// comma and a line end are too.
  private mutating func keepPlainBytes(inQuotes: Bool) throws(TableError) -> UInt8? {
    while true {
      let start = position
      var end = start
      var lines = 0
      while end < filled {
        let byte = buffer[end]
        if byte == UInt8(ascii: "\"") { break }
        if byte == UInt8(ascii: "\n") {
          if !inQuotes { break }
          lines &+= 1
        }
        if byte == UInt8(ascii: ","), !inQuotes { break }
        end &+= 1
      }
      guard row.count + end - start <= maximumRowBytes else {
        throw TableError(
          .rowTooLong, path: path, line: line,
          problem: "a row of more than \(maximumRowBytes) bytes",
          advice: "check for a quote that is never closed")
      }
      row.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
      nextLine += lines
      position = end
      if end < filled {
        position += 1
        return buffer[end]
      }
      guard try refill() else { return nil }
    }
  }

  /// Reads the next row into `row` and `ends`; `false` at the end of the file.
  private mutating func readRow() throws(TableError) -> Bool {
    row.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    line = nextLine
    if position == filled {
      guard try refill() else { return false }
    }
    if line == 1, buffer[position] == 0xEF { try skipByteOrderMark() }
    while true {
      let start = row.count
      guard var stop = try keepPlainBytes(inQuotes: false) else { throw cutOff() }
      if stop == UInt8(ascii: "\"") {
        guard row.count == start else { throw malformed("a quote inside a field without quotes") }
        stop = try readQuoted()
      } else if stop == UInt8(ascii: "\n"), row.count > start, row.last == UInt8(ascii: "\r") {
        row.removeLast()
      }
      ends.append(row.count)
      if stop == UInt8(ascii: "\n") {
        nextLine += 1
        return true
      }
      guard ends.count <= schema.columns.count else {
        throw malformed("more than the expected \(schema.columns.count) fields")
      }
    }
  }

  /// Reads a quoted field after its first quote; returns the comma or line end behind it.
  private mutating func readQuoted() throws(TableError) -> UInt8 {
    let quote = UInt8(ascii: "\"")
    while true {
      guard try keepPlainBytes(inQuotes: true) != nil else {
        throw malformed("a quoted field without an end")
      }
      guard var after = try nextByte() else { throw cutOff() }
      if after == quote {
        row.append(quote)
        continue
      }
      if after == UInt8(ascii: "\r") {
        guard let next = try nextByte() else { throw cutOff() }
        after = next
      }
      guard after == UInt8(ascii: ",") || after == UInt8(ascii: "\n") else {
        throw malformed("text after a closing quote")
      }
      return after
    }
  }

  private mutating func skipByteOrderMark() throws(TableError) {
    guard try nextByte() == 0xEF, try nextByte() == 0xBB, try nextByte() == 0xBF else {
      throw malformed("not UTF-8 text")
    }
  }

  private func cutOff() -> TableError {
    malformed("the row has no line end: the file was cut off")
  }
}
