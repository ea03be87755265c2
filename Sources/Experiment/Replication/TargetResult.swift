import Statistics

/// A latency target of a workload over several replications.
public struct TargetResult: Sendable {
  /// The workload.
  public var workload: String
  /// `ttft`, `tpot` or `e2e`.
  public var latency: String
  /// The limit, milliseconds.
  public var limit: Double
  /// Share of requests that must be within it.
  public var required: Double
  /// Share that is, in the mean over the replications.
  public var attained: Double
  /// Half-width of its interval; `nil` for one run.
  public var halfWidth: Double?

  /// Whether the target is held in the mean.
  public var isHeld: Bool { attained >= required }
  /// Whether it is missed for certain: the whole interval lies below what is required.
  public var isMissed: Bool { attained + (halfWidth ?? 0) < required }

  private static func requirements(_ samples: FigureSamples) -> [FigureKey] {
    samples.keys.filter { $0.metric.hasPrefix("slo_") && $0.metric.hasSuffix("_required") }
  }

  /// Whether requests were measured against every target; of what was not nothing can be said.
  public static func areMeasured(_ samples: FigureSamples) -> Bool {
    all(samples, level: 0.5).count == requirements(samples).count
  }

  /// Every target of a study of which something was measured, in the order of the summary.
  public static func all(_ samples: FigureSamples, level: Double) -> [TargetResult] {
    requirements(samples)
      .compactMap { required in
        let latency = String(required.metric.dropFirst("slo_".count).dropLast("_required".count))
        func moments(_ end: String, _ unit: String) -> SampleMoments {
          var key = required
          key.metric = "slo_\(latency)_\(end)"
          key.unit = unit
          return SampleMoments(samples.values(key))
        }
        let (limit, attained) = (moments("limit", "ms"), moments("attainment", "1"))
        guard attained.count > 0 else { return nil }
        return TargetResult(
          workload: required.scope, latency: latency, limit: limit.mean,
          required: SampleMoments(samples.values(required)).mean, attained: attained.mean,
          halfWidth: ConfidenceInterval(attained, level: level)?.halfWidth)
      }
  }
}
