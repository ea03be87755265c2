import Catalog
import Foundation
import Report
import Tables

/// Columns and rows of text, as a table for people or as CSV or JSON for programs.
struct CatalogText {
  let columns: [String]
  let rows: [[String]]
  /// By column: whether every field that is not empty is a number, and one is.
  private let isNumeric: [Bool]

  init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
    isNumeric = Self.areNumeric(columns, rows)
  }

  /// The rows of a table in which each of `words` occurs in a column that is shown.
  init(_ listing: CatalogListing, matching words: [String], withSources: Bool) {
    let count = listing.columns.count - (withSources ? 0 : 2)
    columns = Array(listing.columns.prefix(count))
    // Of all rows: the type of a column must not depend on what was searched for.
    isNumeric = Self.areNumeric(columns, listing.rows)
    let lowered = words.map { $0.lowercased() }
    rows = listing.rows.map { Array($0.prefix(count)) }.filter { row in
      lowered.allSatisfy { word in row.contains { $0.lowercased().contains(word) } }
    }
  }

  /// Aligned text, without columns in which every row is empty: terminals are narrow.
  var table: String {
    // The first one stays, which names the rows.
    let shown = columns.indices.filter { column in
      column == 0 || rows.isEmpty || rows.contains { !$0[column].isEmpty }
    }
    var table = TextTable(
      shown.map { columns[$0] }, shown.map { isNumeric[$0] ? .right : .left })
    for row in rows { table.add(shown.map { row[$0] }) }
    return table.lines.joined(separator: "\n")
  }

  /// RFC 4180 with `\n`.
  var csv: String {
    var bytes: [UInt8] = []
    for row in [columns] + rows {
      for (index, field) in row.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendEscaped(field, to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An array of objects; an empty field is `null`, a column that holds numbers only has numbers.
  var json: String {
    var json = JSONWriter()
    json.beginArray()
    for row in rows {
      json.beginObject()
      for (index, field) in row.enumerated() {
        if field.isEmpty {
          json.string(nil, columns[index])
        } else if isNumeric[index], let number = Int64(field) {
          json.integer(number, columns[index])
        } else if isNumeric[index], let number = Double(field) {
          json.real(number, columns[index])
        } else {
          json.string(field, columns[index])
        }
      }
      json.end()
    }
    json.end()
    return json.finish()
  }

  private static func areNumeric(_ columns: [String], _ rows: [[String]]) -> [Bool] {
    columns.indices.map { column in
      let fields = rows.map { $0[column] }.filter { !$0.isEmpty }
      return !fields.isEmpty && fields.allSatisfy { Double($0)?.isFinite ?? false }
    }
  }
}
