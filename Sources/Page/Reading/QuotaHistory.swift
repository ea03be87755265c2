import Tables

/// Quotas over time, from `quota_minute.csv`.
struct QuotaHistory: Sendable {
  private(set) var usedByQuota: Breakdown
  /// Calls refused, by quota in the order of the table.
  private(set) var refused: [(name: String, calls: Int)] = []

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    usedByQuota = Breakdown(bins, .largest)
    let at = TableColumns(QuotaMinuteRow.schema)
    let (start, used, calls) = (at["minute_start_s"], at["used_fraction_max"], at["refused"])
    var names = RowNames([at["quota"]])
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let id = try names.id(reader)
      if id == refused.count { refused.append((names.names[id], 0)) }
      refused[id].calls += try reader.count(calls)
      if let share = try reader.scaled(used) {
        usedByQuota.add(usedByQuota.id(names.names[id]), minute: minute, share)
      }
    }
  }
}
