import SimulationKernel
import Testing

@testable import Multicloud

/// What tenants have used, to the last unit.
@Suite("What tenants may spend")
struct SpendingTests {
  @Test("a budget blocks from the moment it is spent exactly, until its next period")
  func budget() {
    var budget = BudgetState(Budget(limit: 100, period: .seconds(10)))
    budget.spend(99, at: 0)
    #expect(!budget.blocks(at: 1) && budget.timesSpent == 0)
    budget.spend(1, at: 2)
    #expect(budget.blocks(at: 3) && budget.timesSpent == 1)
    budget.spend(5, at: 4)
    #expect(budget.timesSpent == 1 && budget.spent == 105)
    #expect(budget.blocks(at: 9_999_999_999) && !budget.blocks(at: 10_000_000_000))
    #expect(budget.spent == 0 && budget.total == 105)
  }

  @Test("a prompt is billed as long from one token above the threshold on, all of it")
  func longPrompts() {
    let price = TokenPrice(
      input: 10, cachedInput: 1, output: 20,
      long: TokenPrice.Long(above: 1000, input: 30, cachedInput: 3, output: 60))
    #expect(!price.isLong(prompt: 1000) && price.isLong(prompt: 1001))
    #expect(
      price.picodollars(prompt: 1000, cached: 100, written: 0, output: 5) == 900 * 10 + 100 + 100)
    #expect(
      price.picodollars(prompt: 1001, cached: 100, written: 0, output: 5) == 901 * 30 + 300 + 300)
    #expect(!TokenPrice(input: 10).isLong(prompt: .max))
  }

  @Test("a tenant that comes back is counted up to the least of those that wait, and no further")
  func beingAwayEarnsNothing() {
    var queue = FlowQueue(
      ceilings: [1], fairness: .virtualTokenCounter, order: .firstComeFirstServed, tenants: 2,
      capacity: 100)
    func push(_ tenant: Int, _ slots: Range<Int32>) {
      for slot in slots {
        _ = queue.push(
          slot: slot, generation: 0, band: 0, tenant: tenant, deadline: 0, estimate: 0,
          cost: (input: 10, output: 20), at: 0)
      }
    }
    func pop() -> Int32 { queue.pop(saturation: 0)?.slot ?? -1 }
    push(0, 0..<8)
    #expect((0..<4).map { _ in pop() } == [0, 1, 2, 3])
    #expect(queue.tokensServed(0) == 200)
    // The other one was away for 200 tokens: it is served in turn, not four times first.
    push(1, 20..<24)
    #expect(queue.tokensServed(1) == 200)
    #expect((0..<6).map { _ in pop() } == [4, 20, 5, 21, 6, 22])
    // Whoever has had more than those that wait keeps what it has had.
    while queue.count > 0 { _ = pop() }
    queue.charge(tenant: 1, input: 1000, output: 0)
    let before = queue.tokensServed(1)
    push(0, 30..<31)
    push(1, 40..<41)
    #expect(queue.tokensServed(1) == before)
  }
}
