/// Nanoseconds of a run that somebody wants to see from the inside.
public struct TraceWindow: Hashable, Sendable {
  /// Start, from the run's start.
  public var from: Int64
  /// End; nothing at or after it is seen.
  public var until: Int64

  /// Creates a window.
  public init(from: Int64, until: Int64) {
    precondition(0 <= from && from < until, "a window begins before it ends")
    self.from = from
    self.until = until
  }
}

/// Some steps of a replica in which nobody joined or left its batch.
///
/// The spans of a replica follow each other without overlap, and between two of them it is idle: their
/// lengths add up to its busy time.
public struct ReplicaSpan: Sendable {
  /// Id of the pool.
  public var pool: Int32 = 0
  /// Number of the replica in its pool.
  public var replica: Int32 = 0
  /// Start, nanoseconds, not before the window's.
  public var start: Int64 = 0
  /// End, nanoseconds, not after the window's.
  public var end: Int64 = 0
  /// Requests in the batch.
  public var batch = 0
  /// Requests waiting when it began.
  public var waiting = 0
  /// What it did; `nil` where the window cuts it.
  public var work: Work?

  /// What a whole span did.
  public struct Work: Hashable, Sendable {
    /// Steps.
    public var steps: Int64
    /// Prompt tokens computed.
    public var prefillTokens: Int64
    /// Output tokens produced.
    public var outputTokens: Int64
  }
}

/// A level that changed.
public struct LevelRecord: Sendable {
  /// What is measured.
  public enum Subject: Hashable, Sendable {
    /// Requests waiting at a replica; pool and number in it.
    case waiting(pool: Int32, replica: Int32)
    /// KV blocks held at a replica as of its last batch; pool and number in it.
    case blocks(pool: Int32, replica: Int32)
    /// Ready replicas of an elastic pool; its id.
    case ready(pool: Int32)
    /// Requests in flight at an endpoint; its place among the endpoints.
    case inFlight(endpoint: Int32)
    /// What is used of a quota, in its own unit; id.
    case quota(Int32)
  }

  /// What is measured.
  public var subject: Subject
  /// When, nanoseconds.
  public var time: Int64
  /// The level from then on.
  public var value: Int64

  /// Creates a record.
  public init(_ subject: Subject, time: Int64, value: Int64) {
    self.subject = subject
    self.time = time
    self.value = value
  }
}
