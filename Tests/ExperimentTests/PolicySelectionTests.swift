import Statistics
import Testing

/// The procedures of comparison on the simulator itself: routers of one fleet, on common random numbers.
@Suite("Comparing routers")
struct PolicySelectionTests {
  private static let policies = [
    "random", "round-robin", "least-outstanding-requests", "power-of-two",
  ]

  private func requestsInside(_ policy: String, seed: Int) throws -> Double {
    try TextbookFleet(
      replicas: 3, servers: 2, rate: 4.2, warmup: 20, measured: 60, policy: policy
    ).requestsInside(seed: UInt64(seed))
  }

  private func replications(_ policy: String, _ seeds: ClosedRange<Int>) throws -> [Double] {
    try seeds.map { try requestsInside(policy, seed: $0) }
  }

  @Test("the same seeds under two policies: correlated, and the difference known far better")
  func commonNumbers() throws {
    let shortest = try replications("least-outstanding-requests", 1...40)
    let random = try replications("random", 1...40)
    let strangers = try replications("random", 41...80)
    let paired = try #require(PairedDifference(random, shortest))
    let unrelated = try #require(PairedDifference(strangers, shortest))
    let (together, apart) = (try #require(paired.correlation), try #require(unrelated.correlation))
    #expect(together > 0.5, "\(together)")
    // Four standard deviations of the correlation of forty pairs that have nothing to do with each other.
    #expect(abs(apart) < 4 / 40.0.squareRoot(), "\(apart)")
    #expect(try #require(paired.varianceRatio) < 0.6)
    #expect(paired.isSignificant && paired.interval.estimate > 0)
    let welch = try #require(WelchDifference(SampleMoments(random), SampleMoments(shortest)))
    #expect(paired.interval.halfWidth < welch.interval.halfWidth)
  }

  @Test("the router with the fewest requests inside is selected, and no interval says otherwise")
  func selection() throws {
    var selection = KimNelson(
      alternatives: Self.policies.count, indifference: 0.2, bestIs: .smallest)
    while !selection.isFinished {
      let survivors = selection.survivors
      let seed = selection.replications + 1
      try selection.add(
        Self.policies.indices.map { i in
          survivors.contains(i) ? try requestsInside(Self.policies[i], seed: seed) : nil
        })
    }
    #expect(selection.selected == 2, "\(selection)")
    // Dropping the clearly worse saves their runs.
    #expect(selection.runs < Self.policies.count * selection.replications)
    let values = try Self.policies.map { try replications($0, 1...20) }
    let comparison = try #require(ComparisonWithBest(values, bestIs: .smallest))
    #expect(comparison.leader == 2 && comparison.possible.contains(2))
    #expect(!comparison.possible.contains(0))
  }
}
