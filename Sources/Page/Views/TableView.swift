import Tables

/// A cell of a table as the template shows it.
struct CellView {
  var text: String
  /// Which figure of `summary.csv` it is, `kind|scope|metric`; `nil` where it is none.
  var figure: String?
  /// The figure's value as it stands in the file.
  var exact: String?
  /// Classes: `n` for a number, `good`, `bad`, `h0` to `h8` for how much of something.
  var kind = ""

  init(_ text: String, _ kind: String = "") {
    self.text = text
    self.kind = kind
  }

  /// A number that is not in `summary.csv`.
  static func number(_ text: String) -> CellView { CellView(text, "n") }

  /// A figure of `summary.csv`, or that there is none.
  init(_ record: SummaryFigure?) {
    self.init(record?.shown ?? Figure.none, "n")
    guard let record else { return }
    figure = "\(record.scopeKind.rawValue)|\(record.scope)|\(record.metric)"
    exact = record.text
  }
}

/// A row of a table: what it is about, then the rest.
struct RowView {
  var name: String
  var cells: [CellView]
}

/// A table.
struct TableView {
  var caption: String
  var corner: String
  var heads: [String]
  var rows: [RowView]
  var note: String?

  init(_ caption: String, _ corner: String, _ heads: [String], note: String? = nil) {
    self.caption = caption
    self.corner = corner
    self.heads = heads
    self.note = note
    rows = []
  }

  mutating func add(_ name: String, _ cells: [CellView]) {
    precondition(cells.count == heads.count, "a row has a cell for every column")
    rows.append(RowView(name: name, cells: cells))
  }
}
