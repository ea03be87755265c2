/// Which tables a run leaves.
public enum TableLevel: String, CaseIterable, Sendable {
  /// Only the manifest.
  case none
  /// `summary.csv` and `pools_minute.csv`.
  case summary
  /// `requests.csv` too.
  case full
}
