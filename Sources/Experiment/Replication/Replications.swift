import Multicloud
import Synchronization

/// Independent replications of a world: the same scenario under seeds that follow each other.
///
/// Replication `r` has the seed `world.seed + r`. Everything random is keyed by the seed (Philox), so that
/// neighbouring seeds are as independent as any, and two worlds with the same base seed see the same demand in
/// the same replication: common random numbers.
public struct Replications: Sendable {
  /// The world.
  public let world: World
  /// Where the work is done.
  public let pool: WorkPool

  /// Prepares replications of a world.
  public init(_ world: World, pool: WorkPool) {
    self.world = world
    self.pool = pool
  }

  /// Runs replications of a range; `nil` where somebody asked to stop.
  ///
  /// - Parameters:
  ///   - finished: Told after each replication, from whatever thread, how many of these are done.
  ///   - shouldContinue: Asked now and then by every running replication.
  public func run(
    _ range: Range<Int>, finished: @Sendable (Int) -> Void = { _ in },
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> [RunFigures]? {
    let done = Atomic<Int>(0)
    let runs = try pool.map(range.count, shouldContinue: shouldContinue) { place in
      let seed = world.seed &+ UInt64(range.lowerBound + place)
      let figures = try RunFigures(world, seed: seed) { _ in shouldContinue() }
      finished(done.add(1, ordering: .relaxed).newValue)
      return figures
    }
    let whole = runs.compactMap { $0 }.filter(\.isComplete)
    return whole.count == range.count ? whole : nil
  }
}
