extension RequestRecord.Reason {
  /// What kind of failure it is to a retry policy and a breaker; `nil` where the deployment is not to
  /// blame and asking again is of no use.
  var failureKind: RetryPolicy.FailureKind? {
    switch self {
    case .queueFull, .quotaTokens, .quotaRequests, .provisionedThroughput, .capacity,
      .reducedLimit, .tenantTokens, .tenantRequests, .shed, .coolingDown:
      .throttling
    case .serverError, .stageFailed: .serverError
    case .noAnswer: .timeout
    case .none, .contextTooLong, .impatience, .timeout, .maximumTokens, .periodQuota,
      .tenantPeriod, .budget, .notEligible:
      nil
    }
  }

  /// Whether a retry policy tries again after it.
  func isRetried(by policy: RetryPolicy) -> Bool {
    failureKind.map { policy.shouldRetry($0) } ?? false
  }

  /// Whether a provider sends a request on to the spillover endpoint after it: 429, a context that is
  /// too long, server errors. Source: Azure's spillover documentation, 2026-05.
  var spills: Bool {
    switch self {
    case .quotaTokens, .quotaRequests, .provisionedThroughput, .capacity, .reducedLimit,
      .maximumTokens, .contextTooLong, .serverError:
      true
    default: false
    }
  }
}

extension QuotaCause {
  /// The reason an endpoint gives.
  var endpointReason: RequestRecord.Reason {
    switch self {
    case .tokens: .quotaTokens
    case .requests: .quotaRequests
    case .provisioned: .provisionedThroughput
    case .reduced: .reducedLimit
    case .maximumTokens: .maximumTokens
    case .period: .periodQuota
    }
  }

  /// The reason the gateway gives where a tenant's own limit refuses.
  var tenantReason: RequestRecord.Reason {
    switch self {
    case .tokens, .provisioned, .reduced: .tenantTokens
    case .requests: .tenantRequests
    case .maximumTokens: .maximumTokens
    case .period: .tenantPeriod
    }
  }
}
