import Tables

/// Who asks, over time, from `tenants_minute.csv`.
struct TenantHistory: Sendable {
  private(set) var arrivalsByWorkload: Breakdown
  private(set) var rejectedByCause: Breakdown
  /// Cost of tokens by tenant, dollars.
  private(set) var tokenCost: [(name: String, dollars: Double)] = []

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    arrivalsByWorkload = Breakdown(bins, .perMinute)
    rejectedByCause = Breakdown(bins, .sum)
    let schema = TenantMinuteRow.schema
    let at = TableColumns(schema)
    let (start, arrivals, cost) = (at["minute_start_s"], at["arrivals"], at["cost_usd"])
    let causes = schema.columns.indices.filter { schema.columns[$0].name.hasPrefix("rejected_") }
    let ids = causes.map {
      rejectedByCause.id(
        DeploymentHistory.words(schema.columns[$0].name, after: "rejected_"))
    }
    let losses = ["failed", "timed_out", "impatient"].map { at[$0] }
    let lossIDs = ["failed", "timed out", "given up"].map { rejectedByCause.id($0) }
    var workloads = RowNames([at["workload"]])
    var tenants = RowNames([at["tenant"]])
    var costs: [Int128] = []
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let workload = try workloads.name(reader)
      arrivalsByWorkload.add(
        arrivalsByWorkload.id(workload), minute: minute, Double(try reader.count(arrivals)))
      for (column, cause) in zip(causes + losses, ids + lossIDs) {
        let count = try reader.count(column)
        guard count > 0 else { continue }
        rejectedByCause.add(cause, minute: minute, Double(count))
      }
      let tenant = try tenants.id(reader)
      if tenant == costs.count { costs.append(0) }
      costs[tenant] += try reader.picodollars(cost) ?? 0
    }
    tokenCost = tenants.names.enumerated().map {
      ($1.isEmpty ? "(nobody)" : $1, Double(costs[$0]) / 1e12)
    }
  }
}
