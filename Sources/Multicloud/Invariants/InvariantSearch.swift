/// Finds the event that broke a law, by playing the same run again with closer and closer looks.
///
/// A run without faults pays for one check at its end. One that has broken a law is played again with
/// checks 65,536 events apart, and once more from the last sound one with a check after every event.
public enum InvariantSearch {
  /// The first broken law of a run, with the event that broke it.
  ///
  /// - Parameters:
  ///   - found: What the run said.
  ///   - play: Plays the run again with such a watch; says what broke, `nil` for nothing.
  /// - Returns: `found` where a closer look sees nothing more: laws of the end of a run are of no
  ///   single event.
  /// - Complexity: Two runs, the second with 65,536 checks at most, each O(requests in flight).
  /// - Throws: What `play` throws.
  public static func event(
    of found: InvariantViolation, play: (InvariantWatch) throws -> InvariantViolation?
  ) rethrows -> InvariantViolation {
    if found.isExact { return found }
    let stride = Simulation.lookEvery
    let coarse = InvariantWatch(from: 1, until: found.event, stride: stride)
    let upper = try play(coarse)?.event ?? found.event
    let lower = max(1, upper - stride)
    guard let fine = try play(InvariantWatch(from: lower, until: upper)), fine.isExact else {
      return found
    }
    // What was broken at the first look was broken before it.
    return fine.event == lower && lower > 1 ? found : fine
  }
}
