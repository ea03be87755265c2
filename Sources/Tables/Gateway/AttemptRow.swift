/// A row of `attempts.csv`: one attempt at a deployment and what became of it.
public struct AttemptRow: TableRow {
  /// Sets of names, in this order.
  public static let nameSets = ["deployments", "reasons"]

  /// Number in the run.
  public var number: Int64
  /// Number of the request in the run.
  public var request: Int64
  /// Number of the decision.
  public var decision: Int64
  /// Number of the attempt in its request, from 1.
  public var attempt: Int
  /// Id of the deployment.
  public var deployment: Int
  /// Nanoseconds; -1 where the run ended first.
  public var start: Int64
  /// When it ended, nanoseconds; -1 where the run ended first.
  public var end: Int64
  /// -1 where there was no answer.
  public var httpStatus: Int
  /// Id of the reason; -1 where it completed.
  public var cause: Int
  /// Nanoseconds; -1 where nothing was said.
  public var retryAfter: Int64
  /// Id of the deployment it spilled from; -1 for none.
  public var spilledFrom: Int
  /// Prompt tokens.
  public var promptTokens: Int
  /// Prompt tokens from the cache.
  public var cachedTokens: Int
  /// Output tokens.
  public var outputTokens: Int
  /// Picodollars.
  public var cost: Int64

  /// Creates a row.
  public init(
    number: Int64, request: Int64, decision: Int64, attempt: Int, deployment: Int, start: Int64,
    end: Int64, httpStatus: Int, cause: Int, retryAfter: Int64, spilledFrom: Int,
    promptTokens: Int, cachedTokens: Int, outputTokens: Int, cost: Int64
  ) {
    self.number = number
    self.request = request
    self.decision = decision
    self.attempt = attempt
    self.deployment = deployment
    self.start = start
    self.end = end
    self.httpStatus = httpStatus
    self.cause = cause
    self.retryAfter = retryAfter
    self.spilledFrom = spilledFrom
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.outputTokens = outputTokens
    self.cost = cost
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "attempts", version: 1,
    columns: [
      Column("attempt_id", .integer, "Number of the attempt in the run, in order of its end"),
      Column("request_id", .integer, "Number of the request in the run"),
      Column("decision_id", .integer, "Number of the decision that led to it"),
      Column("attempt", .integer, "Number of the attempt in its request, from 1"),
      Column("deployment", .text, "The deployment, cloud/region/name"),
      Column("start_s", .decimal(9), unit: "s", "When it left the gateway"),
      Column(
        "end_s", .decimal(9), unit: "s", "When it ended at the deployment; empty if it had not"),
      Column("http_status", .integer, "Status of the answer; empty where there was none"),
      Column("cause", .text, "Why it did not complete; empty if it did"),
      Column(
        "retry_after_ms", .decimal(6), unit: "ms", "How long the answer asked to wait; or empty"),
      Column("spilled_from", .text, "Deployment that sent it here by spillover; or empty"),
      Column("prompt_tokens", .integer, unit: "tokens", "Prompt tokens"),
      Column(
        "cached_tokens", .integer, unit: "tokens", "Prompt tokens from the provider's cache"),
      Column("output_tokens", .integer, unit: "tokens", "Output tokens delivered"),
      Column("cost_usd", .decimal(12), unit: "USD", "What its tokens cost"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(number)
    fields.integer(request)
    fields.integer(decision)
    fields.integer(attempt)
    fields.name(deployment, of: 0)
    fields.seconds(start)
    fields.seconds(end)
    fields.integer(httpStatus)
    fields.name(cause, of: 1)
    fields.milliseconds(retryAfter)
    fields.name(spilledFrom, of: 0)
    fields.integer(promptTokens)
    fields.integer(cachedTokens)
    fields.integer(outputTokens)
    fields.dollars(cost)
  }
}
