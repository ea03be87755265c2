import Statistics
import Testing

@Suite("Comparison with the best")
struct ComparisonWithBestTests {
  private static let values = [[4.0, 6, 5, 5], [5.0, 8, 6, 5], [9.0, 11, 10, 10]]

  @Test("two alternatives: a one-sided paired t, held to its side of 0")
  func two() throws {
    let (a, b) = (Self.values[0], Self.values[1])
    let pair = try #require(PairedDifference(a, b, level: 0.9))
    let best = try #require(ComparisonWithBest([a, b], bestIs: .smallest))
    #expect(isClose(best.distances[0].estimate, -1) && isClose(best.distances[1].estimate, 1))
    // The one-sided 95 % limit is the two-sided one of 90 %.
    #expect(isClose(best.distances[0].lower, -1 - pair.interval.halfWidth))
    #expect(isClose(best.distances[0].upper, max(0, -1 + pair.interval.halfWidth)))
    #expect(best.leader == 0 && best.possible.contains(0))
  }

  @Test("turning the sign of everything turns the intervals around")
  func mirrored() throws {
    for kind in [ComparisonWithBest.Kind.constrained, .unconstrained] {
      let least = try #require(ComparisonWithBest(Self.values, bestIs: .smallest, kind: kind))
      let most = try #require(
        ComparisonWithBest(Self.values.map { $0.map { -$0 } }, bestIs: .largest, kind: kind))
      #expect(least.possible == most.possible && least.leader == most.leader)
      for (x, y) in zip(least.distances, most.distances) {
        #expect(x.lower == -y.upper && x.upper == -y.lower && x.estimate == -y.estimate)
      }
    }
  }

  @Test("a clear winner is the only one possible, and the others are at most so far off")
  func winner() throws {
    let values = [[1.0, 1.2, 0.9, 1.1], [3.0, 3.1, 3.1, 2.9], [5.0, 5.2, 5.1, 5.3]]
    let best = try #require(ComparisonWithBest(values, bestIs: .smallest))
    #expect(best.possible == [0] && best.leader == 0)
    #expect(best.distances[0].upper == 0 && best.distances[0].lower < -1.9)
    #expect(best.distances[1].lower == 0 && best.distances[1].upper > 1.97)
    // Beside the one possible best the second has no say in how far off the third may be.
    #expect(best.distances[2].upper > 4.1 && best.distances[2].lower == 0)
    let both = try #require(ComparisonWithBest(values, bestIs: .smallest, kind: .unconstrained))
    #expect(both.possible == [0] && both.distances[0].upper < 0 && both.distances[1].lower > 0)
  }

  @Test("the same numbers twice: both may be best")
  func equals() throws {
    let best = try #require(
      ComparisonWithBest([[1, 2, 4], [1, 2, 4], [9, 9, 9.5]], bestIs: .smallest))
    #expect(best.possible == [0, 1] && best.leader == 0)
    #expect(best.distances[0].lower == 0 && best.distances[0].upper == 0)
    #expect(ComparisonWithBest([[1, 2]], bestIs: .largest) == nil)
    #expect(ComparisonWithBest([[1], [2]], bestIs: .largest) == nil)
  }

  @Test(
    "all intervals hold together as often as promised",
    arguments: [ComparisonWithBest.Kind.constrained, .unconstrained],
    [[0.0, 0, 0, 0], [1, 0.9, 0, 0.5]])
  func coverage(kind: ComparisonWithBest.Kind, means: [Double]) throws {
    for correlation in [0.0, 0.7] {
      var systems = SyntheticSystems(
        means: means, deviations: [1, 2, 0.5, 1.5], correlation: correlation, seed: 31)
      var (all, kept) = (0, 0)
      for _ in 0..<1000 {
        let best = try #require(
          ComparisonWithBest(systems.sample(8), bestIs: .largest, kind: kind))
        let holds = means.indices.allSatisfy { i in
          let others = means.indices.filter { $0 != i }.map { means[$0] }.max() ?? 0
          let distance = best.distances[i]
          return distance.lower <= means[i] - others && means[i] - others <= distance.upper
        }
        if holds { all += 1 }
        if best.possible.contains(0) { kept += 1 }
      }
      #expect(Double(all) / 1000 >= leastShare(0.95, 1000), "\(all)")
      #expect(Double(kept) / 1000 >= leastShare(0.95, 1000), "\(kept)")
    }
  }
}
