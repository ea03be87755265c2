/// What few worlds have: speculation, adapters, provisioned units, spot placement, training jobs.
extension WorldDice {
  /// Rolls what builds on places and workloads that are there.
  mutating func rollRareThings() {
    if chance(12), let site = plainPool() { rollSpeculation(site) }
    if chance(12), let site = plainPool() { rollAdapters(site) }
    if chance(30) { rollTraining() }
  }

  /// A pool whose engine does nothing special yet.
  private mutating func plainPool() -> Site? {
    let plain = pools.filter { site in
      let pool = site.path + ["pools", site.name]
      return draft[path: pool + ["disaggregated"]] == nil
        && ["prefix-cache", "speculation", "adapters"].allSatisfy {
          draft[path: pool + ["engine", $0]] == nil
        }
    }
    return plain.isEmpty ? nil : pick(plain)
  }

  private mutating func rollSpeculation(_ site: Site) {
    let engine = site.path + ["pools", site.name, "engine"]
    // Drafts want their part of every step.
    draft[path: engine + ["long-prefill-threshold"]] = nil
    draft[path: engine + ["speculation"]] = .of(
      ("draft-tokens", .scalar(String(between(1, 5)))), ("acceptance", percent(between(5, 95))),
      ("method", .scalar(pick(["eagle", "ngram"]))))
  }

  /// Adapters in every pool of a model, and workloads that ask for them.
  private mutating func rollAdapters(_ site: Site) {
    let same = pools.filter { $0.model == site.model }
    let isPlain = same.allSatisfy { other in
      draft[path: other.path + ["pools", other.name, "engine", "prefix-cache"]] == nil
        && draft[path: other.path + ["pools", other.name, "disaggregated"]] == nil
    }
    guard isPlain else { return }
    let most = between(1, 8)
    for other in same {
      draft[path: other.path + ["pools", other.name, "engine", "adapters"]] = .of(
        ("max", .scalar(String(most))), ("held", .scalar(String(most + below(12)))))
    }
    for workload in draft["workloads"]?.entries ?? []
    where workload.value["model"] == .scalar(site.model) && workload.value["prefix"] == nil
      && workload.value["chain"] == nil && chance(70)
    {
      draft[path: ["workloads", workload.key, "adapters"]] = .of(
        ("count", .scalar(String(between(1, 30)))), ("zipf", .scalar(pick(["0", "0.8", "1.3"]))),
        ("plain", percent(below(60))))
    }
  }

  /// A gang that takes what a market has.
  private mutating func rollTraining() {
    let markets = draft["markets"]?.entries ?? []
    guard !markets.isEmpty else { return }
    for number in 0..<between(1, 2) {
      var job = Draft.of(
        ("market", .scalar(pick(markets).key)), ("accelerators", .scalar(String(between(1, 3)))),
        ("work", time(between(20, 200))), ("at", moment()), ("restart", time(below(8))),
        ("preemptible", .scalar(String(chance(70)))), ("priority", .scalar(String(below(2)))))
      if chance(60) {
        job["checkpoint"] = .of(("every", time(between(3, 30))), ("takes", time(below(3))))
      }
      if chance(40) { job["mtbf"] = time(between(30, 300)) }
      if chance(30) { job["deadline"] = time(between(30, 400)) }
      if !tenants.isEmpty, chance(40) { job["tenant"] = .scalar(pick(tenants)) }
      draft[path: ["training", "job\(number)"]] = job
    }
  }

  /// Units that are bought for an hour, with pay as you go beside them for what they refuse.
  mutating func rollProvisionedUnits() {
    guard chance(15), let region = regions.filter({ $0.hasPrefix("azure/") }).last else { return }
    let place = region.split(separator: "/").map(String.init)
    let site = Site(cloud: place[0], region: place[1], name: "units", model: "gpt-5.1")
    let beside = endpoints.filter {
      $0.cloud == site.cloud && $0.region == site.region && $0.model == site.model
    }
    endpoints.append(site)
    var endpoint = Draft.of(
      ("model", .scalar(site.model)), ("type", "global-provisioned"),
      ("units", .scalar("\(between(3, 12) * 5) PTU")), ("unit-price", "1 USD"),
      ("service", .of(("concurrency", .scalar(pick(["20", "200"]))), ("variation", "15%"))))
    if let spare = beside.first { endpoint["spillover"] = .scalar(spare.name) }
    if chance(25) {
      endpoint["units"] = "30 PTU"
      endpoint["elastic"] = .of(
        ("minimum", "15 PTU"), ("maximum", "90 PTU"), ("lead-time", time(below(20))))
      endpoint["autoscale"] = .of(
        ("policy", "provisioned-units"), ("target", "80%"), ("maximum-up-step", "2"),
        ("interval", "5s"), ("scrape-interval", "5s"), ("window", "20s"), ("down-delay", "20s"))
    }
    draft[path: site.path + ["endpoints", site.name]] = endpoint
  }
}
