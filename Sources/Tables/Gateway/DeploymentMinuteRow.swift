/// A row of `deployments_minute.csv`: one minute of one pool or endpoint, by minute, then deployment.
public struct DeploymentMinuteRow: TableRow {
  /// Sets of names, in this order; all but the first are by deployment.
  public static let nameSets = [
    "clouds", "regions", "deployments", "kinds", "providers", "accounts", "types", "models",
  ]
  /// Causes that have a column each, in the order of ``refused``.
  public static let causes = [
    "token_quota", "request_quota", "provisioned", "capacity", "reduced_quota", "too_large",
    "period_quota", "other",
  ]

  /// Minutes from the run's start.
  public var minute: Int
  /// Id of the deployment.
  public var deployment: Int
  /// Attempts that reached it.
  public var attempts: Int64
  /// Requests or attempts completed.
  public var completions: Int64
  /// Refused attempts by ``causes``.
  public var refused: [Int64]
  /// Attempts that ended in a server error.
  public var errors: Int64
  /// Attempts given up.
  public var cancellations: Int64
  /// Refused attempts the provider sent on.
  public var spilledOut: Int64
  /// Attempts that came by spillover.
  public var spilledIn: Int64
  /// Prompt tokens.
  public var promptTokens: Int64
  /// Prompt tokens from the cache.
  public var cachedTokens: Int64
  /// Output tokens.
  public var outputTokens: Int64
  /// Requests in flight, mean.
  public var inFlightMean: Ratio
  /// Requests in flight, most.
  public var inFlightMax: Int
  /// Requests in flight over slots, mean.
  public var loadMean: Ratio
  /// Requests in flight over slots, most.
  public var loadMax: Ratio
  /// Picodollars.
  public var cost: Int64

  /// Creates a row.
  public init(
    minute: Int, deployment: Int, attempts: Int64, completions: Int64, refused: [Int64],
    errors: Int64, cancellations: Int64, spilledOut: Int64, spilledIn: Int64,
    promptTokens: Int64, cachedTokens: Int64, outputTokens: Int64, inFlightMean: Ratio,
    inFlightMax: Int, loadMean: Ratio, loadMax: Ratio, cost: Int64
  ) {
    precondition(refused.count == Self.causes.count, "a count for every cause")
    self.minute = minute
    self.deployment = deployment
    self.attempts = attempts
    self.completions = completions
    self.refused = refused
    self.errors = errors
    self.cancellations = cancellations
    self.spilledOut = spilledOut
    self.spilledIn = spilledIn
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.outputTokens = outputTokens
    self.inFlightMean = inFlightMean
    self.inFlightMax = inFlightMax
    self.loadMean = loadMean
    self.loadMax = loadMax
    self.cost = cost
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "deployments_minute", version: 1,
    columns: [
      Column("minute_start_s", .integer, unit: "s", "Start of the minute, from the run's start"),
      Column("cloud", .text, "Cloud"),
      Column("region", .text, "Region in the cloud"),
      Column("deployment", .text, "Name of the pool or endpoint in the region"),
      Column("kind", .text, "pool, or how an endpoint's capacity is sold"),
      Column("provider", .text, "Provider of the model; empty for a pool"),
      Column("account", .text, "Account it belongs to; or empty"),
      Column("type", .text, "Deployment type of an endpoint, accelerator of a pool"),
      Column("model", .text, "Model it serves"),
      Column("attempts", .integer, unit: "requests", "Attempts that reached it"),
      Column("completions", .integer, unit: "requests", "Attempts completed"),
    ]
      + causes.map {
        Column("refused_\($0)", .integer, unit: "requests", "Attempts refused: \($0)")
      } + [
        Column("errors", .integer, unit: "requests", "Attempts that ended in a server error"),
        Column(
          "cancellations", .integer, unit: "requests",
          "Attempts given up by the client or by the gateway"),
        Column(
          "spilled_out", .integer, unit: "requests", "Refused attempts the provider sent on"),
        Column("spilled_in", .integer, unit: "requests", "Attempts that came by spillover"),
        Column("prompt_tokens", .integer, unit: "tokens", "Prompt tokens of completed attempts"),
        Column("cached_tokens", .integer, unit: "tokens", "Those of them from the cache"),
        Column("output_tokens", .integer, unit: "tokens", "Output tokens of completed attempts"),
        Column("in_flight_mean", .decimal(6), unit: "requests", "Requests in flight, mean"),
        Column("in_flight_max", .integer, unit: "requests", "Requests in flight, most"),
        Column("load_mean", .decimal(6), unit: "1", "Requests in flight over slots, mean"),
        Column("load_max", .decimal(6), unit: "1", "Requests in flight over slots, most"),
        Column("cost_usd", .decimal(12), unit: "USD", "What the tokens cost"),
      ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(minute * 60)
    for set in Self.nameSets.indices { fields.name(deployment, of: set) }
    fields.integer(attempts)
    fields.integer(completions)
    for count in refused { fields.integer(count) }
    fields.integer(errors)
    fields.integer(cancellations)
    fields.integer(spilledOut)
    fields.integer(spilledIn)
    fields.integer(promptTokens)
    fields.integer(cachedTokens)
    fields.integer(outputTokens)
    fields.ratio(inFlightMean)
    fields.integer(inFlightMax)
    fields.ratio(loadMean)
    fields.ratio(loadMax)
    fields.dollars(cost)
  }
}
