import Tables

/// Pools over time, from `pools_minute.csv`.
struct PoolHistory: Sendable {
  private(set) var busyByRegion: Breakdown
  private(set) var busyByPool: Breakdown
  private(set) var waitingByRegion: Breakdown
  private(set) var waitingByPool: Breakdown
  private(set) var cacheByPool: Breakdown
  private(set) var firstTokenByPool: Breakdown
  private(set) var perTokenByPool: Breakdown
  private(set) var arrivalsByRegion: Breakdown
  private(set) var readyByPool: Breakdown
  /// Replicas of each pool by what they do, in the order of the table.
  private(set) var replicas: [(pool: String, states: Breakdown)] = []

  /// The states in which replicas are counted: the names of a pool's tracks.
  static let states = ["ready", "wanted", "starting", "failed", "spot"]

  /// Replicas of a pool by what they do; `nil` where there is no such pool.
  func replicas(of pool: String) -> Breakdown? { replicas.first { $0.pool == pool }?.states }

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    busyByRegion = Breakdown(bins, .mean)
    busyByPool = Breakdown(bins, .mean)
    waitingByRegion = Breakdown(bins, .largest)
    waitingByPool = Breakdown(bins, .largest)
    cacheByPool = Breakdown(bins, .largest)
    firstTokenByPool = Breakdown(bins, .largest)
    perTokenByPool = Breakdown(bins, .largest)
    arrivalsByRegion = Breakdown(bins, .perMinute)
    readyByPool = Breakdown(bins, .mean)
    let at = TableColumns(PoolsMinuteTable.schema)
    let ready = at["replicas_ready_mean"]
    let counts = ["wanted", "starting", "failed", "spot"].map { at["replicas_\($0)"] }
    let (start, replicas, arrivals) = (at["minute_start_s"], at["replicas"], at["arrivals"])
    let (busy, waiting, cache) = (
      at["busy_fraction"], at["waiting_mean"], at["kv_used_fraction_max"]
    )
    let (first, per) = (at["ttft_p95_ms"], at["tpot_p95_ms"])
    var pools = RowNames([at["cloud"], at["region"], at["pool"]])
    var regions = RowNames([at["cloud"], at["region"]])
    var waitingSums = MinuteSums()
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let (poolID, regionID) = (try pools.id(reader), try regions.id(reader))
      let (pool, region) = (pools.names[poolID], regions.names[regionID])
      let weight = Double(try reader.count(replicas))
      if poolID == self.replicas.count {
        var states = Breakdown(bins, .mean)
        for name in Self.states { _ = states.id(name) }
        self.replicas.append((pool, states))
      }
      if let value = try reader.scaled(ready) {
        readyByPool.add(readyByPool.id(pool), minute: minute, value)
        self.replicas[poolID].states.add(0, minute: minute, value)
      }
      for (place, column) in counts.enumerated() {
        self.replicas[poolID].states.add(
          place + 1, minute: minute, Double(try reader.count(column)))
      }
      if let value = try reader.scaled(busy) {
        busyByRegion.add(busyByRegion.id(region), minute: minute, value, weight: weight)
        busyByPool.add(busyByPool.id(pool), minute: minute, value, weight: weight)
      }
      if let value = try reader.scaled(waiting) {
        waitingSums.add(
          waitingByRegion.id(region), minute: minute, value, into: &waitingByRegion)
        waitingByPool.add(waitingByPool.id(pool), minute: minute, value)
      }
      if let value = try reader.scaled(cache) {
        cacheByPool.add(cacheByPool.id(pool), minute: minute, value)
      }
      if let value = try reader.scaled(first) {
        firstTokenByPool.add(firstTokenByPool.id(pool), minute: minute, value)
      }
      if let value = try reader.scaled(per) {
        perTokenByPool.add(perTokenByPool.id(pool), minute: minute, value)
      }
      arrivalsByRegion.add(
        arrivalsByRegion.id(region), minute: minute, Double(try reader.count(arrivals)))
    }
    waitingSums.flush(into: &waitingByRegion)
  }
}

extension CSVReader {
  /// The field with at most six decimals, `nil` where it is empty. Throws where it is no such number.
  func scaled(_ index: Int) throws(TableError) -> Double? {
    try fixed(index, decimals: 6).map { Double($0) / 1e6 }
  }
}
