/// A table in plain text: columns as wide as their widest cell, numbers to the right.
///
/// Where it is given a width it keeps to it: first columns go that say nothing, then those of the highest
/// rank, then names are shortened, and what is still too wide is split into tables below each other.
public struct TextTable {
  /// To which side of a column its cells go.
  public enum Alignment: Sendable {
    /// As text.
    case left
    /// As numbers.
    case right
  }

  /// A column.
  public struct Column: Sendable {
    /// Its heading.
    public var title: String
    /// To which side its cells go.
    public var alignment: Alignment
    /// Which go first where there is no room, highest first; 0 stays.
    public var rank: Int
    /// To how many columns of the terminal its cells may be shortened; `nil` for not at all.
    public var shortest: Int?

    /// A column of numbers.
    public static func number(_ title: String, rank: Int = 0) -> Column {
      Column(title: title, alignment: .right, rank: rank, shortest: nil)
    }

    /// A column of words.
    public static func text(_ title: String, rank: Int = 0) -> Column {
      Column(title: title, alignment: .left, rank: rank, shortest: nil)
    }

    /// A column of names such as `azure/eastus2/gpt`, which may be shortened.
    public static func name(_ title: String, shortest: Int = 24) -> Column {
      Column(title: title, alignment: .left, rank: 0, shortest: shortest)
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  /// Creates a table without rows.
  public init(_ columns: [Column]) {
    precondition(!columns.isEmpty, "a table has columns")
    self.columns = columns
  }

  /// Creates a table without rows, all of whose columns stay.
  public init(_ header: [String], _ alignments: [Alignment]) {
    precondition(header.count == alignments.count)
    self.init(zip(header, alignments).map { $1 == .left ? .text($0) : .number($0) })
  }

  /// Whether it has no rows.
  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row, a cell for every column.
  public mutating func add(_ row: [String]) {
    precondition(row.count == columns.count)
    rows.append(row.map(\.printable))
  }

  /// All of it, however wide: the header first and underlined.
  public var lines: [String] {
    render(Array(columns.indices), widths: columns.indices.map(natural))
  }

  /// The lines in at most `width` columns of a terminal. O(cells).
  public func laidOut(width: Int) -> [String] {
    var shown = Array(columns.indices)
    let naturals = columns.indices.map(natural)
    let floors = columns.indices.map { least($0, naturals[$0]) }
    func total(_ widths: [Int]) -> Int { 1 + shown.reduce(0) { $0 + widths[$1] + 1 } }
    func drop(where isCandidate: (Int) -> Bool) -> Bool {
      let candidates = shown.filter { columns[$0].rank > 0 && isCandidate($0) }
      guard let rank = candidates.map({ columns[$0].rank }).max(),
        let column = candidates.last(where: { columns[$0].rank == rank })
      else { return false }
      shown.removeAll { $0 == column }
      return true
    }
    while total(naturals) > width, drop(where: isBlank) {}
    while total(floors) > width, drop(where: { _ in true }) {}
    return split(shown, naturals, floors, width)
  }

  /// The lines of the columns, in several tables where one is too wide.
  private func split(
    _ shown: [Int], _ naturals: [Int], _ floors: [Int], _ width: Int
  ) -> [String] {
    var part = [shown[0]]
    var used = 2 + floors[shown[0]]
    var rest = shown.dropFirst()
    while let next = rest.first, part.count == 1 || used + 1 + floors[next] <= width {
      part.append(next)
      used += 1 + floors[next]
      rest = rest.dropFirst()
    }
    // Names take what is left, the first column first.
    var widths = part.map { floors[$0] }
    var room = max(0, width - used)
    for (place, column) in part.enumerated() {
      let more = min(room, naturals[column] - widths[place])
      widths[place] += more
      room -= more
    }
    let lines = render(part, widths: widths)
    if rest.isEmpty { return lines }
    return lines + [""] + split([shown[0]] + rest, naturals, floors, width)
  }

  private func natural(_ column: Int) -> Int {
    rows.reduce(columns[column].title.displayWidth) { max($0, $1[column].displayWidth) }
  }

  private func least(_ column: Int, _ natural: Int) -> Int {
    guard let shortest = columns[column].shortest else { return natural }
    return min(natural, max(shortest, columns[column].title.displayWidth))
  }

  /// Whether no cell of a column says anything.
  private func isBlank(_ column: Int) -> Bool {
    rows.allSatisfy { ["", "0", "0.0", "0.00", "0.0 %", "–"].contains($0[column]) }
  }

  private func render(_ shown: [Int], widths: [Int]) -> [String] {
    var lines: [String] = []
    for (number, row) in ([columns.map(\.title)] + rows).enumerated() {
      var line = " "
      for (column, width) in zip(shown, widths) {
        line +=
          " "
          + row[column].elided(to: width)
          .padded(to: width, onLeft: columns[column].alignment == .right)
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
