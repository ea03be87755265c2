/// Wants what another recorder wants and keeps nothing: a run with it has the same events under the
/// same numbers.
public final class SilentRecorder: Recorder {
  /// As the other.
  public let wantsRequests: Bool
  /// As the other.
  public let wantsPoolMinutes: Bool
  /// As the other.
  public let wantsDecisions: Bool
  /// As the other.
  public let wantsCandidates: Bool
  /// As the other.
  public let wantsCapacity: Bool
  /// Never: it keeps nothing.
  public var hasFailed: Bool { false }

  /// Creates a recorder with another's wishes.
  public init(like other: some Recorder) {
    wantsRequests = other.wantsRequests
    wantsPoolMinutes = other.wantsPoolMinutes
    wantsDecisions = other.wantsDecisions
    wantsCandidates = other.wantsCandidates
    wantsCapacity = other.wantsCapacity
  }

  /// Kept by nobody.
  public func record(_ request: borrowing RequestRecord) {}
  /// Kept by nobody.
  public func record(_ minute: borrowing PoolMinute) {}
}
