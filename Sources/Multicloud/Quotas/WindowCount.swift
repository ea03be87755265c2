/// A count that starts again at every multiple of a width of simulated time.
///
/// An instant at an edge belongs to the window that begins there.
struct WindowCount {
  let width: Int64
  private var count: Int64 = 0
  private var start: Int64 = 0
  private var end: Int64

  /// Creates a count over windows of `width` nanoseconds; `Int64.max` is one window for ever.
  init(width: Int64) {
    precondition(width > 0)
    self.width = width
    end = width
  }

  /// The count of the window of `now`.
  @inline(__always)
  func count(at now: Int64) -> Int64 {
    assert(now >= start)
    return now < end ? count : 0
  }

  /// Time from `now` to the end of its window; `Int64.max` if it has none.
  func timeToEdge(at now: Int64) -> Int64 {
    if width == Int64.max { return Int64.max }
    return now < end ? end - now : width - now % width
  }

  /// Adds to the window of `now`.
  @inline(__always)
  mutating func add(_ amount: Int64, at now: Int64) {
    if now >= end { roll(to: now) }
    count += amount
  }

  /// Corrects the present count for what was added at `time`, unless that window is over.
  @inline(__always)
  mutating func correct(_ amount: Int64, addedAt time: Int64, at now: Int64) {
    if now >= end { roll(to: now) }
    if time >= start { count += amount }
    assert(count >= 0)
  }

  private mutating func roll(to now: Int64) {
    count = 0
    start = now - now % width
    let (sum, overflow) = start.addingReportingOverflow(width)
    end = overflow ? Int64.max : sum
  }
}
