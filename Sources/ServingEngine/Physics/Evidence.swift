/// What a coefficient rests on.
public enum Evidence: String, CaseIterable, Hashable, Sendable {
  /// Fitted on measured kernel latencies of the same accelerator.
  case measured
  /// Scaled from specification sheets or from a similar accelerator.
  case guess
}
