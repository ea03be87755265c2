import SimulationKernel

/// How a run is started and watched.
extension Simulation {
  /// How far a run is, for whoever watches it.
  public struct Progress: Sendable {
    /// Simulated time.
    public var now: SimTime
    /// Requests that have arrived.
    public var requests: Int64
    /// Events processed.
    public var events: Int64
    /// Requests that have arrived and are not over; memory grows with them.
    public var inFlight: Int64
  }

  /// Plays the world to its horizon, or until `shouldContinue` says no, and lets the process die
  /// where a law of the simulator is broken: for callers with nobody to tell.
  ///
  /// - Parameter shouldContinue: Asked every 65,536 events, or more often in large fleets; shown the progress.
  /// - Returns: What the run came to.
  public mutating func run(
    shouldContinue: (Progress) -> Bool = { _ in true }
  ) -> SimulationResult {
    do {
      return try checkedRun(shouldContinue: shouldContinue)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// Plays the world to its horizon, or until `shouldContinue` says no.
  ///
  /// - Parameter shouldContinue: Asked every 65,536 events; shown the progress.
  /// - Returns: What the run came to.
  /// - Throws: The first law that the run broke, found when it ended at the latest; see
  ///   ``InvariantSearch`` for the event that did.
  public mutating func checkedRun(
    shouldContinue: (Progress) -> Bool = { _ in true }
  ) throws(InvariantViolation) -> SimulationResult {
    let result = play(shouldContinue: shouldContinue)
    if let violation { throw violation }
    return result
  }

  /// Most events between two looks at whether the run shall go on.
  static let lookEvery: Int64 = 0x10000

  /// Events between two looks, a power of two: fewer in large fleets, where an event may go through all
  /// replicas. A look at a clock would be of no use to a run that is to be the same each time.
  static func watchEvery(replicas: Int) -> Int64 {
    let doublings = Int64.bitWidth - 1 - (replicas >> 10 + 1).leadingZeroBitCount
    return max(64, lookEvery >> doublings)
  }

  func nextLook(after events: Int64) -> Int64 {
    let watcher = (events / watchEvery + 1) * watchEvery
    guard let from = invariants.from else { return watcher }
    if events < from { return min(watcher, from) }
    let check = events + invariants.stride - (events - from) % invariants.stride
    return min(watcher, check, max(invariants.until ?? .max, events + 1))
  }
}
