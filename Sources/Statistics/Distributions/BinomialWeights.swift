/// The binomial law as far as doubles can tell it from 0, by ratios from its mode outward: no logarithm of a
/// factorial loses digits. O(√n) numbers.
struct BinomialWeights {
  private let first: Int
  private let weights: [Double]
  private let total: Double

  /// The number of successes of `n` trials of probability `p`, 0 < p < 1.
  init(_ n: Int, _ p: Double) {
    let mode = min(n, Int((Double(n + 1) * p).rounded(.down)))
    let odds = p / (1 - p)
    var below: [Double] = []
    var weight = 1.0
    var k = mode
    while k > 0, weight > 1e-25 {
      weight *= Double(k) / (Double(n - k + 1) * odds)
      below.append(weight)
      k -= 1
    }
    first = k
    var all = Array(below.reversed())
    all.append(1)
    weight = 1
    k = mode
    while k < n, weight > 1e-25 {
      weight *= Double(n - k) * odds / Double(k + 1)
      all.append(weight)
      k += 1
    }
    weights = all
    total = all.reduce(0, +)
  }

  /// The probability of a number of successes in a range.
  func probability(_ range: ClosedRange<Int>) -> Double {
    let low = max(range.lowerBound, first)
    let high = min(range.upperBound, first + weights.count - 1)
    guard low <= high else { return 0 }
    return weights[(low - first)...(high - first)].reduce(0, +) / total
  }
}
