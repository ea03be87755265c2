import Multicloud

/// What is known of a metric of `summary.csv`: its unit, what it is measured of, and which way is better.
public struct FigureMetric: Hashable, Sendable {
  /// Which way a figure is better.
  public enum Better: Hashable, Sendable {
    /// Less is better: latencies, losses, money.
    case lower
    /// More is better: goodput, attainment.
    case higher
    /// Neither is: how much was asked for, how it was spread.
    case neither
  }

  /// What a world must have for the figure to be there.
  public enum Need: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// The workload has a latency target.
    case objective
    /// The workload has a target of this kind: `ttft`, `tpot`, `e2e`.
    case target(String)
    /// The gateway has rules.
    case rules
    /// Somebody is billed.
    case bill
    /// The pool's capacity can change.
    case elastic
    /// The pool is disaggregated.
    case disaggregated
    /// The endpoint's units can change.
    case elasticUnits
    /// The same, and somebody is billed for its machines.
    case billedCapacity
    /// The error of the engines' step times is carried into the run.
    case stepError
    /// Something goes wrong.
    case incidents
    /// Something goes wrong, or health checks watch for it.
    case resilience
    /// A run is compared with the one without its `--incident`s.
    case drill
  }

  /// Its name, as in the column `metric`.
  public var name: String
  /// Its unit, as in the column `unit`.
  public var unit: String
  /// What it is measured of, as in the column `scope_kind`.
  public var kinds: [String]
  /// Which way is better.
  public var better: Better
  /// What it needs to be there.
  public var need: Need
  /// Whether it has a row only where it is above zero.
  public var isZeroWhereAbsent = false

  /// The metric of a name that is measured of such things; `nil` where there is none. O(metrics).
  public static func named(_ name: String, of kind: String) -> FigureMetric? {
    if let exact = all.first(where: { $0.name == name && $0.kinds.contains(kind) }) { return exact }
    // Counts by reason: one row for each reason there was.
    let counts: [(prefix: String, kinds: [String])] = [
      ("requests_rejected_", ["workload"]), ("requests_failed_", ["workload"]),
      ("refused_", ["deployment"]), ("worst_minute_429_", ["workload"]),
    ]
    for count in counts where name.hasPrefix(count.prefix) && count.kinds.contains(kind) {
      let reason = name.dropFirst(count.prefix.count)
      guard RequestRecord.Reason.allCases.contains(where: { $0.word == reason }) else { continue }
      return FigureMetric(
        name: name, unit: "requests", kinds: count.kinds, better: .lower, need: .nothing,
        isZeroWhereAbsent: true)
    }
    return nil
  }

  /// Names of what is measured of such things.
  public static func names(of kind: String) -> [String] {
    all.filter { $0.kinds.contains(kind) }.map(\.name)
  }

  /// Kinds of things of which a metric of this name is measured.
  public static func kinds(of name: String) -> [String] {
    scopeKinds.filter { named(name, of: $0) != nil }
  }

  /// The kinds of things figures are about, as in the column `scope_kind`.
  public static let scopeKinds = [
    "all", "workload", "tenant", "pool", "deployment", "region", "cloud", "account", "commitment",
    "job", "model", "incident",
  ]

  /// Every metric whose name is fixed.
  public static let all: [FigureMetric] =
    counts + latencies + targets + services + capacity + money + incidents

  static func metrics(
    _ names: [String], _ unit: String, _ kinds: [String], _ better: Better, _ need: Need = .nothing
  ) -> [FigureMetric] {
    names.map { FigureMetric(name: $0, unit: unit, kinds: kinds, better: better, need: need) }
  }

  private static let counts: [FigureMetric] =
    metrics(["simulated_time", "measured_time"], "s", ["all"], .neither)
    + metrics(["events"], "events", ["all"], .neither)
    + metrics(
      ["requests_arrived", "requests_in_flight"], "requests", ["all", "workload"], .neither)
    + metrics(["requests_arrived"], "requests", ["tenant", "pool"], .neither)
    + metrics(["requests_completed"], "requests", ["all", "workload", "tenant"], .higher)
    + metrics(["requests_completed"], "requests", ["pool"], .neither)
    + metrics(["requests_rejected"], "requests", ["all", "tenant", "pool"], .lower)
    + metrics(["requests_failed"], "requests", ["all", "tenant"], .lower)
    + metrics(["requests_cancelled"], "requests", ["all", "workload", "tenant", "pool"], .lower)
    + metrics(["lost_share"], "1", ["workload"], .lower)

  private static let latencies: [FigureMetric] =
    ["ttft", "tpot", "e2e", "queue"].flatMap { time in
      metrics(
        ["mean", "p50", "p90", "p95", "p99", "max"].map { "\(time)_\($0)" }, "ms",
        ["workload", "pool"], .lower)
        + metrics(
          ["mean", "p50", "p90", "p95", "p99", "max"].map { "\(time)_\($0)" }, "ms", ["deployment"],
          .lower, .rules)
    }
    + ["ttft", "tpot", "e2e"].flatMap { time in
      metrics(
        ["p50", "p90", "p95", "p99"].flatMap {
          ["\(time)_\($0)_if_fast", "\(time)_\($0)_if_slow"]
        },
        "ms", ["workload"], .lower, .stepError)
    }

  private static let targets: [FigureMetric] =
    metrics(["goodput"], "requests/s", ["workload"], .higher, .objective)
    + metrics(["slo_attainment"], "1", ["workload"], .higher, .objective)
    + ["ttft", "tpot", "e2e"].flatMap { time in
      metrics(["slo_\(time)_limit"], "ms", ["workload"], .neither, .target(time))
        + metrics(["slo_\(time)_required"], "1", ["workload"], .neither, .target(time))
        + metrics(
          ["slo_\(time)_attainment", "slo_\(time)_held"], "1", ["workload"], .higher, .target(time))
    }

  private static let services: [FigureMetric] =
    metrics(["request_rate"], "requests/s", ["workload", "pool", "region", "cloud"], .neither)
    + metrics(["completion_rate"], "requests/s", ["workload"], .higher)
    + metrics(["output_token_rate"], "tokens/s", ["workload"], .higher)
    + metrics(["output_token_rate"], "tokens/s", ["pool", "region", "cloud"], .neither)
    + metrics(["prompt_token_rate"], "tokens/s", ["pool"], .neither)
    + metrics(["preemptions"], "preemptions", ["workload", "pool"], .lower)
    + metrics(["busy_fraction"], "1", ["pool", "region", "cloud"], .neither)
    + metrics(["running_mean"], "requests", ["pool"], .neither)
    + metrics(["waiting_mean", "waiting_max_replica"], "requests", ["pool"], .lower)
    + metrics(["kv_used_fraction_mean", "kv_used_fraction_max"], "1", ["pool"], .neither)
    + metrics(
      ["prefix_lookup_tokens", "prefix_hit_tokens", "prefix_loaded_tokens"], "tokens", ["pool"],
      .neither)
    + metrics(["prefix_hit_rate"], "1", ["pool"], .higher)
    + metrics(["replicas"], "replicas", ["pool"], .neither)
    + metrics(["accelerators"], "accelerators", ["pool", "region", "cloud"], .neither)
    + metrics(["kv_blocks"], "blocks", ["pool"], .neither)
    + metrics(["residency_violations"], "attempts", ["all"], .lower, .rules)
    + metrics(["egress"], "B", ["all"], .lower, .rules)
    + metrics(["attempts_per_request"], "1", ["workload"], .lower, .rules)
    + metrics(["cached_share"], "1", ["workload"], .higher, .rules)
    + metrics(["cached_tokens_lost"], "tokens", ["workload"], .lower, .rules)
    + metrics(
      ["attempts", "completed", "spilled_out", "spilled_in"], "requests", ["deployment"],
      .neither, .rules)
    + metrics(["cancelled"], "requests", ["deployment"], .lower, .rules)
    + metrics(["in_flight_mean", "in_flight_max"], "requests", ["deployment"], .neither, .rules)
    + metrics(
      ["prompt_tokens", "cached_tokens", "output_tokens"], "tokens", ["deployment"], .neither,
      .rules)
    + metrics(["provisioned_units"], "units", ["deployment"], .neither, .rules)

  private static let capacity: [FigureMetric] =
    metrics(
      [
        "replicas_ready_mean", "replicas_ready_min", "replicas_ready_max", "replicas_held_mean",
        "replicas_held_max", "replicas_wanted_mean",
      ], "replicas", ["pool"], .neither, .elastic)
    + metrics(["replicas_failed_mean"], "replicas", ["pool"], .lower, .elastic)
    + metrics(["accelerator_hours"], "h", ["pool"], .lower, .elastic)
    + metrics(["spot_share"], "1", ["pool"], .neither, .elastic)
    + metrics(["capacity_gap"], "h", ["pool"], .lower, .elastic)
    + metrics(["scale_ups", "scale_downs"], "replicas", ["pool"], .neither, .elastic)
    + metrics(
      [
        "scale_ups_failed", "scale_ups_failed_quota", "scale_ups_failed_supply", "interruptions",
        "machine_failures",
      ], "replicas", ["pool"], .lower, .elastic)
    + metrics(["requests_broken_off", "requests_moved"], "requests", ["pool"], .lower, .elastic)
    + metrics(["lead_time_mean"], "s", ["pool"], .lower, .elastic)
    + ["kv_wait", "kv_copy"].flatMap { time in
      metrics(
        ["mean", "p50", "p90", "p95", "p99", "max"].map { "\(time)_\($0)" }, "ms", ["pool"], .lower,
        .disaggregated)
    }
    + metrics(["kv_copies"], "copies", ["pool"], .neither, .disaggregated)
    + metrics(["kv_bytes"], "B", ["pool"], .neither, .disaggregated)
    + metrics(
      ["kv_link_sending_fraction", "kv_link_receiving_fraction"], "1", ["pool"], .lower,
      .disaggregated)
    + metrics(
      ["units_mean", "units_wanted_mean"], "units", ["deployment"], .neither, .elasticUnits)
    + metrics(["scale_ups", "scale_downs"], "changes", ["deployment"], .neither, .elasticUnits)
    + metrics(["scale_ups_failed"], "changes", ["deployment"], .lower, .elasticUnits)
    + metrics(["lead_time_mean"], "s", ["deployment"], .lower, .elasticUnits)
    + metrics(["machine_cost"], "USD", ["pool"], .lower, .billedCapacity)
    + metrics(["machine_saving"], "USD", ["pool"], .higher, .billedCapacity)
    + metrics(["done_fraction", "deadline_met"], "1", ["job"], .higher)
    + metrics(["job_preemptions"], "preemptions", ["job"], .lower)
    + metrics(["job_faults"], "faults", ["job"], .lower)
    + metrics(["accelerator_hours"], "h", ["job"], .neither)
    + metrics(
      ["accelerator_hours_lost", "accelerator_hours_overhead"], "h", ["job"], .lower)
    + metrics(["waited"], "s", ["job"], .lower)

  private static let money: [FigureMetric] =
    metrics(["token_cost", "provisioned_cost", "total_cost"], "USD", ["all"], .lower, .rules)
    + metrics(["token_cost"], "USD", ["workload", "tenant"], .lower, .rules)
    + metrics(["token_cost", "provisioned_cost"], "USD", ["deployment"], .neither, .rules)
    + metrics(["token_cost_per_million"], "USD", ["workload"], .lower, .rules)
    + metrics(
      ["list_cost", "billed_cost", "effective_cost", "unused_cost"], "USD",
      ["all", "account", "tenant"], .lower, .bill)
    + metrics(
      [
        "unattributed_cost", "billed_cost_per_million_tokens", "effective_cost_per_million_tokens",
        "billed_cost_per_good_request",
      ], "USD", ["all"], .lower, .bill)
    + metrics(["credits"], "USD", ["account"], .neither, .bill)
    + metrics(["marginal_cost_per_million"], "USD", ["workload"], .lower, .bill)
    + metrics(["energy"], "kWh", ["all"], .lower, .bill)
    + metrics(["carbon"], "kg", ["all"], .lower, .bill)
    + metrics(
      ["committed", "drawn", "drawn_in_run", "balance"], "USD", ["commitment"], .neither, .bill)
    + metrics(
      ["shortfall_billed", "shortfall_p10", "shortfall_p50", "shortfall_p90"], "USD",
      ["commitment"], .lower, .bill)
    + metrics(["shortfall_probability"], "1", ["commitment"], .lower, .bill)
    + metrics(
      ["exhausted_in_month_p10", "exhausted_in_month_p50", "exhausted_in_month_p90"], "months",
      ["commitment"], .neither, .bill)
}
