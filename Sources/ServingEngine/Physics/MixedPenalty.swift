/// How much slower decode attention runs inside a step that also prefills, for one ratio of query
/// heads to KV heads, by number of decoding sequences.
public struct MixedPenalty: Hashable, Sendable {
  /// A measured point.
  public struct Point: Hashable, Sendable {
    /// Sequences that decode in the step.
    public var decodes: Int
    /// Factor on the time of reading the KV cache, at least 1.
    public var factor: Double

    /// Creates a point.
    public init(decodes: Int, factor: Double) {
      self.decodes = decodes
      self.factor = factor
    }
  }

  /// Query heads that share one KV head.
  public var groupSize: Int
  /// Measured points by rising number of decodes.
  public var points: [Point]

  /// Creates a penalty from points with strictly rising `decodes`.
  public init(groupSize: Int, points: [Point]) {
    precondition(zip(points, points.dropFirst()).allSatisfy { $0.decodes < $1.decodes })
    self.groupSize = groupSize
    self.points = points
  }

  /// Factors for 0, 1, … decodes up to the last point or `maxSequences`, linear between points
  /// and flat outside; empty where there are no points.
  public func table(maxSequences: Int) -> [Double] {
    guard let first = points.first, let last = points.last else { return [] }
    var table: [Double] = []
    var next = 0
    for decodes in 0...min(maxSequences, last.decodes) {
      while points[next].decodes < decodes { next += 1 }
      let high = points[next]
      if next == 0 || high.decodes == decodes {
        table.append(decodes < first.decodes ? first.factor : high.factor)
      } else {
        let low = points[next - 1]
        let share = Double(decodes - low.decodes) / Double(high.decodes - low.decodes)
        table.append(low.factor + (high.factor - low.factor) * share)
      }
    }
    return table
  }
}
