import SimulationKernel

/// `pools_minute.csv`: one row for every pool and simulated minute, by minute, then by pool.
public struct PoolsMinuteTable: ~Copyable, Table {
  /// What a pool is called and made of, for output.
  public struct PoolNames: Hashable, Sendable {
    /// Its cloud.
    public var cloud: String
    /// Its region in the cloud.
    public var region: String
    /// Its name in the region.
    public var pool: String
    /// Accelerator of its replicas.
    public var accelerator: String
    /// Model it serves.
    public var model: String

    /// Creates the names of a pool.
    public init(cloud: String, region: String, pool: String, accelerator: String, model: String) {
      self.cloud = cloud
      self.region = region
      self.pool = pool
      self.accelerator = accelerator
      self.model = model
    }
  }

  /// One minute of one pool. Means are exact ratios of integrals over simulated time; a ratio over
  /// 0 and a negative duration are empty fields (null).
  public struct Row: Hashable, Sendable {
    /// Minutes from the run's start to the start of this one.
    public var minute: Int
    /// Id of the pool.
    public var pool: Int
    /// Replicas at the end of the minute.
    public var replicas = 0
    /// Requests that came to the pool.
    public var arrivals = 0
    /// Requests completed.
    public var completions = 0
    /// Requests turned away.
    public var rejections = 0
    /// Requests given up by their clients.
    public var cancellations = 0
    /// Requests lost to a fault.
    public var failures = 0
    /// Times a running request was preempted.
    public var preemptions = 0
    /// Prompt tokens of requests that came.
    public var promptTokens = 0
    /// Output tokens delivered.
    public var outputTokens = 0
    /// Replica time spent in steps, over all replica time.
    public var busyFraction = Ratio.none
    /// Running requests, mean over time.
    public var runningMean = Ratio.none
    /// Waiting requests, mean over time.
    public var waitingMean = Ratio.none
    /// Waiting requests, largest.
    public var waitingMax = 0
    /// Used part of the KV cache, mean over time and replicas.
    public var kvUsedFractionMean = Ratio.none
    /// Used part of the KV cache of the fullest replica, largest.
    public var kvUsedFractionMax = Ratio.none
    /// Median time to first token at the client, of requests that ended in this minute.
    public var timeToFirstTokenP50 = RequestsTable.empty
    /// 95th percentile of the same.
    public var timeToFirstTokenP95 = RequestsTable.empty
    /// 99th percentile of the same.
    public var timeToFirstTokenP99 = RequestsTable.empty
    /// 95th percentile of time per output token, of requests that ended in this minute.
    public var timePerOutputTokenP95 = RequestsTable.empty
    /// 95th percentile of end-to-end latency at the client, of requests that ended in this minute.
    public var endToEndP95 = RequestsTable.empty
    /// Replicas wanted at the end of the minute.
    public var wanted = 0
    /// Replicas that serve, mean over time.
    public var readyMean = Ratio.none
    /// Replicas on their way at the end of the minute.
    public var starting = 0
    /// Replicas that finish what they have, at the end of the minute.
    public var draining = 0
    /// Failed replicas at the end of the minute.
    public var failed = 0
    /// Spot replicas that serve, at the end of the minute.
    public var spot = 0

