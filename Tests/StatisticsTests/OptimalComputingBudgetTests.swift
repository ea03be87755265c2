import Statistics
import Testing

@Suite("Optimal computing budget")
struct OptimalComputingBudgetTests {
  private static let budget = OptimalComputingBudget(
    means: [1, 1.5, 2, 2.5, 3], deviations: [1, 1, 1.5, 1, 2], bestIs: .smallest)

  @Test("shares of five alternatives")
  func shares() {
    #expect(Self.budget.best == 0)
    let expected = [0.359784, 0.332820, 0.187211, 0.036980, 0.083205]
    for (found, share) in zip(Self.budget.shares, expected) {
      #expect(abs(found - share) < 1e-6, "\(found) instead of \(share)")
    }
    let mirrored = OptimalComputingBudget(
      means: [-1, -1.5, -2, -2.5, -3], deviations: [1, 1, 1.5, 1, 2], bestIs: .largest)
    #expect(mirrored == Self.budget)
  }

  @Test("ties share alone, what does not vary needs nothing, scale does not matter")
  func limits() {
    let tied = OptimalComputingBudget(
      means: [2, 2, 5], deviations: [1, 1, 1], bestIs: .smallest)
    #expect(tied.shares == [0.5, 0.5, 0])
    let near = OptimalComputingBudget(
      means: [2, 2 + 1e-9, 5], deviations: [1, 1, 1], bestIs: .smallest)
    #expect(abs(near.shares[0] - 0.5) < 1e-12 && near.shares[2] < 1e-15)
    let still = OptimalComputingBudget(means: [2, 3, 5], deviations: [0, 0, 0], bestIs: .largest)
    #expect(still.shares.allSatisfy { $0 == 1.0 / 3 })
    let scaled = OptimalComputingBudget(
      means: [1, 1.5, 2, 2.5, 3].map { $0 * 1e150 },
      deviations: [1, 1, 1.5, 1, 2].map { $0 * 1e-3 }, bestIs: .smallest)
    #expect(zip(scaled.shares, Self.budget.shares).allSatisfy { isClose($0, $1) })
  }

  @Test("a further budget brings all runs to the shares, in whole runs")
  func allocation() {
    let more = Self.budget.allocation(of: 100, after: [20, 20, 20, 20, 20])
    #expect(more.reduce(0, +) == 100 && more.allSatisfy { $0 >= 0 })
    // The last two have more than their share of 200; the others split 160 as 65.43, 60.53, 34.05.
    #expect(more == [45, 41, 14, 0, 0])
    let fresh = Self.budget.allocation(of: 1000, after: [0, 0, 0, 0, 0])
    #expect(fresh == [360, 333, 187, 37, 83])
    #expect(Self.budget.allocation(of: 0, after: [1, 2, 3, 4, 5]) == [0, 0, 0, 0, 0])
  }

  @Test("every budget is spent to the last run, after whatever came before")
  func whole() {
    for budget in 0..<120 {
      let before = (0..<5).map { (budget * (7 + $0 * 5)) % 31 }
      let more = Self.budget.allocation(of: budget, after: before)
      #expect(more.reduce(0, +) == budget && more.allSatisfy { $0 >= 0 }, "\(budget)")
    }
  }
}
