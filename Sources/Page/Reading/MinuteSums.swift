/// Sums of several rows of one minute, taken into a breakdown when the minute is over, so that the
/// highest minute of a region is that of its sum and not of a row.
struct MinuteSums {
  private var minute = -1
  private var ids: [Int] = []
  private var sums: [Double] = []

  /// Takes a row's value in. Rows must come by minute.
  mutating func add(_ id: Int, minute: Int, _ value: Double, into breakdown: inout Breakdown) {
    if minute != self.minute {
      flush(into: &breakdown)
      self.minute = minute
    }
    while sums.count <= id { sums.append(0) }
    if !ids.contains(id) { ids.append(id) }
    sums[id] += value
  }

  /// Ends the last minute.
  mutating func flush(into breakdown: inout Breakdown) {
    for id in ids {
      breakdown.add(id, minute: minute, sums[id])
      sums[id] = 0
    }
    ids.removeAll(keepingCapacity: true)
  }
}
