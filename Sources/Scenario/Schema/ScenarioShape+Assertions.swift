/// What must hold of a run, and how runs are checked.
extension ScenarioShape {
  /// The keys that name what an assertion is about, one at most.
  static let assertionScopes = [
    Field("workload", .text, "The workload it is about"),
    Field("tenant", .text, "The tenant it is about"),
    Field("pool", .text, "The pool it is about, cloud/region/pool"),
    Field("deployment", .text, "The deployment it is about, cloud/region/name"),
    Field("region", .text, "The region it is about, cloud/region"),
    Field("cloud", .text, "The cloud it is about"),
    Field("account", .text, "The billing account it is about"),
    Field("commitment", .text, "The commitment it is about"),
    Field("model", .text, "The model it is about"),
    Field(
      "incident", .text, "The incident it is about, such as region azure/eastus2 at 840 s"),
  ]

  static let assertion = Shape.mapping(
    assertionScopes + [
      Field("metric", .text, required: true, "Metric of summary.csv, such as ttft_p95"),
      Field("at-least", .limitOfFigure, "Least value that holds"),
      Field("at-most", .limitOfFigure, "Greatest value that holds"),
    ])

  static let check = [
    Field(
      "replications", .count(2...1000), default: "8", "Seeds a check runs, from the scenario's on"),
    Field(
      "alpha", .ratio(0.000001...0.5), default: "1%",
      "Chance that a check of unchanged behaviour fails, over all figures together"),
    Field(
      "relevance", .ratio(0...10), default: "0.5%", "Smallest relative difference that matters"),
    Field(
      "tolerances", .table(noun: "figure", .scalar(.text)), default: "{}",
      "By metric, or name and metric: 2%, 5ms, real, real 1%, exact or ignore"),
  ]
}
