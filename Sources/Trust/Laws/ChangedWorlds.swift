import Money
import Multicloud
import SimulationKernel

/// The order in which tenants are written means nothing.
struct TenantsPermute: Law {
  let name = "tenants-permute"
  let statement = "tenants in another order give the same run"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    guard let tenants = draft["tenants"]?.entries, tenants.count > 1 else {
      throw LawSkipped(why: "fewer than two tenants")
    }
    if let flow = draft[path: ["gateway", "flow", "fairness"]], flow != "none" {
      throw LawSkipped(why: "fair queues break ties by the order of tenants")
    }
    var other = draft
    other["tenants"] = .map(tenants.reversed())
    return seen.differenceWithBill(from: try player.play(other))
  }
}

/// What nobody uses does nothing.
struct UnusedChangesNothing: Law {
  let name = "unused-changes-nothing"
  let statement = "a region, tenant and quota that nobody uses change nothing"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    var other = draft
    guard let cloud = draft["clouds"]?.entries.first?.key else { throw LawSkipped(why: "no cloud") }
    let spare = cloud == "aws" ? "us-west-2" : "westus3"
    other[path: ["clouds", cloud, "regions", spare]] = .map([])
    other[path: ["tenants", "nobody"]] = .map([])
    other[path: ["quotas", "unused"]] = .of(("rule", "fixed-minute"), ("tokens", "1k/min"))
    return seen.differenceWithBill(from: try player.play(other))
  }
}

/// What happens after the end has not happened.
struct LateIncidentChangesNothing: Law {
  let name = "late-incident"
  let statement = "an incident after the end of the run changes nothing"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    var world = try player.world(draft.yaml)
    // A scenario's checker refuses it, so that nobody writes one by mistake.
    world.incidents.append(
      Incident(target: .cloud(0), effect: .fails, start: world.horizon, duration: .seconds(60)))
    return seen.wholeDifference(from: try player.play(world))
  }
}

/// The future does not reach back.
struct LaterHorizonKeepsTheStart: Law {
  let name = "later-horizon"
  let statement = "a longer run begins as the shorter one"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    if draft[path: ["gateway", "route"]] == "contract-aware" {
      throw LawSkipped(why: "contract-aware looks at the whole run's share of a month")
    }
    guard case .scalar(let text)? = draft["horizon"], let seconds = Int(text.dropLast()) else {
      throw LawSkipped(why: "a horizon in other units")
    }
    var other = draft
    other["horizon"] = .scalar("\(seconds + seconds / 2)s")
    let longer = try player.play(other)
    return seen.difference(
      from: longer, where: { $1.status != .inFlight }, isExpected: { _ in false })
  }
}

/// Two worlds that share nothing are two worlds.
struct StrangersDoNotMeet: Law {
  let name = "strangers"
  let statement = "a workload with a pool, a model and a tenant of its own changes nobody else"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    if draft[path: ["gateway", "reservation"]] != nil {
      throw LawSkipped(why: "a reservation is shared by all")
    }
    if let scope = draft[path: ["gateway", "breaker", "scope"]], scope != "deployment" {
      throw LawSkipped(why: "pools of one cloud or account share a breaker")
    }
    guard let cloud = draft["clouds"]?.entries.last?.key,
      let region = draft[path: ["clouds", cloud, "regions"]]?.entries.last?.key
    else { throw LawSkipped(why: "no region") }
    var other = draft
    other[path: ["clouds", cloud, "regions", region, "pools", "strangers"]] = .of(
      ("accelerator", "H100-SXM"), ("model", "mistral-nemo-12b"), ("replicas", "1"))
    other[path: ["tenants", "strangers"]] = .map([])
    other[path: ["workloads", "strangers"]] = .of(
      ("model", "mistral-nemo-12b"), ("tenant", "strangers"), ("arrivals", .of(("poisson", "3/s"))),
      ("shape", .of(("fixed", .of(("prompt", "100"), ("output", "40"))))),
      ("origins", .of(("us-east", "100%"))))
    let both = try player.play(other)
    if let detail = seen.difference(from: both, isExpected: { $0.workload != "strangers" }) {
      return detail
    }
    // What is used costs by the list what it did; what is over of discounts may go to the stranger.
    for (tenant, totals) in seen.bill?.tenants ?? [:] where !tenant.isEmpty {
      let there = both.bill?.tenants[tenant]?.list ?? .zero
      if there != totals.list {
        return "tenant '\(tenant)' pays \(totals.list) USD by the list, \(there) beside strangers"
      }
    }
    return nil
  }
}
