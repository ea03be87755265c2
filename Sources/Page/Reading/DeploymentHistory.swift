import Tables

/// Pools and endpoints over time, from `deployments_minute.csv`.
struct DeploymentHistory: Sendable {
  private(set) var loadByEndpoint: Breakdown
  private(set) var refusedByCause: Breakdown
  private(set) var spilledOut: Breakdown
  private(set) var spilledIn: Breakdown
  /// Cost of tokens by cloud, dollars.
  private(set) var tokenCostByCloud: [(name: String, dollars: Double)] = []
  /// Most requests in flight over slots by deployment, in the order of the table.
  private(set) var peaks: [(name: String, load: Double)] = []

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, _ bins: TimeBins) throws(TableError) {
    loadByEndpoint = Breakdown(bins, .largest)
    refusedByCause = Breakdown(bins, .sum)
    spilledOut = Breakdown(bins, .sum)
    spilledIn = Breakdown(bins, .sum)
    let schema = DeploymentMinuteRow.schema
    let at = TableColumns(schema)
    let (start, kind) = (at["minute_start_s"], at["kind"])
    let (mean, top, cost) = (at["load_mean"], at["load_max"], at["cost_usd"])
    let (out, into) = (at["spilled_out"], at["spilled_in"])
    let causes = schema.columns.indices.filter { schema.columns[$0].name.hasPrefix("refused_") }
    let ids = causes.map {
      refusedByCause.id(Self.words(schema.columns[$0].name, after: "refused_"))
    }
    var names = RowNames([at["cloud"], at["region"], at["deployment"]])
    var clouds = RowNames([at["cloud"]])
    var costs: [Int128] = []
    while try reader.nextRow() {
      let minute = try reader.count(start) / 60
      let id = try names.id(reader)
      let name = names.names[id]
      if id == peaks.count { peaks.append((name, 0)) }
      if let load = try reader.scaled(mean), !reader.bytes(kind).elementsEqual("pool".utf8) {
        loadByEndpoint.add(loadByEndpoint.id(name), minute: minute, load)
      }
      peaks[id].load = max(peaks[id].load, try reader.scaled(top) ?? 0)
      for (index, column) in causes.enumerated() {
        let refused = try reader.count(column)
        if refused > 0 { refusedByCause.add(ids[index], minute: minute, Double(refused)) }
      }
      for (column, isOut) in [(out, true), (into, false)] {
        let count = try reader.count(column)
        guard count > 0 else { continue }
        if isOut {
          spilledOut.add(spilledOut.id(name), minute: minute, Double(count))
        } else {
          spilledIn.add(spilledIn.id(name), minute: minute, Double(count))
        }
      }
      let cloud = try clouds.id(reader)
      if cloud == costs.count { costs.append(0) }
      costs[cloud] += try reader.picodollars(cost) ?? 0
    }
    tokenCostByCloud = clouds.names.enumerated().map { ($1, Double(costs[$0]) / 1e12) }
  }

  /// `token_quota` as `token quota`.
  static func words(_ column: String, after prefix: String) -> String {
    String(column.dropFirst(prefix.count)).replacing("_", with: " ")
  }
}
