import SimulationKernel

/// `requests.csv`: one row for every request, in the order in which requests ended.
///
/// The hot table: a row is plain numbers and name ids, and appending it allocates nothing.
public struct RequestsTable: ~Copyable, Table {
  /// How a request ended.
  public enum Status: UInt8, CaseIterable, Sendable {
    /// Every output token was delivered.
    case completed
    /// Turned away before it was scheduled.
    case rejected
    /// Given up by its client.
    case cancelled
    /// Lost to a fault.
    case failed
    /// Not over when the run ended.
    case inFlight

    /// The word in the table, such as `in_flight`.
    public var word: String {
      switch self {
      case .completed: "completed"
      case .rejected: "rejected"
      case .cancelled: "cancelled"
      case .failed: "failed"
      case .inFlight: "in_flight"
      }
    }
  }

  /// The names behind the ids of a row.
  public struct Names: Sendable {
    /// Workloads, by id.
    public var workloads: [String]
    /// Origins, by id.
    public var origins: [String]
    /// Models, by id.
    public var models: [String]
    /// Deployments as `cloud/region/name`, by id.
    public var deployments: [String]
    /// Reasons of rejections, cancellations and failures, by id.
    public var reasons: [String]
    /// Tenant and project of each workload, by the workload's id; empty where nobody is told apart.
    public var tenants: [(tenant: String, project: String)]

    /// Creates a set of names.
    public init(
      workloads: [String], origins: [String], models: [String], deployments: [String],
      reasons: [String], tenants: [(tenant: String, project: String)]? = nil
    ) {
      self.workloads = workloads
      self.origins = origins
      self.models = models
      self.deployments = deployments
      self.reasons = reasons
      self.tenants = tenants ?? workloads.map { _ in ("", "") }
    }
  }

  /// One request. A negative id, count or duration is an empty field (null).
  public struct Row: Hashable, Sendable {
    /// Number of the request in the whole run.
    public var requestID: UInt64
    /// Id of its workload.
    public var workload: Int
    /// Id of the origin it came from.
    public var origin: Int
    /// Id of the model asked for.
    public var model: Int
    /// Id of the deployment that served it, or refused it last.
    public var deployment: Int
    /// Replica in the pool that served it.
    public var replica: Int
    /// How it ended.
    public var status: Status
    /// Id of the reason, where it was not completed.
    public var reason: Int
    /// Times it was sent to a deployment.
    public var attempts: Int
    /// When the client sent it.
    public var arrival: SimTime
    /// Tokens of its prompt.
    public var promptTokens: Int
    /// Prompt tokens that came from a provider's cache.
    public var cachedTokens: Int
    /// Output tokens delivered.
    public var outputTokens: Int
    /// Output tokens that policies were told to expect.
    public var estimatedOutputTokens: Int
    /// Network delay of the request and its answer together.
    public var network: Duration
    /// From arrival at the server to the first time it was scheduled.
    public var queue: Duration
    /// Time to first token at the client.
    public var timeToFirstToken: Duration
    /// Mean time per output token after the first.
    public var timePerOutputToken: Duration
    /// End-to-end latency at the client.
    public var endToEnd: Duration
    /// Time to first token at the server.
    public var serverTimeToFirstToken: Duration
    /// End-to-end latency at the server.
    public var serverEndToEnd: Duration
    /// Times it was preempted.
    public var preemptions: Int
    /// Whether it met every latency target; `nil` where there is none.
    public var metObjective: Bool?
    /// What its tokens cost, picodollars.
    public var picodollars: Int64

