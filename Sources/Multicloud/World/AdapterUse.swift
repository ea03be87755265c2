import SimulationKernel

/// With which adapters of the model a workload's requests are served.
public struct AdapterUse: Hashable, Sendable {
  /// Number of the first of its adapters among those of all workloads.
  public let first: Int
  /// The share of each adapter and those before it, of the requests that have one; the last is 1.
  public let cumulative: [Double]
  /// Share of requests that are served with the model alone.
  public let plainShare: Double

  /// Creates the use of as many adapters as there are weights.
  ///
  /// - Precondition: no weight is negative and one is positive; the share is between 0 and 1.
  public init(first: Int, weights: [Double], plainShare: Double = 0) {
    precondition(plainShare >= 0 && plainShare <= 1)
    self.first = first
    self.plainShare = plainShare
    let total = weights.reduce(0, +)
    precondition(total > 0 && weights.allSatisfy { $0 >= 0 })
    var sum = 0.0
    var cumulative = weights.map { weight in
      sum += weight
      return sum / total
    }
    cumulative[cumulative.count - 1] = 1
    self.cumulative = cumulative
  }

  /// Weights of `count` adapters by Zipf's law: the `i`-th most popular counts as `i^-exponent`.
  public static func zipf(count: Int, exponent: Double) -> [Double] {
    (1...count).map { DeterministicMath.pow(Double($0), -exponent) }
  }

  /// The adapter of a request; -1 for none. O(log adapters).
  func adapter(_ draws: (UInt64, UInt64)) -> Int32 {
    if plainShare > 0, unitInterval(draws.0) < plainShare { return -1 }
    let u = unitInterval(draws.1)
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > u { high = middle } else { low = middle + 1 }
    }
    return Int32(truncatingIfNeeded: first + low)
  }
}
