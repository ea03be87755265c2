/// When a simulation looks at its sums.
public struct InvariantWatch: Hashable, Sendable {
  /// The first event after which all sums are checked, and after every one that follows; `nil` for
  /// the end of the run only.
  public var from: Int64?
  /// The last event after which they are; the run ends there, unless a law was broken before.
  public var until: Int64?
  /// Events between two checks.
  public var stride: Int64

  /// Sums are checked once, when the run ends.
  public static let end = InvariantWatch(from: nil)
  /// Sums are checked after every event: what a violation names broke the law. O(requests in flight
  /// and replicas) an event.
  public static let everyEvent = InvariantWatch(from: 1)

  /// Creates a watch.
  public init(from: Int64?, until: Int64? = nil, stride: Int64 = 1) {
    precondition(stride >= 1, "checks need a stride of at least one event")
    self.from = from
    self.until = until
    self.stride = stride
  }
}
