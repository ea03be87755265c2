/// A law on given values with relative weights, drawn from by inversion.
public struct EmpiricalDistribution: Hashable, Sendable {
  /// The values, ascending, without repeats.
  public let values: [Double]
  /// The probability of each value or a smaller one; the last is exactly 1.
  public let cumulative: [Double]

  /// Creates the law in which each value is as likely as its share of the weights.
  ///
  /// Values may come in any order and more than once; values of weight zero are dropped.
  ///
  /// - Precondition: as many weights as values, none negative or infinite, at least one positive.
  /// - Complexity: O(n log n).
  public init(values: [Double], weights: [Double]) {
    precondition(values.count == weights.count, "every value needs one weight")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var distinct: [Double] = []
    var sums: [Double] = []
    var total = 0.0
    for i in order {
      let weight = weights[i]
      precondition(weight >= 0 && weight < Double.infinity, "weights are finite and not negative")
      if weight == 0 { continue }
      total += weight
      if distinct.last == values[i] {
        sums[sums.count - 1] = total
      } else {
        distinct.append(values[i])
        sums.append(total)
      }
    }
    precondition(total > 0, "at least one weight must be positive")
    self.values = distinct
    cumulative = sums.map { $0 / total }
  }

  /// The smallest value whose cumulative probability is not below `u`.
  ///
  /// - Complexity: O(log n).
  public func quantile(_ u: Double) -> Double {
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < u { low = middle + 1 } else { high = middle }
    }
    return values[low]
  }

  /// The mean of `power` of a draw: 1 for the mean, 2 for the mean square.
  public func moment(_ power: Int) -> Double {
    var sum = 0.0
    var before = 0.0
    for (value, upTo) in zip(values, cumulative) {
      var term = upTo - before
      for _ in 0..<power { term *= value }
      sum += term
      before = upTo
    }
    return sum
  }

  /// The probability of a value above `x`.
  ///
  /// - Complexity: O(log n).
  public func probability(above x: Double) -> Double {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : 1 - cumulative[low - 1]
  }
}
