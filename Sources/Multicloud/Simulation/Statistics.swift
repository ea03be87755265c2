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
  /// Rejected and failed, by ``RequestRecord/Reason`` raw value.
  public var lost = [Int64](repeating: 0, count: RequestRecord.Reason.allCases.count)
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

  /// Times requests that ended were sent to a deployment.
  public var attempts: Int64 = 0
  /// Prompt tokens of completed requests that came from a provider's cache.
  public var cachedTokens: Int64 = 0
  /// Prompt tokens that would have been cached, had the conversation not moved to another
  /// deployment.
  public var cachedTokensLost: Int64 = 0
  /// What the tokens of completed requests cost, picodollars.
  public var picodollars: Int128 = 0
  /// Whether its requests are chains, whose money is that of the calls they made.
  public var isChain = false
  /// Bytes that chains carried from one region to another.
  public var egressBytes: Int64 = 0

  /// Rejected and failed for whatever reason.
  public var lostTotal: Int64 { lost.reduce(0, +) }

  /// Rejected: an answer with a client error, 429 among them.
  public var rejectedTotal: Int64 { total(.rejected) }

  /// Lost to a server error, to silence or to a stage of a chain.
  public var failedTotal: Int64 { total(.failed) }

  private func total(_ status: RequestRecord.Status) -> Int64 {
    var sum: Int64 = 0
    for reason in RequestRecord.Reason.allCases where reason.status == status {
      sum += lost[Int(reason.rawValue)]
    }
    return sum
  }

  /// Requests that have come to an end one way or another.
  public var ended: Int64 { completed + lostTotal + cancelled }
}

/// What a deployment did after the warm-up.
public struct DeploymentStatistics: Sendable {
  /// Attempts and what became of them, after the warm-up.
  public var measured = DeploymentTotals()
  /// The same over the whole run: the conservation law.
  public var totals = DeploymentTotals()
  /// Requests in flight × nanoseconds, after the warm-up.
  public var inFlightIntegral: Int128 = 0
  /// Most requests in flight over the whole run.
  public var mostInFlight = 0
  /// Latencies of the requests it completed, over all workloads.
  public var latencies = LatencyHistograms()
  /// What its provisioned units did after the warm-up; `nil` where they do not change.
  public var units: UnitStatistics?

  /// Nothing counted.
  public init() {}
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
  /// What its capacity did after the warm-up; `nil` where it does not change.
  public var capacity: CapacityStatistics?
  /// What the caches of its requests did, where it prefills for another pool; else `nil`.
  public var transfers: TransferStatistics?
}
