import SimulationKernel

/// Two laws that take turns: how long there is something, and how long there is nothing; in seconds.
public struct SpellPair: Hashable, Sendable {
  /// How long a spell with capacity lasts.
  public var up: Distribution
  /// How long a spell without lasts.
  public var down: Distribution

  /// Creates a pair.
  ///
  /// - Precondition: Both means are above zero and finite.
  public init(up: Distribution, down: Distribution) {
    precondition(up.mean > 0 && up.mean < .infinity, "a spell has a mean length above zero")
    precondition(down.mean > 0 && down.mean < .infinity, "a spell has a mean length above zero")
    self.up = up
    self.down = down
  }

  /// Share of time with capacity, in the long run.
  public var availability: Double { up.mean / (up.mean + down.mean) }

  /// Ends of spells with capacity a second, in the long run.
  public var dropsPerSecond: Double { 1 / (up.mean + down.mean) }
}
