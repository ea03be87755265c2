/// A comma-separated table, read strictly: the header must be the expected one, every row must have
/// as many fields, and a quoted field must close. Fields follow RFC 4180; lines end in LF or CR LF.
struct TableText {
  /// One row and where it starts.
  struct Row {
    var file: String
    var line: Int
    var columns: [String]
    var fields: [String]
  }

  var rows: [Row] = []

  /// Reads `text`, expecting a header of `columns`.
  init(file: String, text: String, columns: [String]) throws(CatalogError) {
    var parser = Parser(bytes: Array(text.utf8), file: file)
    guard let header = try parser.next() else {
      throw CatalogError(file: file, problem: "the file is empty; expected a header")
    }
    guard header.fields == columns else {
      throw CatalogError(
        file: file, line: 1,
        problem: "the header is '\(header.fields.joined(separator: ","))'; expected "
          + "'\(columns.joined(separator: ","))'")
    }
    while let (line, fields) = try parser.next() {
      guard fields.count == columns.count else {
        throw CatalogError(
          file: file, line: line,
          problem: "\(fields.count) fields; expected \(columns.count), as in the header")
      }
      rows.append(Row(file: file, line: line, columns: columns, fields: fields))
    }
  }

  private struct Parser {
    let bytes: [UInt8]
    let file: String
    var position = 0
    var line = 1

    init(bytes: [UInt8], file: String) {
      self.bytes = bytes
      self.file = file
    }

    /// The next record that is not blank, with the line it starts on.
    mutating func next() throws(CatalogError) -> (line: Int, fields: [String])? {
      while position < bytes.count {
        let start = line
        let fields = try record()
        if fields != [""] { return (start, fields) }
      }
      return nil
    }

    private mutating func record() throws(CatalogError) -> [String] {
      var fields: [String] = []
      while true {
        fields.append(try field())
        guard position < bytes.count else { return fields }
        let separator = bytes[position]
        position += 1
        if separator == UInt8(ascii: ",") { continue }
        line += 1
        return fields
      }
    }

    /// Reads one field and stops at the comma or line feed after it.
    private mutating func field() throws(CatalogError) -> String {
      if position < bytes.count && bytes[position] == UInt8(ascii: "\"") { return try quoted() }
      let start = position
      while position < bytes.count && bytes[position] != UInt8(ascii: ",")
        && bytes[position] != UInt8(ascii: "\n")
      {
        if bytes[position] == UInt8(ascii: "\"") {
          throw CatalogError(
            file: file, line: line, problem: "a quote inside a field that does not start with one")
        }
        position += 1
      }
      var end = position
      let atLineEnd = position == bytes.count || bytes[position] == UInt8(ascii: "\n")
      if atLineEnd && end > start && bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func quoted() throws(CatalogError) -> String {
      let start = line
      var content: [UInt8] = []
      position += 1
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\"") {
          if position < bytes.count && bytes[position] == byte {
            content.append(byte)
            position += 1
            continue
          }
          if position < bytes.count && bytes[position] == UInt8(ascii: "\r") { position += 1 }
          guard
            position == bytes.count || bytes[position] == UInt8(ascii: ",")
              || bytes[position] == UInt8(ascii: "\n")
          else {
            throw CatalogError(
              file: file, line: line, problem: "text after a closing quote; expected a comma")
          }
          return String(decoding: content, as: UTF8.self)
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
        content.append(byte)
      }
      throw CatalogError(file: file, line: start, problem: "a quoted field is never closed")
    }
  }
}

extension TableText.Row {
  /// An error at this row.
  func error(_ problem: String) -> CatalogError {
    CatalogError(file: file, line: line, problem: problem)
  }

  /// The text of `column`, which may be empty.
  func text(_ column: String) -> String {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("no column \(column) in \(file)")
    }
    return fields[index]
  }

  /// The text of `column`, which may not be empty.
  func required(_ column: String) throws(CatalogError) -> String {
    let value = text(column)
    guard !value.isEmpty else { throw error("\(column) is empty") }
    return value
  }

  /// Names separated by `|`; empty text is no name.
  func names(_ column: String) -> [String] {
    text(column).split(separator: "|").map(String.init)
  }

  /// A finite number in `range`.
  func number(
    _ column: String, in range: ClosedRange<Double>
  ) throws(CatalogError) -> Double {
    let value = text(column)
    guard let number = Double(value), number.isFinite, range.contains(number) else {
      throw error(
        "\(column) is '\(value)'; expected a number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// A whole number in `range`.
  func integer(_ column: String, in range: ClosedRange<Int>) throws(CatalogError) -> Int {
    let value = text(column)
    guard let number = Int(value), range.contains(number) else {
      throw error(
        "\(column) is '\(value)'; expected a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return number
  }

  /// One of the names of `Choice`.
  func choice<Choice>(_ column: String) throws(CatalogError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let value = text(column)
    guard let choice = Choice(rawValue: value) else {
      throw error(
        "\(column) is '\(value)'; expected one of "
          + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// Fails unless the row says where its facts come from and when.
  func checkSource() throws(CatalogError) {
    _ = try required("source")
    let date = try required("date")
    let valid = date.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 }
    guard valid && [4, 7, 10].contains(date.utf8.count) else {
      throw error("date is '\(date)'; expected YYYY, YYYY-MM or YYYY-MM-DD")
    }
  }
}
