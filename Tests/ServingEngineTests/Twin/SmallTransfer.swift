/// A cache that comes from another engine.
struct SmallTransfer: Hashable, Sendable {
  /// From the moment there are blocks for it until it is there, nanoseconds, at least 1.
  var delay: Int64
  /// Whether the first output token comes with it.
  var bringsFirstToken: Bool
}
