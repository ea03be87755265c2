/// The exact integral over time of a whole number that changes at events: queue lengths, busy
/// accelerators, tokens held.
///
/// The integral is kept as a 128-bit count of value-nanoseconds, so it does not depend on how often
/// or in which grouping it was updated, and is divided once, when a mean is asked for.
@frozen
public struct TimeWeighted: Sendable {
  @usableFromInline var accumulated: Int128
  @usableFromInline var held: Int64
  @usableFromInline var peak: Int64
  @usableFromInline var begun: SimTime
  @usableFromInline var updated: SimTime

  /// Starts recording `value` at `start`.
  @inlinable
  public init(_ value: Int64 = 0, at start: SimTime = .zero) {
    accumulated = 0
    held = value
    peak = value
    begun = start
    updated = start
  }

  /// The value since the last update.
  @inlinable
  public var value: Int64 { held }

  /// The largest value held so far, however briefly.
  @inlinable
  public var maximum: Int64 { peak }

  /// When the recording began.
  @inlinable
  public var start: SimTime { begun }

  /// When the value was last updated.
  @inlinable
  public var lastUpdate: SimTime { updated }

  /// Sets the value from `time` on.
  ///
  /// - Precondition: `time` is not before the last update.
  @inlinable
  public mutating func update(to value: Int64, at time: SimTime) {
    accumulated = integral(to: time)
    updated = time
    held = value
    if value > peak { peak = value }
  }

  /// Adds `change` to the value from `time` on.
  @inlinable
  public mutating func add(_ change: Int64, at time: SimTime) {
    update(to: held + change, at: time)
  }

  /// Forgets what went before `time` and goes on with the value held there: the end of a warm-up.
  public mutating func restart(at time: SimTime) {
    precondition(time >= updated, "a recording cannot restart in its past")
    self = TimeWeighted(held, at: time)
  }

  /// The integral from the start to `time`, in value-nanoseconds.
  ///
  /// - Precondition: `time` is not before the last update.
  @inlinable
  public func integral(to time: SimTime) -> Int128 {
    let elapsed = time.nanoseconds - updated.nanoseconds
    precondition(elapsed >= 0, "time-weighted values are updated in order of time")
    let product = held.multipliedFullWidth(by: elapsed)
    return accumulated + (Int128(product.high) << 64 | Int128(product.low))
  }

  /// The mean over `begin` to `end`; what was before the recording began counts as zero.
  ///
  /// - Precondition: `begin` is not after the start, `end` not before the last update, and `begin`
  ///   is before `end`.
  public func mean(from begin: SimTime, to end: SimTime) -> Double {
    precondition(begin <= begun && begin < end, "a mean needs a window that covers the recording")
    return Double(integral(to: end)) / Double((end - begin).nanoseconds)
  }
}
