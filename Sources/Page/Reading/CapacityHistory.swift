import Tables

/// What capacity lost over time, from `capacity_events.csv`.
struct CapacityHistory: Sendable {
  /// Scale-ups that failed by reason, machines taken back and replicas failed.
  private(set) var lossesByCause: Breakdown

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    lossesByCause = Breakdown(bins, .sum)
    let at = TableColumns(CapacityEventRow.schema)
    let (time, kind, reason) = (at["t_s"], at["kind"], at["reason"])
    while try reader.nextRow() {
      let cause: String
      switch try reader.text(kind) {
      case "scale_up_failed": cause = "scale-up failed, \(try reader.text(reason))"
      case "interrupted": cause = "machine taken back"
      case "failed": cause = "replica failed"
      default: continue
      }
      let minute = (try reader.fixed(time, decimals: 9) ?? 0) / 60_000_000_000
      lossesByCause.add(lossesByCause.id(cause), minute: Int(minute), 1)
    }
  }
}
