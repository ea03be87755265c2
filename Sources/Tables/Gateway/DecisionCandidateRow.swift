/// A row of `decision_candidates.csv`: one deployment that a decision could have taken, or why not.
public struct DecisionCandidateRow: TableRow {
  /// Sets of names, in this order.
  public static let nameSets = ["deployments", "eligibilities"]

  /// Number of the decision.
  public var decision: Int64
  /// Ids of the deployment and, where it was not eligible, of the reason; -1 otherwise.
  public var deployment: Int
  /// Id of why it could not be chosen; -1 where it could.
  public var rejection: Int
  /// How the policy rates it; less is better.
  public var score: Double?
  /// Requests there, as the gateway saw them.
  public var outstanding: Int
  /// Those over the requests it can run at once.
  public var load: Ratio
  /// Picodollars.
  public var expectedCost: Int64
  /// Nanoseconds.
  public var roundTrip: Int64

  /// Creates a row.
  public init(
    decision: Int64, deployment: Int, rejection: Int, score: Double?, outstanding: Int,
    load: Ratio, expectedCost: Int64, roundTrip: Int64
  ) {
    self.decision = decision
    self.deployment = deployment
    self.rejection = rejection
    self.score = score
    self.outstanding = outstanding
    self.load = load
    self.expectedCost = expectedCost
    self.roundTrip = roundTrip
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "decision_candidates", version: 1,
    columns: [
      Column("decision_id", .integer, "Number of the decision"),
      Column("deployment", .text, "The deployment, cloud/region/name"),
      Column("eligible", .flag, "1 if it could be chosen"),
      Column(
        "reject_reason", .text,
        "Why not: residency, context, closed, cooling_down, unhealthy, tried or order; empty if eligible"
      ),
      Column("score", .real, "How the policy rates it; less is better; empty if not eligible"),
      Column(
        "outstanding", .integer, unit: "requests", "Requests there, as the gateway saw them"),
      Column("load_fraction", .decimal(6), unit: "1", "Those over the requests it can run at once"),
      Column(
        "expected_cost_usd", .decimal(12), unit: "USD",
        "What the request was expected to cost there"),
      Column("round_trip_ms", .decimal(6), unit: "ms", "Round trip from the gateway"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(decision)
    fields.name(deployment, of: 0)
    fields.flag(rejection < 0)
    fields.name(rejection, of: 1)
    fields.real(score)
    fields.integer(outstanding)
    fields.ratio(load)
    fields.dollars(expectedCost)
    fields.milliseconds(roundTrip)
  }
}