    /// Creates a row in which nothing happened.
    @inlinable
    public init(minute: Int, pool: Int) {
      self.minute = minute
      self.pool = pool
    }
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "pools_minute", version: 2,
    columns: [
      Column("minute_start_s", .integer, unit: "s", "Start of the minute, from the run's start"),
      Column("cloud", .text, "Cloud of the pool"),
      Column("region", .text, "Region of the pool"),
      Column("pool", .text, "Name of the pool in its region"),
      Column("accelerator", .text, "Accelerator of its replicas"),
      Column("model", .text, "Model it serves"),
      Column(
        "replicas", .integer, unit: "replicas", "Replicas that serve at the end of the minute"),
      Column("arrivals", .integer, unit: "requests", "Requests that came to the pool"),
      Column("completions", .integer, unit: "requests", "Requests completed"),
      Column("rejections", .integer, unit: "requests", "Requests turned away"),
      Column("cancellations", .integer, unit: "requests", "Requests given up by their clients"),
      Column("failures", .integer, unit: "requests", "Requests lost to a fault"),
      Column("preemptions", .integer, "Times a running request was preempted"),
      Column("prompt_tokens", .integer, unit: "tokens", "Prompt tokens of requests that came"),
      Column("output_tokens", .integer, unit: "tokens", "Output tokens delivered"),
      Column("busy_fraction", .decimal(6), unit: "1", "Replica time in steps over replica time"),
      Column("running_mean", .decimal(6), unit: "requests", "Running requests, mean over time"),
      Column("waiting_mean", .decimal(6), unit: "requests", "Waiting requests, mean over time"),
      Column("waiting_max", .integer, unit: "requests", "Waiting requests, largest"),
      Column(
        "kv_used_fraction_mean", .decimal(6), unit: "1",
        "Used part of the KV cache, mean over time and replicas"),
      Column(
        "kv_used_fraction_max", .decimal(6), unit: "1",
        "Used part of the KV cache of the fullest replica, largest"),
      Column("ttft_p50_ms", .decimal(6), unit: "ms", "Median time to first token at the client"),
      Column("ttft_p95_ms", .decimal(6), unit: "ms", "95th percentile time to first token"),
      Column("ttft_p99_ms", .decimal(6), unit: "ms", "99th percentile time to first token"),
      Column("tpot_p95_ms", .decimal(6), unit: "ms", "95th percentile time per output token"),
      Column(
        "e2e_p95_ms", .decimal(6), unit: "ms", "95th percentile end-to-end latency at the client"),
      Column("replicas_wanted", .integer, unit: "replicas", "Wanted at the end of the minute"),
      Column("replicas_ready_mean", .decimal(6), unit: "replicas", "Serving, mean over time"),
      Column("replicas_starting", .integer, unit: "replicas", "On their way at the minute's end"),
      Column(
        "replicas_draining", .integer, unit: "replicas", "Finishing what they have at the end"),
      Column("replicas_failed", .integer, unit: "replicas", "Failed at the end of the minute"),
      Column("replicas_spot", .integer, unit: "replicas", "Spot ones that serve at the end"),
    ])

  private var writer: CSVWriter
  private let pools: EscapedNames
  private let maximumRowBytes: Int

  /// Creates the table at `path`; `pools` by id. Throws where the file cannot be created.
  public init(path: String, pools: [PoolNames]) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Self.schema)
    self.pools = EscapedNames(
      fields: pools.map { [$0.cloud, $0.region, $0.pool, $0.accelerator, $0.model] })
    maximumRowBytes = self.pools.longest + Self.columns.count * ByteCursor.maximumNumberBytes
  }

  /// Rows appended so far.
  public var rows: Int { writer.rows }

  /// The error that stopped this table, if any.
  public var failure: TableError? { writer.failure }

  /// Appends a minute of a pool. Traps where the pool has no name; throws where a full buffer could
  /// not be written, and again on every later write. O(length of the row), no allocation.
  public mutating func append(_ row: Row) throws(TableError) {
    try writer.appendRow(maximumBytes: maximumRowBytes) { cursor in
      cursor.unsigned(UInt64(row.minute) * 60)
      cursor.comma()
      pools.put(row.pool, into: &cursor)
      cursor.comma()
      cursor.count(row.replicas)
      cursor.comma()
      cursor.count(row.arrivals)
      cursor.comma()
      cursor.count(row.completions)
      cursor.comma()
      cursor.count(row.rejections)
      cursor.comma()
      cursor.count(row.cancellations)
      cursor.comma()
      cursor.count(row.failures)
      cursor.comma()
      cursor.count(row.preemptions)
      cursor.comma()
      cursor.count(row.promptTokens)
      cursor.comma()
      cursor.count(row.outputTokens)
      cursor.comma()
      cursor.ratio(row.busyFraction)
      cursor.comma()
      cursor.ratio(row.runningMean)
      cursor.comma()
      cursor.ratio(row.waitingMean)
      cursor.comma()
      cursor.count(row.waitingMax)
      cursor.comma()
      cursor.ratio(row.kvUsedFractionMean)
      cursor.comma()
      cursor.ratio(row.kvUsedFractionMax)
      cursor.comma()
      cursor.milliseconds(row.timeToFirstTokenP50)
      cursor.comma()
      cursor.milliseconds(row.timeToFirstTokenP95)
      cursor.comma()
      cursor.milliseconds(row.timeToFirstTokenP99)
      cursor.comma()
      cursor.milliseconds(row.timePerOutputTokenP95)
      cursor.comma()
      cursor.milliseconds(row.endToEndP95)
      cursor.comma()
      cursor.count(row.wanted)
      cursor.comma()
      cursor.ratio(row.readyMean)
      cursor.comma()
      cursor.count(row.starting)
      cursor.comma()
      cursor.count(row.draining)
      cursor.comma()
      cursor.count(row.failed)
      cursor.comma()
      cursor.count(row.spot)
    }
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}

extension ByteCursor {
  /// Puts down a ratio with six decimals, nothing where there is none.
  mutating func ratio(_ ratio: Ratio) {
    if let value = ratio.millionths { millionths(value) }
  }
}
