/// To whom paid-for capacity that nobody used is attributed.
public enum UnusedRule: Hashable, Sendable {
  /// To nobody: it stays on the account.
  case account
  /// To tenants in proportion to what they used of the account in the same hour (in the run so far
  /// where nobody used anything).
  case usage
  /// To tenants in proportion to fixed shares (their quotas), by tenant id.
  case shares([Int64])
  /// To one tenant.
  case tenant(Int)
}
