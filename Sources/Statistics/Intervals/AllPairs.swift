/// Every alternative against every other on common random numbers, all intervals right at once.
///
/// Each of the k(k - 1)/2 paired intervals has the level 1 - α / (k(k - 1)/2): by Bonferroni's inequality all
/// cover together with probability 1 - α or more, whatever their dependence.
public struct AllPairs: Hashable, Sendable {
  /// One comparison: of `first` minus `second`.
  public struct Pair: Hashable, Sendable {
    /// Number of the one.
    public let first: Int
    /// Number of the other, which is larger.
    public let second: Int
    /// Their difference.
    public let difference: PairedDifference
  }

  /// The pairs by first, then second.
  public let pairs: [Pair]
  /// The confidence of all together.
  public let level: Double
  /// The confidence of each.
  public let levelOfEach: Double

  /// Compares; `nil` for fewer than two alternatives or replications. O(k² replications).
  ///
  /// - Parameter values: By alternative, then by replication.
  /// - Precondition: All alternatives have as many replications, in the same order of seeds.
  public init?(_ values: [[Double]], level: Double = 0.95) {
    let k = values.count
    guard k > 1, values[0].count > 1 else { return nil }
    let each = 1 - (1 - level) / Double(k * (k - 1) / 2)
    pairs = (0..<k).flatMap { i in
      (i + 1..<k).compactMap { j in
        PairedDifference(values[i], values[j], level: each).map {
          Pair(first: i, second: j, difference: $0)
        }
      }
    }
    self.level = level
    levelOfEach = each
  }
}
