import SimulationKernel

/// What a metrics system reads of a pool at one scrape: levels at its end, counts and means since the last.
public struct PoolSample: Hashable, Sendable {
  /// When it was read, from the run's start.
  public var time: SimTime
  /// Time since the last reading.
  public var length: Duration
  /// Requests that came to the pool.
  public var arrivals: Int64 = 0
  /// Requests it finished.
  public var completions: Int64 = 0
  /// Requests it turned away.
  public var rejections: Int64 = 0
  /// Prompt tokens of the requests that came.
  public var promptTokens: Int64 = 0
  /// Requests at the pool now: running, waiting or held.
  public var outstanding: Int = 0
  /// Requests waiting now, for a replica or inside one.
  public var waiting: Int = 0
  /// Mean number of requests at the pool: running and waiting.
  public var meanOutstanding: Double = 0
  /// Share of its ready replicas' time in which they computed, 0 to 1.
  public var busyShare: Double = 0
  /// Mean share of its ready replicas' sequence slots in use, 0 to 1.
  public var slotShare: Double = 0
  /// Mean share of its ready replicas' KV blocks in use, 0 to 1.
  public var cacheShare: Double = 0
  /// First tokens that appeared.
  public var firstTokens: Int64 = 0
  /// Of those, how many came within the headroom policy's limit.
  public var firstTokensInTime: Int64 = 0
  /// Ready replicas now.
  public var ready: Int = 0

  /// Creates a sample of nothing.
  public init(time: SimTime, length: Duration) {
    self.time = time
    self.length = length
  }
}

/// The level of load that a policy steers by.
public enum AutoscalerSignal: String, CaseIterable, Hashable, Sendable {
  /// Share of time in which replicas compute: ``PoolSample/busyShare``.
  case busy
  /// Share of sequence slots in use: ``PoolSample/slotShare``.
  case slots
  /// Share of KV blocks in use: ``PoolSample/cacheShare``.
  case cache
  /// Requests at the pool a replica: ``PoolSample/meanOutstanding``.
  case concurrency
}
