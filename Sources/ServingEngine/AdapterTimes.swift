/// What adapters add to the time of a step, picoseconds.
public struct AdapterTimes: Hashable, Sendable {
  /// Added to a step in which anybody has an adapter.
  public var perStep: Int64
  /// Added by each different adapter of the step.
  public var perAdapter: Int64
  /// Added by each token computed with an adapter, drafted ones included.
  public var perToken: Int64

  /// Creates times.
  public init(perStep: Int64 = 0, perAdapter: Int64 = 0, perToken: Int64 = 0) {
    precondition(perStep >= 0 && perAdapter >= 0 && perToken >= 0)
    self.perStep = perStep
    self.perAdapter = perAdapter
    self.perToken = perToken
  }

  /// What so many different adapters and tokens add to a step.
  @inlinable
  public func step(adapters: Int, tokens: Int) -> Int64 {
    adapters == 0 ? 0 : perStep + perAdapter * Int64(adapters) + perToken * Int64(tokens)
  }
}
