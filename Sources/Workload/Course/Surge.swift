import SimulationKernel

/// A flash crowd: for a while, a multiple of the requests there would be.
///
/// The rate rises in a straight line over the ramp, holds, and falls over a ramp of the same length; both
/// ramps lie inside the surge. Several at once each bring their own crowd: two of ×3 make ×5.
public struct Surge: Hashable, Sendable {
  /// When it begins, from the start of the run.
  public var start: Duration
  /// How long it lasts, ramps included.
  public var duration: Duration
  /// What the rate is multiplied by between the ramps; below 1 for a lull.
  public var factor: Double
  /// How long the rate rises, and how long it falls; at most half of the duration.
  public var ramp: Duration

  /// Creates a surge.
  public init(start: Duration, duration: Duration, factor: Double, ramp: Duration = .zero) {
    self.start = start
    self.duration = duration
    self.factor = factor
    self.ramp = ramp
  }

  /// How much of the surge is there, 0 to 1, at a time in nanoseconds; where it jumps, just before or
  /// just after.
  func presence(at time: Int64, after: Bool) -> Double {
    let (begin, end) = (start.nanoseconds, start.nanoseconds + duration.nanoseconds)
    let rise = ramp.nanoseconds
    if time < begin || time > end { return 0 }
    if time == begin, rise == 0 || !after { return after ? 1 : 0 }
    if time == end, rise == 0 || after { return after ? 0 : 1 }
    let inside = min(time - begin, end - time)
    return inside < rise ? Double(inside) / Double(rise) : 1
  }
}
