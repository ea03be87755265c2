import Statistics
import Testing

@Suite("Intervals")
struct IntervalTests {
  static let a = [12.1, 10.4, 15.3, 9.8, 13.0]
  static let b = [11.0, 9.9, 14.1, 9.5, 11.8]

  @Test("the t interval of a sample by hand")
  func byHand() throws {
    let interval = try #require(ConfidenceInterval(SampleMoments([1, 2, 3, 4, 5])))
    // s² = 2.5, five numbers, t(4) = 2.776…
    #expect(isClose(interval.halfWidth, 2.7764451051977943578 * 0.5.squareRoot()))
    #expect(interval.estimate == 3 && interval.count == 5 && interval.level == 0.95)
    #expect(interval.contains(interval.lower) && !interval.contains(interval.upper + 1e-9))
    #expect(isClose(interval.relativeHalfWidth ?? 0, interval.halfWidth / 3))
    #expect(ConfidenceInterval(SampleMoments([1])) == nil)
    #expect(ConfidenceInterval(SampleMoments([-1, 1]))?.relativeHalfWidth == nil)
  }

  @Test("pairs on common numbers: 0.86 ± 0.531, against ± 2.961 for strangers")
  func differences() throws {
    let paired = try #require(PairedDifference(Self.a, Self.b))
    #expect(isClose(paired.interval.estimate, 0.86))
    #expect(isClose(paired.interval.halfWidth, 0.5311652244374344))
    #expect(paired.isSignificant)
    let welch = try #require(WelchDifference(SampleMoments(Self.a), SampleMoments(Self.b)))
    #expect(isClose(welch.interval.estimate, 0.86))
    #expect(isClose(welch.interval.halfWidth, 2.960727176963687))
    #expect(isClose(welch.degrees, 7.7499282586903835))
    #expect(!welch.isSignificant)
    #expect(try #require(paired.correlation) > 0.98)
    #expect(try #require(paired.varianceRatio) < 0.06)
  }

  @Test("the correlation that common random numbers make is found, and what it saves")
  func correlation() throws {
    for rho in [0.0, 0.5, 0.9] {
      var systems = SyntheticSystems(
        means: [3, 1], deviations: [2, 2], correlation: rho, seed: 5)
      let values = systems.sample(20_000)
      let paired = try #require(PairedDifference(values[0], values[1]))
      #expect(abs(try #require(paired.correlation) - rho) < 0.02)
      #expect(abs(try #require(paired.varianceRatio) - (1 - rho)) < 0.02)
    }
    #expect(PairedDifference([1, 1], [2, 2])?.correlation == nil)
  }

