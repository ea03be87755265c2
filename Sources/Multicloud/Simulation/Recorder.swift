/// Takes down what happens in a simulation, row by row: the way to tables.
///
/// A recorder keeps its own failures (a full disk) and says so by ``hasFailed``; the simulation
/// then stops at its next look.
public protocol Recorder: AnyObject {
  /// Whether requests are wanted.
  var wantsRequests: Bool { get }
  /// Whether minutes of pools, deployments, quotas and tenants are wanted.
  var wantsPoolMinutes: Bool { get }
  /// Whether the gateway's decisions, the attempts and the stages of chains are wanted.
  var wantsDecisions: Bool { get }
  /// Whether every candidate of every decision is wanted.
  var wantsCandidates: Bool { get }
  /// The part of the run whose spans and levels are wanted; `nil` for none.
  var traceWindow: TraceWindow? { get }
  /// Whether changes of capacity are wanted.
  var wantsCapacity: Bool { get }
  /// Whether rows could no longer be kept.
  var hasFailed: Bool { get }
  /// A request ended, or was in flight when the run did. In order of events.
  func record(_ request: borrowing RequestRecord)
  /// A minute of a pool is over. In order of time, then pool.
  func record(_ minute: borrowing PoolMinute)
  /// A minute of a deployment is over. In order of time, then deployment.
  func record(_ minute: borrowing DeploymentMinute)
  /// A minute of a quota is over. In order of time, then quota.
  func record(_ minute: borrowing QuotaMinute)
  /// A minute of a workload's tenant is over. In order of time, then workload.
  func record(_ minute: borrowing TenantMinute)
  /// The gateway, or a provider by spillover, sent a request somewhere. In order of events.
  func record(_ decision: borrowing DecisionRecord)
  /// A candidate of the last decision.
  func record(_ candidate: borrowing CandidateRecord)
  /// An attempt ended, or was in flight when the run did. In order of events.
  func record(_ attempt: borrowing AttemptRecord)
  /// A stage of a chain ended. In order of events.
  func record(_ stage: borrowing StageRecord)
  /// A pool's capacity has changed, or could not. In order of events.
  func record(_ event: borrowing CapacityEvent)
  /// A billing period is over, where the world is billed.
  func record(_ period: borrowing UsagePeriod)
  /// A replica's span is over, or the window is. In order of its end.
  func record(_ span: borrowing ReplicaSpan)
  /// A level has changed. In order of time.
  func record(_ level: borrowing LevelRecord)
}

/// Who wants none of the gateway's records need not say so.
extension Recorder {
  /// Not wanted unless said otherwise.
  public var wantsDecisions: Bool { false }
  /// Not wanted unless said otherwise.
  public var wantsCapacity: Bool { false }
  /// Not wanted unless said otherwise.
  public var wantsCandidates: Bool { false }
  /// Not wanted unless said otherwise.
  public var traceWindow: TraceWindow? { nil }
  /// Kept by nobody unless said otherwise.
  public func record(_ minute: borrowing DeploymentMinute) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ minute: borrowing QuotaMinute) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ minute: borrowing TenantMinute) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ decision: borrowing DecisionRecord) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ candidate: borrowing CandidateRecord) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ attempt: borrowing AttemptRecord) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ stage: borrowing StageRecord) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ event: borrowing CapacityEvent) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ period: borrowing UsagePeriod) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ span: borrowing ReplicaSpan) {}
  /// Kept by nobody unless said otherwise.
  public func record(_ level: borrowing LevelRecord) {}
}

/// One minute of one pool; counts are of what happened in the minute.
public struct PoolMinute: Sendable {
  /// Id of the pool.
  public var pool = 0
  /// Start of the minute, nanoseconds.
  public var start: Int64 = 0
  /// Length, nanoseconds; the last minute of a run may be shorter.
  public var length: Int64 = 0
  /// Requests that reached the pool.
  public var arrivals: Int64 = 0
  /// Requests completed.
  public var completions: Int64 = 0
  /// Requests turned away.
  public var rejections: Int64 = 0
  /// Requests whose cancellation took effect.
  public var cancellations: Int64 = 0
  /// Preemptions.
  public var preemptions: Int64 = 0
  /// Prompt tokens computed, recomputation included.
  public var prefillTokens: Int64 = 0
  /// Prompt tokens that were looked up in prefix caches.
  public var lookedUpTokens: Int64 = 0
  /// Of those, tokens that were found.
  public var hitTokens: Int64 = 0
  /// Tokens loaded from the host's memory, at first admissions and later ones.
  public var loadedTokens: Int64 = 0
  /// Output tokens produced.
  public var outputTokens: Int64 = 0
  /// Replica-nanoseconds with a step in progress.
  public var busy: Int128 = 0
  /// Running requests × nanoseconds.
  public var runningIntegral: Int128 = 0
  /// Waiting requests × nanoseconds.
  public var waitingIntegral: Int128 = 0
  /// Most requests waiting at one replica.
  public var peakWaiting: Int = 0
  /// Latencies of the requests completed in the minute.
  public var latencies = LatencyHistograms()
  /// Blocks held × nanoseconds × 2.
  public var doubledBlockIntegral: Int128 = 0
  /// Most blocks held at one replica.
  public var peakBlocks: Int = 0
  /// What its capacity did in the minute; `nil` where it does not change.
  public var capacity: CapacityMinute?
}
