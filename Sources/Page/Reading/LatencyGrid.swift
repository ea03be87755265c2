/// Latencies at which shares of requests are counted: forty to a decade, from a microsecond to about
/// three hours (the preferred numbers R40 of ISO 3).
enum LatencyGrid {
  private static let steps: [Int64] = [
    100, 106, 112, 118, 125, 132, 140, 150, 160, 170, 180, 190, 200, 212, 224, 236, 250, 265, 280,
    300, 315, 335, 355, 375, 400, 425, 450, 475, 500, 530, 560, 600, 630, 670, 710, 750, 800, 850,
    900, 950,
  ]

  /// The limits in nanoseconds, rising.
  static let limits: [Int64] = {
    var limits: [Int64] = []
    var scale: Int64 = 10
    for _ in 0..<10 {
      limits += steps.map { $0 * scale }
      scale *= 10
    }
    return limits
  }()

  /// The first limit that a latency does not pass; the number of limits where it passes all.
  /// O(log limits).
  static func index(_ nanoseconds: Int64) -> Int {
    var (low, high) = (0, limits.count)
    while low < high {
      let middle = (low + high) / 2
      if limits[middle] < nanoseconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where a latency stands among the limits: between two of them in proportion.
  static func position(milliseconds: Double) -> Double {
    let value = milliseconds * 1e6
    let index = index(Int64(min(max(0, value), 9e17)))
    guard index > 0, index < limits.count else { return Double(min(index, limits.count - 1)) }
    let (below, above) = (Double(limits[index - 1]), Double(limits[index]))
    return Double(index - 1) + (value - below) / (above - below)
  }

  /// A limit as text: `250 ms`, `1.6 s`.
  static func label(_ index: Int) -> String {
    LatencyText.short(nanoseconds: Double(limits[index]))
  }
}

/// How many requests were within each latency of the grid.
struct LatencyShares: Sendable {
  private var counts = [Int](repeating: 0, count: LatencyGrid.limits.count + 1)
  /// Requests counted.
  private(set) var total = 0

  /// Counts a request.
  mutating func add(_ nanoseconds: Int64) {
    counts[LatencyGrid.index(nanoseconds)] += 1
    total += 1
  }

  /// Limits between which something happens: from the last that no more than one request in a thousand
  /// meets to the first that all but one in two thousand meet; `nil` where nothing was counted.
  var range: ClosedRange<Int>? {
    guard total > 0 else { return nil }
    var sum = 0
    var first = 0
    for (index, count) in counts.enumerated().dropLast() {
      sum += count
      if sum * 1000 <= total { first = index }
      if (total - sum) * 2000 <= total { return min(first, index)...index }
    }
    return first...(LatencyGrid.limits.count - 1)
  }

  /// The share of requests within each limit of a range.
  func shares(_ range: ClosedRange<Int>) -> [Double] {
    var sum = counts[..<range.lowerBound].reduce(0, +)
    return range.map { index in
      sum += counts[index]
      return total > 0 ? Double(sum) / Double(total) : 0
    }
  }
}
