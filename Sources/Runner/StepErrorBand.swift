import Multicloud
import ServingEngine

/// The same requests played with engines as fast, and as slow, as the stated error of their step times
/// allows.
///
/// The error is systematic: every engine is off the same way for the whole run, and queueing makes of it
/// what it makes of slower machines. Between the two runs lie nine deployments of ten, whatever the
/// sample; what sampling adds is the business of replications.
public struct StepErrorBand: Sendable {
  /// When a run plays them.
  public enum Mode: Sendable {
    /// Never.
    case never
    /// Where the run had at most ``automaticRequests``.
    case automatic
    /// Always.
    case always
  }

  /// Most requests for which the two runs are played unasked.
  public static let automaticRequests: Int64 = 500_000

  /// With the fast end's step times.
  public var fast: SimulationResult
  /// With the slow end's.
  public var slow: SimulationResult

  /// Plays both, beside each other; `nil` where no error is stated or a run is broken off.
  init?(_ world: World, shouldContinue: (Simulation.Progress) -> Bool) throws {
    guard world.pools.contains(where: { !$0.stepError.isNone }) else { return nil }
    let companion = CompanionRun(world.withStepTimes(\.low))
    defer { companion.cancel() }
    let slow = try ComparedRun(world.withStepTimes(\.high), shouldContinue: shouldContinue)
    guard slow.result.isComplete else { return nil }
    let fast = try companion.wait()
    guard fast.result.isComplete else { return nil }
    self.fast = fast.result
    self.slow = slow.result
  }
}

extension World {
  /// The world with every engine's step times at one end of its error.
  func withStepTimes(_ end: KeyPath<StepError, Double>) -> World {
    var world = self
    for id in world.pools.indices {
      let factor = world.pools[id].stepError[keyPath: end]
      if factor != 1 { world.pools[id].stepTime = world.pools[id].stepTime.scaled(by: factor) }
    }
    return world
  }
}