  @Test("strangers of unequal variance are covered as often as promised")
  func welchCoverage() throws {
    var covered = 0
    var systems = SyntheticSystems(means: [1, 0], deviations: [1, 5], seed: 8)
    for _ in 0..<2000 {
      let values = systems.sample(8)
      let welch = try #require(
        WelchDifference(SampleMoments(values[0]), SampleMoments(values[1].prefix(6))))
      if welch.interval.contains(1) { covered += 1 }
    }
    #expect((0.93...0.97).contains(Double(covered) / 2000), "\(covered)")
  }

  @Test("all pairs at once, each at its share of the level")
  func allPairs() throws {
    var right = 0
    var systems = SyntheticSystems(
      means: [0, 1, 2, 3], deviations: [1, 2, 1, 3], correlation: 0.5, seed: 11)
    for _ in 0..<1000 {
      let all = try #require(AllPairs(systems.sample(10)))
      #expect(all.pairs.count == 6)
      #expect(isClose(all.levelOfEach, 1 - 0.05 / 6))
      if all.pairs.allSatisfy({
        $0.difference.interval.contains(Double($0.first - $0.second))
      }) {
        right += 1
      }
    }
    #expect(Double(right) / 1000 >= leastShare(0.95, 1000), "\(right)")
  }

  @Test("the least number of replications that is enough, and one fewer is not")
  func replications() throws {
    let pilot = SampleMoments([10, 12, 9, 14, 11, 10])
    for target in [0.1, 0.5, 1, 3, 20] {
      let plan = try #require(ReplicationsNeeded(pilot: pilot, target: .absolute(target)))
      func width(_ n: Int) -> Double {
        StudentT.critical(level: 0.95, degrees: Double(n - 1)) * pilot.deviation
          / Double(n).squareRoot()
      }
      #expect(width(plan.count) <= target)
      #expect(plan.count == 2 || width(plan.count - 1) > target)
      #expect(isClose(plan.halfWidth, width(plan.count)))
    }
    let share = ReplicationsNeeded(pilot: pilot, target: .relative(0.05))
    #expect(share == ReplicationsNeeded(pilot: pilot, target: .absolute(0.05 * pilot.mean)))
    let error = try #require(ReplicationsNeeded(pilot: pilot, target: .relativeError(0.05)))
    #expect(error.count > (share?.count ?? .max))
    #expect(ReplicationsNeeded(pilot: SampleMoments([4, 4]), target: .absolute(1))?.count == 2)
    #expect(ReplicationsNeeded(pilot: SampleMoments([-1, 1]), target: .relative(0.1)) == nil)
    #expect(ReplicationsNeeded(pilot: SampleMoments([1]), target: .absolute(1)) == nil)
  }

  @Test("ranks around a 99 % quantile, with their exact coverage")
  func ranks() throws {
    let many = try #require(QuantileRanks(observations: 10_000, probability: 0.99))
    #expect(many.lower == 9880 && many.upper == 9920)
    // By scipy.stats.binom.
    #expect(isClose(many.coverage, 0.9557546828065552, 1e-11))
    let few = try #require(QuantileRanks(observations: 1000, probability: 0.99))
    #expect(few.lower == 983 && few.upper == 997)
    #expect(isClose(few.coverage, 0.976094763497977, 1e-11))
    // 1 - 2 · 0.5^n is 0.9375 for five and 0.96875 for six.
    #expect(QuantileRanks(observations: 5, probability: 0.5) == nil)
    let six = try #require(QuantileRanks(observations: 6, probability: 0.5))
    #expect(six.lower == 1 && six.upper == 6 && isClose(six.coverage, 0.96875))
    #expect(QuantileRanks(observations: 1, probability: 0.5) == nil)
  }

  /// P(r ≤ B < s) term by term from B = 0; for numbers of trials whose first term is not 0.
  private func enclosed(_ n: Int, _ p: Double, _ r: Int, _ s: Int) -> Double {
    var term = (0..<n).reduce(1.0) { product, _ in product * (1 - p) }
    var sum = 0.0
    for k in 0..<s {
      if k >= r { sum += term }
      term *= Double(n - k) * p / (Double(k + 1) * (1 - p))
    }
    return sum
  }

  @Test("ranks cover enough, not far too much, and enclose quantiles as often as they say")
  func ranksOfSamples() throws {
    for n in [60, 100, 137, 500] {
      for p in [0.1, 0.3, 0.5, 0.7, 0.9] where p != 0.9 || n == 100 || n == 137 {
        let ranks = try #require(QuantileRanks(observations: n, probability: p))
        #expect(ranks.coverage >= 0.95)
        #expect(isClose(ranks.coverage, enclosed(n, p, ranks.lower, ranks.upper), 1e-11))
        // Two ranks fewer would not do.
        #expect(enclosed(n, p, ranks.lower + 1, ranks.upper - 1) < 0.95, "\(n) \(p) \(ranks)")
      }
    }
    let ranks = try #require(QuantileRanks(observations: 50, probability: 0.8))
    var systems = SyntheticSystems(means: [0], deviations: [1], seed: 3)
    let inside = (0..<4000).filter { _ in
      let sorted = systems.sample(50)[0].sorted()
      let quantile = Normal.quantile(0.8)
      return sorted[ranks.lower - 1] <= quantile && quantile <= sorted[ranks.upper - 1]
    }.count
    #expect(abs(Double(inside) / 4000 - ranks.coverage) < 0.012, "\(inside) \(ranks.coverage)")
  }
}
