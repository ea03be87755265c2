import Multicloud
import Tables

/// The columns of `deployments_minute.csv` that a reason is counted in.
enum RefusalCause {
  /// Counts by reason as counts by column.
  static func columns(_ counts: [Int64]) -> [Int64] {
    var columns = [Int64](repeating: 0, count: DeploymentMinuteRow.causes.count)
    for reason in RequestRecord.Reason.allCases {
      guard let column = column(reason) else { continue }
      columns[column] += counts[Int(reason.rawValue)]
    }
    return columns
  }

  /// `nil` where a refusal for this reason has a column of its own kind: errors, cancellations.
  private static func column(_ reason: RequestRecord.Reason) -> Int? {
    switch reason {
    case .quotaTokens: 0
    case .quotaRequests: 1
    case .provisionedThroughput: 2
    case .capacity, .queueFull: 3
    case .reducedLimit: 4
    case .maximumTokens: 5
    case .periodQuota: 6
    case .contextTooLong: 7
    case .none, .impatience, .timeout, .tenantTokens, .tenantRequests, .tenantPeriod, .budget,
      .shed, .notEligible, .coolingDown, .serverError, .noAnswer, .stageFailed:
      nil
    }
  }
}

/// The columns of `tenants_minute.csv` that a reason is counted in.
enum RejectionCause {
  /// Counts by reason as counts by column.
  static func columns(_ counts: [Int64]) -> [Int64] {
    var columns = [Int64](repeating: 0, count: TenantMinuteRow.causes.count)
    for reason in RequestRecord.Reason.allCases {
      guard let column = column(reason) else { continue }
      columns[column] += counts[Int(reason.rawValue)]
    }
    return columns
  }

  private static func column(_ reason: RequestRecord.Reason) -> Int? {
    switch reason {
    case .quotaTokens: 0
    case .quotaRequests: 1
    case .provisionedThroughput: 2
    case .capacity, .queueFull: 3
    case .reducedLimit: 4
    case .maximumTokens: 5
    case .periodQuota: 6
    case .tenantTokens, .tenantRequests, .tenantPeriod: 7
    case .budget: 8
    case .shed: 9
    case .notEligible: 10
    case .contextTooLong, .coolingDown: 11
    case .none, .impatience, .timeout, .serverError, .noAnswer, .stageFailed: nil
    }
  }
}
