/// How far a rule lets use go beyond its limit at the moment it admits a call.
extension QuotaRule {
  /// Most that the use read at once after a call was admitted may exceed the limit in force, in the
  /// unit of ``QuotaReading``: what the rule's documentation calls its overshoot.
  ///
  /// Rules that admit what fits have none; those that admit as long as the limit is not reached let
  /// the last call through whole. Corrections at a call's end may move the use on later; they admit
  /// nothing.
  ///
  /// - Returns: `nil` where the rule admits whatever comes: a ``PriorityRamp`` only chooses a tier.
  public func overshoot(of ask: QuotaAsk) -> Int64? {
    switch self {
    case .fixedMinuteTokens: max(0, ask.estimatedTokens - 1)
    case .slicedRequests: 0
    case .provisionedBucket(let rule): rule.largestEstimate(of: ask)
    case .reserveAndSettle, .windowBurndown, .separateTokens, .tokenBucket: Self.rounding
    case .periodTotal: 0
    case .priorityRamp: nil
    }
  }

  /// Readings are whole numbers of what is kept to the millionth.
  private static let rounding: Int64 = 1
}
