/// A length of simulated time in whole nanoseconds.
@frozen
public struct Duration: Comparable, Hashable, Sendable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// Creates a duration of whole nanoseconds.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Creates the duration nearest to `seconds`, half to even.
  ///
  /// Traps where `seconds` is negative, not a number, or beyond 292 years: a sampled delay that
  /// is any of these is a bug upstream, and a clock that goes backwards must never pass silently.
  @inlinable
  public init(seconds: Double) {
    let rounded = (seconds * 1e9).rounded(.toNearestOrEven)
    precondition(rounded >= 0 && rounded < 9.2e18, "duration out of range")
    nanoseconds = Int64(rounded)
  }

  /// No time at all.
  public static let zero = Duration(nanoseconds: 0)

  /// `count` microseconds.
  @inlinable
  public static func microseconds(_ count: Int64) -> Duration {
    Duration(nanoseconds: count * 1000)
  }

  /// `count` milliseconds.
  @inlinable
  public static func milliseconds(_ count: Int64) -> Duration {
    Duration(nanoseconds: count * 1_000_000)
  }

  /// `count` whole seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> Duration {
    Duration(nanoseconds: count * 1_000_000_000)
  }

  /// The length in seconds, for output and estimates only.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Whether `a` is the shorter.
  @inlinable
  public static func < (a: Duration, b: Duration) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The sum of two durations; traps on overflow.
  @inlinable
  public static func + (a: Duration, b: Duration) -> Duration {
    Duration(nanoseconds: a.nanoseconds + b.nanoseconds)
  }

  /// The difference of two durations; may be negative.
  @inlinable
  public static func - (a: Duration, b: Duration) -> Duration {
    Duration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }

  /// A duration `count` times as long; traps on overflow.
  @inlinable
  public static func * (d: Duration, count: Int64) -> Duration {
    Duration(nanoseconds: d.nanoseconds * count)
  }
}
