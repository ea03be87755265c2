/// Counts of whole numbers (nanoseconds, tokens) in buckets whose width grows with the value.
///
/// A value's bucket is its leading eight bits: below 256 every number has its own bucket, above
/// that a bucket is at most 1/128 (0.79 %) of its lower bound wide. Only shifts, no logarithm; counts
/// are whole numbers, so merging is addition and any grouping of any parts gives the same histogram.
/// Count, sum, minimum and maximum are exact.
///
/// Size: one allocation of 7,296 buckets (57 KiB) for the full range, less with a smaller `largest`.
@frozen
public struct LogLinearHistogram: Sendable, Equatable {
  @usableFromInline var buckets: [Int64]
  @usableFromInline var lastBucket: Int
  @usableFromInline var recorded: Int64
  @usableFromInline var total: Int128
  @usableFromInline var smallest: Int64
  @usableFromInline var largestRecorded: Int64

  /// Creates an empty histogram.
  ///
  /// Values above `largest` are counted in the last bucket; count, sum and maximum stay exact.
  ///
  /// - Precondition: `largest` is positive.
  public init(largest: Int64 = .max) {
    precondition(largest > 0, "a histogram needs room for more than zero")
    lastBucket = Self.bucket(of: largest)
    buckets = [Int64](repeating: 0, count: lastBucket + 1)
    recorded = 0
    total = 0
    smallest = .max
    largestRecorded = .min
  }

  /// How many values were recorded.
  @inlinable
  public var count: Int64 { recorded }

  /// The sum of the recorded values.
  @inlinable
  public var sum: Int128 { total }

  /// The smallest recorded value, or `nil` where there is none.
  public var minimum: Int64? { count == 0 ? nil : smallest }

  /// The largest recorded value, or `nil` where there is none.
  public var maximum: Int64? { count == 0 ? nil : largestRecorded }

  /// The mean of the recorded values, or `nil` where there is none; exact but for one rounding.
  public var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  /// Counts `value`.
  ///
  /// - Precondition: `value` is not negative.
  @inlinable
  public mutating func record(_ value: Int64) {
    precondition(value >= 0, "a histogram counts numbers from zero up")
    buckets[min(Self.bucket(of: value), lastBucket)] &+= 1
    add(count: 1, sum: Int128(value), minimum: value, maximum: value)
  }

  /// Counts `value` as if it had come `times` times.
  ///
  /// - Precondition: neither is negative.
  @inlinable
  public mutating func record(_ value: Int64, times: Int64) {
    precondition(value >= 0 && times >= 0, "a histogram counts numbers from zero up")
    if times == 0 { return }
    buckets[min(Self.bucket(of: value), lastBucket)] &+= times
    add(count: times, sum: Int128(value) * Int128(times), minimum: value, maximum: value)
  }

  /// Adds everything another histogram counted.
  ///
  /// - Precondition: both were created with the same `largest`.
  /// - Complexity: O(buckets).
  public mutating func merge(_ other: LogLinearHistogram) {
    precondition(lastBucket == other.lastBucket, "histograms of different ranges cannot merge")
    for i in buckets.indices { buckets[i] &+= other.buckets[i] }
    add(
      count: other.count, sum: other.sum, minimum: other.smallest, maximum: other.largestRecorded)
  }

  /// The value below or at which the fraction `q` of all values lies, by nearest rank; `nil` where
  /// nothing was recorded.
  ///
  /// The value of rank ⌈q·count⌉ lies in some bucket; the answer is where it would lie were the
  /// bucket's values spread evenly over it, in whole numbers, held between the exact minimum and
  /// maximum. It differs from the exact nearest-rank value by less than 1/128 (0.79 %) of it, usually
  /// by far less, and by nothing below 256 (above `largest` this does not hold). Were it the bucket's
  /// middle, a change of 1 % would show as none, as 0.8 % or as 1.6 %.
  ///
  /// - Precondition: `q` is in 0 ... 1.
  /// - Complexity: O(buckets).
  public func quantile(_ q: Double) -> Int64? {
    precondition(q >= 0 && q <= 1, "a quantile is a fraction of 0 ... 1")
    if count == 0 { return nil }
    let exact = q * Double(count)
    // 0.07 × 100 is a hair above 7; a rank that close to a whole number is that number.
    let below = Int64(exact)
    let rank = exact - Double(below) <= exact * 0x1p-50 ? below : below + 1
    return value(ofRank: min(max(rank, 1), count))
  }

  private func value(ofRank rank: Int64) -> Int64 {
    // The extremes are known exactly.
    if rank == 1 { return smallest }
    if rank == count { return largestRecorded }
    var seen: Int64 = 0
    for (i, n) in buckets.enumerated() where n > 0 {
      if seen + n >= rank {
        let value = Self.place(rank - seen, of: n, inBucket: i)
        return min(max(value, smallest), largestRecorded)
      }
      seen += n
    }
    preconditionFailure("bucket counts and total count disagree")
  }

  /// Calls `body` with the lower bound, upper bound (inclusive) and count of each bucket that is
  /// not empty, from small to large.
  public func forEachBucket(
    _ body: (_ lower: Int64, _ upper: Int64, _ count: Int64) -> Void
  ) {
    for (i, n) in buckets.enumerated() where n > 0 {
      let lower = Self.lowerBound(ofBucket: i)
      body(lower, lower + (Self.width(ofBucket: i) - 1), n)
    }
  }

  @inlinable
  mutating func add(count: Int64, sum: Int128, minimum: Int64, maximum: Int64) {
    recorded &+= count
    total &+= sum
    if minimum < smallest { smallest = minimum }
    if maximum > largestRecorded { largestRecorded = maximum }
  }

  @inlinable
  static func bucket(of value: Int64) -> Int {
    // Below 256 the shift is zero and the bucket is the value itself; from there on each doubling
    // adds 128 buckets, picked by the seven bits after the leading one.
    let shift = 56 - (value | 0x80).leadingZeroBitCount
    return shift &<< 7 &+ Int(truncatingIfNeeded: value &>> Int64(truncatingIfNeeded: shift))
  }

  static func width(ofBucket bucket: Int) -> Int64 {
    bucket < 256 ? 1 : 1 << Int64(bucket / 128 - 1)
  }

  static func lowerBound(ofBucket bucket: Int) -> Int64 {
    bucket < 256 ? Int64(bucket) : Int64(bucket % 128 + 128) << Int64(bucket / 128 - 1)
  }

  /// Where the value of a rank, from 1, lies among `count` that share a bucket evenly: in the middle
  /// of the rank's part of it. Exact whole numbers, rounded down.
  static func place(_ rank: Int64, of count: Int64, inBucket bucket: Int) -> Int64 {
    let part = Int128(width(ofBucket: bucket) - 1) * Int128(2 * rank - 1) / Int128(2 * count)
    return lowerBound(ofBucket: bucket) + Int64(part)
  }
}
