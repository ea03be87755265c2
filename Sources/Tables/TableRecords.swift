import SimulationKernel

extension RequestsTable {
  /// A row of `requests.csv`; `nil` is an empty field.
  public struct Record: Hashable, Sendable, TableRecord {
    /// Number of the request in the whole run.
    public var requestID: UInt64
    /// Workload.
    public var workload: String
    /// Origin.
    public var origin: String
    /// Model.
    public var model: String
    /// Tenant.
    public var tenant: String?
    /// Project.
    public var project: String?
    /// Deployment, `cloud/region/name`.
    public var deployment: String?
    /// Replica.
    public var replica: Int?
    /// How it ended.
    public var status: Status
    /// Why it was not completed.
    public var reason: String?
    /// Times it was sent to a deployment.
    public var attempts: Int
    /// When the client sent it.
    public var arrival: SimTime
    /// Prompt tokens.
    public var promptTokens: Int?
    /// Prompt tokens from a cache.
    public var cachedTokens: Int
    /// Output tokens delivered.
    public var outputTokens: Int?
    /// Output tokens expected by policies.
    public var estimatedOutputTokens: Int?
    /// Network delay.
    public var network: Duration?
    /// Time in the queue.
    public var queue: Duration?
    /// Time to first token at the client.
    public var timeToFirstToken: Duration?
    /// Time per output token.
    public var timePerOutputToken: Duration?
    /// End-to-end latency at the client.
    public var endToEnd: Duration?
    /// Time to first token at the server.
    public var serverTimeToFirstToken: Duration?
    /// End-to-end latency at the server.
    public var serverEndToEnd: Duration?
    /// Preemptions.
    public var preemptions: Int?
    /// Whether every latency target was met.
    public var metObjective: Bool?
    /// What its tokens cost, picodollars.
    public var picodollars: Int64

    /// Shape of the table.
    public static var schema: TableSchema { RequestsTable.schema }

    /// Takes the reader's current row apart. Throws where a field is out of form.
    public init(_ reader: borrowing CSVReader) throws(TableError) {
      requestID = try reader.unsigned(0)
      workload = try reader.text(1)
      tenant = try reader.name(2)
      project = try reader.name(3)
      origin = try reader.text(4)
      model = try reader.text(5)
      deployment = try reader.name(6)
      replica = try reader.integer(7).map { Int($0) }
      status = try reader.oneOf(8, Status.allCases) { $0.word }
      reason = try reader.name(9)
      attempts = try reader.count(10)
      guard let arrived = try reader.fixed(11, decimals: 9) else {
        throw reader.malformed("a request must have an arrival", column: 11)
      }
      arrival = SimTime(nanoseconds: arrived)
      promptTokens = try reader.integer(12).map { Int($0) }
      cachedTokens = try reader.count(13)
      outputTokens = try reader.integer(14).map { Int($0) }
      estimatedOutputTokens = try reader.integer(15).map { Int($0) }
      network = try reader.milliseconds(16)
      queue = try reader.milliseconds(17)
      timeToFirstToken = try reader.milliseconds(18)
      timePerOutputToken = try reader.milliseconds(19)
      endToEnd = try reader.milliseconds(20)
      serverTimeToFirstToken = try reader.milliseconds(21)
      serverEndToEnd = try reader.milliseconds(22)
      preemptions = try reader.integer(23).map { Int($0) }
      metObjective = try reader.flag(24)
      picodollars = try reader.fixed(25, decimals: 12) ?? 0
    }
  }
}

