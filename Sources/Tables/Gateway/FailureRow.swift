/// A row of `failures.csv`: an incident and what it did to service.
public struct FailureRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// How service went through an incident. Times are nanoseconds from its start unless said otherwise;
  /// `nil` where nothing of the kind happened.
  public struct Service: Hashable, Sendable {
    /// Until something told of it.
    public var detected: Int64?
    /// What told of it.
    public var detectedBy = ""
    /// Until a deployment that it befell was left alone.
    public var leftAlone: Int64?
    /// Until service was well again.
    public var recovered: Int64?
    /// From its end until a deployment that it took away served again.
    public var failedBack: Int64?
    /// How much worse the worst ten seconds were.
    public var goodputDip = Ratio.none
    /// Requests refused or failed.
    public var lost: Int64 = 0
    /// Attempts a request before.
    public var attemptsBefore = Ratio.none
    /// Attempts a request while it lasted.
    public var attemptsDuring = Ratio.none
    /// Attempts that quotas elsewhere refused.
    public var quotaRefusals: Int64 = 0
    /// Their tokens.
    public var quotaTokens: Int64 = 0
    /// Most of them in a minute.
    public var peakQuotaTokens: Int64 = 0

    /// Creates a service that nothing happened to.
    public init() {}
  }

  /// Creates a row; times in nanoseconds.
  public init(
    start: Int64, isRandom: Bool, domain: String, target: String, effect: String, factor: Double?,
    duration: Int64, deployments: Int, service: Service
  ) {
    func seconds(_ time: Int64?) -> TextField {
      .ratio(time.map { Ratio($0, over: 1_000_000_000) } ?? .none)
    }
    fields = [
      seconds(start), .integer(isRandom ? 1 : 0), .text(domain), .text(target), .text(effect),
      .estimate(factor), seconds(duration), .integer(Int64(deployments)),
      seconds(service.detected), .text(service.detectedBy), seconds(service.leftAlone),
      seconds(service.recovered), seconds(service.failedBack), .ratio(service.goodputDip),
      .integer(service.lost), .ratio(service.attemptsBefore), .ratio(service.attemptsDuring),
      .integer(service.quotaRefusals), .integer(service.quotaTokens),
      .integer(service.peakQuotaTokens),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "failures", version: 1,
    columns: [
      Column("t_s", .decimal(6), unit: "s", "When it begins, from the run's start"),
      Column("is_random", .flag, "Whether a failure process drew it"),
      Column(
        "domain", .text,
        "What it befalls: cloud, region, zone, account, provider, deployment, quota or link"),
      Column("target", .text, "Name of that"),
      Column("effect", .text, "fails, hangs, slows, cuts or loses"),
      Column("factor", .real, unit: "1", "As in incidents.csv"),
      Column("duration_s", .decimal(6), unit: "s", "How long it lasts, beyond the run's end too"),
      Column("affected_deployments", .integer, unit: "deployments", "Deployments that it befalls"),
      Column(
        "detected_s", .decimal(6), unit: "s",
        "From its start until an attempt fails, probes mark a deployment or a breaker opens"),
      Column("detected_by", .text, "Which came first: attempt, probe or breaker"),
      Column(
        "left_alone_s", .decimal(6), unit: "s",
        "From its start until a deployment it befalls is marked or behind an open breaker"),
      Column(
        "recovered_s", .decimal(6), unit: "s",
        "Failover time: from its start until service is back at 95 % of the five minutes before, for 30 s; 0 if it never fell, empty if it was not seen to come back"
      ),
      Column(
        "failed_back_s", .decimal(6), unit: "s",
        "From its end until a deployment it took away serves a request again"),
      Column(
        "goodput_dip", .decimal(6), unit: "1",
        "How much less was served well in the worst ten seconds of that time than before, a share"),
      Column(
        "lost_requests", .integer, unit: "requests",
        "Refused or failed of those that came from its start until it was over and service had recovered"
      ),
      Column(
        "attempts_per_request_before", .decimal(6), unit: "1", "Of the five minutes before"),
      Column("attempts_per_request_during", .decimal(6), unit: "1", "While it lasts"),
      Column(
        "quota_refusals", .integer, unit: "attempts",
        "Refused by quotas of other deployments while it lasts"),
      Column("quota_tokens", .integer, unit: "tokens", "What those asked for"),
      Column(
        "peak_quota_tokens_per_min", .integer, unit: "tokens/min",
        "Most of that in a minute: quota that is missing"),
    ])
}
