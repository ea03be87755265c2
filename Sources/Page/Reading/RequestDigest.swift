import Tables

/// What `requests.csv` says of latencies and of where requests go.
struct RequestDigest: Sendable {
  /// Workloads in the order in which they came.
  private(set) var workloads: [String] = []
  /// Time to first token by workload, of requests that were completed and arrived after the warm-up.
  private(set) var firstToken: [LatencyShares] = []
  /// Time per output token by workload, of the same.
  private(set) var perToken: [LatencyShares] = []
  /// Where clients are, in the order in which they came.
  private(set) var origins: [String] = []
  /// Deployments, in the order in which they came.
  private(set) var deployments: [String] = []
  /// Requests by origin and deployment, in the order of both.
  private(set) var flows: [[Int]] = []
  /// Requests by origin that no deployment served or refused.
  private(set) var nowhere: [Int] = []
  /// Rows read.
  private(set) var rows = 0

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader, warmupSeconds: Double) throws(TableError) {
    let at = TableColumns(RequestsTable.schema)
    let (status, arrival, deployment) = (at["status"], at["arrival_s"], at["deployment"])
    let (first, per) = (at["ttft_ms"], at["tpot_ms"])
    var workloadNames = RowNames([at["workload"]])
    var originNames = RowNames([at["origin"]])
    var deploymentNames = RowNames([deployment])
    let warm = Int64((warmupSeconds * 1e9).rounded())
    while try reader.nextRow() {
      rows += 1
      let workload = try workloadNames.id(reader)
      if workload == firstToken.count {
        firstToken.append(LatencyShares())
        perToken.append(LatencyShares())
      }
      let origin = try originNames.id(reader)
      if origin == flows.count {
        flows.append([])
        nowhere.append(0)
      }
      if reader.isEmpty(deployment) {
        nowhere[origin] += 1
      } else {
        let id = try deploymentNames.id(reader)
        while flows[origin].count <= id { flows[origin].append(0) }
        flows[origin][id] += 1
      }
      guard reader.bytes(status).elementsEqual("completed".utf8),
        let arrived = try reader.fixed(arrival, decimals: 9), arrived >= warm
      else { continue }
      if let value = try reader.fixed(first, decimals: 6) { firstToken[workload].add(value) }
      if let value = try reader.fixed(per, decimals: 6) { perToken[workload].add(value) }
    }
    workloads = workloadNames.names
    origins = originNames.names
    deployments = deploymentNames.names
    for origin in flows.indices {
      flows[origin] += [Int](repeating: 0, count: deployments.count - flows[origin].count)
    }
  }
}
