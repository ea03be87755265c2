/// Tenants and workloads.
extension WorldDice {
  mutating func rollTenants() {
    guard chance(65) else { return }
    for name in ["search", "partners", "labs"].prefix(between(1, 3)) {
      var tenant = Draft.map([])
      if chance(40) { tenant["limits"] = limits() }
      if chance(25) { tenant["budget"] = budget() }
      if chance(40) { tenant["weight"] = .scalar(pick(["0.5", "2", "7"])) }
      tenants.append(name)
      if chance(40) {
        var project = Draft.map([])
        if chance(50) { project["limits"] = .of(("requests", .scalar("\(between(10, 29))/min"))) }
        tenant["projects"] = .of(("p1", project))
        tenants.append("\(name)/p1")
      }
      draft[path: ["tenants", name]] = tenant
    }
  }

  private mutating func limits() -> Draft {
    switch below(3) {
    case 0: .of(("tokens", .scalar("\(between(5, 80))k/min")))
    case 1: .of(("requests", .scalar("\(between(30, 900))/min")))
    default:
      .of(("total", .of(("tokens", .scalar("\(between(20, 400))k")), ("per", "hour"))))
    }
  }

  private mutating func budget() -> Draft {
    .of(
      ("amount", .scalar("0.\(between(1, 9)) USD")), ("per", .scalar(pick(["hour", "run"]))),
      ("action", .scalar(pick(["block", "alert"]))))
  }

  private static let origins = ["us-east", "eu-central", "japan"]

  mutating func rollWorkloads() {
    let sites = pools + endpoints
    let models = Array(Set(sites.map(\.model))).sorted()
    for number in 0..<between(1, 4) {
      let model = pick(models)
      var workload = Draft.map([])
      let others = models.filter { $0 != model }
      workload["model"] =
        chance(25) && !others.isEmpty
        ? .list([.scalar(model), .scalar(pick(others))]) : .scalar(model)
      if !tenants.isEmpty, chance(75) { workload["tenant"] = .scalar(pick(tenants)) }
      // Pools process where they are; endpoints of this kind process anywhere.
      let homes = pools.filter { $0.model == model }.map { "\($0.cloud)/\($0.region)" }
      if chance(30), !homes.isEmpty {
        workload["residency"] = .list([.scalar(pick(homes))])
      }
      if chance(40) { workload["band"] = .scalar(String(below(3))) }
      if chance(40) { workload["priority"] = .scalar(String(below(3))) }
      let isChain = chance(10)
      let isClosed = !isChain && chance(12)
      workload["arrivals"] = arrivals(isClosed: isClosed)
      workload["shape"] = shape()
      workload["origins"] = origins()
      if chance(35) { workload["patience"] = time(between(1, 10)) }
      if chance(35) { workload["timeout"] = time(between(3, 30)) }
      if chance(50) { workload["max-tokens"] = .scalar(String(between(60, 400))) }
      if chance(25) {
        workload["client-retry"] = .of(
          ("attempts", .scalar(String(between(1, 3)))), ("backoff", "700ms"))
      }
      if chance(20) {
        workload["prompt-cache"] = .of(
          ("share", "60%"), ("conversations", .scalar(String(between(3, 200)))),
          ("lifetime", time(between(5, 60))))
      }
      if chance(15) {
        workload["output-estimate"] = .of(("noisy", percent(between(10, 80))))
      }
      if chance(20), !isClosed {
        workload["surges"] = .list([
          .of(
            ("at", moment()), ("for", time(between(10, 40))), ("rate", "3x"), ("ramp", "2s"))
        ])
      }
      if chance(15) { workload["start"] = time(below(seconds / 2)) }
      if chance(30) { workload["slo"] = .of(("ttft", .of(("p95", "900ms")))) }
      if chance(15), !isClosed, !isChain { texts(&workload) }
      if isChain { workload["chain"] = chain() }
      draft[path: ["workloads", "w\(number)"]] = workload
    }
  }

  private mutating func arrivals(isClosed: Bool) -> Draft {
    if isClosed {
      return .of(
        (
          "closed-loop",
          .of(("clients", .scalar(String(between(1, 30)))), ("think", time(between(1, 8))))
        ))
    }
    let rate = Draft.scalar("\(between(1, 14))/s")
    switch below(5) {
    case 0, 1: return .of(("poisson", rate))
    case 2: return .of(("gamma", .of(("rate", rate), ("cv", .scalar(pick(["0.4", "2", "3.5"]))))))
    case 3:
      return .of(
        (
          "bursts",
          .list([
            .of(("rate", "1/s"), ("mean", time(between(5, 30)))),
            .of(("rate", .scalar("\(between(8, 30))/s")), ("mean", time(between(3, 15)))),
          ])
        ))
    default:
      return .of(
        (
          "piecewise",
          .of(
            ("rates", .list(["2/s", rate, "0/s", "9/s"])), ("bin", time(between(5, 40))))
        ))
    }
  }

  private mutating func shape() -> Draft {
    if chance(40) {
      return .of(
        (
          "fixed",
          .of(
            ("prompt", .scalar(String(between(1, 900)))),
            ("output", .scalar(String(between(1, 300)))))
        ))
    }
    return .of(
      (
        "independent",
        .of(
          (
            "prompt",
            .of(("lognormal", .of(("median", "200"), ("sigma", "0.9"), ("max", "1500"))))
          ),
          ("output", .of(("lognormal", .of(("median", "60"), ("sigma", "0.8"), ("max", "450")))))
        )
      ))
  }

  private mutating func origins() -> Draft {
    let names = Self.origins.prefix(between(1, 3))
    let share = 100 / names.count
    let entries = names.enumerated().map { place, name in
      Draft.Entry(name, percent(place == 0 ? 100 - share * (names.count - 1) : share))
    }
    return .map(entries)
  }

  /// Shared beginnings, and conversations that repeat what was said.
  private mutating func texts(_ workload: inout Draft) {
    workload["prefix"] = .list([
      .of(("tokens", .scalar(String(between(20, 300)))), ("count", .scalar(String(between(1, 5)))))
    ])
    guard chance(50) else { return }
    workload["sessions"] = .of(
      ("turns", .of(("uniform", .of(("min", "1"), ("max", "5"))))), ("think", "3s"),
      ("follow-up", .of(("fixed", .of(("prompt", "40"), ("output", "50"))))), ("context", "1500"))
    workload["prompt-cache"] = nil
  }

  private mutating func chain() -> Draft {
    let region = pick(regions)
    return .of(
      (
        "search",
        .of(
          (
            "retrieval",
            .of(
              ("region", .scalar(region)), ("time", "80ms"), ("variation", "40%"),
              ("fails", percent(between(0, 9))))
          ), ("bytes", "200 kB"))
      ),
      ("answer", .of(("call", .map([])), ("bytes", "4 kB"))),
      ("log", .of(("app", .of(("region", .scalar(region)), ("time", "5ms"))))))
  }
}
