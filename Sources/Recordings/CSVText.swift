/// A CSV text of another program by named columns: the first line names them, in any order and with
/// others among them, compared without regard to case.
struct CSVText {
  /// A row's fields and its line.
  struct Row {
    var line: Int
    var fields: [Substring]
  }

  let file: String
  /// Names of the columns as they stand.
  let columns: [String]
  private let folded: [String]
  let rows: [Row]

  /// Splits a text. Fields may be quoted; a quoted field holds no line break.
  ///
  /// - Throws: where the text is empty, a row has another number of fields than the header, or a
  ///   quote does not end.
  init(_ text: Substring, file: String) throws(RecordingError) {
    self.file = file
    var header: [String]?
    var rows: [Row] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if line.allSatisfy({ $0 == " " }) { continue }
      let fields = try Self.split(line, file, number)
      guard let names = header else {
        header = fields.map(String.init)
        continue
      }
      guard fields.count == names.count else {
        throw RecordingError(
          file: file, line: number,
          problem: "found \(fields.count) fields, expected \(names.count) as in the header")
      }
      rows.append(Row(line: number, fields: fields))
    }
    guard let header else {
      throw RecordingError(file: file, problem: "the file is empty, expected a header")
    }
    columns = header
    folded = header.map { $0.lowercased() }
    self.rows = rows
  }

  /// The place of a column, where there is one.
  func column(_ name: String) -> Int? { folded.firstIndex(of: name) }

  /// The place of a column that must be there.
  func required(_ name: String, of what: String) throws(RecordingError) -> Int {
    if let index = column(name) { return index }
    throw RecordingError(
      file: file, line: 1,
      problem: "no column '\(name)' of \(what), found \(columns.joined(separator: ", "))")
  }

  /// A number of at least `least`.
  func number(
    _ row: Row, _ column: Int, least: Double = 0, _ expected: String
  ) throws(RecordingError) -> Double {
    guard let value = Double(row.fields[column]), value.isFinite, value >= least else {
      throw wrong(row, column, expected)
    }
    return value
  }

  /// A whole number in a range.
  func count(
    _ row: Row, _ column: Int, _ range: ClosedRange<Int>, _ expected: String
  ) throws(RecordingError) -> Int {
    guard let value = Int(row.fields[column]), range.contains(value) else {
      throw wrong(row, column, expected)
    }
    return value
  }

  private func wrong(_ row: Row, _ column: Int, _ expected: String) -> RecordingError {
    let field = row.fields[column]
    let found = field.isEmpty ? "nothing" : "\"\(field.prefix(40))\""
    return RecordingError(
      file: file, line: row.line,
      problem: "\(columns[column]): found \(found), expected \(expected)"
    )
  }

  private static func split(
    _ line: Substring, _ file: String, _ number: Int
  ) throws(RecordingError) -> [Substring] {
    if !line.contains("\"") {
      return line.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    }
    var fields: [Substring] = []
    var rest = line
    while true {
      if rest.first == "\"" {
        let body = rest.dropFirst()
        guard let close = body.firstIndex(of: "\"") else {
          throw RecordingError(file: file, line: number, problem: "a quoted field does not end")
        }
        fields.append(body[..<close])
        rest = body[body.index(after: close)...]
        if rest.isEmpty { return fields }
        guard rest.first == "," else {
          throw RecordingError(
            file: file, line: number, problem: "found text behind a quoted field, expected a comma")
        }
        rest = rest.dropFirst()
      } else {
        guard let comma = rest.firstIndex(of: ",") else {
          fields.append(trimmed(rest))
          return fields
        }
        fields.append(trimmed(rest[..<comma]))
        rest = rest[rest.index(after: comma)...]
      }
    }
  }

  private static func trimmed(_ field: Substring) -> Substring {
    var field = field
    while field.first == " " { field.removeFirst() }
    while field.last == " " { field.removeLast() }
    return field
  }
}
