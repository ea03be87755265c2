import Money
import SimulationKernel

/// What a run says of its commitments while it lasts: the probability that each falls short, or how far
/// the pace of spending is behind the one that is needed.
///
/// Deterministic by construction: whole numbers, and this project's own exponential and normal
/// functions. A third party's cap is not reckoned with here; bills are.
struct ContractForecast {
  private let billing: Billing
  private let kind: ContractForecastKind
  private let starts: BillingTime
  private var ledgers: [CommitmentLedger]
  private let offsets: [Int]
  /// Eligible capacity of an hour, by commitment.
  private let capacity: [Money]
  /// Part of a token dollar at list price that draws a commitment down, millionths, by commitment ×
  /// deployments + deployment.
  private let eligibleMillionths: [Int64]
  /// Part of a list price that is paid after discount, millionths, by deployment.
  private let paidMillionths: [Int64]
  private let deployments: Int

  init?(_ world: World) {
    guard let billing = world.billing else { return nil }
    self.billing = billing
    kind = world.gateway.forecast
    let contracts = billing.contracts
    let starts = contracts.starts
    self.starts = starts
    deployments = world.deploymentCount
    let offsets = contracts.commitments.map { contracts.accounts[$0.account].offsetMinutes }
    self.offsets = offsets
    let ledgers = contracts.commitments.indices.map {
      CommitmentLedger(contracts.commitments[$0], offsetMinutes: offsets[$0], at: starts)
    }
    self.ledgers = ledgers
    let ids = 0..<world.deploymentCount
    let lines = ids.compactMap { world.capacityLine(ofDeployment: $0, seconds: 3600) }
    let hour = contracts.hourlyCharges(of: lines, at: starts)
    capacity = ledgers.map { ledger in
      hour.reduce(Money.zero) { sum, charge in
        let usage = charge.usage
        return ledger.covers(account: usage.account, kind: usage.kind) ? sum + charge.billed : sum
      }
    }
    let paid = ids.map { id in
      1_000_000
        - contracts.accounts[billing.accountOfDeployment[id]].discountMillionths[
          Int(ChargeKind.tokens.rawValue)]
    }
    paidMillionths = paid
    eligibleMillionths = ledgers.flatMap { ledger in
      ids.map { id -> Int64 in
        let account = billing.accountOfDeployment[id]
        guard ledger.covers(account: account, kind: .tokens) else { return 0 }
        let paid = paid[id]
        let isThirdParty = id >= world.pools.count && billing.isThirdParty[id - world.pools.count]
        return isThirdParty
          ? paid * ledger.commitment.thirdPartyMillionths / 1_000_000 : paid
      }
    }
  }

  /// Probability of a shortfall of each commitment.
  ///
  /// - Parameters:
  ///   - now: Nanoseconds since the run began.
  ///   - spent: What tokens cost so far at list price, picodollars, by deployment.
  func probabilities(at now: Int64, spent: (Int) -> Int128) -> [Double] {
    let seconds = now / 1_000_000_000
    let time = starts.adding(seconds: seconds)
    return ledgers.indices.map { id in
      var ledger = ledgers[id]
      if seconds == 0 { return beforeTheRun(ledger, offsetMinutes: offsets[id]) }
      var use = Money.zero
      for deployment in 0..<deployments {
        use += Money(picodollars: spent(deployment))
          .share(millionths: eligibleMillionths[id * deployments + deployment])
      }
      let ready = capacity[id].prorated(seconds, over: 3600)
      let pace = SpendPace(
        use: use, capacity: ready, seconds: seconds, start: starts,
        loadMillionths: billing.outlook.loadMillionths,
        monthlyGrowthMillionths: billing.outlook.monthlyGrowthMillionths,
        uncertaintyMillionths: billing.outlook.uncertaintyMillionths)
      if ledger.isInTerm(starts) { ledger.accrue(use + ready, at: starts) }
      _ = ledger.advance(to: time)
      if kind == .pace { return gap(ledger, pace, at: time, offsetMinutes: offsets[id]) }
      return pace.probabilityOfShortfall(ledger, at: time, offsetMinutes: offsets[id])
    }
  }

  /// How much of its list price a contract saves at every deployment: the discount, and of the rest what
  /// is sunk with the probability of a shortfall.
  func savedShares(at now: Int64, spent: (Int) -> Int128) -> [Double] {
    let chances = probabilities(at: now, spent: spent)
    return (0..<deployments).map { id in
      var sunk = 0.0
      for (commitment, chance) in chances.enumerated() {
        sunk = max(sunk, chance * eligibleShare(commitment, deployment: id))
      }
      return 1 - paidShare(deployment: id) * (1 - sunk)
    }
  }

  /// How far the expected spending until the next due date is behind what is missing.
  private func gap(
    _ ledger: CommitmentLedger, _ pace: SpendPace, at time: BillingTime, offsetMinutes: Int
  ) -> Double {
    guard let due = ledger.next, time < due.time else { return 0 }
    return SpendPace.paceGap(
      required: ledger.missing,
      actual: pace.expectedInAll(from: time, to: due.time, offsetMinutes: offsetMinutes))
  }

  /// Before anything was seen the contract's own pace so far must do; without one, an even chance.
  private func beforeTheRun(_ ledger: CommitmentLedger, offsetMinutes: Int) -> Double {
    let begun = BillingTime(ledger.commitment.starts, offsetMinutes: offsetMinutes)
    guard let due = ledger.next else { return 0 }
    let elapsed = starts.seconds - begun.seconds
    let left = due.time.seconds - starts.seconds
    guard elapsed > 0, left > 0, ledger.drawn > .zero else { return 0.5 }
    return SpendPace.paceGap(
      required: ledger.missing.prorated(3600, over: left),
      actual: ledger.drawn.prorated(3600, over: elapsed))
  }

  /// Part of a dollar spent on tokens that draws a commitment down and so is sunk with its probability.
  func eligibleShare(_ commitment: Int, deployment: Int) -> Double {
    let paid = max(1, paidMillionths[deployment])
    return Double(eligibleMillionths[commitment * deployments + deployment]) / Double(paid)
  }

  /// Part of a list price that is paid after the account's discount.
  func paidShare(deployment: Int) -> Double { Double(paidMillionths[deployment]) / 1e6 }
}
