/// The format of sweep plans, all of it.
enum SweepShape {
  /// Axes: a list of values for each path.
  static let axes = Shape.table(
    noun: "axis, a path such as workloads.chat.arrivals.poisson", .list(.value))

  static let root = Shape.mapping([
    Field("scenario", .text, required: true, "The scenario that is varied, beside the plan"),
    Field("axes", axes, "Values by path of --set; every combination is a cell"),
    Field(
      "cells", .list(.table(noun: "override, a path such as gateway.route", .value)),
      "Cells one by one, each a mapping of paths to values; in place of axes"),
    Field(
      "seeds", .oneOrMore(.scalar(.seed)), default: "1",
      "How many seeds each cell runs with, from the scenario's own on, or a list of seeds"),
    Field(
      "figures", .oneOrMore(.scalar(.text)),
      "Metrics to keep in the results, such as ttft_p95 or cost_*; default all"),
  ])
}
