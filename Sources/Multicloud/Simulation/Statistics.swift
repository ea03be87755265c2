import SimulationKernel

/// Latencies of completed requests, nanoseconds.
public struct LatencyHistograms: Sendable {
  /// Time to first token at the client.
  public var timeToFirstToken = LogLinearHistogram()
  /// Time per output token, of requests with more than one.
  public var timePerOutputToken = LogLinearHistogram()
  /// End-to-end latency at the client.
  public var endToEnd = LogLinearHistogram()
  /// From reaching the pool to joining a batch.
  public var queueing = LogLinearHistogram()

  /// Nothing recorded.
  public init() {}

  /// Counts a completed request.
  @inline(__always)
  mutating func record(_ request: borrowing RequestRecord, timePerOutputToken: Int64) {
    timeToFirstToken.record(request.timeToFirstToken)
    if timePerOutputToken >= 0 { self.timePerOutputToken.record(timePerOutputToken) }
    endToEnd.record(request.endToEnd)
    queueing.record(request.queueing)
  }

  /// Adds another's counts. Commutes.
  mutating func merge(_ other: LatencyHistograms) {
    timeToFirstToken.merge(other.timeToFirstToken)
    timePerOutputToken.merge(other.timePerOutputToken)
    endToEnd.merge(other.endToEnd)
    queueing.merge(other.queueing)
  }
}

/// What became of a workload's requests that arrived after the warm-up.
public struct WorkloadStatistics: Sendable {
  /// Requests that arrived.
  public var arrived: Int64 = 0
  /// Completed.
  public var completed: Int64 = 0
  /// Turned away, by ``RequestRecord/Reason`` raw value.
  public var rejected = [Int64](repeating: 0, count: RequestRecord.Reason.allCases.count)
  /// Given up by the client.
  public var cancelled: Int64 = 0
  /// Still under way when the run ended.
  public var inFlight: Int64 = 0
  /// Completed within every target.
  public var good: Int64 = 0
  /// Completed within the target for time to first token.
  public var goodTimeToFirstToken: Int64 = 0
  /// Completed within the target for time per output token (or with a single token).
  public var goodTimePerOutputToken: Int64 = 0
  /// Completed within the target for end-to-end latency.
  public var goodEndToEnd: Int64 = 0
  /// Prompt tokens of completed requests.
  public var promptTokens: Int64 = 0
  /// Output tokens delivered to completed requests.
  public var outputTokens: Int64 = 0
  /// Preemptions suffered by requests that ended.
  public var preemptions: Int64 = 0
  /// Latencies of completed requests, over all pools.
  public var latencies = LatencyHistograms()

  /// Turned away for whatever reason.
  public var rejectedTotal: Int64 { rejected.reduce(0, +) }

  /// Requests that have come to an end one way or another.
  public var ended: Int64 { completed + rejectedTotal + cancelled }
}

/// What a pool did after the warm-up.
public struct PoolStatistics: Sendable {
  /// Requests that reached it.
  public var arrived: Int64 = 0
  /// Completed.
  public var completed: Int64 = 0
  /// Turned away.
  public var rejected: Int64 = 0
  /// Given up by the client while at the pool.
  public var cancelled: Int64 = 0
  /// Latencies of the requests it completed, over all workloads.
  public var latencies = LatencyHistograms()
  /// Sums over its replicas of what they did after the warm-up.
  public var work = PoolMinute()
}