    /// Creates a row; what is left out is empty.
    @inlinable
    public init(
      requestID: UInt64, workload: Int, origin: Int, model: Int,
      deployment: Int = -1, replica: Int = -1, status: Status, reason: Int = -1,
      attempts: Int = 0, arrival: SimTime, promptTokens: Int, cachedTokens: Int = 0,
      outputTokens: Int = 0, estimatedOutputTokens: Int = -1,
      network: Duration = RequestsTable.empty, queue: Duration = RequestsTable.empty,
      timeToFirstToken: Duration = RequestsTable.empty,
      timePerOutputToken: Duration = RequestsTable.empty,
      endToEnd: Duration = RequestsTable.empty,
      serverTimeToFirstToken: Duration = RequestsTable.empty,
      serverEndToEnd: Duration = RequestsTable.empty, preemptions: Int = 0,
      metObjective: Bool? = nil, picodollars: Int64 = 0
    ) {
      self.requestID = requestID
      self.workload = workload
      self.origin = origin
      self.model = model
      self.deployment = deployment
      self.replica = replica
      self.status = status
      self.reason = reason
      self.attempts = attempts
      self.cachedTokens = cachedTokens
      self.picodollars = picodollars
      self.arrival = arrival
      self.promptTokens = promptTokens
      self.outputTokens = outputTokens
      self.estimatedOutputTokens = estimatedOutputTokens
      self.network = network
      self.queue = queue
      self.timeToFirstToken = timeToFirstToken
      self.timePerOutputToken = timePerOutputToken
      self.endToEnd = endToEnd
      self.serverTimeToFirstToken = serverTimeToFirstToken
      self.serverEndToEnd = serverEndToEnd
      self.preemptions = preemptions
      self.metObjective = metObjective
    }
  }

  /// A duration that is an empty field.
  @inlinable
  public static var empty: Duration { Duration(nanoseconds: -1) }

  /// Mean time per output token: `decode` (first token to last) over the tokens after the first,
  /// rounded half up to a whole nanosecond; empty where there are fewer than two tokens. O(1).
  @inlinable
  public static func timePerOutputToken(decode: Duration, outputTokens: Int) -> Duration {
    guard outputTokens >= 2 else { return empty }
    return Duration(
      nanoseconds: Ratio.roundedHalfUp(decode.nanoseconds, over: Int64(outputTokens - 1)))
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "requests", version: 2,
    columns: [
      Column("request_id", .integer, "Number of the request in the whole run"),
      Column("workload", .text, "Workload it belongs to"),
      Column("tenant", .text, "Tenant that asked; empty where nobody is told apart"),
      Column("project", .text, "Project of the tenant, and identity; or empty"),
      Column("origin", .text, "Where its client is"),
      Column("model", .text, "Model asked for"),
      Column(
        "deployment", .text,
        "Pool or endpoint that served it, or refused it last, cloud/region/name; or empty"),
      Column("replica", .integer, "Replica in the pool that served it, from 0; empty if none did"),
      Column("status", .text, "completed, rejected, cancelled, failed or in_flight"),
      Column("reason", .text, "Why it was not completed; empty if it was"),
      Column("attempts", .integer, "Times it was sent to a deployment"),
      Column("arrival_s", .decimal(9), unit: "s", "When the client sent it, from the run's start"),
      Column("prompt_tokens", .integer, unit: "tokens", "Tokens of its prompt"),
      Column(
        "cached_tokens", .integer, unit: "tokens", "Those of them from a provider's cache"),
      Column("output_tokens", .integer, unit: "tokens", "Output tokens delivered"),
      Column(
        "estimated_output_tokens", .integer, unit: "tokens",
        "Output tokens that policies were told to expect"),
      Column(
        "network_ms", .decimal(6), unit: "ms", "Network delay of request and answer together"),
      Column(
        "queue_ms", .decimal(6), unit: "ms", "From arrival at the server to first being scheduled"),
      Column("ttft_ms", .decimal(6), unit: "ms", "Time to first token at the client"),
      Column("tpot_ms", .decimal(6), unit: "ms", "Mean time per output token after the first"),
      Column("e2e_ms", .decimal(6), unit: "ms", "End-to-end latency at the client"),
      Column("server_ttft_ms", .decimal(6), unit: "ms", "Time to first token at the server"),
      Column("server_e2e_ms", .decimal(6), unit: "ms", "End-to-end latency at the server"),
      Column("preemptions", .integer, "Times it was preempted"),
      Column("slo_met", .flag, "1 if within every latency target, 0 if not; empty without target"),
      Column("cost_usd", .decimal(12), unit: "USD", "What its tokens cost"),
    ])

