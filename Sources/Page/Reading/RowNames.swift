import Tables

/// Numbers the things that a table names in some of its columns, in the order in which they first come.
///
/// Tables by minute name the same things in the same order every minute, so the next name is nearly
/// always the one that came after the last: then nothing is allocated or hashed.
struct RowNames {
  /// Names with `/` between their parts, by id.
  private(set) var names: [String] = []
  private let columns: [Int]
  private var parts: [[[UInt8]]] = []
  private var ids: [[[UInt8]]: Int] = [:]
  private var next = 0

  /// - Parameter columns: Columns whose texts make up the name; empty ones are left out.
  init(_ columns: [Int]) { self.columns = columns }

  /// The id of what the reader's current row names. O(length of the name).
  mutating func id(_ reader: borrowing CSVReader) throws(TableError) -> Int {
    if next < parts.count, matches(next, reader) { return step(next) }
    var key: [[UInt8]] = []
    for column in columns { key.append(Array(reader.bytes(column))) }
    if let id = ids[key] { return step(id) }
    var texts: [String] = []
    for column in columns where !reader.isEmpty(column) { texts.append(try reader.text(column)) }
    let id = names.count
    names.append(texts.joined(separator: "/"))
    parts.append(key)
    ids[key] = id
    return step(id)
  }

  /// The name of what the reader's current row names. O(length of the name).
  mutating func name(_ reader: borrowing CSVReader) throws(TableError) -> String {
    let id = try id(reader)
    return names[id]
  }

  private mutating func step(_ id: Int) -> Int {
    next = id + 1 == parts.count ? 0 : id + 1
    return id
  }

  private func matches(_ id: Int, _ reader: borrowing CSVReader) -> Bool {
    for (index, column) in columns.enumerated()
    where !parts[id][index].elementsEqual(reader.bytes(column)) {
      return false
    }
    return true
  }
}
