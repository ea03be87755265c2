import Tables

/// Where the columns of a table are, by name.
struct TableColumns {
  private let schema: TableSchema

  init(_ schema: TableSchema) { self.schema = schema }

  /// The column's index. Traps where the table has no such column: names are this room's own.
  subscript(_ name: String) -> Int {
    guard let index = schema.columns.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(schema.fileName) has no column '\(name)'")
    }
    return index
  }
}
