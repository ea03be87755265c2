import SimulationKernel
import Tables

/// How many replicas of a pool were ready in the minute in which a request was sent, where that was fewer than
/// wanted.
enum ReadyReplicas {
  /// In words; `nil` where all were ready, or where the run does not tell. O(rows of the table).
  static func words(_ run: StoredRun, of request: RequestsTable.Record) throws(TableError)
    -> String?
  {
    guard let deployment = request.deployment,
      var reader = try run.rows(of: PoolsMinuteTable.schema)
    else { return nil }
    func column(_ name: String) -> Int {
      guard let index = PoolsMinuteTable.schema.columns.firstIndex(where: { $0.name == name })
      else {
        preconditionFailure("pools_minute has no column '\(name)'")
      }
      return index
    }
    let (start, wanted) = (column("minute_start_s"), column("replicas_wanted"))
    let (ready, starting) = (column("replicas_ready_mean"), column("replicas_starting"))
    let names = [column("cloud"), column("region"), column("pool")]
    let minute = Int(request.arrival.nanoseconds / 60_000_000_000) * 60
    while try reader.nextRow() {
      guard try reader.count(start) == minute else { continue }
      var parts: [String] = []
      for name in names { parts.append(try reader.text(name)) }
      guard parts.joined(separator: "/") == deployment else { continue }
      let goal = try reader.count(wanted)
      guard let mean = try reader.fixed(ready, decimals: 6),
        Int128(mean) < Int128(goal) * 1_000_000
      else { return nil }
      let coming = try reader.count(starting)
      return "\(deployment) had "
        + (mean == 0 ? "none" : Quantity.fixed(Double(mean) / 1e6, 2))
        + " of \(Quantity.counted(goal, "wanted replica")) ready in the minute it was sent"
        + (coming > 0 ? ", \(coming) on their way" : "")
    }
    return nil
  }
}
