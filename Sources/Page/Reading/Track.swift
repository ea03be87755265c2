/// How the minutes of a bin become one number.
enum Reduction: Hashable, Sendable {
  /// Their sum.
  case sum
  /// Their sum by the minutes of the bin.
  case perMinute
  /// Their mean, each with its weight.
  case mean
  /// The highest of them, so that no extreme is lost.
  case largest

  /// What it does, for the reader: `each point is …`.
  func words(_ bins: TimeBins) -> String {
    switch self {
    case .sum: "each point is the sum of \(bins.words)"
    case .perMinute, .mean: "each point is the mean of \(bins.words)"
    case .largest:
      bins.width == 1
        ? "each point is a minute" : "each point is the highest within \(bins.words)"
    }
  }
}

/// One quantity of one thing over time, bin by bin.
struct Track: Sendable {
  private var sums: [Double]
  private var weights: [Double]
  private var tops: [Double]

  init(_ bins: TimeBins) {
    sums = [Double](repeating: 0, count: bins.count)
    weights = sums
    tops = [Double](repeating: -.infinity, count: bins.count)
  }

  /// Takes a value of a bin in.
  mutating func add(_ value: Double, weight: Double = 1, in bin: Int) {
    // A run of no time has no bin.
    guard sums.indices.contains(bin) else { return }
    sums[bin] += value * weight
    weights[bin] += weight
    tops[bin] = max(tops[bin], value)
  }

  /// Takes everything of another track in.
  mutating func merge(_ other: Track) {
    for bin in sums.indices {
      sums[bin] += other.sums[bin]
      weights[bin] += other.weights[bin]
      tops[bin] = max(tops[bin], other.tops[bin])
    }
  }

  /// The values by bin; `nil` where nothing was taken in.
  func values(_ reduction: Reduction, _ bins: TimeBins) -> [Double?] {
    sums.indices.map { bin in
      guard tops[bin] > -.infinity else { return nil }
      switch reduction {
      case .sum: return sums[bin]
      case .perMinute: return sums[bin] / Double(bins.length(bin))
      case .mean: return weights[bin] > 0 ? sums[bin] / weights[bin] : nil
      case .largest: return tops[bin]
      }
    }
  }
}
