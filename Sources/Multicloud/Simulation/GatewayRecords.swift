import SimulationKernel

/// One decision: where the gateway sent a request, and from what.
public struct DecisionRecord: Sendable {
  /// Why a decision was taken.
  public enum Occasion: UInt8, CaseIterable, Sendable {
    /// The request's first.
    case first
    /// Another deployment, or the same one again, after a failure.
    case retry
    /// The next step in the order of failover.
    case failover
    /// The provider sent it on to another endpoint of its own.
    case spillover
    /// The client asked again.
    case clientRetry

    /// The word in tables.
    public var word: String {
      switch self {
      case .first: "first"
      case .retry: "retry"
      case .failover: "failover"
      case .spillover: "spillover"
      case .clientRetry: "client_retry"
      }
    }
  }

  /// Number of the decision in the run.
  public var number: Int64 = 0
  /// Number of the request, of its workload, and what keys its sample.
  public var request: UInt64 = 0
  /// Id of the workload.
  public var workload: Int32 = 0
  /// Number of the request in its workload: what keys its sample.
  public var index: UInt64 = 0
  /// Number of the attempt it led to, from 1.
  public var attempt: Int16 = 0
  /// When, nanoseconds.
  public var time: Int64 = 0
  /// Deployments on the request's list, and those of them that were eligible.
  public var candidates = 0
  /// Those of them that could be chosen.
  public var eligible = 0
  /// The deployment chosen and how the policy rates it, less being better.
  public var chosen: Int32 = -1
  /// How the policy rates it; less is better.
  public var score = 0.0
  /// The best of the others; -1 where there was none.
  public var runnerUp: Int32 = -1
  /// How the policy rates that one.
  public var runnerUpScore = 0.0
  /// Why it was taken.
  public var occasion = Occasion.first
  /// How old the load figures were, nanoseconds.
  public var snapshotAge: Int64 = 0
}

/// One candidate of a decision.
public struct CandidateRecord: Sendable {
  /// Number of the decision.
  public var decision: Int64 = 0
  /// What keys the request's sample.
  public var workload: Int32 = 0
  /// Number of the request in its workload: what keys its sample.
  public var index: UInt64 = 0
  /// The deployment.
  public var deployment: Int32 = 0
  /// Whether it could be chosen, and if not why.
  public var eligibility = Eligibility.eligible
  /// How the policy rates it, less being better; `nil` where it could not be chosen.
  public var score: Double?
  /// Requests outstanding there, as the gateway sees them, and slots.
  public var outstanding = 0
  /// Requests it can run at once.
  public var slots = 1
  /// What the request would cost there, picodollars.
  public var picodollars: Int64 = 0
  /// Round trip, nanoseconds.
  public var roundTrip: Int64 = 0
}

/// One attempt at a deployment.
public struct AttemptRecord: Sendable {
  /// Number of the attempt in the run, in order of its end.
  public var number: Int64 = 0
  /// Number of the decision that led to it.
  public var decision: Int64 = 0
  /// Number of the request and what keys its sample.
  public var request: UInt64 = 0
  /// Id of the workload.
  public var workload: Int32 = 0
  /// Number of the request in its workload: what keys its sample.
  public var index: UInt64 = 0
  /// Number of the attempt in its request, from 1.
  public var attempt: Int16 = 0
  /// The deployment.
  public var deployment: Int32 = 0
  /// The deployment it spilled from; -1 for none.
  public var spilledFrom: Int32 = -1
  /// When it left the gateway and when it ended at the deployment, nanoseconds; -1 where the run
  /// ended first.
  public var start: Int64 = 0
  /// When it ended, nanoseconds; -1 where the run ended first.
  public var end: Int64 = -1
  /// Why it did not complete; none where it did, or the run ended first.
  public var reason = RequestRecord.Reason.none
  /// How long the refusal asked to wait, nanoseconds; -1 where it said nothing.
  public var retryAfter: Int64 = -1
  /// Tokens it took.
  public var promptTokens: Int32 = 0
  /// Prompt tokens from the cache.
  public var cachedTokens: Int32 = 0
  /// Output tokens.
  public var outputTokens: Int32 = 0
  /// What they cost, picodollars.
  public var picodollars: Int64 = 0
}

