import Tables

/// Something that went wrong for a while, from `incidents.csv`.
struct StoredIncident: Sendable {
  var startSeconds: Double
  var endSeconds: Double
  var target: String
  var effect: String

  /// `account azure/prod fails`.
  var words: String { "\(target) \(effect)" }

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  static func all(_ reader: consuming CSVReader) throws(TableError) -> [StoredIncident] {
    let at = TableColumns(IncidentRow.schema)
    let (start, end) = (at["start_s"], at["end_s"])
    let (kind, target) = (at["target_kind"], at["target"])
    let (effect, factor) = (at["effect"], at["factor"])
    var all: [StoredIncident] = []
    while try reader.nextRow() {
      let word = try reader.text(effect)
      let number = try reader.real(factor)
      let words =
        switch (word, number) {
        case ("slows", .some(let times)): "is \(Figure.fixed(times, 1)) times as slow"
        case ("cuts", .some(let share)): "is cut to \(Figure.percent(share))"
        default: word
        }
      all.append(
        StoredIncident(
          startSeconds: try reader.scaled(start) ?? 0, endSeconds: try reader.scaled(end) ?? 0,
          target: "\(try reader.text(kind)) \(try reader.text(target))", effect: words))
    }
    return all
  }
}
