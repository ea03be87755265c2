import Money
import Multicloud
import Workload

/// Twice the capacity for twice the demand does the same twice.
///
/// A world stands beside a copy of itself under other names, in the same regions: pools, endpoints, quotas,
/// markets, tenants and workloads, whose models are models of their own, so that the halves share nothing
/// but time. Draws are keyed by names, so each half must do to the nanosecond what it does alone.
struct EverythingTwice: Law {
  let name = "everything-twice"
  let statement = "a world beside a renamed copy of itself: each does what it does alone"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    if draft[path: ["gateway", "reservation"]] != nil {
      throw LawSkipped(why: "a reservation is shared by all")
    }
    if let scope = draft[path: ["gateway", "breaker", "scope"]], scope != "deployment" {
      throw LawSkipped(why: "halves of one cloud or account share a breaker")
    }
    if draft[path: ["gateway", "route"]] == "contract-aware" {
      throw LawSkipped(why: "contracts are shared by all, and decide")
    }
    if draft[path: ["gateway", "route"]] == "round-robin" {
      throw LawSkipped(why: "the gateway's turn goes round over the requests of all")
    }
    if draft[path: ["gateway", "flow"]] != nil {
      throw LawSkipped(why: "requests without a tenant wait in the line of the first")
    }
    if draft.yaml.contains("prefix-affinity") {
      throw LawSkipped(why: "texts go to replicas by their number in the file")
    }
    var world = try player.world(draft.twice.yaml)
    world.setHalvesApart()
    let both = try player.play(world)
    let copy = try player.play(draft.renamed)
    func isCopy(_ name: String) -> Bool { name.hasPrefix(Draft.copyMark) }
    return seen.difference(from: both, isExpected: { !isCopy($0.workload) })
      ?? copy.difference(from: both, isExpected: { isCopy($0.workload) })
      ?? bills(seen.bill, copy.bill, both.bill)
  }

  /// By the list, where nothing depends on how much is bought, and in energy both cost what each does.
  private func bills(_ one: BillSeen?, _ other: BillSeen?, _ both: BillSeen?) -> String? {
    guard let one, let other, let both else { return nil }
    let pools = one.energy.merging(other.energy) { mine, _ in mine }
    for (pool, hours) in pools where both.energy[pool] != hours {
      return "pool '\(pool)' takes \(hours) kWh alone, \(both.energy[pool] ?? 0) beside a copy"
    }
    if one.tokens + other.tokens != both.tokens {
      return "\(one.tokens) and \(other.tokens) tokens are billed alone, \(both.tokens) together"
    }
    for kind in Set(both.kinds.keys).union(one.kinds.keys).union(other.kinds.keys).sorted() {
      func list(_ bill: BillSeen) -> Money { bill.kinds[kind]?.list ?? .zero }
      if list(one) + list(other) != list(both) {
        return "'\(kind)' costs \(list(one)) and \(list(other)) USD by the list alone, "
          + "\(list(both)) together"
      }
    }
    for (tenant, totals) in one.tenants.merging(other.tenants, uniquingKeysWith: { $1 })
    where !tenant.isEmpty && both.tenants[tenant]?.list ?? .zero != totals.list {
      return "tenant '\(tenant)' pays \(totals.list) USD by the list alone, "
        + "\(both.tenants[tenant]?.list ?? .zero) beside a copy"
    }
    return nil
  }
}

extension World {
  /// Gives what bears a copy's name models of its own.
  fileprivate mutating func setHalvesApart() {
    let count = models.count
    models += models.map { Draft.copyMark + $0 }
    modelQuality += modelQuality
    func isCopy(_ name: String) -> Bool { name.hasPrefix(Draft.copyMark) }
    for id in pools.indices where isCopy(pools[id].name) { pools[id].model += count }
    for id in endpoints.indices where isCopy(endpoints[id].name) { endpoints[id].model += count }
    for id in workloads.indices where isCopy(workloads[id].spec.name) {
      workloads[id].model += count
      workloads[id].alternatives = workloads[id].alternatives.map { $0 + count }
    }
  }
}
