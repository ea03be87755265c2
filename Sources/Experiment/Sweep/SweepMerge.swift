import Scenario
import Tables

/// Brings the cells of one or many folders together in one table.
///
/// The table holds the cells in the order of the plan, whatever the number of shards, the order of the
/// folders, and whoever computed what: equal cells, equal bytes.
public struct SweepMerge: Sendable {
  /// The sweep.
  public var sweep: Sweep
  /// Folders with cells.
  public var folders: [SweepFolder]
  /// Whether a table without some cells will do.
  public var allowsMissing: Bool

  /// Creates a merge.
  public init(_ sweep: Sweep, from folders: [SweepFolder], allowsMissing: Bool = false) {
    self.sweep = sweep
    self.folders = folders
    self.allowsMissing = allowsMissing
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// Rows of the table.
    public var rows: Int
    /// Cells in it.
    public var cells: Int
    /// Cells that are not.
    public var missing: [SweepCell]
  }

  /// Merges into the table at `path`, with its description and a manifest beside it. O(bytes of all
  /// cells), memory O(cells).
  ///
  /// - Throws: Where a cell is missing, foreign, or stands in two folders with other bytes; no table is
  ///   written then, and an older one stays.
  public func write(to path: String) throws(SweepError) -> Outcome {
    for folder in folders { try folder.refuseForeign(to: sweep) }
    var table: SweepTable
    do {
      table = try SweepTable(path: path, axes: sweep.plan.columns)
    } catch {
      throw .table(error)
    }
    var tally = Tally(figures: sweep.plan.figures)
    do {
      for cell in sweep.cells { try add(cell, to: &table, &tally) }
      try tally.check(allowsMissing: allowsMissing, sweep)
    } catch {
      table.abandon()
      throw error
    }
    let missing = tally.missing
    let outcome = Outcome(
      rows: tally.rows, cells: sweep.cells.count - missing.count, missing: missing)
    do {
      try table.finish { finished in
        SweepManifest(sweep: sweep, finished: finished, path: path, missing: missing).json()
      }
    } catch {
      throw .table(error)
    }
    return outcome
  }

  private func add(
    _ cell: SweepCell, to table: inout SweepTable, _ tally: inout Tally
  ) throws(SweepError) {
    var found: (folder: SweepFolder, content: CellTable)?
    var isHalfWritten = false
    for folder in folders {
      switch try folder.state(cell) {
      case .missing: continue
      case .halfWritten: isHalfWritten = true
      case .finished(let content):
        guard let first = found else {
          found = (folder, content)
          continue
        }
        // Inputs are equal, or their names would not be; so what differs is what came of them.
        guard content == first.content else {
          throw .conflict(
            first.folder.cells.file(of: cell.identity), folder.cells.file(of: cell.identity),
            cell: sweep.name(cell))
        }
      }
    }
    guard let found else {
      tally.miss(cell, isHalfWritten: isHalfWritten)
      return
    }
    let row = sweep.row(cell)
    do {
      for figure in found.content.figures where tally.keeps(figure) {
        try table.append(row, figure)
        tally.rows += 1
      }
    } catch {
      throw .table(error)
    }
  }
}

/// What a merge has seen so far.
private struct Tally {
  var rows = 0
  private(set) var missing: [SweepCell] = []
  private var halfWritten = 0
  private let patterns: [FigurePattern]
  private var isMatched: [Bool]
  private var names: Set<String> = []

  init(figures: [String]) {
    patterns = figures.map { FigurePattern($0) }
    isMatched = patterns.map { _ in false }
  }

  mutating func miss(_ cell: SweepCell, isHalfWritten: Bool) {
    missing.append(cell)
    if isHalfWritten { halfWritten += 1 }
  }

  /// Whether a figure goes into the table.
  mutating func keeps(_ figure: CellTable.Row) -> Bool {
    if patterns.isEmpty { return true }
    names.insert(figure.metric)
    var isKept = false
    for (index, pattern) in patterns.enumerated() where pattern.matches(figure) {
      isMatched[index] = true
      isKept = true
    }
    return isKept
  }

  /// Throws where cells are missing that may not be, or where a figure was asked for that none has.
  func check(allowsMissing: Bool, _ sweep: Sweep) throws(SweepError) {
    guard allowsMissing || missing.isEmpty else {
      throw .missing(
        count: missing.count, of: sweep.cells.count, halfWritten: halfWritten,
        names: missing.prefix(3).map { "cell \($0.index + 1) (\(sweep.name($0)))" })
    }
    guard missing.count < sweep.cells.count else { return }
    for (index, pattern) in patterns.enumerated() where !isMatched[index] {
      throw .unknownFigure(
        pattern.text, hint: NearestName.hint(for: pattern.text, among: names.sorted()))
    }
  }
}

/// A metric, a scope and a metric, or the begin of either and `*`.
struct FigurePattern: Hashable, Sendable {
  var text: String

  init(_ text: String) { self.text = text }

  func matches(_ figure: CellTable.Row) -> Bool {
    let full = figure.scope.isEmpty ? figure.metric : "\(figure.scope) \(figure.metric)"
    guard text.hasSuffix("*") else { return text == figure.metric || text == full }
    let start = text.dropLast()
    return figure.metric.hasPrefix(start) || full.hasPrefix(start)
  }
}
