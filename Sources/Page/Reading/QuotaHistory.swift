import Tables

/// Quotas over time, from `quota_minute.csv`.
struct QuotaHistory: Sendable {
  private(set) var usedByQuota: Breakdown

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    usedByQuota = Breakdown(bins, .largest)
    let at = TableColumns(QuotaMinuteRow.schema)
    let (start, used) = (at["minute_start_s"], at["used_fraction_max"])
    var names = RowNames([at["quota"]])
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let name = try names.name(reader)
      if let share = try reader.scaled(used) {
        usedByQuota.add(usedByQuota.id(name), minute: minute, share)
      }
    }
  }
}
