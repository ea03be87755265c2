/// Which tables a run leaves; each level holds those before it.
public enum TableLevel: String, CaseIterable, Comparable, Sendable {
  /// Only the manifest.
  case none
  /// `summary.csv` and the tables by minute.
  case summary
  /// `requests.csv` too.
  case requests
  /// `decisions.csv`, `attempts.csv` and `chain_stages.csv` too.
  case audit
  /// `decision_candidates.csv` too.
  case full

  /// Whether `a` leaves less than `b`.
  public static func < (a: TableLevel, b: TableLevel) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}
