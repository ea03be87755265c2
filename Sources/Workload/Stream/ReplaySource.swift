import SimulationKernel

/// A replay of recorded rows: any number of copies, each shifted around the trace's span, the last one
/// thinned, merged in order of time.
///
/// Copies share the rows; a copy is a row number and a time to add to the row's, so 400 copies of a
/// trace take 400 × 32 bytes beside it.
struct ReplaySource: Sendable {
  private struct Copy {
    var row: Int32
    /// Rows left before the copy ends; -1 for a copy that loops.
    var left: Int32
    /// Passes over the end of the rows so far.
    var pass: Int64
    /// What to add to the row's time, nanoseconds.
    var shift: Int64
  }

  private let rows: TraceRows
  /// Times in simulated nanoseconds.
  private let times: [Int64]
  private let span: Int64
  private let limit: Int64
  private var copies: [Copy]
  private var next: MergeTree
  private let thinning: KeyedStream
  /// The part of 2^64 below which the last copy's draws keep a row; `nil` where it keeps all.
  private let threshold: UInt64?

  init(
    _ rows: TraceRows, _ replay: TraceReplay, start: Int64, limit: Int64, shifts: KeyedStream,
    thinning: KeyedStream
  ) {
    self.rows = rows
    self.limit = limit
    self.thinning = thinning
    let scale = replay.timeScale
    // Dividing whole nanoseconds and rounding keeps the order of the rows.
    times = scale == 1 ? rows.times : rows.times.map { Self.scaled($0, by: scale) }
    span = max(Self.scaled(rows.span.nanoseconds, by: scale), times[times.count - 1] + 1)
    let (count, fraction) = replay.copies
    threshold = fraction.map { UInt64($0 * 0x1p64) }
    copies = []
    copies.reserveCapacity(count)
    next = MergeTree(count: count)
    for number in 0..<count {
      let shift = Self.shift(number, replay.copyShift, shifts) % span
      // Rows that the shift carries over the end of the span come first, one span earlier.
      let first = times.partitioningIndex { $0 >= span - shift }
      let wraps = first < times.count
      copies.append(
        Copy(
          row: Int32(wraps ? first : 0), left: replay.loops ? -1 : Int32(times.count), pass: 0,
          shift: start + shift - (wraps ? span : 0)))
    }
    for number in 0..<count { settle(number) }
  }

  /// The shift of a copy: none for the first, so that a plain replay is the trace itself.
  private static func shift(_ copy: Int, _ bound: Duration, _ draws: KeyedStream) -> Int64 {
    if copy == 0 || bound.nanoseconds == 0 { return 0 }
    return Int64(
      boundedInteger(draws.block(UInt64(copy)).0, below: UInt64(bound.nanoseconds)).value)
  }

  private static func scaled(_ time: Int64, by scale: Double) -> Int64 {
    scale == 1 ? time : nearestInteger(min(Double(time) / scale, 2e18))
  }

  /// When the next request comes, nanoseconds; `Int64.max` for never.
  var time: Int64 { next.time }

  /// The number of the next request.
  var index: UInt64 { index(of: next.winner) }

  /// The recorded lengths of the next request.
  var lengths: (prompt: Int32, output: Int32) {
    let row = Int(copies[next.winner].row)
    return (rows.promptTokens[row], rows.outputTokens[row])
  }

  /// Goes on to the next request.
  mutating func advance() {
    let copy = next.winner
    step(copy)
    settle(copy)
  }

  private func index(of copy: Int) -> UInt64 {
    let at = copies[copy]
    let ordinal = UInt64(bitPattern: at.pass) * UInt64(times.count) + UInt64(at.row)
    return UInt64(copy) << 40 | ordinal
  }

  /// Brings `copy` to the first row from where it stands that it keeps, and files its time.
  private mutating func settle(_ copy: Int) {
    while true {
      if copies[copy].left == 0 { break }
      let time = times[Int(copies[copy].row)] + copies[copy].shift
      if time >= limit { break }
      if keeps(copy) {
        next.update(copy, to: time)
        return
      }
      step(copy)
    }
    next.update(copy, to: Int64.max)
  }

  private func keeps(_ copy: Int) -> Bool {
    guard let threshold, copy == copies.count - 1 else { return true }
    return thinning.block(index(of: copy)).0 < threshold
  }

  private mutating func step(_ copy: Int) {
    if copies[copy].left > 0 { copies[copy].left -= 1 }
    copies[copy].row += 1
    if Int(copies[copy].row) == times.count {
      copies[copy].row = 0
      copies[copy].pass += 1
      copies[copy].shift += span
    }
  }
}

extension TraceReplay {
  /// Number of copies, and the part of its rows the last one keeps (`nil` for all).
  var copies: (count: Int, fraction: Double?) {
    let whole = Int(rateScale)
    let fraction = rateScale - Double(whole)
    return fraction > 0 ? (whole + 1, fraction) : (whole, nil)
  }
}
