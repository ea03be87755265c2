import Estimate
import Money
import Multicloud
import SimulationKernel

extension World {
  /// `cloud/region/name` of a deployment.
  func planName(_ d: Int) -> String {
    "\(planRegion(region(ofDeployment: d)))/\(endpoint(ofDeployment: d)?.name ?? pools[d].name)"
  }

  /// `cloud/region`.
  func planRegion(_ id: Int) -> String { "\(clouds[regions[id].cloud].name)/\(regions[id].name)" }

  /// The rule of an endpoint's provisioned units.
  func provisionedRule(_ endpoint: Endpoint) -> ProvisionedBucket? {
    endpoint.quotas.compactMap { quotas[$0].rule.provisioned }.first
  }

  /// Units of an endpoint's kind that are reserved in its region and account, whoever uses them.
  func reservedUnits(_ endpoint: Endpoint, deployment: Int) -> Int64 {
    guard let billing else { return 0 }
    return billing.contracts.reservations.reduce(0) { sum, reservation in
      reservation.kind == .units && reservation.matches == endpoint.type
        && reservation.region == endpoint.region
        && reservation.account == billing.accountOfDeployment[deployment]
        ? sum + reservation.quantity : sum
    }
  }
}

/// What the tokens of a request cost at list price.
struct DeploymentCost {
  let dollars: Double

  init(_ world: World, _ stream: StreamDemand, deployment d: Int) {
    let price = world.price(ofDeployment: d)
    dollars =
      (stream.promptTokens * Double(price.input) + stream.outputTokens * Double(price.output))
      / 1e12
  }
}

/// What a commitment still needs, and how long it has.
struct CommitmentNeed {
  /// Dollars that must still be spent until the next date that ends the term or the contract year.
  let missing: Double
  /// Hours until then.
  let hours: Double
  /// Average demand until then over that of the scenario's window.
  let growth: Double

  init(_ commitment: Commitment, _ billing: Billing) {
    let starts = billing.contracts.starts
    let offset = billing.contracts.accounts[commitment.account].offsetMinutes
    let ledger = CommitmentLedger(commitment, offsetMinutes: offset, at: starts)
    let due: BillingTime
    if case .drawdown = commitment.shape {
      due = BillingTime(commitment.ends.adding(days: 1), offsetMinutes: offset)
      missing = max(0, (commitment.amount - ledger.drawn).dollars)
    } else {
      due = ledger.next?.time ?? starts
      missing = ledger.missing.dollars
    }
    hours = max(0, Double(due.seconds - starts.seconds) / 3600)
    let pace = SpendPace(
      use: Money(picodollars: 1_000_000_000_000), capacity: .zero, seconds: 3600, start: starts,
      loadMillionths: billing.outlook.loadMillionths,
      monthlyGrowthMillionths: billing.outlook.monthlyGrowthMillionths)
    let spent = pace.expectedInAll(from: starts, to: due, offsetMinutes: offset).dollars
    growth = hours > 0 ? spent / hours : 1
  }
}

extension QuotaRule {
  /// The rule of provisioned units, where it is one.
  var provisioned: ProvisionedBucket? {
    if case .provisionedBucket(let rule) = self { rule } else { nil }
  }

  /// What a quota counts for a request.
  func tokensPerRequest(_ stream: StreamDemand) -> Double {
    switch self {
    case .fixedMinuteTokens: stream.promptTokens + stream.maximumOutput
    case .slicedRequests: 1
    case .provisionedBucket(let rule):
      stream.promptTokens + rule.outputRatio * stream.outputTokens
    case .reserveAndSettle(let rule):
      max(
        stream.promptTokens + stream.maximumOutput,
        stream.promptTokens + rule.outputBurndown * stream.outputTokens)
    case .windowBurndown(let rule):
      stream.promptTokens + rule.outputBurndown * stream.outputTokens
    case .tokenBucket(let rule):
      rule.unit == .requests ? 1 : stream.promptTokens + stream.maximumOutput
    case .separateTokens: stream.promptTokens
    case .periodTotal, .priorityRamp: 0
    }
  }

  /// Tokens (or requests) a minute; `nil` where there is no such limit.
  var perMinute: Double? {
    switch self {
    case .fixedMinuteTokens(let rule): Double(rule.tokensPerMinute)
    case .slicedRequests(let rule): Double(rule.requestsPerMinute)
    case .reserveAndSettle(let rule): Double(rule.tokensPerMinute)
    case .windowBurndown(let rule): Double(rule.units * rule.tokensPerSecondPerUnit) * 60
    case .tokenBucket(let rule): Double(rule.perMinute)
    case .separateTokens(let rule): rule.inputTokensPerMinute.map(Double.init)
    case .provisionedBucket, .periodTotal, .priorityRamp: nil
    }
  }
}
