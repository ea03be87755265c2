import SimulationKernel

/// `summary.csv`: the run in figures, one to a row, so that a new metric needs no new column.
public struct SummaryTable: ~Copyable, Table {
  /// What a figure is about.
  public enum ScopeKind: String, CaseIterable, Sendable {
    /// The whole run; the scope's name is empty.
    case all
    /// A workload.
    case workload
    /// A pool, `cloud/region/pool`.
    case pool
    /// A pool or an endpoint of a gateway with rules, `cloud/region/name`.
    case deployment
    /// A tenant, with all below it.
    case tenant
    /// A quota.
    case quota
    /// A region, `cloud/region`.
    case region
    /// A cloud.
    case cloud
    /// A billing account.
    case account
    /// A commitment to spend.
    case commitment
    /// A training job.
    case job
    /// A model that is asked for.
    case model
    /// Something that goes wrong for a while: what and when, or which of those that were drawn.
    case incident
  }

  /// Where a figure comes from.
  public enum Source: String, CaseIterable, Sendable {
    /// Counted or measured in the simulation.
    case simulated
    /// From the bulk estimate.
    case estimated
    /// What was simulated, carried on to times that were not, by a stated rule.
    case extrapolated
  }

  /// A figure and how exactly it is known.
  public enum Value: Hashable, Sendable {
    /// A count.
    case integer(Int64)
    /// A duration, printed in milliseconds with six decimals.
    case milliseconds(Duration)
    /// A duration, printed in seconds with nine decimals.
    case seconds(Duration)
    /// An exact quotient, printed with six decimals.
    case ratio(Ratio)
    /// Picodollars, printed exactly as dollars with twelve decimals.
    case dollars(Int128)
    /// A number that came out of floating-point work, printed in its shortest exact form.
    case real(Double)
    /// No value: an empty field.
    case none
  }

  /// One figure.
  public struct Row: Hashable, Sendable {
    /// What kind of thing it is about.
    public var scopeKind: ScopeKind
    /// Name of that thing; empty for the whole run.
    public var scope: String
    /// Name of the metric, such as `ttft_p95`.
    public var metric: String
    /// Unit of the value, such as `ms`; `1` for a plain fraction.
    public var unit: String
    /// The value.
    public var value: Value
    /// Where it comes from.
    public var source: Source

    /// Creates a figure.
    public init(
      scopeKind: ScopeKind = .all, scope: String = "", metric: String, unit: String, value: Value,
      source: Source = .simulated
    ) {
      self.scopeKind = scopeKind
      self.scope = scope
      self.metric = metric
      self.unit = unit
      self.value = value
      self.source = source
    }
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "summary", version: 2,
    columns: [
      Column(
        "scope_kind", .text,
        "What the figure is about: all, workload, pool, deployment, tenant, quota, region, cloud, account, commitment, job, model or incident"
      ),
      Column("scope", .text, "Name of what it is about; empty for the whole run"),
      Column("metric", .text, "Name of the metric"),
      Column("unit", .text, "Unit of the value; 1 for a plain fraction"),
      Column("value", .real, "The value; empty where there is none"),
      Column("source", .text, "simulated, estimated or extrapolated"),
    ])

  private var writer: CSVWriter

  /// Creates the table at `path`. Throws where the file cannot be created.
  public init(path: String) throws(TableError) {
    writer = try CSVWriter(path: path, schema: Self.schema)
  }

  /// Rows appended so far.
  public var rows: Int { writer.rows }

  /// The error that stopped this table, if any.
  public var failure: TableError? { writer.failure }

  /// Appends a figure. Throws where the buffer could not be written.
  public mutating func append(_ row: Row) throws(TableError) {
    try writer.appendText(row.scopeKind.rawValue)
    try writer.appendText(row.scope)
    try writer.appendText(row.metric)
    try writer.appendText(row.unit)
    switch row.value {
    case .integer(let count): try writer.appendInteger(count)
    case .milliseconds(let time): try writer.appendFixed(time.nanoseconds, decimals: 6)
    case .seconds(let time): try writer.appendFixed(time.nanoseconds, decimals: 9)
    case .ratio(let ratio): try writer.appendRatio(ratio)
    case .dollars(let amount): try writer.appendText(DollarText.text(amount))
    case .real(let number): try writer.appendReal(number)
    case .none: try writer.appendEmpty()
    }
    try writer.appendText(row.source.rawValue)
    try writer.endRow()
  }

  /// Writes what is left, brings it to the disk and closes the file.
  public consuming func finish() throws(TableError) -> FinishedTable { try writer.finish() }
}
