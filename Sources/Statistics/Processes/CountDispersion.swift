/// How unevenly events come, seen through windows of one length: the index of dispersion of counts, their
/// variance over their mean. 1 for a Poisson process at any window; above where events come in bursts.
///
/// Source: D. R. Cox and P. A. W. Lewis, The statistical analysis of series of events, 1966, ch. 4.
public struct CountDispersion: Hashable, Sendable {
  /// Length of a window, in the unit of the times.
  public let window: Int64
  /// Whole windows from the first event to the last.
  public let windows: Int
  /// Mean number of events in a window.
  public let mean: Double
  /// Variance over mean; 0 where no window has an event.
  public let index: Double
  /// Correlation of a window's count with the next one's; `nil` where all counts are the same or there
  /// are fewer than three windows.
  public let nextCorrelation: Double?

  /// Most windows that are counted: the seconds of 400 days.
  public static let mostWindows = 400 * 86_400

  /// Counts events in whole windows from the first on; `nil` where there are fewer than two windows, or more
  /// than ``mostWindows``.
  ///
  /// - Complexity: O(n + windows), no memory for the counts.
  /// - Precondition: times rise, the window is positive.
  public init?(times: [Int64], window: Int64) {
    precondition(window > 0)
    guard let first = times.first, let last = times.last else { return nil }
    let windows = Int((last - first) / window)
    guard windows >= 2, windows <= Self.mostWindows else { return nil }
    var row = 0
    var moments = SampleMoments()
    var products = 0.0
    var before: Double?
    var edges = (first: 0.0, last: 0.0)
    for number in 0..<windows {
      let end = first + Int64(number + 1) * window
      let start = row
      while row < times.count, times[row] < end { row += 1 }
      let count = Double(row - start)
      if let before { products += before * count } else { edges.first = count }
      edges.last = count
      before = count
      moments.add(count)
    }
    self.window = window
    self.windows = windows
    mean = moments.mean
    index = mean > 0 ? moments.variance / mean : 0
    // Σ (x − m)(y − m) over neighbours, with the sums of all but the last and all but the first.
    let n = Double(windows)
    let sum = mean * n
    let covariance =
      products - mean * (sum - edges.last) - mean * (sum - edges.first) + (n - 1) * mean * mean
    let squares = moments.variance * (n - 1)
    nextCorrelation = windows > 2 && squares > 0 ? covariance / squares : nil
  }

  /// How far the index of a Poisson process strays by chance, one standard deviation: `√(2 / (n − 1))`.
  public var chance: Double { (2 / Double(windows - 1)).squareRoot() }
}
