import SimulationKernel

/// Where a request stands between the gateway and its deployments, and what it holds.
struct ControlState {
  /// What it waits for.
  enum Phase: UInt8 {
    /// On its way to the gateway.
    case arriving
    /// Held by the gateway's flow control.
    case held
    /// On its way to a deployment.
    case sent
    /// At a replica of a pool.
    case atPool
    /// At an endpoint.
    case atEndpoint
    /// At a deployment that will not answer.
    case hanging
    /// Its failure is on its way back to the gateway.
    case failing
    /// Pausing before another attempt.
    case pausing
    /// Its client pauses before it asks again.
    case clientPausing
    /// A chain whose stages are under way.
    case chain
  }

  // The first 64 bytes, a cache line, are what a request touches that is served at once; the rest is
  // for those that fail, wait or belong to a chain.

  var phase = Phase.arriving
  /// Whether the deployment's quotas count it.
  var holdsQuota = false
  /// Whether its tenant's quotas count it.
  var holdsTenantQuota = false
  /// Whether a cancellation on its way through the engine ends the attempt and not the request.
  var isAttemptCancelled = false
  /// Moves on with every change of phase: an event queued before has lost its meaning.
  var serial: UInt32 = 0
  /// Step in the order of failover.
  var tier: Int16 = 0
  /// Attempts made in this step.
  var tries: Int16 = 0
  /// Times the client has asked.
  var clientTries: Int16 = 1
  /// Number of the candidate chosen.
  var choice: Int16 = -1
  /// Deployment that sent it here by spillover; -1 for none.
  var spilledFrom: Int32 = -1
  /// The chain's request that called it; -1 for none.
  var parent: Int32 = -1
  /// Most output tokens the quotas count for it.
  var maximumOutput: Int32 = 0
  /// Prompt tokens cached at the deployment it was sent to.
  var cachedHere: Int32 = 0
  /// When the attempt left the gateway, and when its deployment admitted it.
  var attemptStart: Int64 = 0
  var admitted: Int64 = 0
  /// When the gateway admitted it to its tenant's quotas.
  var entered: Int64 = 0
  /// Its conversation; -1 for none.
  var conversation: Int32 = -1
  /// Why the deployment that it spilled from refused it, and why the last attempt failed.
  var spillReason = RequestRecord.Reason.none
  var failure = RequestRecord.Reason.none
  /// Whether a priority tier served it as standard.
  var isDowngraded = false

  /// How long a refusal asked to wait, nanoseconds; -1 where it said nothing.
  var retryAfter: Int64 = -1
  /// Candidates that failed in this step, by number; those beyond 63 share the last bit.
  var tried: UInt64 = 0
  /// When an endpoint's last token will appear.
  var answersAt: Int64 = 0
  /// Rows of the audit: this request's last decision.
  var decision: Int64 = -1
  /// Tells the chain's request apart from a later one in its slot, and the stage it called for.
  var parentGeneration: UInt32 = 0
  var stage: Int16 = -1
  /// Stages of a chain that have begun and ended.
  var begun: UInt32 = 0
  var ended: UInt32 = 0
  /// Fills the second cache line, so that every record begins on one.
  private let filler: (UInt64, UInt64) = (0, 0)

  /// Puts a candidate on the list of those that failed.
  mutating func noteTried(_ number: Int) { tried |= 1 << UInt64(min(number, 63)) }

  /// Whether a candidate failed in this step.
  func hasTried(_ number: Int) -> Bool { tried >> UInt64(min(number, 63)) & 1 == 1 }
}
