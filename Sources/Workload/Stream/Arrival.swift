import SimulationKernel

/// A request as it comes into the world.
@frozen
public struct Arrival: Hashable, Sendable {
  /// When it is sent, at its origin.
  public var time: SimTime
  /// Id of its workload.
  public var workload: Int32
  /// Id of its origin in the world.
  public var origin: Int32
  /// A number that no other request of its workload has, the key of its random draws.
  ///
  /// Open streams count from 0. A trace gives `copy << 40 | pass * rows + row`, a closed loop
  /// `client << 32 | iteration`, so that a row or an iteration keeps its number when copies or clients
  /// are added.
  public var index: UInt64
  /// Prompt length, tokens, at least 1.
  public var promptTokens: Int32
  /// Output length, tokens, at least 1. Policies may not look at it.
  public var outputTokens: Int32
  /// What policies are told about the output length, tokens, at least 1.
  public var estimatedOutputTokens: Int32
  /// The client of a closed loop that sent it and waits; -1 where nobody does.
  public var client: Int32

  /// Creates an arrival.
  @inlinable
  public init(
    time: SimTime, workload: Int32, origin: Int32, index: UInt64, promptTokens: Int32,
    outputTokens: Int32, estimatedOutputTokens: Int32, client: Int32
  ) {
    self.time = time
    self.workload = workload
    self.origin = origin
    self.index = index
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.estimatedOutputTokens = estimatedOutputTokens
    self.client = client
  }
}
