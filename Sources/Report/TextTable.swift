/// A table in plain text: columns as wide as their widest cell, numbers to the right.
public struct TextTable {
  /// To which side of a column its cells go.
  public enum Alignment: Sendable {
    /// As text.
    case left
    /// As numbers.
    case right
  }

  private var rows: [[String]] = []
  private let alignments: [Alignment]

  /// Creates a table without rows.
  public init(_ header: [String], _ alignments: [Alignment]) {
    precondition(header.count == alignments.count)
    self.alignments = alignments
    rows.append(header)
  }

  /// Adds a row, a cell for every column.
  public mutating func add(_ row: [String]) {
    precondition(row.count == alignments.count)
    rows.append(row)
  }

  /// The lines, the header first and underlined.
  public var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines: [String] = []
    for (number, row) in rows.enumerated() {
      var line = " "
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += " " + (alignments[column] == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if number == 0 {
        let width = widths.reduce(0) { $0 + $1 + 1 }
        lines.append("  " + String(repeating: "─", count: max(0, width - 1)))
      }
    }
    return lines
  }
}
