import Money
import Multicloud

/// What the gateway's policy cost against another under the same requests: chosen, less the other.
public struct Regret: Sendable {
  /// Name of the other policy.
  public var policy: String
  /// Billed in the run.
  public var billed: Money
  /// Shortfalls to come by the outlook's middle case.
  public var shortfall: Money
  /// Billed over the rest of the longest term by the outlook's rule, shortfalls included.
  public var overTerm: Money
  /// Share of requests completed within all their targets.
  public var goodShare: Double
}

extension Bill {
  /// Spending to come until the last commitment ends, as the run's own bill extrapolated by the rule of
  /// the outlook, and the shortfalls that fall due.
  func toCome(_ world: World) -> Money {
    guard let billing = world.billing, seconds > 0,
      let last = commitments.max(by: { $0.ledger.commitment.ends < $1.ledger.commitment.ends })
    else { return .zero }
    let now = billing.contracts.starts.adding(seconds: seconds)
    let end = BillingTime(
      last.ledger.commitment.ends.adding(days: 1), offsetMinutes: last.offsetMinutes)
    let pace = SpendPace(
      use: total.billed - capacityBilled, capacity: capacityBilled, seconds: seconds,
      start: billing.contracts.starts, loadMillionths: billing.outlook.loadMillionths,
      monthlyGrowthMillionths: billing.outlook.monthlyGrowthMillionths)
    return pace.expectedInAll(from: now, to: end, offsetMinutes: last.offsetMinutes)
      + projectedShortfall
  }
}

extension Regret {
  init(
    _ world: World, chosen: (bill: Bill, result: SimulationResult),
    other: (bill: Bill, result: SimulationResult), policy: String
  ) {
    self.policy = policy
    billed = chosen.bill.total.billed - other.bill.total.billed
    shortfall = chosen.bill.projectedShortfall - other.bill.projectedShortfall
    overTerm = chosen.bill.toCome(world) - other.bill.toCome(world)
    func good(_ result: SimulationResult) -> Double {
      let served = result.workloads.filter { !$0.isChain }
      let ended = served.reduce(Int64(0)) { $0 + $1.ended }
      return ended > 0 ? Double(served.reduce(Int64(0)) { $0 + $1.good }) / Double(ended) : 0
    }
    goodShare = good(chosen.result) - good(other.result)
  }
}
