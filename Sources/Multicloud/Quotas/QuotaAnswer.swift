/// What a quota says to a call.
public enum QuotaAnswer: Hashable, Sendable {
  /// The call is within the quota.
  case admitted
  /// The call is served outside the quota and billed as pay-as-you-go.
  case overflows
  /// The call is served in the standard tier and billed so.
  case downgraded
  /// The call is turned away.
  ///
  /// `retryAfter` is the time in nanoseconds after which the same call would be admitted if no
  /// other came in between and no cut began or ended; `Int64.max` if never.
  case refused(QuotaCause, retryAfter: Int64)

  /// Whether the call may go ahead, in whatever tier.
  public var isYes: Bool {
    if case .refused = self { false } else { true }
  }
}
