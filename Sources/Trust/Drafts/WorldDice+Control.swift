/// The gateway, contracts, and what goes wrong.
extension WorldDice {
  mutating func rollGateway() {
    var gateway = Draft.map([])
    gateway["route"] = .scalar(
      pick([
        "contract-aware", "cost-band", "latency-band", "least-loaded", "nearest", "preferred",
        "provisioned-first", "region-preference", "round-robin", "weighted-scores",
        "selective-push", "weighted",
      ]))
    if chance(30) { gateway["staleness"] = .scalar("\(between(50, 900))ms") }
    gateway["quality-band"] = percent(between(1, 30))
    if chance(60) {
      gateway["failover"] = .of(
        ("enabled", .scalar(String(chance(80)))),
        ("exhaust-model-first", .scalar(String(chance(50)))))
    }
    if chance(50) {
      gateway["retry"] = .of(
        ("attempts", .scalar(String(between(1, 3)))), ("backoff", "150ms"))
    }
    if chance(40) {
      gateway["breaker"] = .of(
        ("allowed-failures", .scalar(String(below(5)))), ("window", "20s"), ("cooldown", "4s"),
        ("probe", .scalar(String(chance(70)))),
        ("scope", .scalar(pick(["deployment", "account", "provider"]))))
    }
    if chance(30) { gateway["attempt-timeout"] = .scalar("\(between(400, 4000))ms") }
    if chance(25) {
      gateway["health"] = .of(
        ("interval", "3s"), ("timeout", "1s"), ("failures", "2"), ("successes", "1"))
    }
    if chance(30) {
      gateway["flow"] = .of(
        ("ceilings", .list(["90%", "70%", "50%"])),
        ("fairness", .scalar(pick(["none", "round-robin", "virtual-token-counter"]))),
        ("order", .scalar(pick(["fcfs", "edf", "sjf"]))),
        ("capacity", .scalar(pick(["5", "1000"]))))
      if chance(40) { gateway[path: ["flow", "shed-at"]] = .list(["300%", "200%", "100%"]) }
    }
    if chance(20) {
      gateway["reservation"] = .of(
        ("tokens", .scalar("\(between(20, 200))k/min")), ("shares", .list(["50%", "30%", "20%"])))
    }
    draft["gateway"] = gateway
  }

  mutating func rollMoney() {
    guard isBilled else { return }
    draft["billing"] = .map([])
    // A contract with a cloud where nothing is bought is refused.
    let used = Set((pools + endpoints).map(\.cloud))
    for cloud in draft["clouds"]?.entries.map(\.key) ?? [] where used.contains(cloud) && chance(60)
    {
      var contract = Draft.map([])
      contract["discount"] = percent(between(0, 20))
      if chance(30) { contract["utc-offset"] = .scalar(pick(["1h", "-5h", "5.5h"])) }
      if chance(50) {
        contract["commitments"] = .of(
          (
            "promise",
            .of(
              ("amount", .scalar("\(between(1, 900)) USD")), ("term", "3y"),
              ("starts", "2026-01-01"),
              ("shortfall", .scalar(pick(["billed", "lapses"]))))
          ))
      }
      if chance(30) { contract["credits"] = .scalar("\(between(1, 40)) USD") }
      if chance(40) {
        contract["savings-plans"] = .of(
          (
            "plan",
            .of(
              ("hourly", .scalar("\(between(1, 60)) USD/h")), ("term", "3y"),
              ("starts", "2026-01-01"), ("discount", "30%"))
          ))
      }
      draft[path: ["clouds", cloud, "contract"]] = contract
    }
  }

  mutating func rollIncidents() {
    var incidents: [Draft] = []
    for _ in 0..<(chance(50) ? between(1, 3) : 0) {
      var incident = target()
      let isQuota = incident["quota"] != nil
      incident["effect"] =
        isQuota
        ? .of(("cuts", percent(between(0, 80))))
        : pick([
          "fails", "hangs", .of(("slows", "x4")),
          .of(("loses", "10%"), ("retransmission", "200ms")),
        ])
      // Slowness befalls endpoints, loss what the gateway reaches over a link.
      if let pool = incident["deployment"],
        pools.contains(where: { pool == .scalar($0.deployment) })
      {
        incident["effect"] = pick(["fails", "hangs"])
      }
      incident["at"] = moment()
      incident["for"] = time(between(3, 60))
      incidents.append(incident)
    }
    if !incidents.isEmpty { draft["incidents"] = .list(incidents) }
    guard chance(15) else { return }
    draft["failures"] = .list([
      .of(
        ("each", .scalar(pick(["region", "deployment"]))), ("effect", "fails"),
        ("mtbf", time(between(40, 200))), ("mttr", time(between(3, 30))))
    ])
  }

  private mutating func target() -> Draft {
    let sites = pools + endpoints
    switch below(5) {
    case 0: return .of(("cloud", .scalar(pick(sites).cloud)))
    case 1: return .of(("region", .scalar(pick(regions))))
    case 2 where !quotas.isEmpty: return .of(("quota", .scalar(pick(quotas))))
    default: return .of(("deployment", .scalar(pick(sites).deployment)))
    }
  }
}
