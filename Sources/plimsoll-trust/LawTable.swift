/// To how many worlds each law applied: a law that says nothing of all of them has not been tried.
struct LawTable {
  /// Worlds of which one law said something, and nothing.
  struct Row {
    /// Name of the law.
    var law: String
    /// Said something.
    var applied = 0
    /// Said nothing.
    var skipped = 0
  }

  /// By law, in the order in which they are tried.
  private(set) var rows: [Row]

  /// Least worlds of which shares say something.
  private static let leastWorlds = 200
  /// Least share of them to which a law must apply, percent.
  private static let leastShare = 5

  /// Counts what reports say of laws.
  init(laws: [String], _ reports: [WorldReport]) {
    rows = laws.map { Row(law: $0) }
    for place in rows.indices {
      rows[place].applied = reports.count { $0.applied.contains(laws[place]) }
      rows[place].skipped = reports.count { $0.skipped.contains(laws[place]) }
    }
  }

  /// Laws that applied to so few of many worlds that nothing follows from their holding.
  var untried: [Row] {
    rows.filter { row in
      let all = row.applied + row.skipped
      return all >= Self.leastWorlds && row.applied * 100 < all * Self.leastShare
    }
  }

  /// The table.
  var text: String {
    let width = rows.map(\.law.count).max() ?? 0
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var lines = ["law" + padded("applied  skipped", width + 18 - 3)]
    for row in rows {
      lines.append(
        row.law + String(repeating: " ", count: width - row.law.count) + padded("\(row.applied)", 9)
          + padded("\(row.skipped)", 9))
    }
    return lines.joined(separator: "\n")
  }
}
