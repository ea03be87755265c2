import SimulationKernel

/// What the caches of a pool's requests did on their way to the replicas that decode, after the warm-up.
public struct TransferStatistics: Sendable {
  /// Caches that came, of requests that arrived after the warm-up; those that nobody waited for any more
  /// among them.
  public var copies: Int64 = 0
  /// Bytes of those.
  public var bytes: Int128 = 0
  /// From the end of a prompt until its request had blocks where it decodes, nanoseconds.
  public var waiting = LogLinearHistogram()
  /// From then until the cache was there, nanoseconds: the wait for both interfaces, the sending, the latency.
  public var copying = LogLinearHistogram()
  /// Nanoseconds in which an interface of a replica that prefills sent, summed over them; those that decode
  /// received as long. Exact within the measured time.
  public var sending: Int128 = 0

  /// Nothing sent.
  public init() {}
}
