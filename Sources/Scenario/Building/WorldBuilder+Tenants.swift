import Multicloud
import SimulationKernel

/// Who asks: tenants, their projects and the identities of those, parents before their children.
extension WorldBuilder {
  mutating func buildTenants() {
    for tenant in root.required("tenants").entries {
      if sharedQuotas.contains(where: { $0.name == tenant.key }) {
        diagnostics.report(tenant.mark, "tenant '\(tenant.key)' has the name of a quota")
      }
      let id = enter(
        tenant, as: tenant.key, under: [], weight: tenant.item.required("weight").number)
      for project in tenant.item.required("projects").entries {
        let name = "\(tenant.key)/\(project.key)"
        let projectID = enter(project, as: name, under: [(id, tenant)])
        for identity in project.item.required("identities").entries {
          _ = enter(
            identity, as: "\(name)/\(identity.key)", under: [(projectID, project), (id, tenant)])
        }
      }
    }
  }

  /// Enters a tenant with its limits and budget; its id.
  ///
  /// - Parameter above: Those it stands under, the nearest first.
  private mutating func enter(
    _ entry: Item.Entry, as name: String, under above: [(id: Int, entry: Item.Entry)],
    weight: Double = 1
  ) -> Int {
    if entry.key.contains("/") {
      diagnostics.report(entry.mark, "the name '\(entry.key)' has a slash, which parts names")
    }
    let limits = entry.item.required("limits")
    check(limits, name, under: above.map { ($0.entry.item.required("limits"), $0.id) })
    var specs: [QuotaSpec] = []
    if let tokens = limits["tokens"] { specs.append(bucket(.tokens, tokens, name)) }
    if let requests = limits["requests"] { specs.append(bucket(.requests, requests, name)) }
    if let total = limits["total"] {
      let rule = PeriodTotal(
        tokens: total.required("tokens").whole, per: period(total.required("per")))
      specs.append(QuotaSpec(name: "\(name):total", rule: .periodTotal(rule)))
    }
    for problem in specs.flatMap({ $0.problems() }) { diagnostics.report(limits.mark, problem) }
    tenants.append(
      Tenant(
        name: name, parent: above.first?.id, quotas: enter(specs, as: name),
        budget: entry.item["budget"].map(budget), weight: weight))
    return tenants.count - 1
  }

  /// A limit above the nearest one it stands under can never be reached, so it is a mistake.
  private func check(_ limits: Item, _ name: String, under above: [(limits: Item, id: Int)]) {
    for key in ["tokens", "requests"] {
      let wholes = above.lazy.compactMap { above in above.limits[key].map { ($0, above.id) } }
      guard let own = limits[key], let (whole, id) = wholes.first, own.whole > whole.whole
      else { continue }
      diagnostics.report(
        own.mark,
        "'\(name)' has \(AmountText.perMinute(own.whole, key)), more than the "
          + "\(AmountText.perMinute(whole.whole, key)) of '\(tenants[id].name)'")
    }
    guard let own = limits["total"] else { return }
    let period = own.required("per").text
    let totals = above.lazy.compactMap { above in above.limits["total"].map { ($0, above.id) } }
    guard let (whole, id) = totals.first(where: { $0.0.required("per").text == period }),
      own.required("tokens").whole > whole.required("tokens").whole
    else { return }
    func words(_ total: Item) -> String {
      "\(AmountText.short(Int128(total.required("tokens").whole))) tokens per "
        + total.required("per").text
    }
    diagnostics.report(
      own.mark,
      "'\(name)' has \(words(own)), more than the \(words(whole)) of '\(tenants[id].name)'")
  }

  private func budget(_ item: Item) -> Budget {
    let hour: Int64 = 3_600_000_000_000
    let period: Int64? =
      switch period(item.required("per")) {
      case .hour: hour
      case .day: 24 * hour
      case .week: 7 * 24 * hour
      case .month: 30 * 24 * hour
      case .year: 365 * 24 * hour
      case .run: nil
      }
    return Budget(
      limit: item.required("amount").whole,
      period: period.map { Duration(nanoseconds: $0) },
      blocks: item.required("action").text == "block")
  }

  private func period(_ item: Item) -> PeriodTotal.Period {
    switch item.text {
    case "hour": .hour
    case "day": .day
    case "week": .week
    case "month": .month
    case "year": .year
    default: .run
    }
  }
}
