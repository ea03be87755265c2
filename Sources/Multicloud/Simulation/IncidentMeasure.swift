import SimulationKernel

/// What an incident did to a run.
///
/// Service is looked at by the second in which requests came: a second's share is that of the last ten
/// seconds' requests which were served within all their targets, of those that have ended. Requests still
/// under way when the run ends count nowhere.
public struct IncidentMeasure: Hashable, Sendable {
  /// What first told of it.
  public enum Witness: UInt8, CaseIterable, Sendable {
    /// An attempt that failed.
    case attempt
    /// Probes that failed.
    case probe
    /// A breaker that opened.
    case breaker
  }

  /// Its number among the run's incidents, from 0: declared ones in their order, then drawn ones by time.
  public var number: Int
  /// Its name in the summary: what and when, or which of those that were drawn.
  public var scope: String
  /// What happened.
  public var incident: Incident
  /// Whether a failure process drew it.
  public var isRandom: Bool
  /// Deployments that it befell.
  public var deployments: Int
  /// From its start until something told of it, nanoseconds; `nil` where nothing did.
  public var detected: Int64?
  /// What told of it first.
  public var witness = Witness.attempt
  /// From its start until a deployment that it befell was left alone: marked unhealthy, or behind an open
  /// breaker; nanoseconds.
  public var leftAlone: Int64?
  /// Whether service fell below 95 % of what it was before.
  public var hasFallen = false
  /// From its start until service was back at 95 % of what it was and stayed for 30 s, nanoseconds: 0 where
  /// it never fell, `nil` where it was not seen to come back.
  public var recovered: Int64?
  /// Requests served well of those that came in the five minutes before.
  public var goodBefore: Int64 = 0
  /// Requests that ended of those that came in the five minutes before.
  public var endedBefore: Int64 = 0
  /// Requests served well of those that came in the worst ten seconds until it was over and service had
  /// recovered.
  public var goodAtWorst: Int64 = 0
  /// Requests that ended of those that came in the worst ten seconds; 0 where there were none.
  public var endedAtWorst: Int64 = 0
  /// From its end until a deployment that it took away served a request again, nanoseconds.
  public var failedBack: Int64?
  /// Requests refused or failed of those that came from its start until it was over and service had
  /// recovered, or as far as was looked.
  public var lost: Int64 = 0
  /// Attempts at deployments, and the requests that made them, of the five minutes before.
  public var attemptsBefore: Int64 = 0
  /// Requests that made them.
  public var requestsBefore: Int64 = 0
  /// Attempts of requests that came while it lasted.
  public var attemptsDuring: Int64 = 0
  /// Requests that made them.
  public var requestsDuring: Int64 = 0
  /// Attempts that quotas of other deployments refused while it lasted.
  public var quotaRefusals: Int64 = 0
  /// Tokens they asked for: prompt, and what the output may take.
  public var quotaTokens: Int64 = 0
  /// Most of them in a minute, counted from its start.
  public var peakQuotaTokens: Int64 = 0

  /// How many incidents of a run are measured: the first by time.
  public static let most = 100

  /// How much worse the worst ten seconds were than before, a share: 0 as before, 1 nothing served well;
  /// `nil` where nothing ended.
  public var goodputDip: (part: Int64, whole: Int64)? {
    let (good, ended) = baseline
    guard endedAtWorst > 0, good > 0 else { return nil }
    let whole = good * endedAtWorst
    return (max(0, whole - goodAtWorst * ended), whole)
  }

  /// Service before; perfect where nothing came before.
  var baseline: (good: Int64, ended: Int64) {
    endedBefore == 0 ? (1, 1) : (goodBefore, endedBefore)
  }
}
