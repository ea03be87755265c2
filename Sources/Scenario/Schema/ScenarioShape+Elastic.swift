import Multicloud

/// Capacity that moves.
extension ScenarioShape {
  /// A length of time, or the law of one: `4m`, `{ lognormal: { median: 4m, sigma: 0.3 } }`.
  static let durationLaw = Shape.shorthand(
    key: "constant",
    [
      Field("constant", .duration(allowsZero: true), "Always this long"),
      Field(
        "exponential",
        .mapping([Field("mean", .duration(allowsZero: false), required: true, "Mean")]),
        "Exponential"),
      Field(
        "lognormal",
        .mapping([
          Field("median", .duration(allowsZero: false), required: true, "Median"),
          Field("sigma", .number(0...10), required: true, "Standard deviation of the logarithm"),
        ]), "Lognormal"),
      Field(
        "gamma",
        .mapping([
          Field("mean", .duration(allowsZero: false), required: true, "Mean"),
          Field("cv", .number(0.01...20), required: true, "Coefficient of variation"),
        ]), "Gamma"),
      Field(
        "uniform",
        .mapping([
          Field("min", .duration(allowsZero: true), required: true, "Least"),
          Field("max", .duration(allowsZero: false), required: true, "Greatest"),
        ]), "Uniform"),
    ])

  static let elastic = [
    Field("minimum", .count(0...1_000_000), default: "1", "Fewest replicas that may be wanted"),
    Field("maximum", .count(1...1_000_000), required: true, "Most replicas that may be wanted"),
    Field(
      "provisioning", durationLaw,
      "From the request to a machine that runs; default the catalog's for the cloud"),
    Field(
      "loading", durationLaw, "Loading of image and weights; default the catalog's for the cloud"),
    Field("warming", durationLaw, "Warm-up of the engine; default the catalog's"),
    Field(
      "drain-limit", .duration(allowsZero: true), default: "10m",
      "How long a replica that shall go may finish what it has"),
    Field(
      "markets", .oneOrMore(.scalar(.text)),
      "Markets its machines come from, the first choice first; default always to be had"),
    Field("spot", .mapping(spot), "How it places spot machines over zones; default it does not"),
    Field(
      "retry", .duration(allowsZero: false), default: "60s",
      "When a machine that was not to be had is asked for again"),
    Field(
      "when-empty", .word(ElasticPool.WhenEmpty.allCases.map(\.rawValue)), default: "refuse",
      "What happens to requests while no replica serves"),
    Field(
      "in-flight", .word(ElasticPool.InFlight.allCases.map(\.rawValue)), default: "drain",
      "What becomes of requests at a machine that is taken away: drain lets them finish until it goes, "
        + "recompute computes the rest anew elsewhere, migrate does so at the notice"),
    Field(
      "detection", .duration(allowsZero: true), default: "10s",
      "Until the balancer learns that a replica has failed"),
    Field("failures", .mapping(machineFailures), "Faults of its machines; default never"),
    Field("blocks", .list(.mapping(block)), default: "[]", "Replicas bought for a time"),
  ]

  private static let machineFailures = [
    Field(
      "mtbf", .duration(allowsZero: false), required: true,
      "Mean time between faults of one accelerator in use"),
    Field("repair", durationLaw, required: true, "Until the machine can be used again"),
    Field(
      "replicas-per-node", .count(1...1024), default: "1",
      "Replicas that one fault takes down together"),
  ]

  private static let block = [
    Field("at", .duration(allowsZero: true), required: true, "When it begins, from the start"),
    Field("for", .duration(allowsZero: false), required: true, "How long it lasts"),
    Field("replicas", .count(1...1_000_000), required: true, "How many"),
    Field(
      "margin", .duration(allowsZero: true), default: "30m",
      "How long before the end they go out of service"),
  ]
}