  private var writer: CSVWriter
  private let workloads: EscapedNames
  private let origins: EscapedNames
  private let models: EscapedNames
  private let tenants: EscapedNames
  private let deployments: EscapedNames
  private let reasons: EscapedNames
  private let statuses: EscapedNames
  private let maximumRowBytes: Int

  /// Creates the table at `path`. Throws where the file cannot be created.
  public init(path: String, names: Names) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Self.schema)
    workloads = EscapedNames(names.workloads)
    origins = EscapedNames(names.origins)
    models = EscapedNames(names.models)
    precondition(names.tenants.count == names.workloads.count, "a tenant for every workload")
    tenants = EscapedNames(fields: names.tenants.map { [$0.tenant, $0.project] })
    deployments = EscapedNames(names.deployments)
    reasons = EscapedNames(names.reasons)
    statuses = EscapedNames(Status.allCases.map(\.word))
    maximumRowBytes =
      workloads.longest + origins.longest + models.longest + tenants.longest
      + deployments.longest + reasons.longest + statuses.longest + Self.columns.count
      * ByteCursor.maximumNumberBytes
  }

  /// Rows appended so far.
  public var rows: Int { writer.rows }

  /// The error that stopped this table, if any.
  public var failure: TableError? { writer.failure }

  /// Appends a request. Traps where an id has no name; throws where a full buffer could not be
  /// written, and again on every later write. O(length of the row), no allocation.
  public mutating func append(_ row: Row) throws(TableError) {
    try writer.appendRow(maximumBytes: maximumRowBytes) { cursor in
      cursor.unsigned(row.requestID)
      cursor.comma()
      workloads.put(row.workload, into: &cursor)
      cursor.comma()
      tenants.put(row.workload, into: &cursor)
      cursor.comma()
      origins.put(row.origin, into: &cursor)
      cursor.comma()
      models.put(row.model, into: &cursor)
      cursor.comma()
      deployments.putIfAny(row.deployment, into: &cursor)
      cursor.comma()
      cursor.count(row.replica)
      cursor.comma()
      statuses.put(Int(row.status.rawValue), into: &cursor)
      cursor.comma()
      reasons.putIfAny(row.reason, into: &cursor)
      cursor.comma()
      cursor.count(row.attempts)
      cursor.comma()
      cursor.billionths(row.arrival.nanoseconds)
      cursor.comma()
      cursor.count(row.promptTokens)
      cursor.comma()
      cursor.count(row.cachedTokens)
      cursor.comma()
      cursor.count(row.outputTokens)
      cursor.comma()
      cursor.count(row.estimatedOutputTokens)
      cursor.comma()
      cursor.milliseconds(row.network)
      cursor.comma()
      cursor.milliseconds(row.queue)
      cursor.comma()
      cursor.milliseconds(row.timeToFirstToken)
      cursor.comma()
      cursor.milliseconds(row.timePerOutputToken)
      cursor.comma()
      cursor.milliseconds(row.endToEnd)
      cursor.comma()
      cursor.milliseconds(row.serverTimeToFirstToken)
      cursor.comma()
      cursor.milliseconds(row.serverEndToEnd)
      cursor.comma()
      cursor.count(row.preemptions)
      cursor.comma()
      if let met = row.metObjective { cursor.byte(UInt8(ascii: met ? "1" : "0")) }
      cursor.comma()
      cursor.fixed(row.picodollars, decimals: 12)
    }
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}

extension ByteCursor {
  /// Puts down a count or an id, nothing where it is negative.
  @inline(__always)
  mutating func count(_ value: Int) {
    if value >= 0 { unsigned(UInt64(truncatingIfNeeded: value)) }
  }

  /// Puts down a duration in milliseconds, nothing where it is negative.
  @inline(__always)
  mutating func milliseconds(_ duration: Duration) {
    if duration.nanoseconds >= 0 { millionths(duration.nanoseconds) }
  }
}
