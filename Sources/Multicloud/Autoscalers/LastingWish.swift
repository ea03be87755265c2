import SimulationKernel

/// Since when more, or less, than there is has been wanted without a break.
struct LastingWish: Sendable {
  private var direction = 0
  private var since: Int64 = 0

  /// Notes a wish and says whether it has lasted long enough to be granted.
  ///
  /// A wish counts from the decision that first had it; one for as much as there is ends both.
  mutating func isDue(
    _ wanted: Int, instead present: Int, at now: SimTime, after up: Duration, _ down: Duration
  ) -> Bool {
    let way = (wanted - present).signum()
    if way != direction {
      direction = way
      since = now.nanoseconds
    }
    guard way != 0 else { return false }
    return now.nanoseconds - since >= (way > 0 ? up : down).nanoseconds
  }
}
