/// The death of a small world's replica, which serves again from then on.
struct SmallFailure: Hashable, Sendable {
  /// Nanoseconds.
  var time: Int64
  /// Whether it comes before what arrives and what is cancelled in the same nanosecond.
  var isEarly: Bool
}
