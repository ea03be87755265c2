/// A request stream of an estimate: one workload from one origin.
public struct StreamDemand: Sendable {
  /// Id of the workload in the world.
  public var workload: Int
  /// Id of the origin in the world.
  public var origin: Int
  /// Expected requests per second, by bin.
  public var rates: [Double]
  /// Mean prompt tokens.
  public var promptTokens: Double
  /// Mean output tokens.
  public var outputTokens: Double
  /// Mean tokens in the cache of a decoding request, averaged over its steps: the mean of
  /// output × (prompt + output / 2) over the mean output.
  public var contextTokens: Double
  /// Clients that wait for their answers, whose rate follows from the latency; `nil` for a stream
  /// that comes whatever the answers.
  public var closedLoop: ClosedLoop?

  /// Clients that wait for their answers.
  public struct ClosedLoop: Sendable {
    /// Number of clients.
    public var clients: Double
    /// Mean seconds between an answer and the next request.
    public var thinkSeconds: Double
    /// Seconds between the requests of a client that keeps a pace; 0 for one that thinks.
    public var paceSeconds: Double

    /// Creates a closed loop.
    public init(clients: Double, thinkSeconds: Double, paceSeconds: Double = 0) {
      self.clients = clients
      self.thinkSeconds = thinkSeconds
      self.paceSeconds = paceSeconds
    }

    /// Requests a second when answers take `latency` seconds.
    func rate(latency: Double) -> Double {
      clients / max(paceSeconds, thinkSeconds + latency)
    }
  }

  /// Creates a stream.
  public init(
    workload: Int, origin: Int, rates: [Double], promptTokens: Double, outputTokens: Double,
    contextTokens: Double, closedLoop: ClosedLoop? = nil
  ) {
    self.workload = workload
    self.origin = origin
    self.rates = rates
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.contextTokens = contextTokens
    self.closedLoop = closedLoop
  }
}
