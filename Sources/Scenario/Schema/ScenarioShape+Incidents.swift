/// What goes wrong, declared or at random.
extension ScenarioShape {
  static let incident =
    incidentTargets.map { Field($0.key, .text, $0.doc) } + [
      Field(
        "link", .list(.scalar(.text)),
        "Two clouds, for what is lost between them: the gateway's and the deployment's"),
      Field(
        "effect", .wordOr(["fails", "hangs"], [slows, cuts, loses]), required: true,
        "What it does"),
      Field("at", .duration(allowsZero: true), required: true, "When it begins"),
      Field("for", .duration(allowsZero: false), required: true, "How long it lasts"),
    ]

  private static let slows = Shape.Variant(
    key: "slows", fields: [Field("slows", .scale, required: true, "Endpoints take that long")])

  private static let cuts = Shape.Variant(
    key: "cuts",
    fields: [Field("cuts", .share, required: true, "Share of a quota's limit that is left")])

  private static let loses = Shape.Variant(
    key: "loses",
    fields: [
      Field(
        "loses", .ratio(0...0.99), required: true,
        "Share of packets lost between the gateway and deployments"),
      Field(
        "retransmission", .duration(allowsZero: false), default: "200ms",
        "Wait before the first retransmission; each next one is twice as long"),
    ])

  /// What an incident may befall.
  static let incidentTargets: [(key: String, doc: String)] =
    failureTargets + [("quota", "A quota")]

  /// What may fail at random.
  static let failureTargets: [(key: String, doc: String)] = [
    ("cloud", "A cloud"), ("region", "A region, cloud/region"), ("zone", "A data zone"),
    ("account", "An account, cloud/account"), ("provider", "A provider of models"),
    ("deployment", "A pool or endpoint, cloud/region/name"),
  ]

  static let failure =
    failureTargets.map { Field($0.key, .text, $0.doc) } + [
      Field(
        "each", .word(["region", "zone", "account", "provider", "deployment"]),
        "Every one of that kind, each by itself"),
      Field(
        "effect", .wordOr(["fails", "hangs"], [slows, loses]), required: true, "What it does"),
      Field(
        "mtbf", .duration(allowsZero: false), required: true,
        "Mean time from the end of a failure to the next, exponential"),
      Field(
        "mttr", .shorthand(key: "median", repair), required: true,
        "How long a failure lasts: a time, or a lognormal one's median and sigma"),
      Field(
        "common", .share, default: "0%",
        "each: share of the failures that strike all deployments of a region, or all regions of a "
          + "cloud, at once"),
    ]

  private static let repair = [
    Field("median", .duration(allowsZero: false), required: true, "Median time"),
    Field(
      "sigma", .number(0...5), default: "0",
      "Standard deviation of the time's logarithm; 0 is always the median"),
  ]
}
