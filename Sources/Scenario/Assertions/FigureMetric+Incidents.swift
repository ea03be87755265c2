/// Metrics of what goes wrong.
extension FigureMetric {
  static let incidents: [FigureMetric] =
    metrics(["incidents"], "incidents", ["all"], .neither, .incidents)
    + metrics(
      ["detection_time", "left_alone_time", "failover_time", "failback_time"], "s", ["incident"],
      .lower, .incidents)
    + metrics(["goodput_dip"], "1", ["incident"], .lower, .incidents)
    + metrics(["lost_requests"], "requests", ["incident"], .lower, .incidents)
    + metrics(["attempts_per_request_before"], "1", ["incident"], .neither, .incidents)
    + metrics(["attempts_per_request_during"], "1", ["incident"], .lower, .incidents)
    + metrics(["quota_refusals"], "attempts", ["incident"], .lower, .incidents)
    + metrics(["quota_tokens_refused"], "tokens", ["incident"], .lower, .incidents)
    + metrics(["quota_tokens_missing"], "tokens/min", ["incident"], .lower, .incidents)
    + metrics(
      ["headroom_without_worst_region", "headroom_without_worst_provider"], "1", ["all", "model"],
      .higher, .resilience)
    + metrics(["drill_extra_usd"], "USD", ["all"], .lower, .drill)
    + metrics(["drill_extra_lost"], "requests", ["all"], .lower, .drill)
    + metrics(["drill_goodput_change"], "requests/s", ["workload"], .higher, .drill)
    + metrics(["drill_ttft_p95_change"], "ms", ["workload"], .lower, .drill)
}
