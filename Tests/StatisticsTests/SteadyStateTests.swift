import SimulationKernel
import Statistics
import Testing

@Suite("Steady state")
struct SteadyStateTests {
  @Test("MSER-5 on a decaying start: 20 of 100 observations go")
  func truncation() throws {
    let observations = (0..<100).map { i in
      5 + 10 * DeterministicMath.pow(0.8, Double(i)) + (Double((7919 * i) % 13) - 6) / 6
    }
    let cut = try #require(MSER5(observations))
    #expect(cut.deleted == 20 && cut.accepted == 20 && cut.batches == 20)
    #expect(isClose(cut.statistic, 0.0019667023091993197, 1e-13))
    #expect(isClose(cut.mean, 4.9905390926098105))
    #expect(MSER5([Double](repeating: 1, count: 19)) == nil)
  }

  @Test("a run that never settles is refused, a steady one loses nothing")
  func refusal() throws {
    let rising = try #require(MSER5((0..<200).map { Double($0) }))
    #expect(rising.isRefused && rising.accepted == nil && rising.deleted == 100)
    let constant = try #require(MSER5([Double](repeating: 3, count: 103)))
    #expect(constant.accepted == 0 && constant.mean == 3 && constant.batches == 20)
  }

  @Test("the statistic is the definition's, and no other truncation has a lesser one")
  func definition() throws {
    var systems = SyntheticSystems(means: [0], deviations: [1], seed: 2)
    let observations = systems.sample(235)[0].enumerated().map { 4 / Double($0 + 1) + $1 }
    let cut = try #require(MSER5(observations))
    let batches = (0..<47).map { observations[5 * $0..<5 * $0 + 5].reduce(0, +) / 5 }
    let all = (0...23).map { d -> Double in
      let kept = batches[d...]
      let mean = kept.reduce(0, +) / Double(kept.count)
      return kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count * kept.count)
    }
    #expect(isClose(cut.statistic, all[cut.deleted / 5]))
    #expect(all.allSatisfy { $0 >= cut.statistic - 1e-12 })
  }

  /// Y' = φY + noise: n · Var(mean) tends to 1 / (1 - φ)².
  private func autoregressive(_ phi: Double, _ count: Int, seed: UInt64) -> [Double] {
    var systems = SyntheticSystems(means: [0], deviations: [1], seed: seed)
    var y = systems.normal() / (1 - phi * phi).squareRoot()
    return (0..<count).map { _ in
      y = phi * y + systems.normal()
      return y
    }
  }

  @Test("batch means of a correlated run cover the mean and tell the asymptotic variance")
  func batchMeans() throws {
    var (covered, trusted) = (0, 0)
    var variance = SampleMoments()
    for seed in 0..<400 {
      let batches = try #require(BatchMeans(autoregressive(0.8, 6000, seed: UInt64(seed))))
      #expect((20...30).contains(batches.means.count) && batches.batchSize >= 200)
      if batches.interval.contains(0) { covered += 1 }
      if batches.isTrusted { trusted += 1 }
      variance.add(batches.asymptoticVariance)
    }
    #expect(Double(covered) / 400 >= leastShare(0.94, 400), "\(covered)")
    #expect(Double(trusted) / 400 >= leastShare(0.92, 400), "\(trusted)")
    // 1 / 0.04, less the correlation between batches of 200 or more.
    #expect(abs(variance.mean - 25) < 1.5, "\(variance.mean)")
  }

  @Test("batches too short to be independent are not trusted")
  func correlatedBatches() throws {
    let untrusted = try (0..<100).filter { seed in
      try !#require(BatchMeans(autoregressive(0.98, 600, seed: UInt64(seed)))).isTrusted
    }
    #expect(untrusted.count > 80, "\(untrusted.count)")
  }

  @Test("independent batches pass 19 times of 20")
  func independentBatches() throws {
    let trusted = try (0..<1000).filter { seed in
      try #require(BatchMeans(autoregressive(0, 200, seed: UInt64(seed)))).isTrusted
    }
    #expect((0.925...0.975).contains(Double(trusted.count) / 1000), "\(trusted.count)")
  }

  @Test("batches by hand: 2 a batch, neighbours opposed")
  func byHand() throws {
    let batches = try #require(BatchMeans((0..<40).map { Double($0 / 2 % 2) }))
    #expect(batches.means == (0..<20).map { Double($0 % 2) })
    #expect(isClose(batches.lagOneCorrelation, -19.0 / 20))
    #expect(isClose(batches.vonNeumann, -19.0 / 20 + 1.0 / 20))
    #expect(batches.isTrusted)
    #expect(isClose(batches.asymptoticVariance, 2 * (20 * 0.25 / 19)))
    #expect(BatchMeans([Double](repeating: 0, count: 39)) == nil)
    // 63 = 21 · 3 wastes nothing.
    let other = try #require(BatchMeans([Double](repeating: 0, count: 63)))
    #expect(other.means.count == 21 && other.batchSize == 3 && other.lagOneCorrelation == 0)
  }

  @Test("an M/M/1 queue at 0.8 needs 4.7 million customers for 1 %")
  func runLength() {
    let variance = RunLength.singleServerVariance(load: 0.8)
    #expect(isClose(variance, 1976))
    #expect(isClose(RunLength.singleServerWait(load: 0.8), 4))
    let customers = RunLength.observations(halfWidth: 0.04, variance: variance)
    #expect(abs(Double(customers) / 1e6 - 4.744) < 0.001, "\(customers)")
    #expect(RunLength.observations(halfWidth: 1e-300, variance: 1) == .max)
    #expect(RunLength.observations(halfWidth: 10, variance: 1) == 1)
  }

  @Test("the planning formula is what a simulated queue shows")
  func formulaAgainstQueue() {
    // Lindley's recursion at load 0.5: n · Var is 0.5 (2 + 2.5 - 1 + 0.125) / 0.0625 = 29.
    #expect(isClose(RunLength.singleServerVariance(load: 0.5), 29))
    let n = 2000
    let means = (0..<1000).map { replication -> Double in
      var generator = KeyedStream(seed: 4, entity: UInt32(replication), purpose: 201).generator()
      func exponential() -> Double { -DeterministicMath.log(generator.nextUnit()) }
      // The stationary wait is 0 half the time, else exponential of rate one half.
      var wait = generator.nextUnit() < 0.5 ? 0 : 2 * exponential()
      var sum = 0.0
      for _ in 0..<n {
        sum += wait
        wait = max(0, wait + exponential() - 2 * exponential())
      }
      return sum / Double(n)
    }
    let moments = SampleMoments(means)
    // The variance of a thousand nearly normal means is off by a relative 0.045.
    #expect(abs(Double(n) * moments.variance / 29 - 1) < 0.18, "\(Double(n) * moments.variance)")
    #expect(abs(moments.mean - 1) < 0.015, "\(moments.mean)")
  }
}
