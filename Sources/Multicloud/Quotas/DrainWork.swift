/// What a draining level could have drained up to a moment, and what of that it did not for being empty; exact,
/// in units of ``DrainingLevel``.
struct DrainWork: Hashable, Sendable {
  /// The rate in force × time.
  var possible: Int128 = 0
  /// Part of it in which there was nothing left to drain.
  var idle: Int128 = 0

  static func + (a: DrainWork, b: DrainWork) -> DrainWork {
    DrainWork(possible: a.possible + b.possible, idle: a.idle + b.idle)
  }

  static func += (a: inout DrainWork, b: DrainWork) { a = a + b }

  /// Share of what could drain since an earlier moment that did, 0 to 1; 1 where nothing could, because nothing
  /// more can be borne.
  func busyShare(since base: DrainWork) -> Double {
    let possible = possible - base.possible
    return possible == 0 ? 1 : 1 - Double(idle - base.idle) / Double(possible)
  }
}
