/// Clouds, pools, endpoints, quotas, markets.
extension WorldDice {
  private static let clouds: [(cloud: String, regions: [String])] = [
    ("azure", ["eastus2", "swedencentral", "southeastasia"]),
    ("aws", ["us-east-1", "eu-central-1", "ap-northeast-1"]),
  ]

  /// Models of one's own machines, and models that are bought by the token.
  static let ownModels = ["llama-3.1-8b", "qwen2.5-7b"]
  static let soldModels = ["gpt-5.1", "claude-sonnet-4.6", "gpt-5-mini"]

  mutating func rollPlaces() {
    let count = between(1, 2)
    for (cloud, names) in Self.clouds.prefix(count) {
      for region in names.prefix(between(1, 3)) {
        regions.append("\(cloud)/\(region)")
        draft[path: ["clouds", cloud, "regions", region]] = .map([])
      }
    }
    for number in 0..<between(0, 3) { rollPool(number) }
    // Policies that weigh quality want to know that of one's own models too.
    for model in Set(pools.map(\.model)).sorted() {
      draft[path: ["models", model, "quality"]] = percent(between(60, 95))
    }
    for number in 0..<between(pools.isEmpty ? 1 : 0, 4) { rollEndpoint(number) }
    rollProvisionedUnits()
    rollSpillover()
    if chance(25), let pool = pools.first { rollElastic(pool) }
    if chance(25), let pool = pools.last { rollEngineFeature(pool) }
    if chance(25) {
      draft[path: ["network", "ingress"]] = .scalar(pick(regions))
    }
  }

  private mutating func rollPool(_ number: Int) {
    let place = pick(regions).split(separator: "/").map(String.init)
    let site = Site(
      cloud: place[0], region: place[1], name: "pool\(number)", model: pick(Self.ownModels))
    pools.append(site)
    var pool = Draft.of(
      ("accelerator", .scalar(pick(["H100-SXM", "A100-SXM"]))),
      ("model", .scalar(site.model)), ("replicas", .scalar(String(between(1, 3)))))
    var engine = Draft.map([])
    // Little memory, so that it runs short.
    if chance(60) { engine["kv-blocks"] = .scalar(String(between(150, 600))) }
    if chance(50) { engine["max-sequences"] = .scalar(String(between(2, 24))) }
    if chance(30) { engine["max-batched-tokens"] = .scalar(String(between(256, 4096))) }
    if chance(25) { engine["long-prefill-threshold"] = .scalar(String(between(64, 512))) }
    if chance(25) { engine["order"] = "priority" }
    if chance(20) { engine["block-tokens"] = .scalar(pick(["8", "16", "24"])) }
    engine["max-model-tokens"] = "2k"
    pool["engine"] = engine
    if chance(40) { pool["queue-limit"] = .scalar(String(below(40))) }
    if chance(60) {
      let policy = pick([
        "least-outstanding-requests", "least-outstanding-tokens", "power-of-two", "random",
        "round-robin", "weighted",
      ])
      pool["routing"] = .scalar(policy)
    }
    if chance(40) { pool["order"] = .scalar(String(below(3))) }
    if chance(30) { pool["weight"] = .scalar(pick(["0.5", "2", "3"])) }
    if chance(40) {
      pool["price"] = .of(("input", "3 USD/M tokens"), ("output", "9 USD/M tokens"))
    }
    draft[path: site.path + ["pools", site.name]] = pool
  }

  private mutating func rollEndpoint(_ number: Int) {
    let place = pick(regions).split(separator: "/").map(String.init)
    // What a cloud does not sell is refused; Azure sells all of these.
    let isAzure = place[0] == "azure"
    let site = Site(
      cloud: place[0], region: place[1], name: "end\(number)",
      model: isAzure ? pick(Self.soldModels) : "claude-sonnet-4.6")
    endpoints.append(site)
    var endpoint = Draft.of(("model", .scalar(site.model)))
    if chance(60) { endpoint["quota"] = quota() }
    if chance(30) { endpoint["quotas"] = .list([.scalar(sharedQuota())]) }
    if chance(40) { endpoint["order"] = .scalar(String(below(3))) }
    if chance(30) { endpoint["context"] = .scalar(pick(["700", "2k", "100k"])) }
    if chance(30) { endpoint["account"] = .scalar(pick(["prod", "other"])) }
    var service = Draft.of(("concurrency", .scalar(pick(["3", "20", "200"]))))
    if chance(50) { service["variation"] = percent(between(5, 60)) }
    if chance(30) { service["background"] = percent(between(5, 60)) }
    if chance(40) {
      service["curve"] = .list([
        .of(("load", "0%"), ("ttft", "300ms"), ("speed", "120 tokens/s")),
        .of(("load", "100%"), ("ttft", "1500ms"), ("speed", "40 tokens/s")),
      ])
    }
    endpoint["service"] = service
    draft[path: site.path + ["endpoints", site.name]] = endpoint
  }

  /// A rule with a limit that is reached.
  private mutating func quota() -> Draft {
    // Whole tokens a second, as the rules by window want them.
    let tokens = Draft.scalar("\(between(1, 20) * 3)k/min")
    switch below(7) {
    case 0: return .of(("rule", "fixed-minute"), ("tokens", tokens))
    case 1:
      return .of(
        ("rule", "fixed-minute"), ("requests", .scalar("\(between(30, 600))/min")),
        ("slice", .scalar(pick(["1s", "10s"]))))
    case 2: return .of(("rule", "reserve-and-settle"), ("tokens", tokens))
    case 3:
      return .of(
        ("rule", "reserve-and-settle"), ("tokens", tokens), ("burndown", "5"),
        ("refill", "continuous"))
    case 4:
      return .of(
        ("rule", "separate-tokens"), ("input", tokens),
        ("output", .scalar("\(between(2, 20))k/min")), ("requests", "400/min"))
    case 5: return .of(("rule", "window-burndown"), ("tokens", tokens), ("burndown", "4"))
    default: return .of(("tokens", tokens))
    }
  }