extension PoolsMinuteTable {
  /// A row of `pools_minute.csv`; `nil` is an empty field, fractions and means are in millionths.
  public struct Record: Hashable, Sendable, TableRecord {
    /// Start of the minute, whole seconds from the run's start.
    public var minuteStartSeconds: Int
    /// The pool.
    public var pool: PoolNames
    /// Replicas at the end of the minute.
    public var replicas: Int
    /// Requests that came.
    public var arrivals: Int
    /// Requests completed.
    public var completions: Int
    /// Requests turned away.
    public var rejections: Int
    /// Requests given up by their clients.
    public var cancellations: Int
    /// Requests lost to a fault.
    public var failures: Int
    /// Preemptions.
    public var preemptions: Int
    /// Prompt tokens of requests that came.
    public var promptTokens: Int
    /// Output tokens delivered.
    public var outputTokens: Int
    /// Busy part of the replica time, millionths.
    public var busyFractionMillionths: Int64?
    /// Running requests, mean, millionths.
    public var runningMeanMillionths: Int64?
    /// Waiting requests, mean, millionths.
    public var waitingMeanMillionths: Int64?
    /// Waiting requests, largest.
    public var waitingMax: Int
    /// Used part of the KV cache, mean, millionths.
    public var kvUsedFractionMeanMillionths: Int64?
    /// Used part of the KV cache, largest, millionths.
    public var kvUsedFractionMaxMillionths: Int64?
    /// Median time to first token.
    public var timeToFirstTokenP50: Duration?
    /// 95th percentile time to first token.
    public var timeToFirstTokenP95: Duration?
    /// 99th percentile time to first token.
    public var timeToFirstTokenP99: Duration?
    /// 95th percentile time per output token.
    public var timePerOutputTokenP95: Duration?
    /// 95th percentile end-to-end latency.
    public var endToEndP95: Duration?

    /// Shape of the table.
    public static var schema: TableSchema { PoolsMinuteTable.schema }

    /// Takes the reader's current row apart. Throws where a field is out of form.
    public init(_ reader: borrowing CSVReader) throws(TableError) {
      minuteStartSeconds = try reader.count(0)
      pool = PoolNames(
        cloud: try reader.text(1), region: try reader.text(2), pool: try reader.text(3),
        accelerator: try reader.text(4), model: try reader.text(5))
      replicas = try reader.count(6)
      arrivals = try reader.count(7)
      completions = try reader.count(8)
      rejections = try reader.count(9)
      cancellations = try reader.count(10)
      failures = try reader.count(11)
      preemptions = try reader.count(12)
      promptTokens = try reader.count(13)
      outputTokens = try reader.count(14)
      busyFractionMillionths = try reader.fixed(15, decimals: 6)
      runningMeanMillionths = try reader.fixed(16, decimals: 6)
      waitingMeanMillionths = try reader.fixed(17, decimals: 6)
      waitingMax = try reader.count(18)
      kvUsedFractionMeanMillionths = try reader.fixed(19, decimals: 6)
      kvUsedFractionMaxMillionths = try reader.fixed(20, decimals: 6)
      timeToFirstTokenP50 = try reader.milliseconds(21)
      timeToFirstTokenP95 = try reader.milliseconds(22)
      timeToFirstTokenP99 = try reader.milliseconds(23)
      timePerOutputTokenP95 = try reader.milliseconds(24)
      endToEndP95 = try reader.milliseconds(25)
    }
  }
}

extension SummaryTable {
  /// A row of `summary.csv`.
  public struct Record: Hashable, Sendable, TableRecord {
    /// What kind of thing the figure is about.
    public var scopeKind: ScopeKind
    /// Name of that thing; empty for the whole run.
    public var scope: String
    /// Metric.
    public var metric: String
    /// Unit of the value.
    public var unit: String
    /// The value as it stands in the file, for exact comparison; empty where there is none.
    public var text: String
    /// The value; `nil` where there is none.
    public var value: Double?
    /// Where it comes from.
    public var source: Source

    /// Shape of the table.
    public static var schema: TableSchema { SummaryTable.schema }

    /// Takes the reader's current row apart. Throws where a field is out of form.
    public init(_ reader: borrowing CSVReader) throws(TableError) {
      scopeKind = try reader.oneOf(0, ScopeKind.allCases) { $0.rawValue }
      scope = try reader.text(1)
      metric = try reader.text(2)
      unit = try reader.text(3)
      text = try reader.text(4)
      value = try reader.real(4)
      source = try reader.oneOf(5, Source.allCases) { $0.rawValue }
    }
  }
}
