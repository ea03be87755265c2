import SimulationKernel

/// Latency targets of a workload. A request is good when it is within the limit of every target
/// that is set; a target holds when at least its quantile of all arrived requests is within it.
public struct Objective: Hashable, Sendable {
  /// Time to first token at the client.
  public var timeToFirstToken: Target?
  /// Time per output token.
  public var timePerOutputToken: Target?
  /// End-to-end latency at the client.
  public var endToEnd: Target?

  /// Creates targets.
  public init(
    timeToFirstToken: Target? = nil, timePerOutputToken: Target? = nil, endToEnd: Target? = nil
  ) {
    self.timeToFirstToken = timeToFirstToken
    self.timePerOutputToken = timePerOutputToken
    self.endToEnd = endToEnd
  }

  /// A limit and the share of requests that must be within it.
  public struct Target: Hashable, Sendable {
    /// Longest time that counts as good.
    public var limit: Duration
    /// Share of requests that must be within the limit, such as 0.95.
    public var quantile: Double

    /// Creates a target.
    public init(limit: Duration, quantile: Double) {
      self.limit = limit
      self.quantile = quantile
    }
  }
}

extension Objective {
  /// Whether a request completed within every target that is set.
  public func isMet(by request: borrowing RequestRecord) -> Bool {
    guard request.status == .completed else { return false }
    if let target = timeToFirstToken,
      request.timeToFirstToken > target.limit.nanoseconds
    {
      return false
    }
    if let target = timePerOutputToken,
      request.timePerOutputToken > target.limit.nanoseconds
    {
      return false
    }
    if let target = endToEnd, request.endToEnd > target.limit.nanoseconds { return false }
    return true
  }
}

extension Objective.Target {
  /// Whether `good` of `ended` requests are enough.
  public func isHeld(good: Int64, of ended: Int64) -> Bool {
    Double(good) >= quantile * Double(ended)
  }
}
