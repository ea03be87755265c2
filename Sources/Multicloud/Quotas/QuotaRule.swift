/// How a quota admits calls: the rule of one kind of offer, with its parameters.
public enum QuotaRule: Hashable, Sendable {
  /// Standard tokens per minute, reset at minute edges.
  case fixedMinuteTokens(FixedMinuteTokens)
  /// Requests per minute on slices of 1 s or 10 s.
  case slicedRequests(SlicedRequests)
  /// Provisioned throughput as a leaky bucket on utilisation.
  case provisionedBucket(ProvisionedBucket)
  /// Tokens per minute, reserved at the start and settled at the end.
  case reserveAndSettle(ReserveAndSettle)
  /// Provisioned throughput by the window, overflowing to pay-as-you-go.
  case windowBurndown(WindowBurndown)
  /// Requests, uncached input and output tokens per minute, each for itself.
  case separateTokens(SeparateTokens)
  /// A total per hour, day, week, month, year or run.
  case periodTotal(PeriodTotal)
  /// The ramp rule of a priority tier.
  case priorityRamp(PriorityRamp)
  /// A gateway's limit for a tenant or project.
  case tokenBucket(TokenBucket)

  /// What is wrong with the parameters, a message for each; empty if nothing is.
  public func problems() -> [String] {
    switch self {
    case .fixedMinuteTokens(let rule): rule.problems()
    case .slicedRequests(let rule): rule.problems()
    case .provisionedBucket(let rule): rule.problems()
    case .reserveAndSettle(let rule): rule.problems()
    case .windowBurndown(let rule): rule.problems()
    case .separateTokens(let rule): rule.problems()
    case .periodTotal(let rule): rule.problems()
    case .priorityRamp(let rule): rule.problems()
    case .tokenBucket(let rule): rule.problems()
    }
  }
}
