import Tables

/// How close something came to its limit.
struct Limit {
  let name: String
  /// Share of the limit that was reached.
  let share: Double
  /// Of what.
  let what: String
  /// The figure, where it is one of `summary.csv`.
  let figure: SummaryFigure?

  /// What a run has limits of, the closest to its limit first. Equal shares keep their order.
  static func all(_ run: RunContents) -> [Limit] {
    var limits: [Limit] = []
    let figures = run.figures
    func add(_ figure: SummaryFigure?, _ what: String) {
      guard let figure, let value = figure.value else { return }
      limits.append(Limit(name: figure.scope, share: value, what: what, figure: figure))
    }
    let elastic = run.elasticPools
    for pool in figures.scopes(.pool) {
      // The estimate is of the replicas of the start, which an elastic pool leaves.
      if !elastic.contains(pool) {
        add(
          figures.estimate(.pool, pool, "load_peak"),
          "of the load it can sustain, in its busiest minute (estimated)")
      }
      add(figures.figure(.pool, pool, "kv_used_fraction_max"), "of the KV cache of a replica")
    }
    for deployment in figures.scopes(.deployment) {
      add(
        figures.estimate(.deployment, deployment, "load_peak"),
        "of the load it can sustain, at its busiest (estimated)")
    }
    for quota in figures.scopes(.quota) {
      add(
        figures.estimate(.quota, quota, "asked_over_limit_peak"),
        "of the quota asked for, at its busiest (estimated)")
    }
    for (name, load) in run.deployments?.peaks ?? [] where load > 0 {
      limits.append(
        Limit(
          name: name, share: load, what: "of the requests it can run at once", figure: nil))
    }
    if let used = run.quotas?.usedByQuota {
      for name in used.names where used.size(name) > 0 {
        limits.append(Limit(name: name, share: used.size(name), what: "of the quota", figure: nil))
      }
    }
    return limits.enumerated().sorted { a, b in
      a.element.share == b.element.share
        ? a.offset < b.offset : a.element.share > b.element.share
    }.map(\.element)
  }
}
