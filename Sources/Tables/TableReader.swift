import SimulationKernel

/// A row as it is read back from a table, names and all.
public protocol TableRecord {
  /// Shape of the table it comes from.
  static var schema: TableSchema { get }

  /// Takes the reader's current row apart. Throws where a field is not what its column holds.
  init(_ reader: borrowing CSVReader) throws(TableError)
}

/// Reads a table as typed records, one at a time.
public struct TableReader<Record: TableRecord>: ~Copyable {
  private var reader: CSVReader

  /// Opens the table at `path`. Throws where it cannot be read or its header is another's.
  public init(path: String) throws(TableError) {
    reader = try CSVReader.open(path: path, schema: Record.schema)
  }

  /// The next record, `nil` at the end of the table. Throws where a row is out of form.
  public mutating func next() throws(TableError) -> Record? {
    guard try reader.nextRow() else { return nil }
    return try Record(reader)
  }

  /// Every record of the table at `path`, in order. O(rows) memory.
  public static func all(path: String) throws(TableError) -> [Record] {
    var reader = try TableReader(path: path)
    var records: [Record] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }
}

extension CSVReader {
  /// The field in milliseconds with six decimals as a duration, `nil` where it is empty.
  func milliseconds(_ index: Int) throws(TableError) -> Duration? {
    try fixed(index, decimals: 6).map { Duration(nanoseconds: $0) }
  }

  /// The field as text, `nil` where it is empty.
  func name(_ index: Int) throws(TableError) -> String? {
    isEmpty(index) ? nil : try text(index)
  }

  /// The field as one of `cases`. Throws an error that names them where it is none.
  func oneOf<Case>(
    _ index: Int, _ cases: [Case], _ word: (Case) -> String
  ) throws(TableError) -> Case {
    let found = try text(index)
    guard let match = cases.first(where: { word($0) == found }) else {
      let wanted = cases.map(word).joined(separator: ", ")
      throw malformed("expected one of \(wanted), found '\(found)'", column: index)
    }
    return match
  }
}
