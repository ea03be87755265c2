import SimulationKernel

/// Requests a second by bins of time, from the samples of several pools.
///
/// A sample that reaches over the edge of a bin counts for both by the time it has in each. A bin is complete
/// when every pool has been read past its end; the first one, where the run begins inside it, counts by the
/// part that was seen.
struct LoadBins: Sendable {
  private let length: Int64
  private let begin: Int64
  /// Requests in ``next`` and the bins after it.
  private var arrivals: [Double] = []
  /// When each pool was last read.
  private var read: [Int64]

  /// The first bin that is not taken out yet, counted from the time of day zero.
  private(set) var next: Int64

  /// - Parameters:
  ///   - length: Length of a bin.
  ///   - begin: Time of day at which the run begins.
  ///   - pools: Number of pools.
  init(length: Duration, begin: Duration, pools: Int) {
    precondition(length > .zero && pools > 0)
    self.length = length.nanoseconds
    self.begin = begin.nanoseconds
    read = Array(repeating: 0, count: pools)
    next = begin.nanoseconds / length.nanoseconds
  }

  /// The bin that a moment lies in.
  func index(of time: SimTime) -> Int64 { (time.nanoseconds + begin) / length }

  /// Takes in a sample of a pool. O(bins it reaches over).
  mutating func take(_ sample: PoolSample, of pool: Int) {
    read[pool] = sample.time.nanoseconds
    guard sample.length > .zero else { return }
    let end = sample.time.nanoseconds + begin
    let start = end - sample.length.nanoseconds
    var bin = max(next, start / length)
    while bin * length < end {
      let part = min(end, (bin + 1) * length) - max(start, bin * length)
      while arrivals.count <= Int(bin - next) { arrivals.append(0) }
      arrivals[Int(bin - next)] +=
        Double(sample.arrivals) * Double(part) / Double(sample.length.nanoseconds)
      bin += 1
    }
  }

  /// The rate of the next bin, requests a second, where it is complete; takes it out.
  mutating func popComplete() -> Double? {
    let end = (next + 1) * length - begin
    guard let slowest = read.min(), slowest >= end else { return nil }
    let seen = min(length, end)
    let count = arrivals.isEmpty ? 0 : arrivals.removeFirst()
    next += 1
    return count / Duration(nanoseconds: seen).seconds
  }
}
