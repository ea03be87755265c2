extension RequestRecord {
  /// Why a request, or one attempt of it, did not complete.
  public enum Reason: UInt8, CaseIterable, Sendable {
    /// It completed, or the run ended first.
    case none
    /// The pool's queue was at its limit.
    case queueFull
    /// The prompt was as long as the model's context, or longer.
    case contextTooLong
    /// The first token did not come within the client's patience.
    case impatience
    /// The last token did not come before the client's timeout.
    case timeout
    /// An endpoint's quota of tokens was used up.
    case quotaTokens
    /// An endpoint's quota of requests was used up.
    case quotaRequests
    /// Provisioned throughput was in use beyond 100 %.
    case provisionedThroughput
    /// The service had no capacity left.
    case capacity
    /// A quota that is cut for a while was used up, and would not have been without the cut.
    case reducedLimit
    /// The tokens it may take are more than the whole quota.
    case maximumTokens
    /// A quota by hour, day or month was used up.
    case periodQuota
    /// A tenant's limit of tokens was used up.
    case tenantTokens
    /// A tenant's limit of requests was used up.
    case tenantRequests
    /// A tenant's quota by hour, day or month was used up.
    case tenantPeriod
    /// A tenant's budget was spent.
    case budget
    /// The gateway turned it away to spare those with higher priority.
    case shed
    /// No deployment may serve it.
    case notEligible
    /// All deployments that may serve it are left alone after failures.
    case coolingDown
    /// The deployment answered with a server error.
    case serverError
    /// The deployment did not answer in the gateway's time.
    case noAnswer
    /// A stage of its chain failed.
    case stageFailed

    /// The word in tables, such as `queue_full`.
    public var word: String {
      switch self {
      case .none: ""
      case .queueFull: "queue_full"
      case .contextTooLong: "context_too_long"
      case .impatience: "impatience"
      case .timeout: "timeout"
      case .quotaTokens: "quota_tokens"
      case .quotaRequests: "quota_requests"
      case .provisionedThroughput: "provisioned_throughput"
      case .capacity: "capacity"
      case .reducedLimit: "reduced_limit"
      case .maximumTokens: "maximum_tokens"
      case .periodQuota: "period_quota"
      case .tenantTokens: "tenant_tokens"
      case .tenantRequests: "tenant_requests"
      case .tenantPeriod: "tenant_period"
      case .budget: "budget"
      case .shed: "shed"
      case .notEligible: "not_eligible"
      case .coolingDown: "cooling_down"
      case .serverError: "server_error"
      case .noAnswer: "no_answer"
      case .stageFailed: "stage_failed"
      }
    }

    /// The HTTP status a client sees; 0 where it sees none.
    public var httpStatus: Int {
      switch self {
      case .none: 200
      case .queueFull, .quotaTokens, .quotaRequests, .provisionedThroughput, .capacity,
        .reducedLimit, .maximumTokens, .tenantTokens, .tenantRequests, .shed, .coolingDown:
        429
      case .contextTooLong: 400
      case .periodQuota, .tenantPeriod, .budget, .notEligible: 403
      case .serverError, .stageFailed: 503
      case .noAnswer: 504
      case .impatience, .timeout: 0
      }
    }

    /// How a request ends that is given up for this reason.
    var status: Status {
      switch self {
      case .none: .completed
      case .impatience, .timeout: .cancelled
      case .serverError, .noAnswer, .stageFailed: .failed
      default: .rejected
      }
    }
  }
}
