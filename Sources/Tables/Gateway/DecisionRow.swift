/// A row of `decisions.csv`: where the gateway sent a request, and from what.
public struct DecisionRow: TableRow {
  /// Sets of names, in this order.
  public static let nameSets = ["deployments", "policies", "reasons"]

  /// Number of the decision.
  public var decision: Int64
  /// Number of the request in the run.
  public var request: Int64
  /// Number of the attempt in its request, from 1.
  public var attempt: Int
  /// Nanoseconds.
  public var time: Int64
  /// Ids of the policy and the reason.
  public var policy: Int
  /// Deployments on the request's list.
  public var candidates: Int
  /// Those of them that could be chosen.
  public var eligible: Int
  /// Ids of deployments; -1 for none.
  public var chosen: Int
  /// How the policy rates it; less is better.
  public var score: Double?
  /// Id of the best of the others; -1 for none.
  public var runnerUp: Int
  /// How the policy rates that one.
  public var runnerUpScore: Double?
  /// Id of why it was taken.
  public var reason: Int
  /// Nanoseconds.
  public var snapshotAge: Int64

  /// Creates a row.
  public init(
    decision: Int64, request: Int64, attempt: Int, time: Int64, policy: Int, candidates: Int,
    eligible: Int, chosen: Int, score: Double?, runnerUp: Int, runnerUpScore: Double?,
    reason: Int, snapshotAge: Int64
  ) {
    self.decision = decision
    self.request = request
    self.attempt = attempt
    self.time = time
    self.policy = policy
    self.candidates = candidates
    self.eligible = eligible
    self.chosen = chosen
    self.score = score
    self.runnerUp = runnerUp
    self.runnerUpScore = runnerUpScore
    self.reason = reason
    self.snapshotAge = snapshotAge
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "decisions", version: 1,
    columns: [
      Column("decision_id", .integer, "Number of the decision in the run"),
      Column("request_id", .integer, "Number of the request in the run"),
      Column("attempt", .integer, "Number of the attempt it led to, from 1"),
      Column("time_s", .decimal(9), unit: "s", "When, from the run's start"),
      Column("policy", .text, "Policy that chose; provider where it was a spillover"),
      Column("candidates", .integer, "Deployments on the request's list"),
      Column("eligible", .integer, "Those of them that could be chosen"),
      Column("chosen", .text, "Deployment chosen, cloud/region/name"),
      Column("score", .real, "How the policy rates it; less is better"),
      Column("runner_up", .text, "Best of the other eligible deployments; empty if none"),
      Column("runner_up_score", .real, "How the policy rates that one"),
      Column(
        "reason", .text, "Why it was taken: first, retry, failover, spillover or client_retry"),
      Column(
        "snapshot_age_ms", .decimal(6), unit: "ms", "How old the load figures were; 0 is live"),
    ])

  /// Puts down every field.
  public func write(to fields: inout FieldCursor) {
    fields.integer(decision)
    fields.integer(request)
    fields.integer(attempt)
    fields.seconds(time)
    fields.name(policy, of: 1)
    fields.integer(candidates)
    fields.integer(eligible)
    fields.name(chosen, of: 0)
    fields.real(score)
    fields.name(runnerUp, of: 0)
    fields.real(runnerUpScore)
    fields.name(reason, of: 2)
    fields.milliseconds(snapshotAge)
  }
}
