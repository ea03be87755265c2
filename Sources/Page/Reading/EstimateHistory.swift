import Tables

/// What is expected of deployments over time, from `deployments_estimate.csv`.
struct EstimateHistory: Sendable {
  private(set) var utilisation: Breakdown
  private(set) var inFlight: Breakdown

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    utilisation = Breakdown(bins, .largest)
    inFlight = Breakdown(bins, .largest)
    let at = TableColumns(DeploymentEstimateRow.schema)
    let (start, share, count) = (at["start_s"], at["utilisation"], at["in_flight_mean"])
    var names = RowNames([at["cloud"], at["region"], at["deployment"]])
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let name = try names.name(reader)
      if let value = try reader.real(share) {
        utilisation.add(utilisation.id(name), minute: minute, value)
      }
      if let value = try reader.real(count) {
        inFlight.add(inFlight.id(name), minute: minute, value)
      }
    }
  }
}
