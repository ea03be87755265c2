/// What an estimate expects of a pool, averaged over the horizon's bins.
public struct PoolEstimate: Hashable, Sendable {
  /// Id of the pool.
  public var pool: Int
  /// Requests per second.
  public var requestsPerSecond: Double
  /// Output tokens per second.
  public var outputTokensPerSecond: Double
  /// Prompt tokens per second.
  public var promptTokensPerSecond: Double
  /// Load: demand as a share of the largest rate the pool can sustain.
  public var load: Double
  /// Load in the busiest bin.
  public var peakLoad: Double
  /// Share of replica time with a step in progress.
  public var busyFraction: Double
  /// Mean sequences running in the pool.
  public var running: Double
  /// Mean seconds per output token; infinite where some bin cannot be sustained.
  public var timePerOutputToken: Double
}