/// One stage of a chain.
public struct StageRecord: Sendable {
  /// Number of the chain's request and what keys its sample.
  public var request: UInt64 = 0
  /// Id of the workload.
  public var workload: Int32 = 0
  /// Number of the request in its workload: what keys its sample.
  public var index: UInt64 = 0
  /// Place in the chain.
  public var stage: Int16 = 0
  /// Region where it ran; -1 where it reached none.
  public var region: Int32 = -1
  /// When it began and ended, nanoseconds.
  public var start: Int64 = 0
  /// When it ended, nanoseconds; -1 where the run ended first.
  public var end: Int64 = 0
  /// How it ended.
  public var status = RequestRecord.Status.completed
  /// Number of the request that called a model for it; -1 for none.
  public var call: Int64 = -1
  /// Bytes that came in, and those of them that came from another region.
  public var bytesIn: Int64 = 0
  /// Bytes that came from another region.
  public var egressBytes: Int64 = 0
  /// The region they came from, the first where there were several; -1 for none.
  public var egressFrom: Int32 = -1
  /// Bytes it hands on to each stage after it.
  public var bytesOut: Int64 = 0
}

/// One minute of one deployment.
public struct DeploymentMinute: Sendable {
  /// Id of the deployment.
  public var deployment = 0
  /// Start and length, nanoseconds.
  public var start: Int64 = 0
  /// Length, nanoseconds.
  public var length: Int64 = 0
  /// What happened in it.
  public var counts = DeploymentTotals()
  /// Requests in flight × nanoseconds, the most at once, and slots.
  public var inFlightIntegral: Int128 = 0
  /// Most requests in flight at once.
  public var mostInFlight = 0
  /// Requests it can run at once.
  public var slots = 1
}

/// One minute of one quota.
public struct QuotaMinute: Sendable {
  /// Id of the quota.
  public var quota = 0
  /// Start, nanoseconds.
  public var start: Int64 = 0
  /// Limit, the least that a cut left of it, and the most that was used, in the rule's own unit.
  public var limit: Int64 = 0
  /// The least that a cut left of it.
  public var effectiveLimit: Int64 = .max
  /// Most that was used.
  public var mostUsed: Int64 = 0
  /// Calls it admitted, refused, and sent on to pay as you go.
  public var admitted: Int64 = 0
  /// Calls it refused.
  public var refused: Int64 = 0
  /// Calls it sent on to pay as you go.
  public var overflowed: Int64 = 0
}

/// One minute of one workload, for its tenant.
public struct TenantMinute: Sendable {
  /// Id of the workload.
  public var workload = 0
  /// Start, nanoseconds.
  public var start: Int64 = 0
  /// Requests that arrived in the minute, and those that completed in it.
  public var arrivals: Int64 = 0
  /// Requests or attempts completed.
  public var completions: Int64 = 0
  /// Requests that ended otherwise, by ``RequestRecord/Reason`` raw value.
  public var lost = [Int64](repeating: 0, count: RequestRecord.Reason.allCases.count)
  /// Tokens of completed requests and what they cost, picodollars.
  public var promptTokens: Int64 = 0
  /// Output tokens.
  public var outputTokens: Int64 = 0
  /// What the tokens cost, picodollars.
  public var picodollars: Int128 = 0

  /// Counts a completed request.
  mutating func take(_ request: borrowing RequestRecord) {
    completions += 1
    promptTokens += Int64(request.promptTokens)
    outputTokens += Int64(request.deliveredTokens)
    picodollars += Int128(request.picodollars)
  }
}
