/// A point in simulated time: whole nanoseconds since the start of the run.
///
/// `Int64` nanoseconds reach 292 years, add and compare exactly, and never drift; conversions to
/// and from `Double` seconds happen only at the edges, by one rounding rule (half to even).
@frozen
public struct SimTime: Comparable, Hashable, Sendable {
  /// Nanoseconds since the start of the run.
  public var nanoseconds: Int64

  /// Creates a time from whole nanoseconds since the start of the run.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  public static let zero = SimTime(nanoseconds: 0)

  /// Later than any event: the time of something that never happens.
  ///
  /// A quarter of the Int64 range, so that adding a duration to it, or doubling it for a heap
  /// key, cannot overflow.
  @inlinable
  public static var never: SimTime { SimTime(nanoseconds: Int64.max / 4) }

  /// Seconds since the start of the run, for output and estimates only.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Whether `a` is the earlier.
  @inlinable
  public static func < (a: SimTime, b: SimTime) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The time `d` after `t`; traps on overflow.
  @inlinable
  public static func + (t: SimTime, d: Duration) -> SimTime {
    SimTime(nanoseconds: t.nanoseconds + d.nanoseconds)
  }

  /// The time `d` before `t`; traps on overflow.
  @inlinable
  public static func - (t: SimTime, d: Duration) -> SimTime {
    SimTime(nanoseconds: t.nanoseconds - d.nanoseconds)
  }

  /// The time that passed from `b` to `a`.
  @inlinable
  public static func - (a: SimTime, b: SimTime) -> Duration {
    Duration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }

  /// Moves this time forward by `d`.
  @inlinable
  public static func += (t: inout SimTime, d: Duration) { t.nanoseconds += d.nanoseconds }
}