  private mutating func sharedQuota() -> String {
    if !quotas.isEmpty, chance(60) { return pick(quotas) }
    let name = "shared\(quotas.count)"
    quotas.append(name)
    // At least what four quotas of endpoints come to.
    draft[path: ["quotas", name]] = .of(("rule", "fixed-minute"), ("tokens", "240k/min"))
    return name
  }

  /// What one endpoint refuses goes to another beside it.
  private mutating func rollSpillover() {
    for from in endpoints.indices where endpoints[from].name != "units" && chance(30) {
      let others = endpoints.indices.filter {
        $0 > from && endpoints[$0].name != "units" && endpoints[$0].model == endpoints[from].model
          && endpoints[$0].cloud == endpoints[from].cloud
          && endpoints[$0].region == endpoints[from].region
      }
      guard let to = others.first else { continue }
      draft[path: endpoints[from].path + ["endpoints", endpoints[from].name, "spillover"]] =
        .scalar(endpoints[to].name)
    }
  }

  /// A pool that grows and shrinks, whose machines come from markets and fail.
  private mutating func rollElastic(_ site: Site) {
    let path = site.path + ["pools", site.name]
    let markets = (0..<between(1, 3)).map { "market\($0)" }
    for name in markets {
      var market = Draft.of(
        ("region", .scalar("\(site.cloud)/\(site.region)")),
        ("accelerator", draft[path: path + ["accelerator"]] ?? "H100-SXM"),
        ("kind", .scalar(pick(["on-demand", "on-demand", "spot"]))))
      market["available"] =
        chance(50)
        ? .scalar(String(between(0, 6)))
        : .of(
          (
            "spells",
            .of(
              ("level", .scalar(String(between(1, 6)))), ("up", time(between(10, 90))),
              ("down", time(between(5, 60))))
          ))
      if market["kind"] == "spot" {
        market["notice"] = time(below(15))
        if chance(30) {
          market["price-process"] = .of(
            ("deviation", percent(between(5, 40))), ("reversion", time(between(10, 100))),
            ("floor", percent(between(5, 20))), ("step", time(between(5, 40))))
          if chance(50) { market["limit"] = percent(between(30, 100)) }
        }
      }
      if chance(40) { market["quota"] = .scalar(String(between(1, 6))) }
      draft[path: ["markets", name]] = market
    }
    var elastic = Draft.of(
      ("minimum", .scalar(String(below(2)))), ("maximum", .scalar(String(between(3, 6)))),
      ("provisioning", time(below(20))), ("loading", time(below(20))), ("warming", "2s"),
      ("drain-limit", time(between(1, 30))), ("retry", time(between(5, 30))),
      ("when-empty", .scalar(pick(["hold", "refuse"]))),
      ("markets", .list(markets.map { .scalar($0) })))
    let spots = markets.filter { draft[path: ["markets", $0, "kind"]] == "spot" }
    let hasSpot = !spots.isEmpty
    if hasSpot, chance(50) {
      var spot = Draft.of(("zones", .list(spots.map { .scalar($0) })))
      if let other = markets.first(where: { !spots.contains($0) }) {
        spot["fallback"] = .scalar(other)
        if chance(50) { spot["base-on-demand"] = .scalar(String(below(2))) }
        if chance(30) { spot["dynamic-fallback"] = false }
      }
      if chance(50) { spot["over-provision"] = .scalar(String(below(3))) }
      elastic["markets"] = nil
      elastic["spot"] = spot
    }
    elastic["in-flight"] = .scalar(pick(["drain", "recompute", "migrate"]))
    if chance(40) {
      elastic["failures"] = .of(
        ("mtbf", time(between(60, 400))), ("repair", time(between(5, 60))),
        ("replicas-per-node", .scalar(String(between(1, 2)))))
      elastic["detection"] = time(below(10))
    }
    if chance(30), !hasSpot {
      elastic["blocks"] = .list([
        .of(
          ("at", moment()), ("for", time(between(20, 90))), ("replicas", "1"),
          ("margin", time(5)))
      ])
    }
    draft[path: path + ["elastic"]] = elastic
    if chance(60) {
      draft[path: path + ["autoscale"]] = .of(
        ("policy", "target-rate"), ("target", .scalar("\(between(1, 6))/s")),
        ("interval", "5s"), ("scrape-interval", "5s"), ("window", "20s"), ("up-delay", "0s"),
        ("down-delay", "15s"))
    }
  }

  /// A prefix cache, a split pool or speculation: one at a time, as engines allow.
  private mutating func rollEngineFeature(_ site: Site) {
    let path = site.path + ["pools", site.name]
    guard draft[path: path + ["elastic"]] == nil else { return }
    if chance(50) {
      draft[path: path + ["engine", "prefix-cache"]] = true
      if chance(50) { draft[path: path + ["routing"]] = "prefix-affinity" }
    } else {
      draft[path: path + ["disaggregated"]] = .of(
        ("decode", .of(("replicas", .scalar(String(between(1, 2)))))),
        ("link", .of(("bandwidth", "400 Gbit/s"), ("latency", "20us"))),
        ("first-token", .scalar(pick(["prefill", "decode"]))))
      draft[path: path + ["engine", "long-prefill-threshold"]] = nil
    }
  }
}
