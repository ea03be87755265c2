import Tables

/// A commitment at the end of the run, from the last of its rows in `commitments_daily.csv`.
struct CommitmentState: Sendable {
  var name: String
  var committed: Double
  var drawn: Double
  var balance: Double
  /// Whether something is due every year, not only at the end.
  var hasAnnualFloors: Bool
  /// Day on which the promise would be met; empty where it would not.
  var exhaustion: String

  /// Reads the table to its end, by commitment in the order of the table. O(rows). Throws where a row is
  /// out of form.
  static func all(_ reader: consuming CSVReader) throws(TableError) -> [CommitmentState] {
    let at = TableColumns(CommitmentDayRow.schema)
    let (commitment, date) = (at["commitment"], at["projected_exhaustion_date"])
    let kind = at["kind"]
    let (committed, drawn, balance) = (
      at["committed_usd"], at["drawn_usd"], at["balance_usd"]
    )
    var all: [CommitmentState] = []
    while try reader.nextRow() {
      func dollars(_ column: Int) throws(TableError) -> Double {
        Double(try reader.picodollars(column) ?? 0) / 1e12
      }
      let state = CommitmentState(
        name: try reader.text(commitment), committed: try dollars(committed),
        drawn: try dollars(drawn), balance: try dollars(balance),
        hasAnnualFloors: reader.bytes(kind).elementsEqual("annual_floors".utf8),
        exhaustion: try reader.text(date))
      if let index = all.firstIndex(where: { $0.name == state.name }) {
        all[index] = state
      } else {
        all.append(state)
      }
    }
    return all
  }
}
