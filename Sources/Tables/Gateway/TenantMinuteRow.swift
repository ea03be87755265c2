/// A row of `tenants_minute.csv`: one minute of one workload for its tenant, by minute, then workload.
public struct TenantMinuteRow: TableRow {
  /// Sets of names by workload, in this order.
  public static let nameSets = ["tenants", "projects", "workloads"]
  /// Causes of rejections that have a column each, in the order of ``rejected``.
  public static let causes = [
    "token_quota", "request_quota", "provisioned", "capacity", "reduced_quota", "too_large",
    "period_quota", "tenant_limit", "budget", "shed", "not_eligible", "other",
  ]

  /// Minutes from the run's start.
  public var minute: Int
  /// Id of the workload.
  public var workload: Int
  /// Requests that arrived.
  public var arrivals: Int64
  /// Requests or attempts completed.
  public var completions: Int64
  /// Rejected requests by ``causes``.
  public var rejected: [Int64]
  /// Requests lost to a fault.
  public var failed: Int64
  /// Requests whose client's time was over.
  public var timedOut: Int64
  /// Requests whose client waited too long for a first token.
  public var impatient: Int64
  /// Prompt tokens.
  public var promptTokens: Int64
  /// Output tokens.
  public var outputTokens: Int64
  /// Picodollars.
  public var cost: Int64

  /// Creates a row.
  public init(
    minute: Int, workload: Int, arrivals: Int64, completions: Int64, rejected: [Int64],
    failed: Int64, timedOut: Int64, impatient: Int64, promptTokens: Int64, outputTokens: Int64,
    cost: Int64
  ) {
    precondition(rejected.count == Self.causes.count, "a count for every cause")
    self.minute = minute
    self.workload = workload
    self.arrivals = arrivals
    self.completions = completions
    self.rejected = rejected
    self.failed = failed
    self.timedOut = timedOut
    self.impatient = impatient
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.cost = cost
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "tenants_minute", version: 1,
    columns: [
      Column("minute_start_s", .integer, unit: "s", "Start of the minute, from the run's start"),
      Column("tenant", .text, "Tenant; empty where nobody is told apart"),
      Column("project", .text, "Project of the tenant and identity; or empty"),
      Column("workload", .text, "Workload"),
      Column("arrivals", .integer, unit: "requests", "Requests that arrived in the minute"),
      Column("completions", .integer, unit: "requests", "Requests that completed in it"),
    ]
      + causes.map {
        Column(
          "rejected_\($0)", .integer, unit: "requests", "Requests rejected in it: \($0)")
      } + [
        Column("failed", .integer, unit: "requests", "Requests lost in it to a fault"),
        Column("timed_out", .integer, unit: "requests", "Requests whose client's time was over"),
        Column(
          "impatient", .integer, unit: "requests",
          "Requests whose client waited too long for a first token"),
        Column("prompt_tokens", .integer, unit: "tokens", "Prompt tokens of completed requests"),
        Column("output_tokens", .integer, unit: "tokens", "Output tokens of completed requests"),
        Column("cost_usd", .decimal(12), unit: "USD", "What their tokens cost"),
      ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(minute * 60)
    for set in Self.nameSets.indices { fields.name(workload, of: set) }
    fields.integer(arrivals)
    fields.integer(completions)
    for count in rejected { fields.integer(count) }
    fields.integer(failed)
    fields.integer(timedOut)
    fields.integer(impatient)
    fields.integer(promptTokens)
    fields.integer(outputTokens)
    fields.dollars(cost)
  }
}
