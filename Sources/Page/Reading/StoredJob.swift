import Tables

/// A training job, from `training_jobs.csv`. Its figures are those of `summary.csv`.
struct StoredJob: Sendable {
  var name: String
  var market: String
  var accelerators: Int
  /// Whether it has a deadline.
  var hasDeadline: Bool
  /// Whether that was met; `nil` where it is not known, or there is none.
  var isDeadlineMet: Bool?

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  static func all(_ reader: consuming CSVReader) throws(TableError) -> [StoredJob] {
    let at = TableColumns(TrainingJobRow.schema)
    let (name, market, accelerators) = (at["job_id"], at["market"], at["gpus"])
    let (deadline, isMet) = (at["deadline_s"], at["deadline_met"])
    var jobs: [StoredJob] = []
    while try reader.nextRow() {
      jobs.append(
        StoredJob(
          name: try reader.text(name), market: try reader.text(market),
          accelerators: try reader.count(accelerators), hasDeadline: !reader.isEmpty(deadline),
          isDeadlineMet: try reader.flag(isMet)))
    }
    return jobs
  }
}
