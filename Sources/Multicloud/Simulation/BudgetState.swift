import SimulationKernel

/// What a tenant has spent of its budget in the present period.
struct BudgetState {
  private let limit: Int64
  /// Length of a period, nanoseconds; 0 for the whole run.
  private let period: Int64
  private let isBlocking: Bool
  private var present: Int64 = 0
  /// Picodollars spent in the present period, and over the whole run.
  private(set) var spent: Int64 = 0
  private(set) var total: Int128 = 0
  /// Periods in which the budget was spent.
  private(set) var timesSpent: Int64 = 0

  init(_ budget: Budget?) {
    limit = budget?.limit ?? Int64.max
    period = budget?.period?.nanoseconds ?? 0
    isBlocking = budget?.blocks ?? false
  }

  /// Whether requests are refused now.
  mutating func blocks(at now: Int64) -> Bool {
    roll(now)
    return isBlocking && spent >= limit
  }

  /// Counts picodollars.
  mutating func spend(_ cost: Int64, at now: Int64) {
    roll(now)
    if spent < limit, spent + cost >= limit { timesSpent += 1 }
    spent += cost
    total += Int128(cost)
  }

  private mutating func roll(_ now: Int64) {
    guard period > 0, now / period != present else { return }
    present = now / period
    spent = 0
  }
}
