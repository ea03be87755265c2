/// Which way of a figure is the better one.
public enum FigureDirection: String, Sendable {
  /// Less is better: latencies, money, losses.
  case smaller
  /// More is better: goodput, attainment.
  case larger
  /// Neither by itself: load, counts of what came.
  case neither

  /// The direction of a metric of `summary.csv`.
  public init(metric: String) {
    if Self.largerMetrics.contains(metric) || metric.hasSuffix("_attainment") {
      self = .larger
    } else if Self.smallerMetrics.contains(where: { metric.hasPrefix($0) || metric.hasSuffix($0) })
    {
      self = .smaller
    } else {
      self = .neither
    }
  }

  private static let largerMetrics: Set<String> = [
    "goodput", "completion_rate", "requests_completed", "completed", "output_token_rate",
    "cached_share",
  ]

  /// Beginnings and ends of their names.
  private static let smallerMetrics: [String] = [
    "ttft_", "tpot_", "e2e_", "queue_", "_cost", "cost_per_million", "_cost_per_million_tokens",
    "_cost_per_good_request", "requests_rejected", "requests_failed", "requests_cancelled",
    "refused_", "rejected_", "failed_", "preemptions", "shortfall", "carbon", "energy", "egress",
    "attempts_per_request", "cached_tokens_lost", "worst_minute_429", "residency_violations",
    "waiting_",
  ]

  /// Whether `a` is better than `b`.
  public func isBetter(_ a: Double, than b: Double) -> Bool {
    switch self {
    case .smaller: a < b
    case .larger: a > b
    case .neither: false
    }
  }
}
