/// Weights turned into 64-bit thresholds, so that a weighted choice is a binary search in integers.
struct CumulativeShares: Sendable {
  private let thresholds: [UInt64]

  /// - Precondition: at least one weight is positive, none is negative.
  init(_ weights: [Double]) {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0)
      total += weight
    }
    precondition(total > 0, "weights must not all be zero")
    var sum = 0.0
    thresholds = weights.map { weight in
      sum += weight
      let share = sum / total
      return share >= 1 ? UInt64.max : UInt64(share * 0x1p64)
    }
  }

  /// The entry in whose share `bits` falls. O(log count).
  func index(_ bits: UInt64) -> Int {
    var low = 0
    var high = thresholds.count - 1
    while low < high {
      let middle = (low + high) >> 1
      if bits < thresholds[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
