import SimulationKernel

/// A row of `deployments_estimate.csv`: what is expected of a deployment in a stretch of time. Columns mean
/// what they mean in `deployments_minute.csv`; every figure is an expectation.
public struct DeploymentEstimateRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; counts over the stretch.
  public init(
    start: Int64, seconds: Int64, names: [String], attempts: Double, completions: Double,
    promptTokens: Double, outputTokens: Double, inFlight: Double, utilisation: Double,
    dollars: Double
  ) {
    fields =
      [.integer(start), .integer(seconds)] + names.map { .text($0) } + [
        .estimate(attempts), .estimate(completions), .estimate(promptTokens),
        .estimate(outputTokens), .estimate(inFlight), .estimate(utilisation), .estimate(dollars),
        .text("estimated"),
      ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "deployments_estimate", version: 1,
    columns: [
      Column("start_s", .integer, unit: "s", "Start of the stretch, from the start"),
      Column("length_s", .integer, unit: "s", "Length of the stretch"),
      Column("cloud", .text, "Cloud"),
      Column("region", .text, "Region in the cloud"),
      Column("deployment", .text, "Name of the pool or endpoint in the region"),
      Column("attempts", .real, unit: "requests", "Attempts that reach it"),
      Column("completions", .real, unit: "requests", "Attempts completed"),
      Column("prompt_tokens", .real, unit: "tokens", "Prompt tokens of completed attempts"),
      Column("output_tokens", .real, unit: "tokens", "Output tokens of completed attempts"),
      Column("in_flight_mean", .real, unit: "requests", "Requests in flight, mean"),
      Column(
        "utilisation", .real, unit: "1",
        "Replicas with a step in progress over all, or requests in flight over concurrency"),
      Column("cost_usd", .real, unit: "USD", "What the tokens cost at list price"),
      Column("source", .text, "estimated"),
    ])
}

/// A row of `placements_estimate.csv`: a placement among many.
public struct PlacementEstimateRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row.
  public init(
    placement: Int, capacity: String, dollarsPerHour: Double, meanUtilisation: Double,
    peakLoad: Double, goodShare: Double, overloadShare: Double, kilowatts: Double
  ) {
    fields = [
      .integer(Int64(placement)), .text(capacity), .estimate(dollarsPerHour),
      .estimate(meanUtilisation), .estimate(peakLoad), .estimate(goodShare),
      .estimate(overloadShare), .estimate(kilowatts), .text("estimated"),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "placements_estimate", version: 1,
    columns: [
      Column("placement", .integer, "Number of the placement, from 1, in the order it was given"),
      Column("capacity", .text, "Replicas and units of the deployments that vary"),
      Column("cost_usd_h", .real, unit: "USD/h", "Machines, units and tokens at list price"),
      Column("utilisation_mean", .real, unit: "1", "Mean load, weighted by work"),
      Column("load_peak", .real, unit: "1", "Highest load of any deployment in any bin"),
      Column("slo_attainment", .real, unit: "1", "Share of requests within their targets"),
      Column("overload_share", .real, unit: "1", "Share of work beyond what can be sustained"),
      Column("power_kw", .real, unit: "kW", "Servers of the pools"),
      Column("source", .text, "estimated"),
    ])
}

/// A row of `verification.csv`: a figure, estimated and simulated.
public struct VerificationRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row.
  public init(
    window: String, start: Int64, seconds: Int64, scopeKind: String, scope: String,
    metric: String, simulated: Double, halfWidth: Double, estimated: Double, difference: Double,
    band: Double, isInside: Bool
  ) {
    fields = [
      .text(window), .integer(start), .integer(seconds), .text(scopeKind), .text(scope),
      .text(metric), .estimate(simulated), .estimate(halfWidth), .estimate(estimated),
      .estimate(difference), .estimate(band), .text(isInside ? "inside" : "outside"),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "verification", version: 1,
    columns: [
      Column("window", .text, "Why the window was chosen"),
      Column("start_s", .integer, unit: "s", "Start of the window, from the start"),
      Column("length_s", .integer, unit: "s", "Length of the window"),
      Column("scope_kind", .text, "all, workload or deployment"),
      Column("scope", .text, "Name of what the figure is about"),
      Column("metric", .text, "Name of the metric, its unit in it"),
      Column("simulated", .real, "Mean over the seeds"),
      Column("half_width", .real, "Half-width of its 95 % interval over the seeds"),
      Column("estimated", .real, "The estimate"),
      Column("difference", .real, "Relative; of utilisation in its own unit"),
      Column("band", .real, "How far the estimate may be off"),
      Column("verdict", .text, "inside or outside, the simulation's own uncertainty allowed for"),
    ])
}
