/// A moment from which a small world's replica computes with other step times.
struct SmallProfileChange: Hashable, Sendable {
  /// Nanoseconds; the step in progress is not changed.
  var time: Int64
  /// Which step times: 0 for the world's first, `i` for the `i`-th other.
  var profile: Int
}
